/** textDocument/didOpen */
import type { DidOpenTextDocumentParams } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

import type { Session } from '../session/session';

export function didOpen(session: Session, { textDocument }: DidOpenTextDocumentParams): void {
  const { uri, languageId, version, text } = textDocument;
  session.open(TextDocument.create(uri, languageId, version, text));
}
