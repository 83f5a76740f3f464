import assert from 'node:assert/strict';
import type { Parser } from '../../grammars/parser';
import {
  type CommentRun,
  codeIn,
  commentRuns,
  stretchAround,
  textOf,
} from '../../server/src/analysis/commented-code';
import { FileAnalysis } from '../../server/src/analysis/file-analysis';
import { ItemFacts } from '../../server/src/analysis/item-facts';
import { SourceFile } from '../../server/src/analysis/source-file';
import { commentedOutGuard } from '../../server/src/rules/auth/commented-out-guard';
import { codeReader, readOnce, SyntaxDocument } from '../../server/src/syntax/syntax-document';
import { rethrow, testParsers } from '../engine';

describe('commented code', () => {
  let parser: Parser;
  before(async () => {
    parser = (await testParsers())('a.ts');
  });

  const fileOf = (text: string) => {
    const file = new SourceFile('a.ts', 'typescript', codeReader(parser));
    readOnce(file, parser, text);
    return file;
  };
  const runsIn = (text: string): CommentRun[] =>
    fileOf(text).items.flatMap((item) => [...commentRuns(new ItemFacts(item), () => true)]);
  const linesIn = (text: string) => runsIn(text).map(({ lines }) => lines.map((line) => line.text));

  it('joins line comments below each other, also over blank lines', () => {
    assert.deepEqual(linesIn('// a\n// b\n\n// c\nf(); // d\n// e\n/* g */'), [
      ['a', 'b', 'c'],
      ['d'],
      ['e'],
      [' g'],
    ]);
  });

  it('reads block comments by line, without stars, and leaves documentation out', () => {
    assert.deepEqual(linesIn('/*\n * a(\n *   b);\n */\n/** @c */'), [['', 'a(', '  b);', '']]);
  });

  it('knows where each line stands', () => {
    for (const text of [
      '//  a();\r\n// b();\r\nf();',
      '/*\n  a();\n  b();\n*/',
      '/*\n * a();\n * b();\n */',
    ]) {
      for (const { lines } of runsIn(text))
        for (const line of lines)
          assert.equal(text.slice(line.start, line.start + line.text.length), line.text);
    }
  });

  it('finds the lines that belong together', () => {
    const stretchOf = (text: string, line: number) => {
      const [run] = runsIn(text);
      assert.ok(run);
      const stretch = stretchAround(run, line);
      return stretch && textOf(run, stretch);
    };
    assert.equal(stretchOf('// words\n// if (a) {\n//   b();\n// }\n// words', 2), 'if (a) {\n  b();\n}');
    assert.equal(stretchOf('// f(\n//   a,\n//   b)\n// words', 2), 'f(\n  a,\n  b)');
    assert.equal(stretchOf('// smile :(\n// a();', 1), 'a();');
    assert.equal(stretchOf('// a({', 0), undefined);
    assert.equal(stretchOf('// })', 0), undefined);
  });

  it('parses what is code, once', () => {
    const file = fileOf('f();');
    const code = codeIn(file, 'app.use(a);');
    assert.equal(code?.parts[0]?.kind, 'expression_statement');
    assert.equal(codeIn(file, 'app.use(a);'), code);
    assert.equal(codeIn(file, 'these are words'), undefined);
    assert.equal(codeIn(file, `f(${'a,'.repeat(2_000)}b);`), undefined);
    assert.equal(codeIn(new SourceFile('a.ts', 'typescript'), 'f();'), undefined);
  });

  it('costs nothing when something else is typed', () => {
    const read: string[] = [];
    const reader = codeReader(parser);
    const file = new SourceFile('a.ts', 'typescript', (piece, text) => {
      read.push(text);
      return reader(piece, text);
    });
    const text = 'const x = 1;\n// app.use(requireAuth);\napp.use(users);\n';
    const document = new SyntaxDocument(file, parser, text, () => 0);
    const analysis = new FileAnalysis(file, [commentedOutGuard], rethrow);
    const starts = () => analysis.run().map(({ start }) => start);
    assert.deepEqual(starts(), [13]);
    assert.deepEqual(read, ['app.use(requireAuth);']);

    const point = { row: 0, column: 11 };
    const change = {
      ...{ startIndex: 11, oldEndIndex: 11, newEndIndex: 12, changedText: '2' },
      ...{ startPosition: point, oldEndPosition: point, newEndPosition: { row: 0, column: 12 } },
    };
    document.change('const x = 12;\n// app.use(requireAuth);\napp.use(users);\n', [change]);
    assert.deepEqual(starts(), [14]);
    assert.equal(read.length, 1, 'the comment was read again');
    document.dispose();
  });
});
