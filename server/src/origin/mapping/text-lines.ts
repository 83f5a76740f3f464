/** A text in the lines that an editor shows, and what git calls them. */

const LINE_END = /\r\n|\r|\n/;

/** A line feed, a carriage return, or both together end a line. What stands after the last one is a line, too. */
export function linesOf(text: string): string[] {
  return withoutMark(text).split(LINE_END);
}

/** The version of a file that a commit has. */
export interface CommittedLines {
  /** As an editor shows them, without their ends and without a byte order mark. */
  readonly lines: readonly string[];
  /** For each the line from 0 as git counts them, for whom a carriage return alone ends none; the same if undefined. */
  readonly gitLines: Int32Array | undefined;
}

export function committedLines(text: string): CommittedLines {
  const lines = linesOf(text);
  // For git there is no line after the last line feed.
  if (lines.at(-1) === '') lines.pop();
  if (!/\r(?!\n)/.test(text)) return { lines, gitLines: undefined };
  const gitLines = new Int32Array(lines.length);
  let at = 0;
  let gitLine = 0;
  for (const end of withoutMark(text).matchAll(/\r\n|\r|\n/g)) {
    if (at < gitLines.length) gitLines[at] = gitLine;
    at++;
    if (end[0] !== '\r') gitLine++;
  }
  if (at < gitLines.length) gitLines[at] = gitLine;
  return { lines, gitLines };
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
