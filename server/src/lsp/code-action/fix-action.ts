/** The checked fixes of one finding. */
import { type CodeAction, CodeActionKind } from 'vscode-languageserver';

import type { Finding } from '../../analysis/finding';
import { toDiagnostic, toWorkspaceEdit } from '../to-lsp';
import type { ActionRequest } from './action-request';

export async function fixActions(request: ActionRequest, finding: Finding): Promise<CodeAction[]> {
  const { context, document, fixes, token } = request;
  const offered = (await fixes?.for(finding, token)) ?? [];
  return offered.map(({ fix }) => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(document.text, finding)],
    edit: toWorkspaceEdit(document.text, fix.edits, context.client),
    ...(fix.safety === 'safe' && { isPreferred: true }),
  }));
}
