import { KINDS } from './kind';

const WORD = 32;

/** A set of kinds as bits, by their numbers (`kindNumber`), for questions that are asked of every item. */
export class KindSet {
  readonly #bits = new Int32Array(Math.ceil(KINDS.length / WORD));

  add(number: number): void {
    const at = (number / WORD) | 0;
    this.#bits[at] = (this.#bits[at] as number) | (1 << (number % WORD));
  }

  addAll(other: KindSet): void {
    for (const [at, word] of other.#bits.entries()) this.#bits[at] = (this.#bits[at] as number) | word;
  }

  has(number: number): boolean {
    return ((this.#bits[(number / WORD) | 0] as number) & (1 << (number % WORD))) !== 0;
  }

  /** Whether a kind is in both. */
  meets(other: KindSet): boolean {
    const some = this.#bits;
    const others = other.#bits;
    for (let at = 0; at < some.length; at++)
      if (((some[at] as number) & (others[at] as number)) !== 0) return true;
    return false;
  }
}
