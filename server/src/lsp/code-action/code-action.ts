/** textDocument/codeAction: what can be done about the findings in a range. */
import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
} from 'vscode-languageserver';

import type { Finding } from '../../analysis/finding';
import type { OpenDocument } from '../../session/open-document';
import type { Context } from '../context';
import { settingsOf } from '../settings';
import { toSpan } from '../to-lsp';
import { documentationAction } from './documentation-action';
import { fixActions } from './fix-action';
import { fixAllAction, fixAllOfRuleAction, SOURCE_FIX_ALL, SOURCE_FIX_ALL_UNSAFE } from './fix-all-action';
import { OfferedFixes } from './offered-fixes';
import { SUPPRESS, suppressActions } from './suppress-actions';

/** Every kind that is offered, for `initialize`. */
export const CODE_ACTION_KINDS: readonly string[] = [
  CodeActionKind.QuickFix,
  SUPPRESS,
  SOURCE_FIX_ALL,
  SOURCE_FIX_ALL_UNSAFE,
];

/** One document at one version, for which actions are asked. */
export interface ActionRequest {
  readonly context: Context;
  readonly document: OpenDocument;
  /** All findings that are shown of the document. */
  readonly shown: readonly Finding[];
  /** Undefined while no fix can be offered. */
  readonly fixes: OfferedFixes | undefined;
  readonly token: CancellationToken;
}

export async function codeAction(
  context: Context,
  { textDocument: { uri }, range, context: wanted }: CodeActionParams,
  token: CancellationToken,
): Promise<CodeAction[]> {
  const { session } = context;
  await settingsOf(context, uri);
  const document = session.document(uri);
  if (!document || token.isCancellationRequested) return [];
  const { revision } = document;
  const shown = session.shown(uri);
  const request = { context, document, shown, fixes: OfferedFixes.of(session, document), token };

  // Sources are only run when asked for: they go over the whole file.
  const isWanted = (kind: string) =>
    wanted.only?.some((only) => only === '' || kind === only || kind.startsWith(`${only}.`)) ?? false;
  const actions: CodeAction[] = [];
  for (const kind of [SOURCE_FIX_ALL, SOURCE_FIX_ALL_UNSAFE] as const) {
    if (isWanted(kind)) actions.push(...(await fixAllAction(request, kind)));
  }
  const asked = toSpan(document.text, range);
  const touched = shown.filter(({ start, end }) => start <= asked.end && asked.start <= end);
  if (!wanted.only || isWanted(CodeActionKind.QuickFix)) {
    for (const finding of touched) actions.push(...(await fixActions(request, finding)));
    for (const ruleId of new Set(touched.map((finding) => finding.ruleId))) {
      actions.push(...(await fixAllOfRuleAction(request, ruleId)));
    }
  }
  if (!wanted.only || isWanted(SUPPRESS))
    for (const finding of touched) actions.push(...suppressActions(request, finding));
  if (!wanted.only || isWanted(CodeActionKind.QuickFix)) {
    for (const ruleId of new Set(touched.map((finding) => finding.ruleId)))
      actions.push(...documentationAction(request, ruleId));
  }
  // While fixes were checked the text may have moved on: then some of this is of one text, some of another.
  const isPast = session.document(uri) !== document || document.revision !== revision;
  return isPast || token.isCancellationRequested ? [] : actions;
}
