import type { Git, GitRefusal } from '../../host/git';
import { readObjectHeads } from './objects';
import type { Repository } from './repository';

/** What a repository stands at. */
export interface Tips {
  /** Full id of the commit at HEAD; undefined before the first commit. */
  readonly head: string | undefined;
  /** Ids by the names of the references that were asked for and exist. */
  readonly references: ReadonlyMap<string, string>;
  /** History was cut when the repository was cloned: what is older is not here. */
  readonly isShallow: boolean;
}

/** @param references full names, such as `refs/notes/ai`. */
export async function readTips(
  git: Git,
  repository: Repository,
  references: readonly string[],
  signal?: AbortSignal,
): Promise<Tips | GitRefusal> {
  const commit = 'HEAD^{commit}';
  const [heads, shallow] = await Promise.all([
    readObjectHeads(git, { repository, names: [commit, ...references], signal }),
    git.run(['rev-parse', '--is-shallow-repository'], {
      folder: repository.root,
      mostBytes: 1000,
      mostMilliseconds: 10_000,
      signal,
    }),
  ]);
  if ('kind' in heads) return heads;
  if (shallow.kind !== 'done') return shallow;
  const found = references.flatMap((name) => {
    const head = heads.get(name);
    return head ? [[name, head.id] as const] : [];
  });
  return {
    head: heads.get(commit)?.id,
    references: new Map(found),
    isShallow: shallow.output.toString().trim() === 'true',
  };
}
