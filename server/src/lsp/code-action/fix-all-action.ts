/** Fixes of many findings at once: all of a rule, all that are safe, all that are decided. */
import { type CodeAction, CodeActionKind } from 'vscode-languageserver';

import { DECIDED, SAFE } from '../../session/combined-fixes';
import { toDiagnostic, toWorkspaceEdit } from '../to-lsp';
import type { ActionRequest } from './action-request';
import { noteOffer } from './fix-action';

export const SOURCE_FIX_ALL = `${CodeActionKind.SourceFixAll}.countersign`;
/** Not below `source.fixAll`: nothing that may change behaviour runs on save without being named. */
export const SOURCE_FIX_ALL_UNSAFE = `${CodeActionKind.Source}.fixAllUnsafe.countersign`;

/** "Fix all … problems", where a rule has more than one finding in the file. */
export async function fixAllOfRuleAction(request: ActionRequest, ruleId: string): Promise<CodeAction[]> {
  const { context, document, shown, fixes, token } = request;
  const findings = shown.filter((finding) => finding.ruleId === ruleId);
  if (findings.length < 2) return [];
  const edits = await fixes?.together(findings, DECIDED, token);
  if (!edits) return [];
  noteOffer(request, ruleId, edits);
  return [
    {
      title: `Fix all ${ruleId} problems`,
      kind: CodeActionKind.QuickFix,
      diagnostics: findings.map((finding) => toDiagnostic(document.text, finding)),
      edit: toWorkspaceEdit(document.text, edits, context.client),
    },
  ];
}

/** The source actions, for "Fix all" in the editor's menu and for running on save. */
export async function fixAllAction(
  request: ActionRequest,
  kind: typeof SOURCE_FIX_ALL | typeof SOURCE_FIX_ALL_UNSAFE,
): Promise<CodeAction[]> {
  const { context, document, shown, fixes, token } = request;
  const isSafe = kind === SOURCE_FIX_ALL;
  const edits = await fixes?.together(shown, isSafe ? SAFE : DECIDED, token);
  if (!edits) return [];
  return [
    {
      title: isSafe ? 'Fix all safe problems' : 'Fix all problems, also where behaviour may change',
      kind,
      edit: toWorkspaceEdit(document.text, edits, context.client),
    },
  ];
}
