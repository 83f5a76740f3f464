/** textDocument/didSave: evaluates where the person wants findings on save only, and reads what else was saved. */
import type { DidSaveTextDocumentParams } from 'vscode-languageserver';

import { isConfigurationFile } from '../session/configuration/configuration-name';
import type { Session } from '../session/session';
import type { ClientAbilities } from './context';

/** Answers the open documents of which something else may be shown now. */
export function didSave(
  session: Session,
  client: ClientAbilities,
  { textDocument: { uri } }: DidSaveTextDocumentParams,
): readonly string[] {
  const evaluated = session.save(uri) ? [uri] : [];
  const isToRead = isConfigurationFile(uri) || !client.watchesFiles;
  const records = client.watchesFiles ? [] : session.reloadResolved();
  return [...new Set([...evaluated, ...(isToRead ? session.reloadConfiguration() : []), ...records])];
}
