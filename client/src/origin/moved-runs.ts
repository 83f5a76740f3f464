// Where runs of lines are after an edit, until the server tells. Pure.
import type { OriginRun } from '../../../protocol/origin';
import { type LineSpan, untickedRuns } from './unticked-runs';

/** One replacement of text, as far as lines go. */
export interface LineChange {
  /** First and last line of the replaced text, before the change. */
  readonly start: number;
  readonly end: number;
  /** Whether the replaced text begins at the first character of its line. */
  readonly isFromLineStart: boolean;
  /** How many line breaks the text has that came instead. */
  readonly breaks: number;
  /** Lines before the change whose text it changes or takes away; where lines only come, the place where. */
  readonly touched: LineSpan;
}

/**
 * The runs after a change. A line that was edited keeps what was known, for the moment until the server says what
 * it is now, but for ticks: what was edited is not what was reviewed. Lines that came with the change belong to no run,
 * so that nothing is claimed of them.
 */
export function movedRuns(before: readonly OriginRun[], change: LineChange): readonly OriginRun[] {
  const { start, end, isFromLineStart, breaks, touched } = change;
  const runs = untickedRuns(before, touched);
  if (start === end && breaks === 0) return runs;
  const delta = breaks - (end - start);
  // The first line stays if something of it is before the change. Its rest, and what it is joined with, is not
  // a line of its own.
  const headEnd = isFromLineStart ? start : start + 1;
  const isTailALine = isFromLineStart || (start < end && breaks > 0);
  const tailStart = isTailALine ? end : end + 1;
  const moved: OriginRun[] = [];
  for (const run of runs) {
    if (run.end <= headEnd) {
      moved.push(run);
      continue;
    }
    const head = Math.min(run.end, headEnd);
    const tail = Math.max(run.start, tailStart) + delta;
    const end = run.end + delta;
    const hasHead = run.start < head;
    const hasTail = tail < end;
    if (hasHead && hasTail && head === tail) moved.push({ ...run, end });
    else {
      if (hasHead) moved.push({ ...run, end: head });
      if (hasTail) moved.push({ ...run, start: tail, end });
    }
  }
  return moved;
}
