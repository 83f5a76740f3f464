/** Having the code of a finding written anew by the tool that wrote it. */
import { type CodeAction, CodeActionKind } from 'vscode-languageserver';

import { ClientCommand } from '../../../../protocol/messages';
import type { RegenerationPromptRequest } from '../../../../protocol/regeneration';
import type { Finding } from '../../analysis/finding';
import { toDiagnostic } from '../to-lsp';
import type { ActionRequest } from './action-request';

export function promptActions({ context, document }: ActionRequest, finding: Finding): CodeAction[] {
  // A suppression or a configuration is mended by hand: nobody generated it.
  if (!context.client.hasCommands || document.isRemote || /^(?:config|suppression)\//.test(finding.ruleId))
    return [];
  const { text } = document;
  const title = `Copy regeneration prompt for ${finding.ruleId}`;
  const request: RegenerationPromptRequest = { uri: text.uri, fingerprint: finding.fingerprint };
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [toDiagnostic(text, finding)],
      command: { title, command: ClientCommand.copyPrompt, arguments: [request] },
    },
  ];
}
