/** workspace/didChangeWatchedFiles: a configuration file, or one that it extends, came, changed or went. */
import type {
  DidChangeWatchedFilesParams,
  DidChangeWatchedFilesRegistrationOptions,
} from 'vscode-languageserver';

import { CONFIGURATION_NAME, isConfigurationFile } from '../session/configuration/configuration-name';
import type { Session } from '../session/session';

/** What clients are asked to watch. */
export const WATCHED_FILES: DidChangeWatchedFilesRegistrationOptions = {
  watchers: [{ globPattern: `**/${CONFIGURATION_NAME}` }],
};

/** Answers the open documents of which something else may be shown now. */
export function didChangeWatchedFiles(
  session: Session,
  { changes }: DidChangeWatchedFilesParams,
): readonly string[] {
  const extended = new Set([...session.extendedFiles].map(decoded));
  const isRead = (uri: string) => isConfigurationFile(uri) || extended.has(decoded(uri));
  return changes.some(({ uri }) => isRead(uri)) ? session.reloadConfiguration() : [];
}

/** Clients differ in what they encode. */
function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
