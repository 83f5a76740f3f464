/** The commits that a branch brings. */
import type { Git } from '../host/git';
import { type Commit, readCommit } from '../origin/commits/commit-object';
import { decode } from '../origin/lines/decode';
import { readInBatches } from '../origin/lines/object-batches';
import type { Repository } from '../origin/repository/repository';
import { Unanswered } from './tree';

const LARGEST_COMMIT = 2_000_000;

/** Full ids of commits. */
export interface CommitRange {
  /** Where policy, code owners and keys are read. */
  readonly rules: string;
  /** What its history brought is not asked for; undefined where everything is. */
  readonly base: string | undefined;
  readonly head: string;
}

/** What `git rev-list base..head` names, by full ids, the newest first. @throws Unanswered */
export async function commitsBetween(
  git: Git,
  repository: Repository,
  base: string | undefined,
  head: string,
): Promise<ReadonlyMap<string, Commit | undefined>> {
  const result = await git.run(['rev-list', head, ...(base === undefined ? [] : [`^${base}`]), '--'], {
    folder: repository.root,
    mostBytes: 64_000_000,
    mostMilliseconds: 60_000,
  });
  if (result.kind !== 'done') throw new Unanswered('The commits of the range cannot be listed', result);
  const ids = result.output
    .toString('latin1')
    .split('\n')
    .filter((line) => /^[0-9a-f]{40,64}$/.test(line));
  const commits = new Map<string, Commit | undefined>(ids.map((id) => [id, undefined]));
  await readInBatches(
    git,
    {
      ...{ repository, names: ids, type: 'commit', mostBytes: LARGEST_COMMIT },
      ...{ mostBytesInAll: 1_000_000_000, mostBytesAtOnce: 32_000_000 },
    },
    (id, { bytes }) => commits.set(id, readCommit(bytes, decode)),
  );
  return commits;
}
