/** The checked fixes of one finding. */
import { type CodeAction, CodeActionKind } from 'vscode-languageserver';

import type { Finding } from '../../analysis/finding';
import type { Edit } from '../../analysis/fix';
import { toDiagnostic, toWorkspaceEdit } from '../to-lsp';
import type { ActionRequest } from './action-request';

/** So that it is known when it is applied. */
export function noteOffer(
  { context, document }: ActionRequest,
  ruleId: string,
  edits: readonly Edit[],
): void {
  const { findings, text } = document;
  const ofRule = findings.filter((finding) => finding.ruleId === ruleId);
  context.applied.offer(text.uri, { text: text.getText(), edits, findings: ofRule });
}

export async function fixActions(request: ActionRequest, finding: Finding): Promise<CodeAction[]> {
  const { context, document, fixes, token } = request;
  const offered = (await fixes?.for(finding, token)) ?? [];
  for (const { fix } of offered) noteOffer(request, finding.ruleId, fix.edits);
  return offered.map(({ fix }) => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(document.text, finding)],
    edit: toWorkspaceEdit(document.text, fix.edits, context.client),
    ...(fix.safety === 'safe' && { isPreferred: true }),
  }));
}
