/**
 * Whether a loop of a pattern can read one text in two ways. Each character more doubles the ways then, and where the
 * rest does not match, an engine that backtracks tries them all. The automaton has a state for each character of the
 * pattern (Glushkov), with the number of ways from one to the next; a loop is ambiguous where two ways around it read
 * the same text (Weber and Seidl, "On the degree of ambiguity of finite automata", 1991).
 */
import type { analyse } from 'scslre';

export type ParsedPattern = ReturnType<typeof analyse>['parsed']['pattern'];
export type Element = ParsedPattern['alternatives'][number]['elements'][number];

/** More characters are not judged: pairs of them are looked at. */
const MOST_STATES = 120;
/** A counted loop is written out this often at most: that it repeats shows in two rounds. */
const MOST_COPIES = 3;
/** More pairs of transitions are not looked at; what needs more is taken for sound. */
const MOST_PAIRS = 30_000;
/** The signs that stand for all signs. */
const SIGNS = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('') + '\u2028\u4e2d';

interface Part {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly isNullable: boolean;
}

const EMPTY: Part = { first: [], last: [], isNullable: true };

/** Whether what stands behind a loop can fail to match; only then is anything tried again. */
export function isAmbiguous(pattern: ParsedPattern, flags: string): boolean {
  const isLoopOfGroup = /\)(?:[*+]|\{\d+,\})/.test(pattern.raw);
  if (!isLoopOfGroup || /\\[1-9k]|\(\?<?[=!]/.test(pattern.raw)) return false;
  const automaton = new Automaton(flags.replace(/[gy]/g, ''));
  for (const { elements } of pattern.alternatives) automaton.sequence(elements);
  return !automaton.isTooLarge && automaton.hasAmbiguousLoop();
}

class Automaton {
  isTooLarge = false;
  readonly #signs: Uint8Array[] = [];
  readonly #next: Map<number, number>[] = [];
  readonly #sets: SignSets;
  #pairs = 0;
  /** How many loops are around. */
  #depth = 0;
  /** The states of each loop, from the first to before the last, and of those that something behind throws back into. */
  readonly #loops = new Map<Element, readonly [number, number][]>();
  readonly #open: (readonly [number, number])[] = [];

  constructor(flags: string) {
    this.#sets = new SignSets(flags);
  }

  /** The parts of an alternative one behind the other. */
  sequence(elements: readonly Element[]): Part {
    let whole = EMPTY;
    for (const element of elements) whole = this.#joined(whole, this.#part(element));
    // What is behind a part and cannot be left out may fail, and then the part is tried in another way.
    let mayFail = false;
    for (const element of [...elements].reverse()) {
      if (mayFail) this.#mark(element);
      mayFail ||= element.type === 'Assertion' || !isNullable(element);
    }
    return whole;
  }

