import assert from 'node:assert/strict';
import { commonLines } from '../../server/src/origin/mapping/common-lines';
import { LineMapping } from '../../server/src/origin/mapping/line-mapping';
import { committedLines, linesOf } from '../../server/src/origin/mapping/text-lines';
import { Random } from '../syntax/random';
import { edited, randomEdits, randomLines } from './line-edits';

describe('mapping of lines', () => {
  const mappingOf = (committed: string, text: string) =>
    new LineMapping(committedLines(committed), linesOf(text));
  const all = (mapping: LineMapping) =>
    Array.from({ length: mapping.lineCount }, (_, line) => mapping.committedLine(line));

  it('finds lines that stayed, and none of those that are new, changed or moved', () => {
    const committed = 'one\ntwo\nthree\nfour\nfive\n';
    assert.deepEqual(all(mappingOf(committed, committed)), [0, 1, 2, 3, 4, undefined]);
    assert.deepEqual(all(mappingOf(committed, 'zero\none\nTwo\nfour\nfive')), [
      undefined,
      0,
      undefined,
      3,
      4,
    ]);
    assert.deepEqual(all(mappingOf(committed, 'four\none\ntwo\nthree\nfive\n')), [
      ...[undefined, 0, 1, 2, 4],
      undefined,
    ]);
    assert.deepEqual(all(mappingOf('', 'one')), [undefined]);
    assert.deepEqual(all(mappingOf(committed, '')), [undefined]);
  });

  it('looks at neither line ends nor a byte order mark', () => {
    assert.deepEqual(all(mappingOf('\uFEFFone\ntwo\n', 'one\r\ntwo\r\n')), [0, 1, undefined]);
    assert.deepEqual(all(mappingOf('one\r\ntwo', '\uFEFFone\ntwo')), [0, 1]);
  });

  it('counts as git does where a carriage return stands alone', () => {
    const committed = 'one\rtwo\nthree\r\nfour\rfive';
    assert.deepEqual(all(mappingOf(committed, committed)), [0, 0, 1, 2, 2]);
    assert.deepEqual(all(mappingOf('one\rtwo\n', 'one\ntwo\n')), [0, 0, undefined]);
    assert.deepEqual(all(mappingOf('one\r\r\n\r', 'one\n\n\n')), [0, 0, 1, undefined]);
  });

  it('finds repeated lines between others', () => {
    assert.deepEqual([...commonLines(['a', '}', '}', 'b'], ['A', '}', '}', 'B'])], [-1, 1, 2, -1]);
    const former = ['x', 'x', 'x', 'y', 'y', 'y', 'y'];
    assert.deepEqual([...commonLines(former, ['y', 'y', 'x', 'x', 'x', 'y', 'z'])], [-1, -1, 0, 1, 2, 3, -1]);
  });

  it('is bounded for texts made to take long', () => {
    // Each line is there once only after the ones around it are known.
    const nested = Array.from({ length: 20_000 }, (_, index) => `${Math.floor(index / 2)}`);
    const shifted = [...nested.slice(1), 'end', ...nested.slice(0, 10_000)];
    const repeated = Array.from({ length: 50_000 }, (_, index) => `${index % 7}`);
    const others = Array.from({ length: 50_000 }, (_, index) => `${index % 5}`);
    for (const [former, lines] of [
      [nested, shifted],
      [repeated, others],
    ] as const) {
      assertGrows(commonLines(former, lines), former, lines);
    }
  });

  it('follows typing: what is touched is not committed until it is as before', () => {
    const mapping = mappingOf('one\ntwo\nthree\n', 'one\ntwo\nthree\n');
    mapping.edit({ start: 1, end: 2, lines: ['two!'] });
    assert.deepEqual(all(mapping), [0, undefined, 2, undefined]);
    mapping.edit({ start: 1, end: 2, lines: ['two!', ''] });
    assert.deepEqual(all(mapping), [0, undefined, undefined, 2, undefined]);
    mapping.edit({ start: 1, end: 3, lines: ['two'] });
    assert.deepEqual(all(mapping), [0, 1, 2, undefined]);
    // Enter at the start, in the middle and at the end of a line.
    mapping.edit({ start: 1, end: 2, lines: ['', 'two'] });
    assert.deepEqual(all(mapping), [0, undefined, 1, 2, undefined]);
    mapping.edit({ start: 3, end: 4, lines: ['three', ''] });
    assert.deepEqual(all(mapping), [0, undefined, 1, 2, undefined, undefined]);
    mapping.edit({ start: 0, end: 6, lines: [] });
    assert.deepEqual(all(mapping), []);
    mapping.edit({ start: 0, end: 0, lines: ['one', 'two', 'three', ''] });
    assert.deepEqual(all(mapping), [0, 1, 2, undefined]);
  });

  it('keeps a line that is only broken next to a long paste', () => {
    const committed = Array.from({ length: 10 }, (_, index) => `line ${index}`);
    const mapping = new LineMapping({ lines: committed, gitLines: undefined }, committed);
    mapping.edit({ start: 5, end: 5, lines: Array.from({ length: 5_000 }, (_, index) => `paste ${index}`) });
    mapping.edit({ start: 4, end: 5, lines: ['line 4', ''] });
    assert.equal(mapping.committedLine(4), 4);
    assert.equal(mapping.committedLine(5), undefined);
    assert.equal(mapping.committedLine(5_006), 5);
  });

  it('says of random edits what holds, and after settling what a comparison of the texts says', () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = new Random(seed);
      const committed = randomLines(random, 1 + random.below(300));
      const mapping = new LineMapping({ lines: committed, gitLines: undefined }, committed);
      let lines = committed;
      for (let step = 0; step < 30; step++) {
        for (const edit of randomEdits(random, lines)) {
          mapping.edit(edit);
          lines = edited(lines, [edit]);
        }
        const result = Int32Array.from(
          { length: mapping.lineCount },
          (_, line) => mapping.committedLine(line) ?? -1,
        );
        assertGrows(result, committed, lines);
      }
      mapping.settle();
      assert.deepEqual(all(mapping), all(new LineMapping({ lines: committed, gitLines: undefined }, lines)));
      mapping.edit({ start: 0, end: lines.length, lines: committed });
      assert.deepEqual(all(mapping), [...committed.keys()], 'everything was taken back');
    }
  });
});

/** Lines are mapped to equal ones, in their order. */
function assertGrows(result: Int32Array, former: readonly string[], lines: readonly string[]): void {
  assert.equal(result.length, lines.length);
  let last = -1;
  result.forEach((index, line) => {
    if (index < 0) return;
    assert.ok(index > last && former[index] === lines[line]);
    last = index;
  });
}
