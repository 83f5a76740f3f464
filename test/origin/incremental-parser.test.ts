import assert from 'node:assert/strict';
import { type BlamedRange, IncrementalParser } from '../../server/src/origin/blame/incremental-parser';
import { unquotedPath } from '../../server/src/origin/blame/quoted-path';

const A = 'a'.repeat(40);
const B = 'b'.repeat(64);

/** As git writes it: two commits, three groups out of order, the second of the first commit without its header. */
const OUTPUT = [
  `${A} 7 3 2`,
  'author Zoë "filename x"',
  'author-mail <zoe@example.org>',
  'author-time 1700000000',
  'summary filename is not a header here',
  `previous ${'c'.repeat(40)} "with \\"quotes\\"\\tand\\303\\266.ts"`,
  'filename src/old.ts',
  `${B} 1 1 2`,
  'author Ann',
  'boundary',
  'some-later-header of a later git',
  'filename src/new name.ts',
  `${A} 9 5 1`,
  'filename src/old.ts',
  '',
].join('\n');

const RANGES: readonly BlamedRange[] = [
  {
    ...{ commit: A, start: 2, end: 4, originalStart: 6, path: 'src/old.ts', isBoundary: false },
    previous: { commit: 'c'.repeat(40), path: 'with "quotes"\tandö.ts' },
  },
  {
    ...{ commit: B, start: 0, end: 2, originalStart: 0, path: 'src/new name.ts', isBoundary: true },
    previous: undefined,
  },
  {
    ...{ commit: A, start: 4, end: 5, originalStart: 8, path: 'src/old.ts', isBoundary: false },
    previous: { commit: 'c'.repeat(40), path: 'with "quotes"\tandö.ts' },
  },
];

describe('parser of incremental blame', () => {
  it('reads groups as they come, in pieces of any size', () => {
    const output = Buffer.from(OUTPUT);
    for (const size of [1, 2, 3, 7, 64, output.length]) {
      const parser = new IncrementalParser(5);
      const ranges: BlamedRange[] = [];
      for (let at = 0; at < output.length; at += size)
        ranges.push(...parser.read(output.subarray(at, at + size)));
      assert.deepEqual(ranges, RANGES);
      assert.equal(parser.isMalformed, false);
    }
  });

  it('passes over the subjects of commits, however long', () => {
    const parser = new IncrementalParser(5);
    const [head, ...rest] = OUTPUT.split('summary ');
    const ranges = [...parser.read(Buffer.from(`${head}summary `))];
    for (let piece = 0; piece < 100; piece++) ranges.push(...parser.read(Buffer.alloc(100_000, 'x')));
    ranges.push(...parser.read(Buffer.from(rest.join('summary '))));
    assert.deepEqual(ranges, RANGES);
  });

  const malformed: Readonly<Record<string, string>> = {
    'no group': 'fatal: something\n',
    'a line beyond the end': `${A} 1 5 2\nfilename a\n`,
    'a line before the first': `${A} 1 0 1\nfilename a\n`,
    'an original line before the first': `${A} 0 1 1\nfilename a\n`,
    'no lines': `${A} 1 1 0\nfilename a\n`,
    'numbers beyond counting': `${A} 1 1 99999999999999999999\nfilename a\n`,
    'a short id': `${A.slice(1)} 1 1 1\nfilename a\n`,
    'what is not committed': `${'0'.repeat(40)} 1 1 1\nfilename a\n`,
    'lines that were blamed before': `${A} 1 1 3\nfilename a\n${A} 1 3 1\nfilename a\n`,
    'a path without an end': `${A} 1 1 1\nfilename "a\n`,
    'a path that is too long': `${A} 1 1 1\nfilename ${'a'.repeat(30_000)}\n`,
    'a group that is too long': `${A}${' '.repeat(30_000)}\n`,
  };
  for (const [what, output] of Object.entries(malformed)) {
    it(`stops at ${what}`, () => {
      const parser = new IncrementalParser(5);
      const ranges = parser.read(Buffer.from(`${output}${OUTPUT}`));
      assert.ok(parser.isMalformed && ranges.length <= 1);
      assert.deepEqual(parser.read(Buffer.from(OUTPUT)), []);
    });
  }

  it('takes escapes in paths as git writes them', () => {
    const read = (text: string) => unquotedPath(Buffer.from(text));
    assert.equal(read('"\\a\\b\\t\\n\\v\\f\\r\\"\\\\\\001\\377"'), '\x07\b\t\n\v\f\r"\\\x01\uFFFD');
    assert.equal(read('plain "quotes" inside'), 'plain "quotes" inside');
    for (const bad of ['"', '"a', '"a\\"', '"\\x"', '"\\8"', '"a"b"', '"\\'])
      assert.equal(read(bad), undefined, bad);
  });
});
