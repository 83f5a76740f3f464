/**
 * The text of a region as a record speaks of it. A checkout on another system, and an editor that trims lines, leave
 * it as it is; whatever else changes, it is another text, which nobody has reviewed.
 */
import type { LineRange } from '../origin/evidence';

/** The SHA-256 of a text in UTF-8, as 64 hexadecimal digits in lower case. */
export type Digest = (text: string) => string;

/** Without the spaces and tabs at its end. */
export function normalisedLine(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end--;
  return line.slice(0, end);
}

/**
 * The lines of a range, each without spaces and tabs at its end, each ended by one line feed. Nothing else is changed:
 * indentation, blank lines inside, upper and lower case, and the form of Unicode characters all count.
 *
 * @param lines without their ends and without a byte order mark; see `linesOf` in `origin/mapping`.
 */
export function normalisedText(lines: readonly string[], { start, end }: LineRange): string {
  let text = '';
  for (let line = start; line < end; line++) text += `${normalisedLine(lines[line] ?? '')}\n`;
  return text;
}

export function isBlank(line: string): boolean {
  return line.trim() === '';
}
