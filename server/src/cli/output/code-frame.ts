/** The line of a finding with a mark under what it is about. */
import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { Span } from '../../analysis/span';
import { harmless, type MaskedText, maskedSlice, secretsWithin } from './safe-text';

/** So much of a line is shown, of which so much before the mark. */
const MOST_COLUMNS = 110;
const MOST_BEFORE = 60;
/** So much of a line is looked at on either side of the mark: lines of a megabyte may have thousands of findings. */
const MOST_LOOKED_AT = 2_000;

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
export function codeFrame(text: TextDocument, secrets: readonly Span[], place: Span): CodeFrame {
  const masked: MaskedText = { whole: text.getText(), secrets };
  const { line } = text.positionAt(place.start);
  const lineStart = text.offsetAt({ line, character: 0 });
  const lineEnd = endOfLine(masked.whole, text.offsetAt({ line: line + 1, character: 0 }));
  const { start, end } = widened(masked, place, lineStart, lineEnd);

  const from = Math.max(lineStart, start - MOST_LOOKED_AT);
  const to = Math.min(lineEnd, end + MOST_LOOKED_AT);
  const indent = from > lineStart ? 0 : (/^\s*/.exec(masked.whole.slice(from, start))?.[0].length ?? 0);
  let before = harmless(maskedSlice(masked, { start: from + indent, end: start }));
  let marked = harmless(maskedSlice(masked, { start, end: Math.min(end, start + MOST_LOOKED_AT) }));
  let after = harmless(maskedSlice(masked, { start: end, end: to }));
  if (before.length > MOST_BEFORE || from > lineStart) before = `…${lastOf(before, MOST_BEFORE - 1)}`;
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

/** The end of a line without its line end. */
function endOfLine(text: string, nextLine: number): number {
  let end = nextLine;
  while (end > 0 && /[\r\n]/.test(text[end - 1] as string)) end--;
  return end;
}

/** The part of a place in a line, with the whole of each secret that it touches. */
function widened(text: MaskedText, place: Span, lineStart: number, lineEnd: number): Span {
  let start = Math.max(lineStart, Math.min(place.start, lineEnd));
  let end = Math.max(start, Math.min(place.end, lineEnd));
  for (const secret of secretsWithin(text, { start, end })) {
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
