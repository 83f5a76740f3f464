/** Puts records of fixes into a work tree. */
import { fileURLToPath } from 'node:url';
import { addFile, removeAddedFile } from '../host/add-file';
import { sha256 } from '../host/digest';
import type { Git } from '../host/git';
import type { Repository } from '../origin/repository/repository';
import { ignoredAmong } from '../reviews/ignored-files';
import { type ResolvedRecord, resolvedFile } from './resolved-record';

export type WrittenResolved =
  /** `paths` are from the root of the repository. */
  | { readonly paths: readonly string[] }
  /** A sentence; nothing was written then. */
  | { readonly refusal: string };

/** Takes a record away that was written here. Never throws. @param path from the root of the repository. */
export function takeBackResolved(repository: Repository, path: string): void {
  removeAddedFile(fileURLToPath(repository.root), path);
}

/** All of them or none. Never rejects. */
export async function writeResolved(
  git: Git,
  repository: Repository,
  records: readonly ResolvedRecord[],
): Promise<WrittenResolved> {
  const root = fileURLToPath(repository.root);
  const paths: string[] = [];
  const refused = (refusal: string): WrittenResolved => {
    for (const path of paths) removeAddedFile(root, path);
    return { refusal };
  };
  for (const record of records) {
    try {
      const { path, text } = resolvedFile(record, sha256);
      const trouble = addFile(root, path, text);
      if (trouble !== undefined) return refused(`The record of a fix cannot be written: ${trouble}.`);
      paths.push(path);
    } catch (error) {
      return refused(error instanceof Error ? `${error.message}.` : String(error));
    }
  }
  const ignored = await ignoredAmong(git, repository, paths);
  if (!('kind' in ignored) && ignored.length === 0) return { paths };
  return refused(
    'An ignore file leaves out `.countersign`, so that nobody else would see the record of a fix. Let it in.',
  );
}
