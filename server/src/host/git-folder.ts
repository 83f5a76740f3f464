/**
 * The git directory of a file, found by looking at folders: for a hook, which an agent waits for, while git takes
 * longer to start than the hook to do its work. Nothing is run, and no setting of a repository is followed.
 */
import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

import { codeOf, readBytes } from './read-bytes';

/** Absolute paths. */
export interface GitFolder {
  /** Of the work tree. */
  readonly root: string;
  /** That of this work tree alone, where there are linked ones. */
  readonly gitFolder: string;
}

/** Git goes no further up from there either. */
const NOT_BELIEVED = '';

/** Undefined outside of work trees, and where what looks like one is none. @param path absolute, without links. */
export function findGitFolder(path: string): GitFolder | undefined {
  for (let root = dirname(path); ; root = dirname(root)) {
    const gitFolder = gitFolderOf(root);
    if (gitFolder !== undefined) return gitFolder === NOT_BELIEVED ? undefined : { root, gitFolder };
    if (dirname(root) === root) return undefined;
  }
}

/** From the root, with `/`; undefined for what is not in the work tree, or in the git directory. */
export function pathInWorkTree({ root, gitFolder }: GitFolder, path: string): string | undefined {
  const below = relative(root, path);
  const isInside =
    below !== '' && below !== '..' && !below.startsWith(`..${sep}`) && resolve(root, below) === path;
  if (!isInside || path.startsWith(gitFolder + sep)) return undefined;
  return below.split(sep).join('/');
}

/** The full id of the commit that is checked out; undefined where there is none, or it is kept in another way. */
export function headCommit({ gitFolder }: GitFolder): string | undefined {
  const head = smallText(join(gitFolder, 'HEAD'));
  const reference = /^ref: (refs\/[^\0]+)$/.exec(head ?? '')?.[1];
  if (reference === undefined) return commitId(head);
  if (reference.split('/').includes('..')) return undefined;
  const common = smallText(join(gitFolder, 'commondir'));
  const folder = common === undefined ? gitFolder : resolve(gitFolder, common);
  const loose = commitId(smallText(join(folder, reference)));
  if (loose !== undefined) return loose;
  const packed = textOf(join(folder, 'packed-refs'), 4_000_000);
  return commitId(
    packed
      ?.split('\n')
      .find((line) => line.endsWith(` ${reference}`))
      ?.split(' ')[0],
  );
}

/** Undefined where there is none. */
function gitFolderOf(root: string): string | undefined {
  const path = join(root, '.git');
  try {
    const status = lstatSync(path);
    if (status.isDirectory()) return isGitFolder(path) ? path : undefined;
    if (!status.isFile()) return undefined;
    const link = /^gitdir: (.+)$/.exec(smallText(path) ?? '')?.[1];
    if (link === undefined) return NOT_BELIEVED;
    const folder = realpathSync(resolve(root, link));
    return isGitFolder(folder) && leadsBack(folder, path) ? folder : NOT_BELIEVED;
  } catch (error) {
    return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR' ? undefined : NOT_BELIEVED;
  }
}

function isGitFolder(folder: string): boolean {
  return smallText(join(folder, 'HEAD')) !== undefined;
}

/**
 * Whether the git directory says of itself that it is for this work tree: a `.git` that came with a file archive could
 * name any other.
 */
function leadsBack(gitFolder: string, path: string): boolean {
  const back = smallText(join(gitFolder, 'gitdir'));
  if (back !== undefined) return realpathSync(resolve(gitFolder, back)) === realpathSync(path);
  const settings = textOf(join(gitFolder, 'config'), 100_000) ?? '';
  const workTree = /^\s*worktree\s*=\s*"?(.+?)"?\s*$/m.exec(settings)?.[1];
  return workTree !== undefined && realpathSync(resolve(gitFolder, workTree)) === realpathSync(dirname(path));
}

function commitId(text: string | undefined): string | undefined {
  return text !== undefined && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(text) ? text : undefined;
}

function smallText(path: string): string | undefined {
  return textOf(path, 4_096)?.trim();
}

function textOf(path: string, mostBytes: number): string | undefined {
  const file = readBytes(path, mostBytes);
  return file && 'bytes' in file ? file.bytes.toString('utf8') : undefined;
}
