// What an edit takes the ticks of, until the server tells. Pure.
import type { OriginRun } from '../../../protocol/origin';
import { isExactRun } from './exact-run';

/** Lines from 0; `end` is excluded. Without lines it is the place between two of them. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * The runs before an edit, without the ticks that it ends. A region is reviewed as one text: whatever line of it is
 * edited, all of it is unreviewed. Ticked lines next to each other are one region; between two there are others.
 * @param touched lines whose text changes, or goes; where lines only come, the place where
 */
export function untickedRuns(runs: readonly OriginRun[], touched: LineSpan): readonly OriginRun[] {
  let unticked: OriginRun[] | undefined;
  for (let first = 0; first < runs.length; ) {
    const next = regionEnd(runs, first);
    const isEdited = touched.start < runs[next - 1]!.end && touched.end > runs[first]!.start;
    if (isEdited && runs[first]!.marker === 'tick') {
      unticked ??= [...runs];
      unticked.splice(first, next - first, ...withoutTicks(runs.slice(first, next)));
    }
    first = next;
  }
  return unticked ?? runs;
}

/** Index after the last of the runs that are ticked without a gap; a run without a tick is alone. */
function regionEnd(runs: readonly OriginRun[], first: number): number {
  let next = first + 1;
  if (runs[first]!.marker !== 'tick') return next;
  while (runs[next]?.marker === 'tick' && runs[next]!.start === runs[next - 1]!.end) next++;
  return next;
}

function withoutTicks(region: readonly OriginRun[]): OriginRun[] {
  let marker: OriginRun['marker'] = 'hollow';
  return region.map(({ reviews: _, ...run }) => {
    // A line of which nothing is known was only drawn like the others.
    if (run.state !== 'unknown') marker = isExactRun(run) ? 'solid' : 'hollow';
    return { ...run, marker };
  });
}
