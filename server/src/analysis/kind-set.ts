import { KINDS } from './kind';

const WORD = 32;

/** A set of kinds as bits, by their numbers (`kindNumber`), for questions that are asked of every item. */
export class KindSet {
  /** The bits, for who goes over them. */
  readonly words = new Int32Array(Math.ceil(KINDS.length / WORD));

  add(number: number): void {
    const at = (number / WORD) | 0;
    this.words[at] = (this.words[at] as number) | (1 << (number % WORD));
  }

  addAll(other: KindSet): void {
    for (const [at, word] of other.words.entries()) this.words[at] = (this.words[at] as number) | word;
  }

  has(number: number): boolean {
    return ((this.words[(number / WORD) | 0] as number) & (1 << (number % WORD))) !== 0;
  }
}
