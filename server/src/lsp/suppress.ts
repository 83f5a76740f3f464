/** countersign/suppress: the edit that suppresses a finding, once the client knows the reason. */
import type { WorkspaceEdit } from 'vscode-languageserver';

import type { SuppressRequest } from '../../../protocol/messages';
import { isDate } from '../analysis/suppression';
import { configuredSuppression } from '../session/configured-suppression-edit';
import { hasComments, SuppressionRefusal, suppressionEdit } from '../session/suppression-edit';
import type { Context } from './context';
import { refused } from './refused';
import { toWorkspaceEdit } from './to-lsp';

/** @throws ResponseError when the request does not fit the document; its message is for the person. */
export function suppress({ session, client }: Context, request: SuppressRequest): WorkspaceEdit {
  const document = session.document(request.uri);
  if (!document) throw refused('The file is not open any more. Open it and try again.');
  if (document.text.version !== request.version) throw refused('The file changed meanwhile. Try again.');
  const { ruleId, line, reason, until } = request;
  if (typeof reason !== 'string' || reason.trim() === '') throw refused('A suppression needs a reason.');
  if (until !== undefined && !isDate(until)) throw refused('The last day must be written as YYYY-MM-DD.');
  if (until !== undefined && until < session.host.today()) throw refused('The last day has passed.');
  if (!session.rules.some(({ id }) => id === ruleId)) throw refused(`There is no rule ${ruleId}.`);
  if (ruleId.startsWith('suppression/')) throw refused('What is said of suppressions is not suppressed.');
  if (!Number.isInteger(line) || line < 0 || line >= document.text.lineCount)
    throw refused('The file has no such line.');
  try {
    if (request.scope === 'file' && !hasComments(document)) {
      const { text, edits, version } = configuredSuppression(session, request.uri, request);
      return toWorkspaceEdit(text, edits, client, version);
    }
    return toWorkspaceEdit(document.text, [suppressionEdit(document, request)], client);
  } catch (error) {
    throw error instanceof SuppressionRefusal ? refused(error.message) : error;
  }
}
