import { NOTE_REFERENCES } from '../../origin/lines/commit-records';
import type { Repository } from '../../origin/repository/repository';
import { type WatchedFiles, watchedFiles } from '../../origin/repository/watched-files';
import { CODE_OWNERS_PLACES } from '../configuration/code-owners';
import { CONFIGURATION_NAME } from '../configuration/configuration-name';

/** Records, and what decides over them, from the root of a repository. */
const REVIEW_FILES = [
  ...['.countersign/{signoffs,origin,resolved}/**', CONFIGURATION_NAME, `{${CODE_OWNERS_PLACES.join(',')}}`],
];

/** Whether a file that changed may be a record, or decide over reviews. */
export function isReviewFile(repositories: readonly Repository[], uri: string): boolean {
  const changed = decoded(uri);
  return repositories.some(({ root }) => {
    const path = changed.startsWith(`${decoded(root)}/`) ? changed.slice(decoded(root).length + 1) : '';
    return path.startsWith('.countersign/') || DECIDING.has(path);
  });
}

const DECIDING: ReadonlySet<string> = new Set([CONFIGURATION_NAME, ...CODE_OWNERS_PLACES]);

/** Files whose change may change who is known to have written lines. */
export function watchedBy(repositories: readonly Repository[]): readonly WatchedFiles[] {
  return repositories.flatMap((repository) => [
    ...watchedFiles(repository, NOTE_REFERENCES),
    // Folders too: of the first file in a new one, VS Code was seen to tell the folder alone.
    { folder: repository.commonFolder, pattern: 'refs/notes' },
    { folder: repository.gitFolder, pattern: 'ai/working_logs/{*,*/checkpoints.jsonl,*/INITIAL}' },
    { folder: repository.gitFolder, pattern: '{countersign,countersign/edits*.jsonl}' },
    { folder: repository.root, pattern: '{.agent-trace,.agent-trace/*}' },
    ...REVIEW_FILES.map((pattern) => ({ folder: repository.root, pattern })),
  ]);
}

/** Whether a file that changed may be one of those, or one beside them. */
export function isWatched(repositories: readonly Repository[], uri: string): boolean {
  const changed = decoded(uri);
  return repositories.some(({ root, gitFolder, commonFolder }) =>
    [`${gitFolder}/`, `${commonFolder}/`, `${root}/.agent-trace`, `${root}/.git-blame-ignore-revs`].some(
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
