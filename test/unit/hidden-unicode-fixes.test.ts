import assert from 'node:assert/strict';
import type { Parser } from '../../grammars/parser';
import { hiddenUnicode } from '../../server/src/rules/prompt/hidden-unicode';
import { analyseFile, testParsers } from '../engine';

describe('the fixes of hidden characters', () => {
  let parserOf: (path: string) => Parser;
  before(async () => {
    parserOf = await testParsers();
  });

  const ESCAPES = 'Write them as escapes';
  const cases: [string, boolean][] = [
    ["const a = 'x\u202ey';", true],
    ['const a = `x\u202ey${b}`;', true],
    ['const a = /x\u202ey/;', true],
    ["f('x\u202ey');", true],
    ['const a = String.raw`x\u202ey`;', false],
    ['const a = <img alt="x\u202ey" />;', false],
    ['const a = <p>x\u202ey</p>;', false],
    ['// x\u202ey', false],
  ];
  for (const [text, isOffered] of cases) {
    it(`${isOffered ? 'have' : 'lack'} escapes in ${text.replace('\u202e', '⟨U+202E⟩')}`, () => {
      const [finding] = analyseFile('a.tsx', text, [hiddenUnicode], parserOf).findings;
      const titles = finding?.fixes().map(({ title }) => title) ?? [];
      assert.equal(titles.includes(ESCAPES), isOffered, titles.join());
    });
  }
});
