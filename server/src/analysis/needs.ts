/**
 * What an item must have one of for a rule to find anything in it: found out, not declared. A rule that asked an item
 * for nodes of some kinds and for calls of some names, was told each time that there are none, and asked nothing else,
 * will do so with any item that has none of them: rules are pure.
 */
import { KindSet } from './kind-set';
import { type NameTest, NameTests } from './name-tests';

/** Which calls are asked for: those of which one of these says so. A constant of its module, as its parts are. */
export interface CallTest {
  /** Of what is called, as a canonical name. */
  readonly to?: NameTest;
  /** Of the member that is called, as written. */
  readonly method?: NameTest;
  /** Of what is called by a mere name, as written. */
  readonly function?: NameTest;
}

/** The parts of a `CallTest`, by the number of their names' sort. */
const PARTS = ['to', 'method', 'function'] as const;
export const SORTS: readonly NameTests[] = PARTS.map(() => new NameTests());
export const [CANONICAL, METHOD] = [0, 1] as const;

/** A test of one sort of names in one number. */
export type TestId = number;

export function idOf(sort: number, test: NameTest): TestId | undefined {
  const number = (SORTS[sort] as NameTests).numberOf(test);
  return number === undefined ? undefined : idFor(sort, number);
}

/** @param number of the test among those of its sort. */
export function idFor(sort: number, number: number): TestId {
  return number * PARTS.length + sort;
}

export function sortOf(id: TestId): number {
  return id % PARTS.length;
}

export function numberOf(id: TestId): number {
  return (id / PARTS.length) | 0;
}

const known = new WeakMap<CallTest, readonly TestId[]>();

/** The parts of a test; undefined where there are too many tests. */
export function idsOf(test: CallTest): readonly TestId[] | undefined {
  const found = known.get(test);
  if (found) return found;
  const ids: TestId[] = [];
  for (const [sort, part] of PARTS.entries()) {
    const names = test[part];
    const id = names && idOf(sort, names);
    if (id !== undefined) ids.push(id);
    else if (names) return undefined;
  }
  known.set(test, ids);
  return ids;
}

export class Needs {
  readonly kinds = new KindSet();
  readonly calls: TestId[] = [];

  add(other: Needs): void {
    this.kinds.addAll(other.kinds);
    for (const id of other.calls) this.addCall(id);
  }

  addCall(id: TestId): void {
    if (!this.calls.includes(id)) this.calls.push(id);
  }
}
