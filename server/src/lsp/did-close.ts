/** textDocument/didClose */
import type { DidCloseTextDocumentParams } from 'vscode-languageserver';

import type { Session } from '../session/session';

export function didClose(session: Session, { textDocument }: DidCloseTextDocumentParams): void {
  session.close(textDocument.uri);
}
