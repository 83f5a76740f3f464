/** Edits of an open document: from the protocol's ranges to offsets, and findings moved along with them. */
import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';

import type { Finding } from '../analysis/finding';
import type { Span } from '../analysis/span';
import type { TextChange } from '../syntax/syntax-document';

/** Applies changes to a document, one after the other, and answers each with its offsets. */
export function applyChanges(
  document: TextDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
): { readonly document: TextDocument; readonly changes: readonly TextChange[] } {
  const applied: TextChange[] = [];
  let current = document;
  for (const change of changes) {
    const before = current.getText();
    const { start, end, text } = extentOf(current, before, change);
    const oldText = before.slice(start, end);
    const startPosition = pointAt(current, start);
    const oldEndPosition = pointAt(current, end);
    const range = { start: current.positionAt(start), end: current.positionAt(end) };
    current = TextDocument.update(current, [{ range, text }], version);
    applied.push({
      startIndex: start,
      oldEndIndex: end,
      newEndIndex: start + text.length,
      startPosition,
      oldEndPosition,
      newEndPosition: pointAt(current, start + text.length),
      changedText: text + oldText,
    });
  }
  if (changes.length === 0) current = TextDocument.update(current, [], version);
  return { document: current, changes: applied };
}

/** A change of the whole text is cut down to what differs, so that it costs no more than an edit. */
function extentOf(
  document: TextDocument,
  before: string,
  change: TextDocumentContentChangeEvent,
): Span & { text: string } {
  if ('range' in change) {
    const from = document.offsetAt(change.range.start);
    const to = document.offsetAt(change.range.end);
    return { start: Math.min(from, to), end: Math.max(from, to), text: change.text };
  }
  const after = change.text;
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before.charCodeAt(head) === after.charCodeAt(head)) head++;
  // No position of the protocol is between `\r` and `\n`.
  if (before[head - 1] === '\r') head--;
  let tail = 0;
  while (
    tail < most - head &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail++;
  }
  if (before[before.length - tail] === '\n') tail--;
  return { start: head, end: before.length - tail, text: after.slice(head, after.length - tail) };
}

function pointAt(document: TextDocument, offset: number): { row: number; column: number } {
  const { line, character } = document.positionAt(offset);
  return { row: line, column: character };
}

/** Findings of an earlier text in the present one; one that an edit went into is gone. */
export function shiftFindings(findings: readonly Finding[], changes: readonly TextChange[]): Finding[] {
  return findings.flatMap((finding) => {
    const span = shiftSpan(finding, changes);
    if (!span) return [];
    const related = finding.related.flatMap((place) => {
      const moved = shiftSpan(place, changes);
      return moved ? [{ ...place, ...moved }] : [];
    });
    // The fixes belong to the earlier text.
    return [{ ...finding, ...span, related, fixes: () => [] }];
  });
}

function shiftSpan(span: Span, changes: readonly TextChange[]): Span | undefined {
  let { start, end } = span;
  for (const { startIndex, oldEndIndex, newEndIndex } of changes) {
    const shift = newEndIndex - oldEndIndex;
    if (startIndex >= end) continue;
    if (oldEndIndex > start) return undefined;
    start += shift;
    end += shift;
  }
  return { start, end };
}
