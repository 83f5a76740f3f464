/** countersign/undoSuppression: the edit that takes a suppression back. */
import type { WorkspaceEdit } from 'vscode-languageserver';

import type { UndoSuppressionRequest } from '../../../protocol/suppressions';
import { suppressionUndoing } from '../analysis/suppression-removal';
import { undoConfiguredSuppression } from './configured-suppressions';
import type { Context } from './context';
import { refused } from './refused';
import { toWorkspaceEdit } from './to-lsp';

/** @throws ResponseError when the request does not fit the document; its message is for the person. */
export function undoSuppression(context: Context, request: UndoSuppressionRequest): WorkspaceEdit {
  const { session, client } = context;
  const { kind, uri, version, start, ruleId } = request;
  if (kind === 'configuration') return undoConfiguredSuppression(context, request);
  const document = session.document(uri);
  if (!document) throw refused('The file is not open any more. Open it and try again.');
  const { text, file } = document;
  if (text.version !== version) throw refused('The file changed meanwhile. Try again.');
  if (!file) throw refused(document.unread);
  const edits = suppressionUndoing(file, text.offsetAt(start), ruleId);
  if (!edits) throw refused('The suppression is not there any more.');
  return toWorkspaceEdit(text, edits, client);
}
