/** Where the repository of a file is, and what the file is called in it. */
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Git, type GitRefusal, wordsOfRefusal } from '../../host/git';
import type { Host } from '../../host/host';

/** `file:` URIs without a slash at the end. */
export interface Repository {
  /** Of the work tree; that of a submodule or a linked work tree, where the file is in one. */
  readonly root: string;
  /** What belongs to this work tree: its HEAD. */
  readonly gitFolder: string;
  /** What linked work trees share: references and objects. The same as `gitFolder` unless there are some. */
  readonly commonFolder: string;
}

export interface FileInRepository {
  readonly repository: Repository;
  /** From the root, with slashes, as commits name it. */
  readonly path: string;
}

/** Its path, or the repository's, has a line break, which not every command of git can be told. */
export interface OddPath {
  readonly kind: 'odd-path';
}

/** Why it is not known where a file is in a repository, in words that may follow a colon. */
export function unknownRepository(refusal: GitRefusal | OddPath): string {
  return refusal.kind === 'odd-path'
    ? 'git cannot be asked for a path with a line break'
    : wordsOfRefusal(refusal);
}

/** @param uri of a file, which need not be committed. Symbolic links are followed. */
export async function findInRepository(
  git: Git,
  host: Host,
  uri: string,
  signal?: AbortSignal,
): Promise<FileInRepository | GitRefusal | OddPath> {
  const path = pathOf(host.realUri(uri) ?? uri);
  if (path === undefined) return { kind: 'no-repository' };
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  const folder = path.slice(0, at);
  const result = await git.run(
    [
      ...(['rev-parse', '--is-inside-work-tree', '--absolute-git-dir'] as const),
      ...['--git-common-dir', '--show-toplevel', '--show-prefix'],
    ],
    { folder: uriOf(folder), mostBytes: 64_000, mostMilliseconds: 10_000, signal },
  );
  if (result.kind !== 'done') return result;
  const [isInside, gitFolder, commonFolder, root, prefix, ...rest] = result.output
    .toString('utf8')
    .split('\n');
  // Settings of the repository may say that its work tree is elsewhere.
  if (isInside !== 'true') return { kind: 'no-repository' };
  const name = path.slice(at);
  if (
    !gitFolder ||
    !commonFolder ||
    !root ||
    prefix === undefined ||
    rest.join() !== '' ||
    /[\n\r]/.test(name)
  ) {
    return { kind: 'odd-path' };
  }
  return {
    repository: {
      root: uriOf(root),
      gitFolder: uriOf(gitFolder),
      // Git says it as seen from where it was asked.
      commonFolder: uriOf(resolve(folder, commonFolder)),
    },
    path: prefix + name,
  };
}

function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

function uriOf(path: string): string {
  return pathToFileURL(path).href.replace(/\/$/, '');
}
