/** Which of several claims about the same lines holds, where the later ones overrule. */
import type { Evidence, LineRange, RangeEvidence } from './evidence';

/** Undefined evidence overrules as any other does, and leaves nothing. */
export interface RangesClaim {
  readonly ranges: readonly LineRange[];
  readonly evidence: Evidence | undefined;
}

/** Ranges of a file beyond this number are not a file's. */
export const MOST_RANGES = 200_000;

/**
 * In ascending order, without overlaps, neighbours of one evidence as one. Nothing for more than `MOST_RANGES`.
 * Takes time by the number of ranges, not of lines.
 */
export function lastWins(claims: readonly RangesClaim[]): RangeEvidence[] {
  const bounds = boundsOf(claims);
  if (bounds === undefined) return [];
  const indexOf = new Map(bounds.map((bound, index) => [bound, index]));
  // From the last claim to the first, each takes what is free. `free[i]` leads to the first free piece from `i`.
  const owners = new Array<number>(bounds.length).fill(-1);
  const free = bounds.map((_, index) => index);
  for (let claim = claims.length - 1; claim >= 0; claim--) {
    for (const { start, end } of (claims[claim] as RangesClaim).ranges) {
      const stop = indexOf.get(end) ?? 0;
      for (
        let piece = firstFree(free, indexOf.get(start) ?? 0);
        piece < stop;
        piece = firstFree(free, piece)
      ) {
        owners[piece] = claim;
        free[piece] = piece + 1;
      }
    }
  }
  return joined(bounds, owners, claims);
}

function boundsOf(claims: readonly RangesClaim[]): number[] | undefined {
  const bounds = new Set<number>();
  let count = 0;
  for (const { ranges } of claims) {
    count += ranges.length;
    if (count > MOST_RANGES) return undefined;
    for (const { start, end } of ranges) bounds.add(start).add(end);
  }
  return [...bounds].sort((a, b) => a - b);
}

function firstFree(free: number[], from: number): number {
  let found = from;
  while (found < free.length && free[found] !== found) found = free[found] as number;
  for (let at = from; at !== found && at < free.length; ) {
    const next = free[at] as number;
    free[at] = found;
    at = next;
  }
  return found;
}

function joined(
  bounds: readonly number[],
  owners: readonly number[],
  claims: readonly RangesClaim[],
): RangeEvidence[] {
  const result: RangeEvidence[] = [];
  owners.forEach((owner, piece) => {
    const evidence = claims[owner]?.evidence;
    if (evidence === undefined) return;
    const start = bounds[piece] as number;
    const end = bounds[piece + 1] as number;
    const last = result.at(-1);
    if (last?.end === start && last.evidence === evidence) result[result.length - 1] = { ...last, end };
    else result.push({ start, end, evidence });
  });
  return result;
}
