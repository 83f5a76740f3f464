// Where runs of lines are after an edit, until the server tells. Pure.
import type { OriginRun } from '../../../protocol/origin';

/** One replacement of text, as far as lines go. */
export interface LineChange {
  /** First and last line of the replaced text, before the change. */
  readonly start: number;
  readonly end: number;
  /** Whether the replaced text begins at the first character of its line. */
  readonly isFromLineStart: boolean;
  /** How many line breaks the text has that came instead. */
  readonly breaks: number;
}

/**
 * The runs after a change. A line that was edited keeps what was known, for the moment until the server says
 * what it is now; lines that came with the change belong to no run, so that nothing is claimed of them.
 */
export function movedRuns(runs: readonly OriginRun[], change: LineChange): readonly OriginRun[] {
  const { start, end, isFromLineStart, breaks } = change;
  if (start === end && breaks === 0) return runs;
  const delta = breaks - (end - start);
  // The first line stays if something of it is before the change. Its rest, and what it is joined with, is not
  // a line of its own.
  const headEnd = isFromLineStart ? start : start + 1;
  const isTailALine = isFromLineStart || (start < end && breaks > 0);
  const tailStart = isTailALine ? end : end + 1;
  return runs.flatMap((run) => {
    const head = { ...run, end: Math.min(run.end, headEnd) };
    const tail = { ...run, start: Math.max(run.start, tailStart) + delta, end: run.end + delta };
    if (head.start >= head.end) return tail.start < tail.end ? [tail] : [];
    if (tail.start >= tail.end) return [head];
    return head.end === tail.start ? [{ ...run, end: tail.end }] : [head, tail];
  });
}
