import type { Git, GitRefusal } from '../host/git';
import type { Repository } from '../origin/repository/repository';

/** Those of some files of a work tree that no commit will have, because an ignore file leaves them out. */
export async function ignoredAmong(
  git: Git,
  repository: Repository,
  paths: readonly string[],
): Promise<readonly string[] | GitRefusal> {
  const named = paths.map((path) => `:(top,literal)${path}`);
  const result = await git.run(
    ['ls-files', '--others', '--ignored', '--exclude-standard', '--full-name', '-z', '--', ...named],
    { folder: repository.root, mostBytes: 1_000_000, mostMilliseconds: 10_000 },
  );
  if (result.kind !== 'done') return result;
  const listed = new Set(result.output.toString('utf8').split('\0'));
  return paths.filter((path) => listed.has(path));
}
