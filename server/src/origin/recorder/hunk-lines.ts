/** The lines of a hunk, each with `+`, `-` or a space before it, as they stand in the text after the edit. */
import { commonLines } from '../mapping/common-lines';

export interface LineAfter {
  readonly text: string;
  /** Whether it was written, and is no line that was only indented otherwise. */
  readonly isWritten: boolean;
}

export function linesAfter(hunk: readonly string[]): LineAfter[] {
  const after: LineAfter[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = () => {
    const kept = commonLines(removed.map(withoutSpace), added.map(withoutSpace));
    added.forEach((text, i) => {
      after.push({ text, isWritten: (kept[i] as number) < 0 });
    });
    [removed, added] = [[], []];
  };
  for (const line of hunk) {
    if (line.startsWith('-')) removed.push(line.slice(1));
    else if (line.startsWith('+')) added.push(line.slice(1));
    else if (line.startsWith(' ')) {
      flush();
      after.push({ text: line.slice(1), isWritten: false });
    }
  }
  flush();
  return after;
}

/** Who only formats a line has not written it. */
export function withoutSpace(line: string): string {
  return line.replace(/\s+/g, '');
}
