/**
 * Reads what `git blame --incremental` writes, while it is written: groups of lines in no order, each from its
 * numbers to its `filename`, with what is known of a commit only where it appears for the first time.
 */
import type { LineRange } from '../evidence';
import { unquotedPath } from './quoted-path';

/** Lines from 0, `end` excluded, as git counts them: they end with a line feed and nothing else. */
export interface BlamedRange extends LineRange {
  /** Full id of the commit that brought the lines. */
  readonly commit: string;
  /** Where they begin in that commit's version of the file. */
  readonly originalStart: number;
  /** What the file is called there. */
  readonly path: string;
  /**
   * History ends here: the commit has parents that are not in this repository, and the lines may be theirs. What is
   * said of the lines holds, what is said of the commit may not.
   */
  readonly isBoundary: boolean;
  /** Where the lines, or what was there, came from: full id and path. Undefined where the commit added the file. */
  readonly previous: { readonly commit: string; readonly path: string } | undefined;
}

/** Of a line of output. Only subjects of commits can be longer, and nobody asked for them. */
const MOST_LINE = 20_000;
const GROUP = /^([0-9a-f]{40}|[0-9a-f]{64}) (\d{1,9}) (\d{1,9}) (\d{1,9})$/;

interface CommitFacts {
  isBoundary: boolean;
  previous: BlamedRange['previous'];
}

interface Group {
  readonly commit: string;
  readonly start: number;
  readonly end: number;
  readonly originalStart: number;
}

export class IncrementalParser {
  readonly #blamed: Uint8Array;
  readonly #commits = new Map<string, CommitFacts>();
  #rest: Buffer = Buffer.alloc(0);
  #isOverlong = false;
  #group: Group | undefined;
  #isMalformed = false;

  /** @param lines of the file, as git counts them. */
  constructor(lines: number) {
    this.#blamed = new Uint8Array(lines);
  }

  /** The output is not what git writes. What was read before it stays, nothing after it is read. */
  get isMalformed(): boolean {
    return this.#isMalformed;
  }

  /** @returns the groups that became whole. */
  read(bytes: Buffer): BlamedRange[] {
    const ranges: BlamedRange[] = [];
    let at = 0;
    for (let end = bytes.indexOf(10); end >= 0 && !this.#isMalformed; end = bytes.indexOf(10, at)) {
      const line =
        this.#rest.length > 0
          ? Buffer.concat([this.#rest, bytes.subarray(at, end)])
          : bytes.subarray(at, end);
      const isWhole = !this.#isOverlong && line.length <= MOST_LINE;
      this.#rest = Buffer.alloc(0);
      this.#isOverlong = false;
      at = end + 1;
      const range = this.#line(line, isWhole);
      if (range) ranges.push(range);
    }
    if (this.#isMalformed) return ranges;
    const rest = Buffer.concat([this.#rest, bytes.subarray(at)]);
    this.#isOverlong ||= rest.length > MOST_LINE;
    this.#rest = this.#isOverlong ? Buffer.from(rest.subarray(0, 100)) : rest;
    return ranges;
  }

  #line(line: Buffer, isWhole: boolean): BlamedRange | undefined {
    if (!this.#group) {
      this.#group = isWhole ? this.#groupOf(line.toString('latin1')) : undefined;
      this.#isMalformed = !this.#group;
      return undefined;
    }
    const group = this.#group;
    const facts = this.#commits.get(group.commit) ?? { isBoundary: false, previous: undefined };
    this.#commits.set(group.commit, facts);
    const space = line.indexOf(32);
    const key = line.toString('latin1', 0, space < 0 ? line.length : space);
    if (key === 'boundary') facts.isBoundary = true;
    if (key === 'previous' && isWhole) facts.previous = previousOf(line.subarray(space + 1));
    if (key !== 'filename') return undefined;
    this.#group = undefined;
    const path = isWhole ? unquotedPath(line.subarray(space + 1)) : undefined;
    if (path === undefined || !this.#take(group)) {
      this.#isMalformed = true;
      return undefined;
    }
    return { ...group, path, ...facts };
  }

  #groupOf(line: string): Group | undefined {
    const [, commit, originalLine, finalLine, count] = GROUP.exec(line) ?? [];
    if (!commit || /^0+$/.test(commit)) return undefined;
    const [originalStart, start] = [Number(originalLine) - 1, Number(finalLine) - 1];
    const end = start + Number(count);
    const isInside = originalStart >= 0 && start >= 0 && end > start && end <= this.#blamed.length;
    return isInside ? { commit, start, end, originalStart } : undefined;
  }

  /** Each line once: so there are never more groups than lines. */
  #take({ start, end }: Group): boolean {
    if (this.#blamed.subarray(start, end).includes(1)) return false;
    this.#blamed.fill(1, start, end);
    return true;
  }
}

function previousOf(value: Buffer): BlamedRange['previous'] {
  const space = value.indexOf(32);
  const path = unquotedPath(value.subarray(space + 1));
  return space > 0 && path !== undefined ? { commit: value.toString('latin1', 0, space), path } : undefined;
}
