/** The files that a commit has, and what is in some of them. */
import { type Git, type GitRefusal, wordsOfRefusal } from '../host/git';
import { decode } from '../origin/lines/decode';
import { readObjectHeads, readObjects } from '../origin/repository/objects';
import type { Repository } from '../origin/repository/repository';

export interface TreeEntry {
  /** A plain file; links, submodules and the like are other things. */
  readonly isFile: boolean;
  /** Id of its object. */
  readonly id: string;
}

/** By the paths from the root of the repository. */
export type Tree = ReadonlyMap<string, TreeEntry>;

/** Git did not answer, and nothing can be said without. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';

  constructor(what: string, refusal: GitRefusal) {
    super(`${what}: ${wordsOfRefusal(refusal)}`);
  }
}

const MOST_TREE_BYTES = 256_000_000;

/** The full id of a commit by any name; undefined where there is none. @throws Unanswered */
export async function commitOf(
  git: Git,
  repository: Repository,
  revision: string,
): Promise<string | undefined> {
  const name = `${revision}^{commit}`;
  const heads = await readObjectHeads(git, { repository, names: [name] });
  if ('kind' in heads) throw new Unanswered('Commits cannot be looked up', heads);
  return heads.get(name)?.id;
}

/** @throws Unanswered */
export async function readTree(git: Git, repository: Repository, commit: string): Promise<Tree> {
  const result = await git.run(['ls-tree', '-r', '-z', '--full-tree', commit], {
    folder: repository.root,
    mostBytes: MOST_TREE_BYTES,
    mostMilliseconds: 60_000,
  });
  if (result.kind !== 'done') throw new Unanswered('Files cannot be listed', result);
  const tree = new Map<string, TreeEntry>();
  for (const entry of result.output.toString('utf8').split('\0')) {
    const [, mode, id, path] = /^(\d+) \w+ ([0-9a-f]{40,64})\t([\s\S]+)$/.exec(entry) ?? [];
    if (mode && id && path) tree.set(path, { isFile: mode.startsWith('100'), id });
  }
  return tree;
}

/** The texts of some files; those that are none, or too long, are left out. @throws Unanswered */
export async function readTexts(
  git: Git,
  repository: Repository,
  tree: Tree,
  paths: readonly string[],
  mostBytes: number,
): Promise<ReadonlyMap<string, string>> {
  const entries = paths.flatMap((path) => {
    const entry = tree.get(path);
    return entry?.isFile ? [{ path, id: entry.id }] : [];
  });
  const objects = await readObjects(git, {
    ...{ repository, names: entries.map(({ id }) => id), type: 'blob', mostBytes },
    mostBytesInAll: 128_000_000,
  });
  if ('kind' in objects) throw new Unanswered('Files cannot be read', objects);
  return new Map(
    entries.flatMap(({ path, id }) => {
      const bytes = objects.get(id)?.bytes;
      return bytes ? [[path, decode(bytes)] as const] : [];
    }),
  );
}
