/** countersign/suppress: the edit that suppresses a finding, once the client knows the reason. */
import { ErrorCodes, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';

import type { SuppressRequest } from '../../../protocol/messages';
import { suppressionEdit } from '../session/suppression-edit';
import type { Context } from './context';
import { toWorkspaceEdit } from './to-lsp';

/** @throws ResponseError when the request does not fit the document; its message is for the person. */
export function suppress({ session, client }: Context, request: SuppressRequest): WorkspaceEdit {
  const document = session.document(request.uri);
  if (!document) throw refused('The file is not open any more. Open it and try again.');
  if (document.text.version !== request.version) {
    throw refused('The file changed meanwhile. Nothing was suppressed; try again.');
  }
  if (request.reason.trim() === '') throw refused('A suppression needs a reason. Nothing was suppressed.');
  if (request.until !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(request.until)) {
    throw refused('The last day must be written as YYYY-MM-DD. Nothing was suppressed.');
  }
  if (!session.rules.some(({ id }) => id === request.ruleId)) {
    throw refused(`There is no rule ${request.ruleId}. Nothing was suppressed.`);
  }
  const edit = suppressionEdit(document, request);
  return toWorkspaceEdit(document.text, [edit], client);
}

function refused(message: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidParams, message);
}
