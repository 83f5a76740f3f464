import { NOTE_REFERENCES } from '../../origin/lines/commit-records';
import type { Repository } from '../../origin/repository/repository';
import { type WatchedFiles, watchedFiles } from '../../origin/repository/watched-files';

/** Files whose change may change who is known to have written lines. */
export function watchedBy(repositories: readonly Repository[]): readonly WatchedFiles[] {
  return repositories.flatMap((repository) => [
    ...watchedFiles(repository, NOTE_REFERENCES),
    { folder: repository.gitFolder, pattern: 'ai/working_logs/*/{checkpoints.jsonl,INITIAL}' },
    { folder: repository.gitFolder, pattern: 'countersign/edits*.jsonl' },
    { folder: repository.root, pattern: '.agent-trace/*' },
  ]);
}

/** Whether a file that changed may be one of those, or one beside them. */
export function isWatched(repositories: readonly Repository[], uri: string): boolean {
  const changed = decoded(uri);
  return repositories.some(({ root, gitFolder, commonFolder }) =>
    [`${gitFolder}/`, `${commonFolder}/`, `${root}/.agent-trace/`, `${root}/.git-blame-ignore-revs`].some(
      (start) => changed.startsWith(decoded(start)),
    ),
  );
}

/** Clients differ in what they encode. */
function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
