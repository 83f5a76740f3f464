/** Opening the pages of rules. */
import { type CodeAction, CodeActionKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

import { ClientCommand } from '../../../../protocol/messages';
import type { Finding } from '../../analysis/finding';
import { type Span, touches } from '../../analysis/span';
import type { Context } from '../context';
import { toDiagnostic } from '../to-lsp';

/** One for each rule that has findings in the range; it goes with all of the rule's findings in the text. */
export function documentationActions(
  { client, session }: Context,
  text: TextDocument,
  shown: readonly Finding[],
  asked: Span,
): CodeAction[] {
  if (!client.hasCommands) return [];
  const touched = shown.filter((finding) => touches(finding, asked)).map(({ ruleId }) => ruleId);
  const withPage = [...new Set(touched)].filter((ruleId) => session.host.rulePage(ruleId) !== undefined);
  return withPage.map((ruleId) => {
    const title = `Show documentation for ${ruleId}`;
    const findings = shown.filter((finding) => finding.ruleId === ruleId);
    return {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: findings.map((finding) => toDiagnostic(text, finding)),
      command: { title, command: ClientCommand.showRule, arguments: [ruleId] },
    };
  });
}
