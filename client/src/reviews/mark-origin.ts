import * as vscode from 'vscode';
import type { MarkOriginRequest } from '../../../protocol/reviews';
import type { ServerProcess } from '../server-process';
import { askReason, tellMarked } from './record-questions';
import { recordMark } from './record-request';
import { type GivenPlace, givenPlace, givenText, markReasonProblem, selectedLines } from './review-input';
import { savedDocument } from './saved-document';
import { withServer } from './with-server';

/**
 * Stores that a person says who wrote the selected lines, or the one of the gutter's menu when nothing of it is
 * selected.
 * @param argument with a `reason` in it, nothing is asked
 */
export async function markOrigin(
  server: ServerProcess,
  claim: MarkOriginRequest['claim'],
  argument: unknown,
): Promise<void> {
  const { t } = vscode.l10n;
  await withServer(server, async (client) => {
    const editor = vscode.window.activeTextEditor;
    if (!editor) return warn(t('Select the lines in an editor first.'));
    const { document } = editor;
    const lines = markedLines(editor, givenPlace(argument));
    const marked = () => textOf(document, lines);
    const text = marked();
    if (text.trim() === '') return warn(t('Nobody wrote blank lines. Select lines with text first.'));
    const reason = givenText(argument, 'reason') ?? (await askReason(client, document, lines, claim));
    if (reason === undefined) return;
    const problem = markReasonProblem(reason, t);
    if (problem !== undefined) return warn(problem);
    if (!(await savedDocument(document))) return;
    // While the reason was typed, and by saving, the text may have become another one.
    if (marked() !== text) return warn(t('The lines changed meanwhile, so nothing was stored. Look again.'));
    const answer = await recordMark(client, {
      ...{ uri: document.uri.toString(), version: document.version, ...lines, claim },
      reason: reason.trim(),
    });
    if (answer) tellMarked(answer, claim);
  });
}

function markedLines(
  { document, selection }: vscode.TextEditor,
  place: GivenPlace | undefined,
): { start: number; end: number } {
  const selected = selectedLines(selection);
  const isOther =
    place !== undefined &&
    vscode.Uri.parse(place.uri).toString() === document.uri.toString() &&
    (place.line < selected.start || place.line >= selected.end);
  return isOther ? { start: place.line, end: place.line + 1 } : selected;
}

function textOf(document: vscode.TextDocument, { start, end }: { start: number; end: number }): string {
  return document.getText(new vscode.Range(start, 0, end, 0));
}

function warn(problem: string): void {
  void vscode.window.showWarningMessage(problem);
}
