/** textDocument/didSave: evaluates where the person wants findings on save only. Answers whether they changed. */
import type { DidSaveTextDocumentParams } from 'vscode-languageserver';

import type { Session } from '../session/session';

export function didSave(session: Session, { textDocument }: DidSaveTextDocumentParams): boolean {
  return session.save(textDocument.uri);
}
