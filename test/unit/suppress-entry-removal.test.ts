// Taking an entry out of `suppress`: comments and formatting stay, and what is left can be read.
import assert from 'node:assert/strict';
import { type ParseError, parse } from 'jsonc-parser';
import { applyEdits } from '../../server/src/analysis/fix';
import { suppressEntryRemoval } from '../../server/src/session/configuration/suppress-entry-removal';

/** The text without the entry whose rule is `x`. */
function without(text: string, rule = 'x'): string | undefined {
  const edits = suppressEntryRemoval(text, text.indexOf(`{ "rule": "${rule}"`));
  return edits && applyEdits(text, edits);
}

const X = '{ "rule": "x" }';
const Y = '{ "rule": "y" }';
const Z = '{ "rule": "z" }';

describe('removing an entry of suppress', () => {
  const cases: [what: string, before: string, after: string][] = [
    ['the only one', `{ "suppress": [${X}] }`, '{ "suppress": [] }'],
    ['the only one, with a comma', `{\n  "suppress": [\n    ${X},\n  ]\n}\n`, '{\n  "suppress": []\n}\n'],
    [
      'the only one, with comments around it',
      `{\n  "suppress": [\n    // why\n    ${X}\n    // more\n  ]\n}\n`,
      '{\n  "suppress": [\n    // why\n    // more\n  ]\n}\n',
    ],
    ['the first in a line', `{ "suppress": [${X}, ${Y}] }`, `{ "suppress": [${Y}] }`],
    ['one between others in a line', `{ "suppress": [${Y}, ${X}, ${Z}] }`, `{ "suppress": [${Y}, ${Z}] }`],
    ['the last in a line', `{ "suppress": [${Y}, ${X}] }`, `{ "suppress": [${Y}] }`],
    ['the last in a line with a comma', `{ "suppress": [${Y}, ${X},] }`, `{ "suppress": [${Y},] }`],
    ['without blanks', `{"suppress":[${Y},${X},${Z}]}`, `{"suppress":[${Y},${Z}]}`],
    [
      'a line of its own',
      `{ "suppress": [\n  ${Y},\n  ${X},\n  ${Z}\n] }`,
      `{ "suppress": [\n  ${Y},\n  ${Z}\n] }`,
    ],
    ['the last line', `{ "suppress": [\n  ${Y},\n  ${X}\n] }`, `{ "suppress": [\n  ${Y}\n] }`],
    ['the last line with a comma', `{ "suppress": [\n  ${Y},\n  ${X},\n] }`, `{ "suppress": [\n  ${Y},\n] }`],
    [
      'several lines, with the comment behind them',
      `{\n\t"suppress": [\n\t\t{\n\t\t\t"rule": "y"\n\t\t}, // keep\n\t\t${X.replace(' }', '\n\t\t}')}, // gone\n\t\t${Z}\n\t]\n}`,
      `{\n\t"suppress": [\n\t\t{\n\t\t\t"rule": "y"\n\t\t}, // keep\n\t\t${Z}\n\t]\n}`,
    ],
    [
      'the last one behind a comment',
      `{ "suppress": [\n  ${Y}, // keep\n  /* this too */\n  ${X}\n] }`,
      `{ "suppress": [\n  ${Y} // keep\n  /* this too */\n] }`,
    ],
    [
      'the last one behind a comment in its line',
      `{ "suppress": [${Y}, /* keep */ ${X}] }`,
      `{ "suppress": [${Y} /* keep */] }`,
    ],
    [
      'with a comment before its comma',
      `{ "suppress": [\n  ${X} /* keep */, ${Y}\n] }`,
      `{ "suppress": [\n  /* keep */ ${Y}\n] }`,
    ],
    [
      'with its comma before it',
      `{ "suppress": [\n  ${Y}\n  , ${X} // gone\n  , ${Z}\n] }`,
      `{ "suppress": [\n  ${Y}\n  , ${Z}\n] }`,
    ],
    [
      'with its comma in the next line',
      `{ "suppress": [\n  ${X} // gone\n  , ${Y}\n] }`,
      `{ "suppress": [\n  ${Y}\n] }`,
    ],
    [
      'the last of two lines of two',
      `{ "suppress": [\n  ${Y}, ${Z},\n  ${X}] }`,
      `{ "suppress": [\n  ${Y}, ${Z}] }`,
    ],
    [
      'with line ends of Windows',
      `{ "suppress": [\r\n  ${Y},\r\n  ${X}\r\n] }\r\n`,
      `{ "suppress": [\r\n  ${Y}\r\n] }\r\n`,
    ],
    [
      'in the list that counts, of two',
      `{ "suppress": [${Y}], "suppress": [${X}] }`,
      `{ "suppress": [${Y}], "suppress": [] }`,
    ],
    ['in a text that ends too early', `{ "suppress": [\n  ${Y},\n  ${X}\n`, `{ "suppress": [\n  ${Y}\n`],
  ];
  for (const [what, before, after] of cases) {
    it(`takes ${what}`, () => {
      assert.equal(without(before), after);
      const errors: ParseError[] = [];
      parse(after, errors, { allowTrailingComma: true });
      if (!what.includes('too early')) assert.deepEqual(errors, []);
    });
  }

  it('takes whichever of many, in whatever layout, and nothing else', () => {
    const entries = ['a', 'b', 'c', 'd'].map((rule) => `{ "rule": "${rule}", "until": "[,]" }`);
    for (const separator of [',', ', ', ',\n  ', ' ,\n', ', // c,\n  ', ' /* , */ ,\r\n']) {
      for (const [head, end] of [
        ['', ''],
        ['\n  ', '\n'],
        ['\n', ',\n'],
        ['// [', '\n'],
      ] as const) {
        const text = `{ "suppress": [${head.startsWith('//') ? `${head}\n` : head}${entries.join(separator)}${end}] /* } */ }`;
        for (const rule of ['a', 'b', 'c', 'd']) {
          const left = without(text, rule) ?? '';
          const errors: ParseError[] = [];
          const { suppress } = parse(left, errors, { allowTrailingComma: true });
          assert.deepEqual(errors, [], left);
          assert.deepEqual(
            suppress.map((entry: { rule: string }) => entry.rule).join(''),
            'abcd'.replace(rule, ''),
            left,
          );
        }
      }
    }
  });

  it('takes nothing where no entry starts', () => {
    for (const text of ['', '[]', '{', `{ "suppress": ${X} }`, `{ "ignore": [${X}] }`]) {
      assert.equal(without(text), undefined, text);
    }
    assert.equal(suppressEntryRemoval(`{ "suppress": [${X}] }`, 0), undefined);
  });
});
