/**
 * workspace/didChangeWatchedFiles: a configuration file, one that it extends, or the record of a fix came, changed or
 * went.
 */
import type {
  DidChangeWatchedFilesParams,
  DidChangeWatchedFilesRegistrationOptions,
} from 'vscode-languageserver';

import { RESOLVED_FOLDER } from '../resolved/resolved-record';
import { CONFIGURATION_NAME, isConfigurationFile } from '../session/configuration/configuration-name';
import type { Session } from '../session/session';

/** What clients are asked to watch. */
export const WATCHED_FILES: DidChangeWatchedFilesRegistrationOptions = {
  watchers: [
    { globPattern: `**/${CONFIGURATION_NAME}` },
    // Folders too: of the first file in a new one, VS Code was seen to tell the folder alone. One pattern each:
    // Emacs reads no star between braces, and then watches nothing at all.
    { globPattern: '**/.countersign' },
    { globPattern: `**/${RESOLVED_FOLDER}` },
    { globPattern: `**/${RESOLVED_FOLDER}/*` },
  ],
};

/** Answers the open documents of which something else may be shown now. */
export function didChangeWatchedFiles(
  session: Session,
  { changes }: DidChangeWatchedFilesParams,
): readonly string[] {
  const extended = new Set([...session.extendedFiles].map(decoded));
  const isRead = (uri: string) => isConfigurationFile(uri) || extended.has(decoded(uri));
  const reconfigured = changes.some(({ uri }) => isRead(uri)) ? session.reloadConfiguration() : [];
  const areRecords = changes.some(({ uri }) => /\/\.countersign(?:$|\/resolved(?:$|\/))/.test(decoded(uri)));
  return [...new Set([...reconfigured, ...(areRecords ? session.reloadResolved() : [])])];
}

/** Clients differ in what they encode. */
function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
