/** Suppressing a finding with a reason, which the client asks the person for. */
import { type CodeAction, CodeActionKind } from 'vscode-languageserver';

import { ClientCommand, type SuppressRequest } from '../../../../protocol/messages';
import type { Finding } from '../../analysis/finding';
import { toDiagnostic, toRange } from '../to-lsp';
import type { ActionRequest } from './action-request';

export const SUPPRESS = `${CodeActionKind.QuickFix}.suppress.countersign`;

export function suppressActions({ context, document }: ActionRequest, finding: Finding): CodeAction[] {
  // What the engine says of a suppression or of the configuration is mended there, not suppressed in turn.
  if (!context.client.hasCommands || /^(?:config|suppression)\//.test(finding.ruleId)) return [];
  const { text } = document;
  const action = (title: string, scope: SuppressRequest['scope']): CodeAction => {
    const request: Omit<SuppressRequest, 'reason'> = {
      uri: text.uri,
      version: text.version,
      ruleId: finding.ruleId,
      line: toRange(text, finding).start.line,
      scope,
    };
    return {
      title,
      kind: SUPPRESS,
      diagnostics: [toDiagnostic(text, finding)],
      command: { title, command: ClientCommand.suppress, arguments: [request] },
    };
  };
  return [
    action(`Disable ${finding.ruleId} for this line…`, 'line'),
    action(`Disable ${finding.ruleId} for the entire file…`, 'file'),
  ];
}
