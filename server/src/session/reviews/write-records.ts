/** Puts what a person said into their work tree: several records or none. */
import { fileURLToPath } from 'node:url';
import { removeAddedFile } from '../../host/add-file';
import { sha256 } from '../../host/digest';
import type { Git } from '../../host/git';
import type { Signing, SigningKey } from '../../host/signing';
import type { FileInRepository } from '../../origin/repository/repository';
import { addRecord } from '../../reviews/add-record';
import { ignoredAmong } from '../../reviews/ignored-files';
import type { Person } from '../../reviews/person';
import type { Requirements } from '../../signoffs/approvals';
import type { Circumstances } from '../../signoffs/new-record';
import type { ReviewRecord } from '../../signoffs/record';
import type { RepositoryReviews } from './repository-reviews';

export interface WriteRequest {
  readonly file: FileInRepository;
  readonly reviews: RepositoryReviews;
  readonly isUnsigned: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Called once it is known who the person is. */
  readonly make: (circumstances: Circumstances) => readonly ReviewRecord[];
}

export type WriteOutcome =
  /** `paths` are from the root of the repository. */
  | { readonly kind: 'recorded'; readonly paths: readonly string[]; readonly isSigned: boolean }
  /** A sentence. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** May follow a colon. */
  | { readonly kind: 'not-signed'; readonly reason: string };

/** Says what to do where nobody is known who could answer for a record. */
export const UNKNOWN_PERSON =
  'Git does not know who you are. Tell it with `git config --global user.name "Your Name"` and ' +
  '`git config --global user.email "you@example.org"`.';

/** Called only because a person asked for it. Never rejects, unless `make` throws. */
export async function writeRecords(
  { git, signing }: { readonly git: Git; readonly signing: Signing },
  { file: { repository, path }, reviews, isUnsigned, now, make }: WriteRequest,
): Promise<WriteOutcome> {
  const ignored = await ignoredAmong(git, repository, [path]);
  if ('kind' in ignored) return refused('Git does not answer. Try again.');
  if (ignored.length > 0) {
    return refused('An ignore file leaves this file out of the repository, so no review of it can be kept.');
  }
  const person = await reviews.person();
  const { reviewer } = person;
  if (!reviewer) return refused(UNKNOWN_PERSON);
  const used = isUnsigned ? undefined : signingKey(person, reviews.requirementsFor(path));
  const root = fileURLToPath(repository.root);
  const written: string[] = [];
  const takeBack = () => {
    for (const each of written) removeAddedFile(root, each);
  };
  for (const record of make({ reviewer, now, digest: sha256 })) {
    const added = await addRecord(repository, record, { signing, key: used });
    if ('path' in added) {
      written.push(added.path);
      continue;
    }
    takeBack();
    if (added.isOfSignature) return { kind: 'not-signed', reason: added.refusal };
    return refused(`The record cannot be written: ${added.refusal}.`);
  }
  const lost = await ignoredAmong(git, repository, written);
  if ('kind' in lost || lost.length > 0) {
    takeBack();
    return refused(
      'An ignore file leaves out `.countersign`, so that nobody else would see the record. Let it in.',
    );
  }
  return { kind: 'recorded', paths: written, isSigned: used !== undefined };
}

/** The key that records are signed with; undefined where they are not signed. */
export function signingKey({ key }: Person, { requireSignature }: Requirements): SigningKey | undefined {
  // Of OpenPGP git needs no key in the settings; without one nobody says that they have any.
  return key?.key !== undefined || requireSignature ? key : undefined;
}

function refused(reason: string): WriteOutcome {
  return { kind: 'refused', reason };
}
