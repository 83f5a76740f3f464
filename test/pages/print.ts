// Writes findings into the code they were found in, as marks, so that a failing test reads like the page.

import type { CheckedFinding } from './checker';
import type { Language } from './languages';
import { lineDiff } from './line-diff';
import type { Mark } from './marks';
import type { ExampleFile } from './page';

/** A place to mark. Offsets are 0-based UTF-16, `end` is exclusive. */
export type Place = Pick<Mark, 'kind' | 'start' | 'end' | 'message'>;

/** What a page says, against which places are printed: marks that agree keep their way of writing. */
export type Expected = Pick<ExampleFile, 'lines' | 'marks'>;

/** The places that findings have in a file; related ones are listed once, and only if asked for. */
export function placesIn(file: string, findings: readonly CheckedFinding[], withRelated: boolean): Place[] {
  const places: Place[] = [];
  for (const { start, end, message } of findings.filter((finding) => finding.file === file)) {
    places.push({ kind: 'primary', start, end, message: onOneLine(message) });
  }
  if (!withRelated) return places;
  for (const related of findings.flatMap((finding) => finding.related)) {
    if (related.file !== file) continue;
    const place: Place = {
      kind: 'related',
      start: related.start,
      end: related.end,
      message: onOneLine(related.message),
    };
    if (!places.some((other) => isSame(other, place))) places.push(place);
  }
  return places;
}

/**
 * The lines of a text with mark lines for the places. Lines equal `expected.lines` exactly when every mark of
 * the page agrees with a place and no place is left over.
 */
export function printMarked(
  text: string,
  language: Language,
  places: readonly Place[],
  expected?: Expected,
): string[] {
  const lines = linesOf(text);
  if (lines.length === 0 && places.length > 0) lines.push('');
  const notes: { after: number; order: number; text: string }[] = [];
  const unmatched = [...(expected?.marks ?? [])];
  const byStart = places.toSorted(
    (a, b) => a.start - b.start || a.end - b.end || a.kind.localeCompare(b.kind),
  );
  byStart.forEach((place, index) => {
    const first = positionOf(lines, place.start);
    const last = positionOf(lines, Math.max(place.end - 1, place.start));
    const at = unmatched.findIndex((mark) => agrees(mark, place));
    const [mark] = at < 0 ? [] : unmatched.splice(at, 1);
    if (mark !== undefined && expected !== undefined) {
      const [begin, end] = mark.writtenAt;
      notes.push({ after: first.line, order: begin!, text: expected.lines[begin!]! });
      if (end !== undefined) notes.push({ after: last.line, order: end, text: expected.lines[end]! });
      return;
    }
    const order = 1e6 + index;
    const message = place.message === undefined ? '' : ` ${place.message}`;
    const sign = place.kind === 'primary' ? '~' : '-';
    const print = (line: number, column: number, run: string, behind: string) =>
      notes.push({ after: line, order, text: markLine(lines[line]!, language, column, run) + behind });
    const width = Math.max(1, place.end - place.start);
    if (first.line === last.line) {
      print(first.line, first.column, sign.repeat(width), message);
    } else {
      const toLineEnd = Math.max(2, lines[first.line]!.length - first.column);
      print(first.line, first.column, `${sign.repeat(toLineEnd - 1)}>`, message);
      const indent = /^\s*/.exec(lines[last.line]!)![0].length;
      const start = Math.min(last.column, Math.max(indent, language.sign.length));
      print(last.line, start, `<${sign.repeat(last.column - start)}`, '');
    }
  });
  notes.sort((a, b) => a.order - b.order);
  return lines.flatMap((line, index) => [
    line,
    ...notes.filter(({ after }) => after === index).map((note) => note.text),
  ]);
}

/** How a block differs from what was found, or `undefined` where it does not. */
export function printDifference(
  name: string,
  expected: readonly string[],
  actual: readonly string[],
): string | undefined {
  const same = expected.length === actual.length && expected.every((line, index) => line === actual[index]);
  return same
    ? undefined
    : [name, ...lineDiff(expected, actual)].map((line) => `  ${line}`.trimEnd()).join('\n');
}

function agrees(mark: Mark, place: Place): boolean {
  const message = mark.message === undefined || mark.message === place.message;
  return message && mark.kind === place.kind && mark.start === place.start && mark.end === place.end;
}

function isSame(a: Place, b: Place): boolean {
  return a.kind === b.kind && a.start === b.start && a.end === b.end && a.message === b.message;
}

/** A mark line; where the comment sign leaves no room, a note that says which columns are meant. */
function markLine(code: string, language: Language, column: number, run: string): string {
  const { sign } = language;
  if (column < sign.length) {
    return `${sign} columns ${column + 1} to ${column + run.length}; indent the example to mark them:`;
  }
  const indent = /^\s*/.exec(code)![0].length;
  const before = column >= indent + sign.length ? ' '.repeat(indent) : '';
  return `${before}${sign}`.padEnd(column) + run;
}

function positionOf(lines: readonly string[], offset: number): { line: number; column: number } {
  let start = 0;
  for (const [line, text] of lines.entries()) {
    if (offset <= start + text.length) return { line, column: offset - start };
    start += text.length + 1;
  }
  return { line: Math.max(0, lines.length - 1), column: lines.at(-1)?.length ?? 0 };
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function onOneLine(message: string): string {
  return message.replaceAll(/\s*\n\s*/g, ' ').trim();
}
