/**
 * Which committed line an uncommitted one was before somebody edited it. Only what stands between the same neighbours
 * is compared, in its order: what cannot be told is taken for written anew.
 */
import type { CommittedLines } from '../mapping/text-lines';

export interface EditedLine {
  /** Of the open text. */
  readonly line: number;
  /** At the commit, as git counts. */
  readonly committed: number;
  /** Nothing but white space differs. */
  readonly isOnlySpace: boolean;
}

/** From here on, by the pairs of characters that two lines share, one is the other edited. */
const SIMILAR = 0.6;
/** Of shorter lines, without white space, all are similar. */
const SHORTEST = 6;
const LONGEST = 1000;
/** Of each stretch and of all: products of the numbers of lines. */
const MOST_PAIRS = 10_000;
const MOST_PAIRS_IN_ALL = 100_000;

/** @param committedLine as of `TextVersion`. */
export function editedLines(
  committed: CommittedLines,
  lines: readonly string[],
  committedLine: (line: number) => number | undefined,
): EditedLine[] {
  // Where a carriage return alone ends lines, git's lines are others than the editor's.
  if (committed.gitLines) return [];
  const found: EditedLine[] = [];
  let left = MOST_PAIRS_IN_ALL;
  let formerStart = 0;
  for (let line = 0; line < lines.length; line++) {
    const same = committedLine(line);
    if (same !== undefined) {
      formerStart = same + 1;
      continue;
    }
    const start = line;
    while (line + 1 < lines.length && committedLine(line + 1) === undefined) line++;
    const formerEnd = committedLine(line + 1) ?? committed.lines.length;
    const pairs = (line + 1 - start) * (formerEnd - formerStart);
    if (pairs <= 0 || pairs > MOST_PAIRS || pairs > left) continue;
    left -= pairs;
    const [before, after] = [committed.lines.slice(formerStart, formerEnd), lines.slice(start, line + 1)];
    for (const [from, to, isOnlySpace] of aligned(before.map(shapeOf), after.map(shapeOf))) {
      found.push({ line: start + to, committed: formerStart + from, isOnlySpace });
    }
  }
  return found;
}

interface Shape {
  /** Without white space. */
  readonly bare: string;
  /** How often each pair of characters is in it; undefined where lines of its length say nothing. */
  readonly pairs: ReadonlyMap<string, number> | undefined;
}

function shapeOf(line: string): Shape {
  const bare = line.replace(/\s+/g, '');
  if (bare.length < SHORTEST || bare.length > LONGEST) return { bare, pairs: undefined };
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < bare.length; at++) {
    const pair = bare.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return { bare, pairs };
}

/** Pairs whose both indices grow, with the greatest likeness in all. */
function aligned(
  before: readonly Shape[],
  after: readonly Shape[],
): [from: number, to: number, isOnlySpace: boolean][] {
  const width = after.length + 1;
  const best = new Float64Array((before.length + 1) * width);
  const likeness = new Float64Array(before.length * after.length);
  for (let from = before.length - 1; from >= 0; from--) {
    for (let to = after.length - 1; to >= 0; to--) {
      const like = likenessOf(before[from] as Shape, after[to] as Shape);
      likeness[from * after.length + to] = like;
      const skipped = Math.max(
        best[(from + 1) * width + to] as number,
        best[from * width + to + 1] as number,
      );
      const taken = like > 0 ? like + (best[(from + 1) * width + to + 1] as number) : 0;
      best[from * width + to] = Math.max(skipped, taken);
    }
  }
  const pairs: [number, number, boolean][] = [];
  for (let from = 0, to = 0; from < before.length && to < after.length; ) {
    const like = likeness[from * after.length + to] as number;
    const here = best[from * width + to] as number;
    if (like > 0 && here === like + (best[(from + 1) * width + to + 1] as number)) {
      pairs.push([from++, to++, like > 1]);
    } else if (here === best[(from + 1) * width + to]) from++;
    else to++;
  }
  return pairs;
}

/** 0 for other lines, up to 1 for similar ones, above 1 for the same but for white space. */
function likenessOf(one: Shape, other: Shape): number {
  // An empty line is nobody's edit of another.
  if (one.bare === other.bare) return one.bare === '' ? 0 : 1.5;
  if (!one.pairs || !other.pairs) return 0;
  const total = one.bare.length + other.bare.length - 2;
  if ((2 * Math.min(one.bare.length, other.bare.length) - 2) / total < SIMILAR) return 0;
  let shared = 0;
  for (const [pair, count] of one.pairs) shared += Math.min(count, other.pairs.get(pair) ?? 0);
  const like = (2 * shared) / total;
  return like >= SIMILAR ? like : 0;
}
