/** The line of a finding with a mark under what it is about. */
import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { CheckedText } from '../../analysis/fix-check';
import type { Span } from '../../analysis/span';
import { harmless, maskedSlice, secretsIn } from './safe-text';

/** So much of a line is shown, of which so much before the mark. */
const MOST_COLUMNS = 110;
const MOST_BEFORE = 60;

export interface CodeFrame {
  /** The number of the line, counted from 1. */
  readonly line: number;
  readonly before: string;
  readonly marked: string;
  readonly after: string;
  /** How many columns of a terminal come before the mark, and how many are marked. */
  readonly offset: number;
  readonly width: number;
}

/** Only the first line of what goes over several. Secrets in it are masked. */
export function codeFrame(text: TextDocument, checked: CheckedText, place: Span): CodeFrame {
  const whole = checked.file.text;
  const { line } = text.positionAt(place.start);
  const lineStart = text.offsetAt({ line, character: 0 });
  const lineEnd =
    lineStart +
    whole.slice(lineStart, text.offsetAt({ line: line + 1, character: 0 })).replace(/[\r\n]+$/, '').length;
  const { start, end } = widened(checked, place, lineStart, lineEnd);

  const indent = /^\s*/.exec(whole.slice(lineStart, start))?.[0].length ?? 0;
  let before = harmless(maskedSlice(checked, { start: lineStart + indent, end: start }));
  let marked = harmless(maskedSlice(checked, { start, end }));
  let after = harmless(maskedSlice(checked, { start: end, end: lineEnd }));
  if (before.length > MOST_BEFORE) before = `…${lastOf(before, MOST_BEFORE - 1)}`;
  const room = MOST_COLUMNS - before.length;
  if (marked.length > room) {
    marked = `${firstOf(marked, room - 1)}…`;
    after = '';
  } else if (marked.length + after.length > room) {
    after = `${firstOf(after, Math.max(0, room - marked.length - 1))}…`;
  }
  return {
    line: line + 1,
    before,
    marked,
    after: after.trimEnd(),
    offset: columnsOf(before),
    width: Math.max(1, columnsOf(marked)),
  };
}

/** The part of a place in a line, with the whole of each secret that it touches. */
function widened(checked: CheckedText, place: Span, lineStart: number, lineEnd: number): Span {
  let start = Math.max(lineStart, Math.min(place.start, lineEnd));
  let end = Math.max(start, Math.min(place.end, lineEnd));
  for (const secret of secretsIn(checked)) {
    if (secret.start >= end || secret.end <= start) continue;
    start = Math.max(lineStart, Math.min(start, secret.start));
    end = Math.min(lineEnd, Math.max(end, secret.end));
  }
  return { start, end };
}

/** The last characters of a text, none of them half. */
function lastOf(text: string, count: number): string {
  return text.slice(-count).replace(/^[\uDC00-\uDFFF]/, '');
}

function firstOf(text: string, count: number): string {
  return text.slice(0, count).replace(/[\uD800-\uDBFF]$/, '');
}

const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\p{Emoji_Presentation}]/u;

/** How wide a terminal draws a text. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    // Marks upon the character before, and what joins characters.
    if (/\p{M}|\p{Cf}/u.test(character)) continue;
    columns += WIDE.test(character) ? 2 : 1;
  }
  return columns;
}
