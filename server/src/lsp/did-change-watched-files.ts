/** workspace/didChangeWatchedFiles: a configuration file came, changed or went. */
import type {
  DidChangeWatchedFilesParams,
  DidChangeWatchedFilesRegistrationOptions,
} from 'vscode-languageserver';

import { CONFIGURATION_NAME, isConfigurationFile } from '../session/configuration/configuration-files';
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
  return changes.some(({ uri }) => isConfigurationFile(uri)) ? session.reloadConfiguration() : [];
}
