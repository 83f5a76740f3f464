/** Suppressing a finding with a reason, which the client asks the person for. */
import { type CodeAction, CodeActionKind } from 'vscode-languageserver';

import { ClientCommand, type SuppressRequest } from '../../../../protocol/messages';
import type { Finding } from '../../analysis/finding';
import { configuredSuppression } from '../../session/configured-suppression-edit';
import type { OpenDocument } from '../../session/open-document';
import { hasComments, SuppressionRefusal, suppressionEdit } from '../../session/suppression-edit';
import { toDiagnostic, toRange, toWorkspaceEdit } from '../to-lsp';
import type { ActionRequest } from './action-request';

export const SUPPRESS = `${CodeActionKind.QuickFix}.suppress.countersign`;

const PLACES = { line: 'this line', file: 'the entire file' } as const;
const CONFIGURED = 'this file in .countersignrc.json';

export function suppressActions(request: ActionRequest, finding: Finding): CodeAction[] {
  // What the engine says of a suppression or of the configuration is mended there, not suppressed in turn.
  if (/^(?:config|suppression)\//.test(finding.ruleId)) return [];
  // Where a comment may stand is told by the syntax.
  if (request.document.isRemote) return [];
  const action = request.context.client.hasCommands ? askingAction : writingAction;
  const scopes = hasComments(request.document) ? (['line', 'file'] as const) : (['file'] as const);
  return scopes.flatMap((scope) => action(request, finding, scope));
}

function placeOf(document: OpenDocument, scope: keyof typeof PLACES): string {
  return hasComments(document) ? PLACES[scope] : CONFIGURED;
}

/** The client asks for the reason, and then for the edit. */
function askingAction(
  { document }: ActionRequest,
  finding: Finding,
  scope: keyof typeof PLACES,
): CodeAction[] {
  const { text } = document;
  const { ruleId } = finding;
  const title = `Disable ${ruleId} for ${placeOf(document, scope)}…`;
  const suppression: Omit<SuppressRequest, 'reason'> = {
    uri: text.uri,
    version: text.version,
    ruleId,
    line: toRange(text, finding).start.line,
    scope,
  };
  return [
    {
      title,
      kind: SUPPRESS,
      diagnostics: [toDiagnostic(text, finding)],
      command: { title, command: ClientCommand.suppress, arguments: [suppression] },
    },
  ];
}

/**
 * For clients that cannot ask: the comment without a reason. It suppresses nothing and is a finding of its own
 * until the person has written one.
 */
function writingAction(
  { context, document }: ActionRequest,
  finding: Finding,
  scope: keyof typeof PLACES,
): CodeAction[] {
  const { text } = document;
  const { ruleId } = finding;
  const line = toRange(text, finding).start.line;
  const { session, client } = context;
  try {
    const configured = hasComments(document)
      ? undefined
      : configuredSuppression(session, text.uri, { ruleId, reason: '' });
    const edit = configured
      ? toWorkspaceEdit(configured.text, configured.edits, client, configured.version)
      : toWorkspaceEdit(text, [suppressionEdit(document, { ruleId, line, scope, reason: '' })], client);
    return [
      {
        title: `Disable ${ruleId} for ${placeOf(document, scope)}, with a reason that you write`,
        kind: SUPPRESS,
        diagnostics: [toDiagnostic(text, finding)],
        edit,
      },
    ];
  } catch (error) {
    if (error instanceof SuppressionRefusal) return [];
    throw error;
  }
}
