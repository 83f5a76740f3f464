import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { indexToGoTo, type ReviewPlace, type VisitedRegion } from '../../client/src/reviews/region-order';
import { sameRegions } from '../../client/src/reviews/same-regions';

const region = (uri: string, start: number, end: number) => ({ uri, start, end });

describe('the region to go to', () => {
  const regions = [region('b', 10, 20), region('a', 40, 50), region('b', 0, 5), region('a', 10, 12)];
  const to = (step: 1 | -1, place?: ReviewPlace, visited?: VisitedRegion) =>
    indexToGoTo(regions, step, place, visited);

  const cases: [name: string, place: ReviewPlace | undefined, next: number, previous: number][] = [
    ['is the riskiest, or the last, without a place', undefined, 0, 3],
    ['is the one beside it in the list', { uri: 'a', line: 45 }, 2, 0],
    ['is the first after the last, and the last before the first', { uri: 'a', line: 11 }, 0, 2],
    ['goes round at the beginning as well', { uri: 'b', line: 10 }, 1, 3],
    ['is the nearest in the file from between its regions', { uri: 'a', line: 20 }, 1, 3],
    ['is the riskiest of all behind the last one of a file', { uri: 'a', line: 60 }, 0, 1],
    ['is not that which the cursor is right behind', { uri: 'b', line: 20 }, 0, 0],
    ['is the riskiest from a file without regions', { uri: 'c', line: 3 }, 0, 3],
  ];
  for (const [name, place, next, previous] of cases) {
    it(name, () => assert.deepEqual([to(1, place), to(-1, place)], [next, previous]));
  }

  it('took the place of the one that was visited and is reviewed meanwhile', () => {
    const place = { uri: 'a', line: 25 };
    const visited = (index: number) => ({ uri: 'a', start: 25, end: 30, index });
    assert.deepEqual([to(1, place, visited(2)), to(-1, place, visited(2))], [2, 1]);
    assert.deepEqual([to(1, place, visited(4)), to(-1, place, visited(4))], [0, 3]);
    assert.deepEqual([to(1, place, visited(9)), to(-1, place, visited(0))], [0, 3]);
  });

  it('does not depend on where a person was and is no more', () => {
    assert.equal(to(1, { uri: 'a', line: 20 }, { uri: 'a', start: 25, end: 30, index: 2 }), 1);
  });
});

describe('regions after an edit', () => {
  const named = (start: number, hash: string) => ({ start, hash });

  it('are those of the same text, wherever they moved', () => {
    const present = [named(3, 'y'), named(12, 'x')];
    assert.deepEqual(sameRegions([named(2, 'x'), named(9, 'y')], present), [present[1], present[0]]);
  });

  it('are not there when one of them is another text', () => {
    assert.equal(sameRegions([named(2, 'x'), named(9, 'y')], [named(2, 'x'), named(9, 'z')]), undefined);
  });

  it('are each another one, the nearest, where texts are the same', () => {
    const present = [named(2, 'x'), named(9, 'x'), named(30, 'x')];
    assert.deepEqual(sameRegions([named(28, 'x'), named(29, 'x')], present), [present[2], present[1]]);
    assert.equal(sameRegions([named(1, 'x'), named(2, 'x')], [named(2, 'x')]), undefined);
  });
});
