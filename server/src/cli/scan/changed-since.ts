/** What is changed in a work tree since a commit, for a scan of nothing else. */
import { posix, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { blobId } from '../../host/digest';
import { decodeText } from '../../host/encoding';
import { type Git, wordsOfRefusal } from '../../host/git';
import type { Host } from '../../host/host';
import { readBytes } from '../../host/read-bytes';
import { readObjects } from '../../origin/repository/objects';
import { findInRepository, type Repository, unknownRepository } from '../../origin/repository/repository';
import { changedFiles } from '../../reviews/changed-files';
import { commitOf, readTree, type Tree, Unanswered } from '../../reviews/tree';
import { MOST_BYTES } from '../../session/size-limits';
import { quoted } from '../arguments/parse-arguments';
import { UsageError } from '../command';
import type { Scope } from './scope';

export interface ChangedSince {
  readonly repository: Repository;
  /** Full id of the commit; undefined before the first one, when everything is new. */
  readonly base: string | undefined;
  /** Full id of HEAD; undefined before the first one. */
  readonly head: string | undefined;
  /** Whether a file is another one than at the base. @param path absolute. */
  isChanged(path: string): boolean;
  /** What a changed file was at the base; undefined where it is new. */
  former(path: string): string | undefined;
  /** From the root of the repository, as git writes it. */
  pathInRepository(path: string): string;
}

interface Parts {
  readonly git: Git;
  readonly host: Host;
}

const MOST_BYTES_IN_ALL = 256_000_000;

/**
 * @param written the revision whose merge base with HEAD is meant; HEAD itself where undefined.
 * @throws UsageError where git cannot say what is changed: nothing passes because nobody knows.
 */
export async function changedSince(
  scope: Scope,
  written: string | undefined,
  { git, host }: Parts,
): Promise<ChangedSince> {
  const inFolder = await findInRepository(git, host, `${pathToFileURL(scope.root).href}/x`);
  if ('kind' in inFolder) {
    throw new UsageError(
      inFolder.kind === 'no-repository'
        ? 'What is changed is known in git work trees only, and this folder is in none. Leave out `--changed` and `--base` to check all files.'
        : `What is changed is not known: ${unknownRepository(inFolder)}.`,
    );
  }
  const { repository } = inFolder;
  // Git names files without links; a scan as it was told to.
  const realRoot = fileURLToPath(
    host.realUri(pathToFileURL(scope.root).href) ?? pathToFileURL(scope.root).href,
  );
  const toRoot = relative(fileURLToPath(repository.root), realRoot).split(sep).join('/');
  const pathInRepository = (path: string) =>
    posix.join(toRoot, relative(scope.root, path).split(sep).join('/'));
  try {
    const head = await commitOf(git, repository, 'HEAD');
    const base = written === undefined ? head : await mergeBase(git, repository, written, head);
    const common = { repository, base, head, pathInRepository };
    if (base === undefined) return { ...common, isChanged: () => true, former: () => undefined };
    const { paths, missing } = await changedFiles(git, repository, base);
    if (missing.length > 0) throw new UsageError(`What is changed is not known: ${missing.join('; ')}.`);
    const changed = new Set(paths);
    const texts = await formerTexts({ git, host }, repository, await readTree(git, repository, base), paths);
    return {
      ...common,
      isChanged: (path) => changed.has(pathInRepository(path)),
      former: (path) => texts.get(pathInRepository(path)),
    };
  } catch (error) {
    if (error instanceof Unanswered) throw new UsageError(`What is changed is not known. ${error.message}.`);
    throw error;
  }
}

/** @throws UsageError, Unanswered */
async function mergeBase(
  git: Git,
  repository: Repository,
  written: string,
  head: string | undefined,
): Promise<string> {
  if (head === undefined)
    throw new UsageError('There is no commit yet, so `--base` has nothing to compare with.');
  const other = await commitOf(git, repository, written);
  const request = { folder: repository.root, mostBytes: 64_000, mostMilliseconds: 30_000 };
  const shallow = await git.run(['rev-parse', '--is-shallow-repository'], request);
  const isShallow = shallow.kind === 'done' && shallow.output.toString().trim() === 'true';
  const fetching = isShallow
    ? ' The clone is shallow: `git fetch --unshallow` brings the rest (on GitHub, `fetch-depth: 0` for the checkout).'
    : '';
  if (other === undefined) {
    const remote = /^origin\/(.+)$/.exec(written)?.[1];
    const advice = remote
      ? ` Fetch it: \`git fetch origin ${remote.replace(/\p{C}/gu, '?')}\`.`
      : ' `git branch --all` lists those that there are.';
    throw new UsageError(`There is no commit ${quoted(written)} here.${advice}${fetching}`);
  }
  // Says the ends of the range, and its merge bases with `^` before them.
  const result = await git.run(['rev-parse', `${other}...${head}`], request);
  if (result.kind !== 'done') throw new UsageError(`The merge base is not known: ${wordsOfRefusal(result)}.`);
  const [, base] = /^\^([0-9a-f]{40,64})$/m.exec(result.output.toString('latin1')) ?? [];
  if (base !== undefined) return base;
  throw new UsageError(
    isShallow
      ? `The history that is here does not reach back to where ${quoted(written)} and HEAD parted.${fetching}`
      : `${quoted(written)} and HEAD have no commit in common, so it is not known what is changed. Name another \`--base\`.`,
  );
}

/** Of files that were changed or renamed since, by their present paths. */
async function formerTexts(
  { git, host }: Parts,
  repository: Repository,
  tree: Tree,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const root = fileURLToPath(repository.root);
  const isThere = (path: string) => host.realUri(pathToFileURL(`${root}/${path}`).href) !== undefined;
  const added = paths.filter((path) => !tree.has(path) && isThere(path));
  const gone = added.length > 0 ? [...tree.keys()].filter((path) => !isThere(path)) : [];
  const ids = new Map<string, string>();
  for (const path of paths) {
    const entry = tree.get(path) ?? tree.get(formerPath(path, gone, tree, root) ?? '');
    if (entry?.isFile) ids.set(path, entry.id);
  }
  const objects = await readObjects(git, {
    ...{ repository, names: [...ids.values()], type: 'blob' },
    ...{ mostBytes: MOST_BYTES, mostBytesInAll: MOST_BYTES_IN_ALL },
  });
  if ('kind' in objects) throw new Unanswered('The former texts cannot be read', objects);
  return new Map(
    [...ids].flatMap(([path, id]) => {
      const bytes = objects.get(id)?.bytes;
      const text = bytes && decodeText(bytes)?.text;
      return text === undefined ? [] : [[path, text] as const];
    }),
  );
}

/** A file that is gone and was this one: it had the same bytes, or it alone had the same name. */
function formerPath(path: string, gone: readonly string[], tree: Tree, root: string): string | undefined {
  if (gone.length === 0) return undefined;
  const file = readBytes(`${root}/${path}`, MOST_BYTES);
  if (file && 'bytes' in file) {
    const id = blobId(file.bytes, tree.get(gone[0] as string)?.id.length ?? 0);
    const same = gone.find((other) => tree.get(other)?.id === id);
    if (same !== undefined) return same;
  }
  const alike = gone.filter((other) => posix.basename(other) === posix.basename(path));
  return alike.length === 1 ? alike[0] : undefined;
}