  #mark(element: Element): void {
    this.#open.push(...(this.#loops.get(element) ?? []));
    if (element.type === 'Quantifier') this.#mark(element.element as Element);
    if (element.type === 'Group' || element.type === 'CapturingGroup')
      for (const { elements } of element.alternatives) for (const each of elements) this.#mark(each);
  }

  #part(element: Element): Part {
    const from = this.#signs.length;
    const part = this.#build(element);
    if (element.type === 'Quantifier' && element.max === Number.POSITIVE_INFINITY)
      this.#loops.set(element, [...(this.#loops.get(element) ?? []), [from, this.#signs.length]]);
    return part;
  }

  #build(element: Element): Part {
    switch (element.type) {
      case 'Group':
      case 'CapturingGroup':
        return this.#either(element.alternatives.map(({ elements }) => this.sequence(elements)));
      case 'Quantifier':
        return this.#repeated(element.element as Element, element.min, element.max);
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
        return this.#state(element.raw);
      default:
        // What holds only at some places makes fewer ways than it seems.
        this.isTooLarge ||= this.#depth > 0;
        return EMPTY;
    }
  }

  #state(raw: string): Part {
    const state = this.#signs.length;
    if (state >= MOST_STATES) {
      this.isTooLarge = true;
      return EMPTY;
    }
    this.#signs.push(this.#sets.of(raw));
    this.#next.push(new Map());
    return { first: [state], last: [state], isNullable: false };
  }

  #either(parts: readonly Part[]): Part {
    return {
      first: parts.flatMap(({ first }) => first),
      last: parts.flatMap(({ last }) => last),
      isNullable: parts.some((part) => part.isNullable),
    };
  }

  #joined(a: Part, b: Part): Part {
    this.#link(a.last, b.first);
    return {
      first: a.isNullable ? [...a.first, ...b.first] : a.first,
      last: b.isNullable ? [...a.last, ...b.last] : b.last,
      isNullable: a.isNullable && b.isNullable,
    };
  }

  #repeated(element: Element, min: number, max: number): Part {
    if (max === 0) return EMPTY;
    const isEndless = max === Number.POSITIVE_INFINITY;
    const count = Math.min(Math.max(min, isEndless ? 1 : max), MOST_COPIES);
    this.#depth += Number(isEndless);
    const copies = Array.from({ length: count }, () => this.#part(element));
    this.#depth -= Number(isEndless);
    const last = copies.at(-1);
    if (isEndless && last) this.#link(last.last, last.first);
    // `x{0,2}` is `(?:x(?:x)?)?`: no copy without the one before it.
    return copies.reduceRight((rest, copy, i) => {
      const whole = this.#joined(copy, rest);
      return i < min ? whole : { ...whole, isNullable: true };
    }, EMPTY);
  }

  #link(from: readonly number[], to: readonly number[]): void {
    for (const a of from) {
      const next = this.#next[a];
      for (const b of to) next?.set(b, Math.min(2, (next.get(b) ?? 0) + 1));
    }
  }

  hasAmbiguousLoop(): boolean {
    return this.#open.some(([from, to]) => this.#isAmbiguousWithin(from, to));
  }

  #isAmbiguousWithin(from: number, to: number): boolean {
    const reach = this.#reached(from, to);
    for (let state = from; state < to; state++) {
      if (!reach.get(state)?.has(state)) continue;
      for (const [next, ways] of this.#next[state] ?? [])
        if (ways > 1 && (next === state || reach.get(next)?.has(state)) && this.#isReadable(next))
          return true;
      if (this.#partsAndMeets(state, reach)) return true;
    }
    return false;
  }

  #isReadable(state: number): boolean {
    return this.#signs[state]?.includes(1) === true;
  }

  /** Which states of a loop are behind each. */
  #reached(from: number, to: number): ReadonlyMap<number, ReadonlySet<number>> {
    const reach = new Map<number, Set<number>>();
    for (let start = from; start < to; start++) {
      const seen = new Set<number>();
      const open = [start];
      for (let state = open.pop(); state !== undefined; state = open.pop()) {
        for (const next of this.#next[state]?.keys() ?? []) {
          if (seen.has(next) || next < from || next >= to) continue;
          seen.add(next);
          open.push(next);
        }
      }
      reach.set(start, seen);
    }
    return reach;
  }

  /** Whether two ways from a state read the same, part, and are both in that state again. */
  #partsAndMeets(start: number, reach: ReadonlyMap<number, ReadonlySet<number>>): boolean {
    const seen = new Set<number>();
    const open: [number, number, boolean][] = [[start, start, false]];
    for (let pair = open.pop(); pair; pair = open.pop()) {
      const [a, b, hasParted] = pair;
      for (const left of this.#next[a]?.keys() ?? []) {
        if (!reach.get(left)?.has(start)) continue;
        for (const right of this.#next[b]?.keys() ?? []) {
          if (this.#pairs++ > MOST_PAIRS) return false;
          if (!reach.get(right)?.has(start) || !this.#share(left, right)) continue;
          const parted = hasParted || left !== right;
          if (parted && left === start && right === start) return true;
          const key = (left * MOST_STATES + right) * 2 + Number(parted);
          if (seen.has(key)) continue;
          seen.add(key);
          open.push([left, right, parted]);
        }
      }
    }
    return false;
  }

  #share(a: number, b: number): boolean {
    const [left, right] = [this.#signs[a], this.#signs[b]];
    return left !== undefined && right !== undefined && overlap(left, right);
  }
}

/** Which signs a part of a pattern for one character matches, by its text. */
export class SignSets {
  readonly #flags: string;
  readonly #known = new Map<string, Uint8Array>();

  constructor(flags: string) {
    this.#flags = flags;
  }

  of(raw: string): Uint8Array {
    let set = this.#known.get(raw);
    if (!set) {
      set = new Uint8Array(SIGNS.length);
      for (const { index } of SIGNS.matchAll(new RegExp(raw, `${this.#flags}g`))) set[index] = 1;
      this.#known.set(raw, set);
    }
    return set;
  }

  /** A sign of both, the most readable. */
  sharedBy(a: string, b: string): string | undefined {
    const [left, right] = [this.of(a), this.of(b)];
    const codes = [...SIGNS].flatMap((sign, i) => (left[i] === 1 && right[i] === 1 ? sign : []));
    return codes.find((sign) => /[!-~]/.test(sign)) ?? codes[0];
  }
}

function overlap(a: Uint8Array, b: Uint8Array): boolean {
  for (let sign = 0; sign < a.length; sign++) if (a[sign] === 1 && b[sign] === 1) return true;
  return false;
}

export function isNullable(element: Element): boolean {
  if (element.type === 'Quantifier') return element.min === 0 || isNullable(element.element as Element);
  if (element.type === 'Group' || element.type === 'CapturingGroup')
    return element.alternatives.some(({ elements }) => elements.every(isNullable));
  return element.type === 'Assertion' || element.type === 'Backreference';
}
