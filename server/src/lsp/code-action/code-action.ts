/** textDocument/codeAction: what can be done about the findings in a range. */
import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
} from 'vscode-languageserver';

import { type Span, touches } from '../../analysis/span';
import type { Context } from '../context';
import { settingsOf } from '../settings';
import { toSpan } from '../to-lsp';
import type { ActionRequest } from './action-request';
import { documentationActions } from './documentation-action';
import { fixActions } from './fix-action';
import { fixAllAction, fixAllOfRuleAction, SOURCE_FIX_ALL, SOURCE_FIX_ALL_UNSAFE } from './fix-all-action';
import { OfferedFixes } from './offered-fixes';
import { promptActions } from './prompt-action';
import { SUPPRESS, suppressActions } from './suppress-actions';

/** Every kind that is offered, for `initialize`. */
export const CODE_ACTION_KINDS: readonly string[] = [
  CodeActionKind.QuickFix,
  SUPPRESS,
  SOURCE_FIX_ALL,
  SOURCE_FIX_ALL_UNSAFE,
];

export async function codeAction(
  context: Context,
  { textDocument: { uri }, range, context: wanted }: CodeActionParams,
  token: CancellationToken,
): Promise<CodeAction[]> {
  const { session } = context;
  await settingsOf(context, uri);
  const document = session.document(uri);
  if (!document || token.isCancellationRequested) return [];
  const asked = toSpan(document.text, range);
  const shown = session.shown(uri);
  const request = { context, document, shown, fixes: OfferedFixes.of(session, document), token };
  const { revision } = document;
  // While fixes are checked the text may move on: then some actions would be of one text, some of another.
  const isOver = () =>
    token.isCancellationRequested || session.document(uri) !== document || document.revision !== revision;

  const actions: CodeAction[] = [];
  for (const part of partsOf(request, asked, wanted.only)) {
    actions.push(...(await part));
    if (isOver()) return [];
  }
  return actions;
}

/** The actions, one part after the other: the next is only begun when it is asked for. */
function* partsOf(
  request: ActionRequest,
  asked: Span,
  only: readonly string[] | undefined,
): Generator<CodeAction[] | Promise<CodeAction[]>> {
  const isNamed = (kind: string) => only !== undefined && isWantedBy(only, kind);
  const isWanted = (kind: string) => isWantedBy(only, kind);
  // Sources are only run when asked for: they go over the whole file.
  for (const kind of [SOURCE_FIX_ALL, SOURCE_FIX_ALL_UNSAFE] as const) {
    if (isNamed(kind)) yield fixAllAction(request, kind);
  }
  const touched = request.shown.filter((finding) => touches(finding, asked));
  const ruleIds = new Set(touched.map((finding) => finding.ruleId));
  if (isWanted(CodeActionKind.QuickFix)) {
    for (const finding of touched) yield fixActions(request, finding);
    for (const ruleId of ruleIds) yield fixAllOfRuleAction(request, ruleId);
  }
  if (isWanted(CodeActionKind.QuickFix)) for (const finding of touched) yield promptActions(request, finding);
  if (isWanted(SUPPRESS)) for (const finding of touched) yield suppressActions(request, finding);
  if (isWanted(CodeActionKind.QuickFix)) {
    yield documentationActions(request.context, request.document.text, request.shown, asked);
  }
}

/** @param only the kinds that the client asks for, with all below them; undefined for any. */
function isWantedBy(only: readonly string[] | undefined, kind: string): boolean {
  return !only || only.some((name) => name === '' || kind === name || kind.startsWith(`${name}.`));
}
