/**
 * Finds recorded lines again in another text. A line alone is found by chance, above all `}` and its like, so what
 * counts are runs of lines with enough in them, the lines around included, at one place only.
 */
import type { LineRange } from '../evidence';
import { rangesOf } from './line-ranges';

export interface FoundAgain {
  /** Lines that are there as they were written. */
  readonly same: readonly LineRange[];
  /** Lines that stand in the place of some that were written. */
  readonly changed: readonly LineRange[];
}

/** So many letters and digits must be in a run. */
const LEAST_WEIGHT = 16;
/** With less in it, a run must be in order with others, displaced by no more lines than these. */
const NEAR = 20;
/** A line that stands at more places tells nothing of where it was written. */
const MOST_PLACES = 50;

/** Recorded lines from `from` to `to` (excluded), each at its number plus `shift` in the text. */
interface Run {
  readonly from: number;
  readonly to: number;
  readonly shift: number;
  readonly weight: number;
}

export class PresentLines {
  readonly #hashes: readonly string[];
  readonly #weights: readonly number[];
  readonly #places = new Map<string, number[]>();

  /** @param hashes of the lines, see `lineHash`. */
  constructor(lines: readonly string[], hashes: readonly string[]) {
    this.#hashes = hashes;
    this.#weights = lines.map((line) => line.slice(0, 1_000).match(/[\p{L}\p{N}]/gu)?.length ?? 0);
    hashes.forEach((hash, line) => {
      const places = this.#places.get(hash);
      if (places) places.push(line);
      else this.#places.set(hash, [line]);
    });
  }

  /** @param recorded hashes of the line before, of the written lines, and of the line after; see `RecordedRange`. */
  find(recorded: readonly string[]): FoundAgain {
    const places = new Array<number | undefined>(recorded.length).fill(undefined);
    const taken = new Set<number>();
    const take = (run: Run, isEnough: (free: readonly number[]) => boolean) => {
      const free = numbers(run.from, run.to).filter(
        (at) => places[at] === undefined && !taken.has(at + run.shift),
      );
      if (free.length === 0 || !isEnough(free)) return;
      for (const at of free) {
        places[at] = at + run.shift;
        taken.add(at + run.shift);
      }
    };
    const runs = this.#runs(recorded);
    for (const run of runs) take(run, (free) => this.#weight(free, run.shift) >= LEAST_WEIGHT);
    for (const run of runs) take(run, (free) => isNextTo(places, free, run.shift));
    const written = places.slice(1, -1).filter((place) => place !== undefined);
    return {
      same: rangesOf(written),
      changed: rangesOf(this.#changed(recorded, places).filter((line) => !taken.has(line))),
    };
  }

  /** The heaviest first, without those that are at several places alike. */
  #runs(recorded: readonly string[]): Run[] {
    const runs: Run[] = [];
    /** For each shift the end of the last run. */
    const ends = new Map<number, number>();
    for (let at = 1; at < recorded.length - 1; at++) {
      const places = this.#places.get(recorded[at] as string) ?? [];
      if (places.length > MOST_PLACES) continue;
      for (const place of places) {
        const shift = place - at;
        if (this.#weights[place] === 0 || at < (ends.get(shift) ?? 0)) continue;
        const run = this.#runAround(recorded, at, shift);
        runs.push(run);
        ends.set(shift, run.to);
      }
    }
    const sorted = runs.sort((a, b) => b.weight - a.weight);
    const count = new Map<string, number>();
    for (const { from, to } of sorted) count.set(`${from} ${to}`, (count.get(`${from} ${to}`) ?? 0) + 1);
    return sorted.filter(({ from, to }) => count.get(`${from} ${to}`) === 1);
  }

  #runAround(recorded: readonly string[], at: number, shift: number): Run {
    const isSame = (line: number) => recorded[line] !== '' && recorded[line] === this.#hashes[line + shift];
    let from = at;
    while (from > 0 && isSame(from - 1)) from--;
    let to = at + 1;
    while (to < recorded.length && isSame(to)) to++;
    return { from, to, shift, weight: this.#weight(numbers(from, to), shift) };
  }

  #weight(lines: readonly number[], shift: number): number {
    return lines.reduce((sum, at) => sum + (this.#weights[at + shift] as number), 0);
  }

  /** What stands between lines that were found, where written lines are missing between them, and no more of it. */
  #changed(recorded: readonly string[], places: readonly (number | undefined)[]): number[] {
    const last = recorded.length - 1;
    const anchors = this.#anchors(recorded, places);
    const changed: number[] = [];
    for (let before = 0; before < last; before++) {
      const start = anchors[before];
      if (start === undefined) continue;
      let after = before + 1;
      while (after < last && anchors[after] === undefined) after++;
      const end = anchors[after];
      if (end === undefined) break;
      const missing = after - before - 1;
      if (missing > 0 && end - start - 1 <= missing) changed.push(...numbers(start + 1, end));
      before = after - 1;
    }
    return changed;
  }

  /** With the lines around, where they stand as far from what was found as they did, or where nothing was found. */
  #anchors(recorded: readonly string[], places: readonly (number | undefined)[]): (number | undefined)[] {
    const last = recorded.length - 1;
    const anchors = [...places];
    const first = places.findIndex((place) => place !== undefined);
    if (first === -1) {
      const start = this.#placeAround(recorded);
      if (start !== undefined) [anchors[0], anchors[last]] = [start, start + last];
      return anchors;
    }
    const final = places.findLastIndex((place) => place !== undefined);
    const start = (places[first] as number) - first;
    const end = (places[final] as number) + last - final;
    anchors[0] ??= this.#stands(recorded[0] as string, start) ? start : undefined;
    anchors[last] ??= this.#stands(recorded[last] as string, end) ? end : undefined;
    return anchors;
  }

  /** Beyond the ends of the text stands nothing, which is told by an empty hash. */
  #stands(hash: string, line: number): boolean {
    return hash === '' ? line === -1 || line === this.#hashes.length : this.#hashes[line] === hash;
  }

  /** Where the line before stands, when both lines around are as far from each other as they were, and only once. */
  #placeAround(recorded: readonly string[]): number | undefined {
    const last = recorded.length - 1;
    const places = this.#places.get(recorded[0] as string) ?? [];
    if (places.length > MOST_PLACES) return undefined;
    const [place, ...more] = places.filter((line) => this.#hashes[line + last] === recorded[last]);
    if (place === undefined || more.length > 0) return undefined;
    const weight = (this.#weights[place] as number) + (this.#weights[place + last] as number);
    return weight >= LEAST_WEIGHT ? place : undefined;
  }
}

/** Whether lines stand in order with those found around them, and not far from where they would be. */
function isNextTo(places: readonly (number | undefined)[], lines: readonly number[], shift: number): boolean {
  const [first, last] = [lines[0] as number, lines.at(-1) as number];
  const before = places.findLastIndex((place, at) => at < first && place !== undefined);
  const after = places.findIndex((place, at) => at > last && place !== undefined);
  const [above, below] = [places[before], places[after]];
  if (above !== undefined && above >= first + shift) return false;
  if (below !== undefined && below <= last + shift) return false;
  const isNear = (place: number | undefined, at: number) =>
    place !== undefined && Math.abs(place - at - shift) <= NEAR;
  return isNear(above, before) || isNear(below, after);
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}
