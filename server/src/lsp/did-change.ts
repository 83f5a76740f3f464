/** textDocument/didChange: findings are ready when this returns, unless the text does not parse at present. */
import type { DidChangeTextDocumentParams } from 'vscode-languageserver';

import type { Session } from '../session/session';

export function didChange(
  session: Session,
  { textDocument, contentChanges }: DidChangeTextDocumentParams,
): void {
  session.change(textDocument.uri, textDocument.version, contentChanges);
}
