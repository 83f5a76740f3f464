// Edits that rules share: taking something out, and requiring an environment variable.
import assert from 'node:assert/strict';
import type { Parser } from '../../grammars/parser';
import { applyEdits, type Edit } from '../../server/src/analysis/fix';
import { Node } from '../../server/src/analysis/node';
import { withoutElement, withoutStatement } from '../../server/src/analysis/removal';
import { requiredVariable } from '../../server/src/analysis/required-variable';
import { analyseText } from '../../server/src/session/analyse-text';
import { rethrow, testParsers } from '../engine';

describe('edits of rules', () => {
  let parser: Parser;
  before(async () => {
    parser = (await testParsers())('a.ts');
  });

  const nodesIn = (text: string, path = 'a.ts') => {
    const { file } = analyseText(text, { path, parser, rules: [], onRuleError: rethrow });
    return [...new Node(file.root, 0).walk()];
  };
  const applied = (text: string, edit: Edit | undefined) => (edit ? applyEdits(text, [edit]) : undefined);

  const ELEMENTS: readonly (readonly [string, string])[] = [
    ['f({ gone: 1 });', 'f({});'],
    ['f({ gone: 1, });', 'f({});'],
    ['f({ gone: 1, b });', 'f({ b });'],
    ['f({ a, gone: 1 });', 'f({ a });'],
    ['f({ a, gone: 1, });', 'f({ a, });'],
    ['f({ a, gone: 1, b });', 'f({ a, b });'],
    ['f({\n  a,\n  gone: 1,\n  b,\n});', 'f({\n  a,\n  b,\n});'],
    ['f({\n  a,\n  gone: 1,\n});', 'f({\n  a,\n});'],
    ['f({\n  // why\n  gone: 1,\n  b,\n});', 'f({\n  // why\n  b,\n});'],
    ['f({\n  gone: 1, // why\n  b,\n});', 'f({\n  b,\n});'],
    ['f({\n  a, // this\n  gone: 1,\n});', 'f({\n  a, // this\n});'],
    ['f({\n  // why\n  gone: 1,\n});', 'f({\n  // why\n});'],
  ];
  for (const [text, expected] of ELEMENTS) {
    it(`takes the element out of ${JSON.stringify(text)}`, () => {
      const element = nodesIn(text).find((node) => node.kind === 'pair' && node.text === 'gone: 1');
      assert.equal(element && applied(text, withoutElement(element)), expected);
    });
  }

  const STATEMENTS: readonly (readonly [string, string | undefined])[] = [
    ['a();\ngone();\nb();\n', 'a();\nb();\n'],
    ['a(); gone(); b();\n', 'a();  b();\n'],
    ['if (a) {\n  gone();\n}\n', 'if (a) {\n}\n'],
    ['if (a) gone();\n', undefined],
  ];
  for (const [text, expected] of STATEMENTS) {
    it(`${expected === undefined ? 'leaves' : 'takes'} the statement in ${JSON.stringify(text)}`, () => {
      const statement = nodesIn(text).find(
        (node) => node.kind === 'expression_statement' && node.text === 'gone();',
      );
      assert.equal(statement && applied(text, withoutStatement(statement)), expected);
    });
  }

  /** What is called instead of `here`, and the text with what else is done. */
  const required = (text: string, path?: string) => {
    const here = nodesIn(text, path).find((node) => node.kind === 'identifier' && node.text === 'here');
    const found = here && requiredVariable(here, 'KEY');
    return found && [found.call, applyEdits(text, found.edits)];
  };
  const helper = (parameter: string) =>
    `function requireEnv(${parameter} {\n  const value = process.env[name];\n  if (!value) throw new Error(\`\${name} is not set\`);\n  return value;\n}`;

  it('adds the function that requires a variable behind the imports', () => {
    const text = "import a from 'a';\nimport b from 'b';\n\nhere;\n";
    const expected = `import a from 'a';\nimport b from 'b';\n\n${helper('name: string): string')}\n\nhere;\n`;
    assert.deepEqual(required(text), ["requireEnv('KEY')", expected]);
  });

  it('adds it behind what is required, without types', () => {
    const text = "'use strict';\nconst a = require('a').b;\n\nhere;\n";
    const expected = `'use strict';\nconst a = require('a').b;\n\n${helper('name)')}\n\nhere;\n`;
    assert.deepEqual(required(text, 'a.cjs'), ["requireEnv('KEY')", expected]);
  });

  it('adds it at the end of a file without imports, and with the line ends of the file', () => {
    const expected = `here;\n\n${helper('name: string): string')}\n`;
    assert.deepEqual(required('here;'), ["requireEnv('KEY')", expected]);
    assert.deepEqual(required('here;\r\n')?.[1], expected.replaceAll('\n', '\r\n'));
  });

  it('uses a function that does it already', () => {
    for (const own of [
      'export function must(key: string, fallback?: string) { const v = process.env[key]; if (!v) throw new Error(key); return v; }\nhere;',
      "import { env } from 'node:process';\nconst must = (key) => { if (!env[key]) throw new Error(key); return env[key]; };\nhere;",
    ])
      assert.deepEqual(required(own), ["must('KEY')", own]);
  });

  it('does not take one for it that comes later as a constant, needs more, or answers nothing', () => {
    for (const other of [
      'here; const must = (key) => { if (!process.env[key]) throw new Error(key); return process.env[key]; };',
      'function must(key: string, type: string) { if (!process.env[key]) throw new Error(type); return process.env[key]; } here;',
      'function must(key: string) { if (!process.env[key]) throw new Error(key); } here;',
      'async function must(key: string) { if (!process.env[key]) throw new Error(key); return process.env[key]; } here;',
    ])
      assert.equal(required(other)?.[0], "requireEnv('KEY')", other);
  });

  it('gives up where the name of the function is taken', () => {
    assert.equal(required('const requireEnv = load(); here;'), undefined);
    assert.deepEqual(required("import { requireEnv } from './env'; here;"), [
      "requireEnv('KEY')",
      "import { requireEnv } from './env'; here;",
    ]);
  });
});
