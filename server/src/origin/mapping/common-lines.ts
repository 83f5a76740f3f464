/**
 * Which lines of two texts are the same lines, in time that grows about with their length, whatever the texts are:
 * equal ends first, then lines that both have once (patience), then a table for what is small enough between those.
 *
 * Libraries for it find the longest common subsequence of everything, which takes seconds where much was rewritten;
 * the comparison is in docs/architecture.md.
 */

/** Of each table, and of all tables together: products of the numbers of lines. */
const MOST_CELLS = 250_000;
const MOST_CELLS_IN_ALL = 4_000_000;
/** So often may all lines be looked at. Texts of lines that are once there only within each other need more. */
const MOST_VISITS_OF_ALL = 50;

/** Stretches of two texts: lines from 0, ends excluded. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly otherStart: number;
  readonly otherEnd: number;
}

/**
 * For each line of `lines` the line of `former` that it is, or -1. The numbers grow from line to line. A line that
 * was moved over others is a line of its own, as git sees it.
 */
export function commonLines(former: readonly string[], lines: readonly string[]): Int32Array {
  return new Comparison(former, lines).result;
}

class Comparison {
  readonly result: Int32Array;
  readonly #former: Int32Array;
  readonly #lines: Int32Array;
  readonly #open: Stretch[];
  #visits: number;
  #cells = MOST_CELLS_IN_ALL;

  constructor(former: readonly string[], lines: readonly string[]) {
    const numbers = new Map<string, number>();
    const numberOf = (line: string) => {
      const known = numbers.get(line);
      if (known !== undefined) return known;
      numbers.set(line, numbers.size);
      return numbers.size - 1;
    };
    this.#former = Int32Array.from(former, numberOf);
    this.#lines = Int32Array.from(lines, numberOf);
    this.result = new Int32Array(lines.length).fill(-1);
    this.#visits = (former.length + lines.length) * MOST_VISITS_OF_ALL;
    this.#open = [{ start: 0, end: lines.length, otherStart: 0, otherEnd: former.length }];
    for (let next = this.#open.pop(); next && this.#visits > 0; next = this.#open.pop()) this.#compare(next);
  }

  #compare(stretch: Stretch): void {
    const inner = this.#withoutEqualEnds(stretch);
    if (inner.start === inner.end || inner.otherStart === inner.otherEnd) return;
    const pairs = this.#linesOfBoth(inner);
    if (pairs.length === 0) {
      this.#fillTable(inner);
      return;
    }
    let { start, otherStart } = inner;
    for (const [line, other] of pairs) {
      this.result[line] = other;
      this.#open.push({ start, end: line, otherStart, otherEnd: other });
      start = line + 1;
      otherStart = other + 1;
    }
    this.#open.push({ ...inner, start, otherStart });
  }

  #withoutEqualEnds({ start, end, otherStart, otherEnd }: Stretch): Stretch {
    const [former, lines] = [this.#former, this.#lines];
    while (start < end && otherStart < otherEnd && lines[start] === former[otherStart]) {
      this.result[start++] = otherStart++;
    }
    while (start < end && otherStart < otherEnd && lines[end - 1] === former[otherEnd - 1]) {
      this.result[--end] = --otherEnd;
    }
    return { start, end, otherStart, otherEnd };
  }

  /** Pairs of lines that are once in both stretches: as many as are in the same order. */
  #linesOfBoth({ start, end, otherStart, otherEnd }: Stretch): [line: number, other: number][] {
    this.#visits -= end - start + otherEnd - otherStart;
    /** The line of each number that is there once; -1 where it is there more often. */
    const others = new Map<number, number>();
    for (let other = otherStart; other < otherEnd; other++) {
      const number = this.#former[other] as number;
      others.set(number, others.has(number) ? -1 : other);
    }
    const once = new Map<number, number>();
    for (let line = start; line < end; line++) {
      const number = this.#lines[line] as number;
      if (others.has(number)) once.set(number, once.has(number) ? -1 : line);
    }
    const pairs: [number, number][] = [];
    for (const [number, line] of once) {
      const other = others.get(number) as number;
      if (line >= 0 && other >= 0) pairs.push([line, other]);
    }
    return longestGrowing(pairs);
  }

  /** The longest common subsequence, the classic way. */
  #fillTable({ start, end, otherStart, otherEnd }: Stretch): void {
    const [rows, columns] = [end - start, otherEnd - otherStart];
    const cells = (rows + 1) * (columns + 1);
    if (cells > MOST_CELLS || cells > this.#cells) return;
    this.#cells -= cells;
    const width = columns + 1;
    /** The length from a row and column to the ends. */
    const lengths = new Uint16Array(cells);
    const isSame = (row: number, column: number) =>
      this.#lines[start + row] === this.#former[otherStart + column];
    for (let row = rows - 1; row >= 0; row--) {
      for (let column = columns - 1; column >= 0; column--) {
        const at = row * width + column;
        lengths[at] = isSame(row, column)
          ? (lengths[at + width + 1] as number) + 1
          : Math.max(lengths[at + width] as number, lengths[at + 1] as number);
      }
    }
    for (let row = 0, column = 0; row < rows && column < columns; ) {
      const at = row * width + column;
      if (isSame(row, column)) this.result[start + row++] = otherStart + column++;
      else if ((lengths[at + width] as number) >= (lengths[at + 1] as number)) row++;
      else column++;
    }
  }
}

/** Of pairs in the order of their first numbers, the most whose second numbers grow as well. */
function longestGrowing(pairs: readonly [number, number][]): [number, number][] {
  /** For each length the pair with which a row of so many ends lowest. */
  const ends: number[] = [];
  const before = new Int32Array(pairs.length);
  pairs.forEach(([, other], index) => {
    let low = 0;
    for (let high = ends.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] as number] as [number, number])[1] < other) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (ends[low - 1] as number) : -1;
    ends[low] = index;
  });
  const longest: [number, number][] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index] as number) {
    longest.push(pairs[index] as [number, number]);
  }
  return longest.reverse();
}
