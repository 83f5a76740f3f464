import { KINDS, type Kind, kindNumber } from './kind';

const WORD = 32;

/** A set of kinds as bits, for questions that are asked of every item. */
export class KindSet {
  readonly #bits = new Int32Array(Math.ceil(KINDS.length / WORD));

  add(kind: Kind): void {
    const number = kindNumber(kind);
    const at = Math.floor(number / WORD);
    this.#bits[at] = (this.#bits[at] as number) | (1 << (number % WORD));
  }

  /** Whether a kind is in both. */
  meets(other: KindSet): boolean {
    const [some, others] = [this.#bits, other.#bits];
    for (let at = 0; at < some.length; at++)
      if (((some[at] as number) & (others[at] as number)) !== 0) return true;
    return false;
  }
}
