import assert from 'node:assert/strict';
import type { Parser } from '../../grammars/parser';
import { type DefaultValue, defaultValues } from '../../server/src/analysis/default-value';
import { ItemFacts } from '../../server/src/analysis/item-facts';
import { Node } from '../../server/src/analysis/node';
import { goesOnlyTo } from '../../server/src/analysis/uses';
import { wordsOf } from '../../server/src/analysis/words';
import { analyseText } from '../../server/src/session/analyse-text';
import { rethrow, testParsers } from '../engine';

describe('values on their way', () => {
  let parser: Parser;
  before(async () => {
    parser = (await testParsers())('a.ts');
  });

  const fileOf = (text: string) =>
    analyseText(text, { path: 'a.ts', parser, rules: [], onRuleError: rethrow }).file;

  const WAYS: readonly (readonly [string, boolean])[] = [
    ['good(42);', true],
    ['bad(42);', false],
    ['good({ a: { b: [42] } });', true],
    ['const a = { b: 42 }; good(a);', true],
    ['const a = { b: 42 }; const c = { ...a }; good(c as any);', true],
    ['const a = { b: 42 }; good(a); bad(a);', false],
    ['const b = 42; good({ b });', true],
    ['good(c ? 42 : 0);', true],
    ['const a = 42;', false],
    ['function f() { return 42; } good(f());', false],
    ['const a = 42; function f(a) { bad(a); } good(a);', true],
  ];
  for (const [text, expected] of WAYS) {
    it(`says that 42 ${expected ? 'only goes' : 'does not only go'} to \`good\` in \`${text}\``, () => {
      const value = [...new Node(fileOf(text).root, 0).walk()].find((node) => node.text === '42');
      const isGood = (holder: Node) => holder.child('function')?.text === 'good';
      assert.equal(value && goesOnlyTo(value, isGood), expected);
    });
  }

  const printed = ({ tried, value }: DefaultValue) =>
    `${tried.map(({ text }) => text).join(', ')}: ${value.text}`;
  const DEFAULTS: readonly (readonly [string, readonly string[]])[] = [
    ['a || b;', ['a: b']],
    ['(a ?? b) ?? c;', ['a, b: c', 'a: b']],
    ['a && b;', []],
    ['a ? a : b;', ['a: b']],
    ['!a ? b : a;', ['a: b']],
    ['a === undefined ? b : a;', ['a: b']],
    ['a !== undefined ? a : b;', ['a: b']],
    ['c ? a : b;', []],
    ['const { a = 1, b: c = 2, d } = e;', ['a: 1', 'c: 2']],
    ['let a = b; a ||= c;', ['b: c']],
    ['a.b ??= c;', ['a.b: c']],
    ['a += c;', []],
    ['let a = b; if (!a) { log(); a = c; }', ['b: c']],
    ['if (a.b == null) a.b = c;', ['a.b: c']],
    ['if (a) a = c;', []],
    ['if (!a) b = c;', []],
  ];
  for (const [text, expected] of DEFAULTS) {
    it(`finds the defaults in \`${text}\``, () => {
      const items = [...fileOf(text).items];
      const found = items.flatMap((item) => [...defaultValues(new ItemFacts(item))]);
      assert.deepEqual(found.map(printed), expected);
    });
  }

  it('splits names into words', () => {
    assert.deepEqual(wordsOf('JWT_SECRET_2'), ['jwt', 'secret']);
    assert.deepEqual(wordsOf('jwtSecretKey'), ['jwt', 'secret', 'key']);
    assert.deepEqual(wordsOf('theAPIKey'), ['the', 'api', 'key']);
    assert.deepEqual(wordsOf('auth.jwt-secret'), ['auth', 'jwt', 'secret']);
    assert.deepEqual(wordsOf('oauth2Token'), ['oauth', 'token']);
  });
});
