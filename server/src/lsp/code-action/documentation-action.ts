/** Opening the page of a rule. */
import { type CodeAction, CodeActionKind } from 'vscode-languageserver';

import { ClientCommand } from '../../../../protocol/messages';
import { toDiagnostic } from '../to-lsp';
import type { ActionRequest } from './code-action';

export function documentationAction(
  { context, document, shown }: ActionRequest,
  ruleId: string,
): CodeAction[] {
  if (!context.client.hasCommands || context.session.host.rulePage(ruleId) === undefined) return [];
  const title = `Show documentation for ${ruleId}`;
  const findings = shown.filter((finding) => finding.ruleId === ruleId);
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: findings.map((finding) => toDiagnostic(document.text, finding)),
      command: { title, command: ClientCommand.showRule, arguments: [ruleId] },
    },
  ];
}
