/** Lines of a file with their numbers, as much of them as somebody needs to see. */

/** Lines from 1, both inclusive. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Of longer code only its head, its end, and what is around the marked lines is shown. */
const MOST_LINES = 160;
const HEAD_LINES = 8;
const LINES_AROUND = 40;
/** Lines of compiled code are cut. */
const LONGEST_LINE = 400;

/**
 * @param code the lines to show
 * @param marked lines with a `>` before their number
 * @param beside lines to show as well, wherever they are
 */
export function numberedLines(
  text: string,
  code: LineRange,
  marked: LineRange,
  beside: readonly LineRange[],
): string {
  const lines = text.split(/\r?\n/);
  const isLong = code.last - code.first >= MOST_LINES;
  const near = (range: LineRange, by: number) => ({ first: range.first - by, last: range.last + by });
  const parts = isLong
    ? [
        { first: code.first, last: code.first + HEAD_LINES - 1 },
        near(marked, LINES_AROUND),
        { first: code.last, last: code.last },
      ]
    : [code];
  const isIn = ({ first, last }: LineRange, line: number) => first <= line && line <= last;
  const isShown = (line: number) =>
    parts.some((part) => isIn(part, line) && isIn(code, line)) ||
    beside.some(({ first, last }) => isIn({ first, last: Math.min(last, first + HEAD_LINES) }, line));
  const width = String(Math.max(code.last, ...beside.map(({ last }) => last))).length;
  const shown: string[] = [];
  let previous = 0;
  for (const [index, content] of lines.entries()) {
    const line = index + 1;
    if (!isShown(line)) continue;
    if (previous > 0 && line > previous + 1) shown.push(`  ${' '.repeat(width)} | …`);
    const cut = content.length > LONGEST_LINE ? `${content.slice(0, LONGEST_LINE)}…` : content;
    const mark = isIn(marked, line) ? '>' : ' ';
    shown.push(`${mark} ${String(line).padStart(width)} | ${cut}`.trimEnd());
    previous = line;
  }
  return shown.join('\n');
}
