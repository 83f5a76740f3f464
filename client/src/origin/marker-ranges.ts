// From what is known of lines to what is drawn beside them. Pure.
import type { OriginRun } from '../../../protocol/origin';

/** What is drawn in the gutter. */
export const MARKERS = ['solid', 'hollow', 'tick'] as const;
export type Marker = (typeof MARKERS)[number];

/** Lines next to each other with the same marker; from 0, `end` excluded. */
export interface MarkerRange {
  readonly marker: Marker;
  readonly start: number;
  readonly end: number;
}

/**
 * What to draw, ascending: as few ranges as possible, because the editor keeps each of them up to date.
 * @param lineCount of the document: the server may know of lines that are gone
 */
export function markerRanges(runs: readonly OriginRun[], lineCount: number): MarkerRange[] {
  const ranges: MarkerRange[] = [];
  for (const { marker, start, end } of runs) {
    const last = ranges.at(-1);
    const until = Math.min(end, lineCount);
    if (marker === 'none' || start >= until) continue;
    if (last?.marker === marker && last.end === start) ranges[ranges.length - 1] = { ...last, end: until };
    else ranges.push({ marker, start, end: until });
  }
  return ranges;
}
