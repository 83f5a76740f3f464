// Taking a suppression back: the comment goes with its last rule, the end of a block with what it ended.
import assert from 'node:assert/strict';
import type { Parser } from '../../grammars/parser';
import { applyEdits } from '../../server/src/analysis/fix';
import { suppressionUndoing } from '../../server/src/analysis/suppression-removal';
import { analyseText } from '../../server/src/session/analyse-text';
import { rethrow, testParsers } from '../engine';

describe('taking a suppression back', () => {
  let parserOf: (path: string) => Parser;
  before(async () => {
    parserOf = await testParsers();
  });
  const undone = (text: string, ruleId: string | undefined, nth = 0) => {
    const options = { path: 'a.tsx', parser: parserOf('a.tsx'), rules: [], onRuleError: rethrow };
    const starts = [...text.matchAll(/(?:\/\/|\/\*) ?\s*countersign-/g)].map(({ index }) => index);
    const edits = suppressionUndoing(analyseText(text, options).file, starts[nth]!, ruleId);
    return edits && applyEdits(text, edits);
  };
  const NEXT = '// countersign-disable-next-line';

  const cases: [what: string, text: string, ruleId: string | undefined, left: string][] = [
    ['a line of its own', `a();\n  ${NEXT} a/b -- w\nb();\n`, 'a/b', 'a();\nb();\n'],
    ['the end of a line', 'a(); // countersign-disable-line a/b -- w\nb();\n', 'a/b', 'a();\nb();\n'],
    ['one without a rule', `${NEXT} -- w\nb();\n`, undefined, 'b();\n'],
    ['the only rule, named twice', `${NEXT} a/b, a/b -- w\nb();\n`, 'a/b', 'b();\n'],
    ['the first of its rules', `${NEXT} a/b, c/d -- w\nb();\n`, 'a/b', `${NEXT} c/d -- w\nb();\n`],
    ['the last of its rules', `${NEXT} a/b, c/d -- w\nb();\n`, 'c/d', `${NEXT} a/b -- w\nb();\n`],
    [
      'one in the middle',
      `${NEXT} a/b c/d , e/f -- a/b w\nb();\n`,
      'c/d',
      `${NEXT} a/b, e/f -- a/b w\nb();\n`,
    ],
    [
      'one of two without a reason',
      '/* countersign-disable-line a/b c/d*/ b();',
      'a/b',
      '/* countersign-disable-line c/d*/ b();',
    ],
    [
      'one of two in a comment of several lines',
      '/*\n countersign-disable-file a/b,\n c/d\n -- w\n*/\nb();',
      'c/d',
      '/*\n countersign-disable-file a/b\n -- w\n*/\nb();',
    ],
    [
      'one with a reason that ends the comment',
      '/* countersign-disable-line a/b c/d --*/ b();',
      'c/d',
      '/* countersign-disable-line a/b --*/ b();',
    ],
    [
      'one in JSX',
      'const a = <p>\n  {/* countersign-disable-next-line a/b -- w */}\n  {b}\n</p>;',
      'a/b',
      'const a = <p>\n  {b}\n</p>;',
    ],
    [
      'a block with its end',
      '// countersign-disable a/b -- w\na();\n// countersign-enable a/b\nb();\n',
      'a/b',
      'a();\nb();\n',
    ],
    [
      'a block with an end for all',
      '// countersign-disable a/b -- w\na();\n// countersign-enable\nb();\n',
      'a/b',
      'a();\nb();\n',
    ],
    ['a block without an end', '// countersign-disable a/b -- w\na();\n', 'a/b', 'a();\n'],
    [
      'one rule of a block',
      '// countersign-disable a/b, c/d -- w\na();\n// countersign-enable a/b, c/d\n',
      'a/b',
      '// countersign-disable c/d -- w\na();\n// countersign-enable c/d\n',
    ],
    [
      'one rule of a block with an end for all',
      '// countersign-disable a/b, c/d -- w\na();\n// countersign-enable\n',
      'a/b',
      '// countersign-disable c/d -- w\na();\n// countersign-enable\n',
    ],
    [
      'a block whose end serves another',
      '// countersign-disable a/b -- w\n// countersign-disable a/b -- v\na();\n// countersign-enable a/b\n',
      'a/b',
      '// countersign-disable a/b -- v\na();\n// countersign-enable a/b\n',
    ],
    [
      'a block before another one',
      '// countersign-disable a/b -- w\n// countersign-enable a/b\n// countersign-disable a/b -- v\n// countersign-enable a/b\n',
      'a/b',
      '// countersign-disable a/b -- v\n// countersign-enable a/b\n',
    ],
  ];
  for (const [what, text, ruleId, left] of cases) {
    it(`removes ${what}`, () => assert.equal(undone(text, ruleId), left));
  }

  it('finds nothing where there is nothing to take back', () => {
    assert.equal(undone(`${NEXT} a/b -- w\nb();\n`, 'c/d'), undefined);
    assert.equal(undone(`${NEXT} a/b -- w\nb();\n`, undefined), undefined);
    assert.equal(undone('// countersign-enable a/b\nb();\n', 'a/b'), undefined);
  });
});
