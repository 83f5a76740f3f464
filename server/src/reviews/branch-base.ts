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
const OTHERS = [
  ...['refs/remotes/origin/HEAD', 'refs/remotes/origin/main', 'refs/remotes/origin/master'],
  ...['@{upstream}', 'refs/heads/main', 'refs/heads/master'],
];

/** Never rejects. */
export async function findBranchBase(
  git: Git,
  repository: Repository,
  signal?: AbortSignal,
): Promise<BranchBase | GitRefusal> {
  const nameOf = (name: string) => `${name}^{commit}`;
  const heads = await readObjectHeads(git, { repository, names: ['HEAD', ...OTHERS].map(nameOf), signal });
  if ('kind' in heads) return heads;
  const head = heads.get(nameOf('HEAD'))?.id;
  const other = OTHERS.map((name) => heads.get(nameOf(name))?.id).find((id) => id !== undefined);
  if (head === undefined || other === undefined) return { head, base: undefined };
  // Says the ends of the range, and its merge bases with `^` before them.
  const result = await git.run(['rev-parse', `${other}...${head}`], {
    ...{ folder: repository.root, mostBytes: 64_000, mostMilliseconds: 30_000, signal },
  });
  if (result.kind !== 'done') return result;
  const [, base] = /^\^([0-9a-f]{40,64})$/m.exec(result.output.toString('latin1')) ?? [];
  return { head, base };
}
