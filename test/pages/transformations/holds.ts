// Tests of transformations are tables: code before, code after.

import assert from 'node:assert/strict';
import { TRANSFORMATIONS } from '../transformations';

/** A file before and after; `undefined` where the transformation does not apply. It is called a.ts unless named. */
export type Case = readonly [before: string, after: string | undefined, file?: string];

/** The file after a transformation; `undefined` where it does not apply. */
export function after(name: string, text: string, file = 'a.ts'): string | undefined {
  const transformation = TRANSFORMATIONS.find((candidate) => candidate.name === name);
  assert.ok(transformation, name);
  return transformation.apply([{ name: file, text }])?.[0]?.text;
}

/** Declares a test for each case. */
export function holds(name: string, cases: readonly Case[]): void {
  describe(name, () => {
    for (const [before, expected, file] of cases) {
      const title = before.replaceAll(/\s+/g, ' ').slice(0, 90);
      it(title, () => assert.equal(after(name, before, file), expected));
    }
  });
}
