/** From blame and what is known of commits to what is known of each line of a file at HEAD. */
import type { BlamedRange } from '../blame/incremental-parser';
import type { LineRange, RangeEvidence } from '../evidence';
import type { LineFacts } from '../precedence';
import type { VersionFacts } from './version-facts';

/** Lines of the file at HEAD, as git counts them, of which the same is known. */
export interface FactsPiece extends LineRange {
  readonly facts: LineFacts;
  /** That brought them. */
  readonly commit: string;
}

/** In the order of the lines. Lines without a piece are not blamed. */
export function committedFacts(
  ranges: readonly BlamedRange[],
  factsOf: (range: BlamedRange) => VersionFacts | undefined,
): FactsPiece[] {
  return [...ranges]
    .sort((a, b) => a.start - b.start)
    .flatMap((range) => {
      const facts = factsOf(range);
      return facts ? piecesOf(range, facts) : [];
    });
}

function piecesOf({ start, end, originalStart, commit }: BlamedRange, known: VersionFacts): FactsPiece[] {
  const { ofCommit, ofLines, note } = known;
  const shift = start - originalStart;
  const originalEnd = originalStart + end - start;
  const within = ofLines
    .map((ranges) => rangesWithin(ranges, originalStart, originalEnd))
    .filter((list) => list.length > 0);
  const cuts = new Set([originalStart, originalEnd]);
  for (const list of within) {
    for (const range of list)
      cuts.add(Math.max(range.start, originalStart)).add(Math.min(range.end, originalEnd));
  }
  const bounds = [...cuts].sort((a, b) => a - b);
  const next = within.map(() => 0);
  return bounds.slice(0, -1).map((from, index) => {
    const ofPiece = within.flatMap((list, which) => {
      while ((list[next[which] as number]?.end ?? Number.POSITIVE_INFINITY) <= from) {
        next[which] = (next[which] as number) + 1;
      }
      const range = list[next[which] as number];
      return range && range.start <= from ? [range.evidence] : [];
    });
    return {
      start: from + shift,
      end: (bounds[index + 1] as number) + shift,
      facts: { evidence: [...ofPiece, ...ofCommit], note },
      commit,
    };
  });
}

/** Those that touch some lines, of ranges in ascending order. */
function rangesWithin(ranges: readonly RangeEvidence[], start: number, end: number): RangeEvidence[] {
  let low = 0;
  for (let high = ranges.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((ranges[middle] as RangeEvidence).end <= start) low = middle + 1;
    else high = middle;
  }
  const found: RangeEvidence[] = [];
  for (let at = low; at < ranges.length && (ranges[at] as RangeEvidence).start < end; at++) {
    found.push(ranges[at] as RangeEvidence);
  }
  return found;
}
