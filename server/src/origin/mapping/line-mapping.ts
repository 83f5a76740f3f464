/** Which line at a commit each line of an open text is: so that typing never waits for git. */
import { commonLines, type Stretch } from './common-lines';
import type { CommittedLines } from './text-lines';

/** Lines from 0, `end` excluded, of the text as it was before, and what stands there instead. */
export interface LineEdit {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** While typing, so many lines around an edit are looked at, of both texts together. */
const MOST_AROUND = 2_000;

export class LineMapping {
  readonly #committed: CommittedLines;
  #lines: string[];
  /** For each line the index in `#committed.lines`, or -1. They grow. */
  #indices: number[];

  /** @param lines of the open text; see `linesOf`. */
  constructor(committed: CommittedLines, lines: readonly string[]) {
    this.#committed = committed;
    this.#lines = [...lines];
    this.#indices = Array.from(commonLines(committed.lines, lines));
  }

  get lineCount(): number {
    return this.#lines.length;
  }

  /** The line at the commit, from 0 as git counts; undefined where the line is not committed, and beyond the end. */
  committedLine(line: number): number | undefined {
    const index = this.#indices[line] ?? -1;
    if (index < 0) return undefined;
    return this.#committed.gitLines ? this.#committed.gitLines[index] : index;
  }

  /**
   * Follows an edit, at the cost of the lines around it. Lines that it does not touch stay what they are, and what is
   * edited back to its committed text is committed again. `settle` may know better, once there is time for it.
   */
  edit({ start, end, lines }: LineEdit): void {
    const from = Math.min(start, this.#lines.length);
    const to = Math.min(Math.max(end, from), this.#lines.length);
    const replaced = this.#indices.slice(from, to).filter((index) => index >= 0);
    this.#lines = this.#lines.slice(0, from).concat(lines, this.#lines.slice(to));
    const unknown = new Array<number>(lines.length).fill(-1);
    this.#indices = this.#indices.slice(0, from).concat(unknown, this.#indices.slice(to));
    if (to - from + lines.length > MOST_AROUND) {
      this.settle();
      return;
    }
    const around = this.#around(from, from + lines.length);
    const [first, last] = [replaced[0], replaced.at(-1)];
    if (around.end - around.start + around.otherEnd - around.otherStart <= MOST_AROUND) this.#compare(around);
    else if (first !== undefined && last !== undefined && last - first < MOST_AROUND) {
      this.#compare({ start: from, end: from + lines.length, otherStart: first, otherEnd: last + 1 });
    }
  }

  /** Compares the whole texts, as the constructor does: the same text is mapped the same, whatever led to it. */
  settle(): void {
    this.#indices = Array.from(commonLines(this.#committed.lines, this.#lines));
  }

  /** With the uncommitted lines next to them, and the committed lines that are missing there. */
  #around(from: number, to: number): Stretch {
    let [start, end] = [from, to];
    while (start > 0 && this.#indices[start - 1] === -1) start--;
    while (end < this.#lines.length && this.#indices[end] === -1) end++;
    const otherStart = start > 0 ? (this.#indices[start - 1] as number) + 1 : 0;
    return { start, end, otherStart, otherEnd: this.#indices[end] ?? this.#committed.lines.length };
  }

  #compare({ start, end, otherStart, otherEnd }: Stretch): void {
    const former = this.#committed.lines.slice(otherStart, otherEnd);
    commonLines(former, this.#lines.slice(start, end)).forEach((index, at) => {
      this.#indices[start + at] = index < 0 ? -1 : otherStart + index;
    });
  }
}
