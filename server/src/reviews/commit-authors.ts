import type { Git } from '../host/git';
import { readCommit } from '../origin/commits/commit-object';
import { decode } from '../origin/lines/decode';
import { readObjects } from '../origin/repository/objects';
import type { Repository } from '../origin/repository/repository';

const LARGEST_COMMIT = 2_000_000;
const MOST_BYTES = 64_000_000;

/** The addresses in lower case of the authors of some commits; those that cannot be read are left out. Never rejects. */
export async function readAuthors(
  git: Git,
  repository: Repository,
  commits: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const most = { mostBytes: LARGEST_COMMIT, mostBytesInAll: MOST_BYTES };
  const objects = await readObjects(git, { repository, names: commits, type: 'commit', ...most });
  const authors = new Map<string, string>();
  if ('kind' in objects) return authors;
  for (const [id, { bytes }] of objects) {
    const address = bytes && readCommit(bytes, decode)?.author.address.toLowerCase();
    if (address !== undefined) authors.set(id, address);
  }
  return authors;
}
