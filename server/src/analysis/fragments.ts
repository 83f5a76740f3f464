/**
 * Which words a text may have, found in one pass for all who ask: whether each two and each three characters in a row
 * are there. A word may have all of its threes and not be there; who asks only spares work where it is not.
 */

/** What is left of a character: letters in either case are the same, and so are some others. */
const BITS = 5;
const KEPT = (1 << BITS) - 1;
const TWO = (1 << (2 * BITS)) - 1;
const THREE = (1 << (3 * BITS)) - 1;
const WORD = 5;
const IN_WORD = (1 << WORD) - 1;

/** A word as its threes, or its two if there are no more. */
type Parts = readonly number[];

interface Sought {
  readonly parts: readonly Parts[];
  /** Tells the words from others. */
  readonly key: string;
}

const known = new WeakMap<readonly string[], Sought>();

function soughtBy(words: readonly string[]): Sought {
  const sought = known.get(words) ?? { parts: words.map(partsOf), key: words.join() };
  known.set(words, sought);
  return sought;
}

/** What a question about some words is known by. */
export function keyOf(words: readonly string[]): string {
  return soughtBy(words).key;
}

export class Fragments {
  readonly #threes = new Int32Array((THREE + 1) >> WORD);
  readonly #twos = new Int32Array((TWO + 1) >> WORD);
  readonly #answers = new Map<readonly string[], boolean>();

  /** Takes a text that is there as well. */
  add(text: string): void {
    this.#answers.clear();
    const [threes, twos] = [this.#threes, this.#twos];
    let last = 0;
    for (let at = 0; at < text.length; at++) {
      last = ((last << BITS) | (text.charCodeAt(at) & KEPT)) & THREE;
      threes[last >> WORD] = (threes[last >> WORD] as number) | (1 << (last & IN_WORD));
      const two = last & TWO;
      twos[two >> WORD] = (twos[two >> WORD] as number) | (1 << (two & IN_WORD));
    }
  }

  /** Whether one of some words of two letters or more, in either case, may be there. */
  mayHave(words: readonly string[]): boolean {
    const answer = this.#answers.get(words) ?? soughtBy(words).parts.some((each) => this.#hasAll(each));
    this.#answers.set(words, answer);
    return answer;
  }

  #hasAll(parts: Parts): boolean {
    const isTwo = parts.length === 1 && (parts[0] as number) < 0;
    if (isTwo) return isIn(this.#twos, ~(parts[0] as number));
    for (const part of parts) if (!isIn(this.#threes, part)) return false;
    return true;
  }
}

/** The two of a word of two letters is given negated. */
function partsOf(word: string): Parts {
  const parts: number[] = [];
  let last = 0;
  for (let at = 0; at < word.length; at++) {
    last = ((last << BITS) | (word.charCodeAt(at) & KEPT)) & THREE;
    if (at >= 2) parts.push(last);
  }
  return word.length === 2 ? [~last] : parts;
}

function isIn(set: Int32Array, member: number): boolean {
  return ((set[member >> WORD] as number) & (1 << (member & IN_WORD))) !== 0;
}
