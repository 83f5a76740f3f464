import type { Repository } from './repository';

/** Files whose change may change what git says of lines. */
export interface WatchedFiles {
  /** `file:` URI of a folder. */
  readonly folder: string;
  /** A glob from there, as the protocol of language servers writes it. */
  readonly pattern: string;
}

/**
 * What to watch so as to learn that HEAD, notes, the known history or the ignored commits changed. A change is a
 * reason to read the tips again, not yet a sign that they moved.
 *
 * @param notes full names of references, such as `refs/notes/ai`.
 */
export function watchedFiles(repository: Repository, notes: readonly string[]): readonly WatchedFiles[] {
  const { root, gitFolder, commonFolder } = repository;
  return [
    { folder: gitFolder, pattern: 'HEAD' },
    // Each move of HEAD is noted there, also where references are not files.
    { folder: gitFolder, pattern: 'logs/HEAD' },
    { folder: commonFolder, pattern: 'refs/heads/**' },
    ...notes.map((pattern) => ({ folder: commonFolder, pattern })),
    { folder: commonFolder, pattern: '{packed-refs,reftable/tables.list,shallow}' },
    { folder: root, pattern: '.git-blame-ignore-revs' },
  ];
}
