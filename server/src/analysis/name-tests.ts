/**
 * Questions about names that many rules ask of every item: each name is asked once for as long as the process runs,
 * and an item knows by a few bits which questions one of its names answers with yes.
 */
import { cutOut } from './cut-out';

/** A set of names, a map by them, or whatever tells by a name alone. A constant of its module: it is kept for good. */
export interface NameTest {
  has(name: string): boolean;
}

/** As a set of the names that a pattern matches. */
export function namesLike(pattern: RegExp): NameTest {
  return { has: (name) => pattern.test(name) };
}

const WORD = 32;
/** Further tests are not numbered, and whoever asks them has to look at each name. */
const MOST_TESTS = 160;
const WORDS = MOST_TESTS / WORD;
/** So many names are kept, and all forgotten when there are more; longer ones are not kept. */
const MOST_NAMES = 20_000;
const LONGEST_NAME = 60;

/** Which tests some names pass, by the tests' numbers. */
export type Passed = Int32Array;

export function hasPassed(passed: Passed, test: number): boolean {
  return ((passed[(test / WORD) | 0] as number) & (1 << (test % WORD))) !== 0;
}

/** The tests that are asked of one sort of names. */
export class NameTests {
  readonly #numbers = new Map<NameTest, number>();
  readonly #tests: NameTest[] = [];
  readonly #known = new Map<string, Asked>();

  /** How many tests are known; what was known of names before is not known for those that came since. */
  get size(): number {
    return this.#tests.length;
  }

  /** The number of a test; undefined where there are too many. */
  numberOf(test: NameTest): number | undefined {
    const known = this.#numbers.get(test);
    if (known !== undefined || this.#tests.length >= MOST_TESTS) return known;
    const number = this.#tests.length;
    this.#tests.push(test);
    this.#numbers.set(test, number);
    return number;
  }

  /** Adds the tests that a name passes. */
  addTo(passed: Passed, name: string): void {
    const known = this.#known.get(name);
    const { by } = known?.tests === this.#tests.length ? known : this.#ask(name, known);
    for (let at = 0; at < WORDS; at++) passed[at] = (passed[at] as number) | (by[at] as number);
  }

  #ask(name: string, known: Asked | undefined): Asked {
    const asked = known ?? { tests: 0, by: nothingPassed() };
    for (; asked.tests < this.#tests.length; asked.tests++) {
      if (!this.#tests[asked.tests]?.has(name)) continue;
      const at = (asked.tests / WORD) | 0;
      asked.by[at] = (asked.by[at] as number) | (1 << (asked.tests % WORD));
    }
    if (known || name.length > LONGEST_NAME) return asked;
    if (this.#known.size >= MOST_NAMES) this.#known.clear();
    this.#known.set(cutOut(name), asked);
    return asked;
  }
}

/** What is known of a name: the first so many tests have been asked. */
interface Asked {
  tests: number;
  readonly by: Passed;
}

export function nothingPassed(): Passed {
  return new Int32Array(WORDS);
}
