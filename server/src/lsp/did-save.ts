/** textDocument/didSave: evaluates where the person wants findings on save only. */
import type { DidSaveTextDocumentParams } from 'vscode-languageserver';

import type { Session } from '../session/session';

export function didSave(session: Session, { textDocument }: DidSaveTextDocumentParams): void {
  session.save(textDocument.uri);
}
