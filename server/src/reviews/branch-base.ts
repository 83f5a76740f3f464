/** Where the branch that is checked out left the one that it is to be merged into. */
import type { Git, GitRefusal } from '../host/git';
import { readObjectHeads } from '../origin/repository/objects';
import type { Repository } from '../origin/repository/repository';

export interface BranchBase {
  /** Full id of HEAD; undefined before the first commit. */
  readonly head: string | undefined;
  /** Full id of the merge base; undefined where no other branch is known, or nothing is common. */
  readonly base: string | undefined;
}

/**
 * The first that there is. The branch's own upstream comes late: what was pushed there is still under review, and must
 * not say whose keys count.
 */
const REMOTE = ['refs/remotes/origin/HEAD', 'refs/remotes/origin/main', 'refs/remotes/origin/master'];
const LOCAL = ['refs/heads/main', 'refs/heads/master'];

/** Never rejects. */
export async function findBranchBase(
  git: Git,
  repository: Repository,
  signal?: AbortSignal,
): Promise<BranchBase | GitRefusal> {
  const nameOf = (name: string) => `${name}^{commit}`;
  const names = ['HEAD', ...REMOTE, ...LOCAL].map(nameOf);
  const heads = await readObjectHeads(git, { repository, names, signal });
  if ('kind' in heads) return heads;
  const head = heads.get(nameOf('HEAD'))?.id;
  if (head === undefined) return { head, base: undefined };
  const first = (among: readonly string[]) =>
    among.map((name) => heads.get(nameOf(name))?.id).find((id) => id !== undefined);
  const other = first(REMOTE) ?? (await upstreamOf(git, repository, signal)) ?? first(LOCAL);
  if (other === undefined) return { head, base: undefined };
  // Says the ends of the range, and its merge bases with `^` before them.
  const result = await git.run(['rev-parse', `${other}...${head}`], {
    ...{ folder: repository.root, mostBytes: 64_000, mostMilliseconds: 30_000, signal },
  });
  if (result.kind !== 'done') return result;
  const [, base] = /^\^([0-9a-f]{40,64})$/m.exec(result.output.toString('latin1')) ?? [];
  return { head, base };
}

/** That of the branch; asked alone, because `cat-file` gives up where there is none. */
async function upstreamOf(
  git: Git,
  repository: Repository,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const result = await git.run(['rev-parse', '--verify', '--quiet', '@{upstream}^{commit}'], {
    ...{ folder: repository.root, mostBytes: 1000, mostMilliseconds: 10_000, signal },
  });
  return result.kind === 'done' ? result.output.toString('latin1').trim() : undefined;
}
