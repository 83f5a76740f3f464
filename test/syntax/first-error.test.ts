// Where a syntax error is told: at the first thing that is wrong, not where the statement around it begins.
import assert from 'node:assert/strict';
import type { Parser } from '../../grammars/parser';
import { SourceFile } from '../../server/src/analysis/source-file';
import { codeReader, SyntaxDocument } from '../../server/src/syntax/syntax-document';
import { testParsers } from '../engine';

describe('the place of a syntax error', () => {
  let parser: Parser;
  before(async () => {
    parser = (await testParsers())('a.ts');
  });

  const documentOf = (text: string) => {
    const file = new SourceFile('a.ts', 'typescript', codeReader(parser));
    return new SyntaxDocument(file, parser, text, () => 0);
  };

  /** `|` stands where the error is to be told. */
  const cases: [what: string, marked: string][] = [
    ['a closing parenthesis', 'function f() {\n  g();\n  h(a + 1|;\n}\n'],
    ['a closing brace', 'a();\nfunction f() {\n  if (a) {\n    g();\n  }\n  h();|\n'],
    ['a closing bracket', 'const a = 1;\n\nconst list = [\n  1,\n  2|;\n\nb();\n'],
    ['the first of two', 'class A {\n  m() { return (1 + 2|; }\n  n() { return (3; }\n}\n'],
    ['one in a long class', `class A {\n${'  m() { return 1; }\n'.repeat(200)}  n() { return (3|; }\n}\n`],
  ];
  for (const [what, marked] of cases) {
    it(`is that of what is missing: ${what}`, () => {
      const at = marked.indexOf('|');
      const text = marked.replace('|', '');
      const document = documentOf(text);
      const told = document.firstError ?? -1;
      assert.equal(`${text.slice(0, told)}|${text.slice(told)}`, marked);
      document.change(`\n\n${text}`, [
        {
          ...{ startIndex: 0, oldEndIndex: 0, newEndIndex: 2, changedText: '\n\n' },
          ...{ startPosition: { row: 0, column: 0 }, oldEndPosition: { row: 0, column: 0 } },
          newEndPosition: { row: 2, column: 0 },
        },
      ]);
      assert.equal(document.firstError, at + 2, 'after an edit before it');
      document.dispose();
    });
  }

  it('is that of the first ERROR, where that comes before what is missing', () => {
    const document = documentOf('a();\nconst b = ) 1;\nif (c\nd();\n');
    assert.equal(document.firstError, 'a();\nconst b = '.length);
    document.dispose();
  });
});
