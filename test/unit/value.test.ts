// What an expression comes to: `resolvedValue`, `constantString`, `constantBoolean`, `pairOf`.
import assert from 'node:assert/strict';
import type { SourceFile } from '../../server/src/analysis/source-file';
import { constantBoolean, constantString, pairOf, resolvedValue } from '../../server/src/analysis/value';
import { argumentOfHere, syntaxReader } from './syntax-of';

const VALUES: readonly (readonly [string, string])[] = [
  ['here(a);', 'a'],
  ['const a = 1; here(a);', '1'],
  ['const a = 1, b = a; here((b as any)!);', '1'],
  ['let a = 1; here(a);', '1'],
  ['let a = 1; a = 2; here(a);', 'a'],
  ['let a; here(a);', 'a'],
  ['const a = { b: { c: 1 } }; here(a.b.c);', '1'],
  ['const a = { "b": 1 }; here(a.b);', '1'],
  ['const a = { ["b"]: 1 }; here(a.b);', '1'],
  ['const a = { [b]: 1 }; here(a.b);', 'a.b'],
  ['const b = 1, a = { b }; here(a.b);', '1'],
  ['const a = { b: 1, b: 2 }; here(a.b);', '2'],
  ['const a = { b: 1, ...c }; here(a.b);', 'a.b'],
  ['const a = { ...c, b: 1 }; here(a.b);', '1'],
  ['const c = { b: 2 }, a = { b: 1, ...c }; here(a.b);', '2'],
  ['const a = { b() {} }; here(a.b);', 'a.b'],
  ['const { b } = { b: 1 }; here(b);', '1'],
  ['const { b: { c: d } } = { b: { c: 1 } }; here(d);', '1'],
  ['const { b = 1 } = {}; here(b);', 'b'],
  ['const { ...b } = { b: 1 }; here(b);', 'b'],
  ['const [b] = [1]; here(b);', 'b'],
  ['function f(a = 1) { here(a); }', 'a'],
  ['const a = 1; function f(a) { here(a); }', 'a'],
  ['for (const a of [1]) here(a);', 'a'],
  ['here(f());', 'f()'],
  ['const a = () => 1; here(a);', '() => 1'],
];

const STRINGS: readonly (readonly [string, string | undefined])[] = [
  ['here("a");', 'a'],
  ["here('a\\n\\x41\\u{1F642}\\u0041\\\\');", 'a\nA🙂A\\'],
  ['here("\\u{110000}");', '\\u{110000}'],
  ['here(`a`);', 'a'],
  ['here(`a${1}b${"c"}`);', 'a1bc'],
  ['here(`a${b}`);', undefined],
  ['const b = "x"; here(`a${b}`);', 'ax'],
  ['here("a" + "b" + ("c" + `d`));', 'abcd'],
  ['here("a" + b);', undefined],
  ['here(a - b);', undefined],
  ['here("a" + 1);', 'a1'],
  ['here(1 + 2);', undefined],
  ['here(String.raw`a`);', undefined],
  ['const a = "x" + "y", b = { a }; here(b.a + `z`);', 'xyz'],
  [`here(${Array.from({ length: 60 }, () => '"a"').join(' + ')});`, 'a'.repeat(60)],
  [`here(${Array.from({ length: 9_000 }, () => '"a"').join(' + ')});`, undefined],
  ['const a = a + "x"; here(a);', undefined],
];

const BOOLEANS: readonly (readonly [string, boolean | undefined])[] = [
  ['here(true);', true],
  ['here(false);', false],
  ['const a = false; here(a);', false],
  ['const a = { b: true }; here(a.b);', true],
  ['here(!0);', true],
  ['here(!1);', false],
  ['here(!a);', undefined],
  ['here(1);', undefined],
  ['here("true");', undefined],
];

describe('values', () => {
  let fileOf: (text: string) => SourceFile;
  before(async () => {
    fileOf = await syntaxReader();
  });
  const here = (text: string) => argumentOfHere(fileOf(text));

  for (const [text, expected] of VALUES) {
    it(`come to \`${expected}\` in \`${text}\``, () => {
      assert.equal(resolvedValue(here(text)).text, expected);
    });
  }

  for (const [text, expected] of STRINGS) {
    it(`are the text ${JSON.stringify(expected)?.slice(0, 40)} in \`${text.slice(0, 80)}\``, () => {
      assert.equal(constantString(here(text)), expected);
    });
  }

  for (const [text, expected] of BOOLEANS) {
    it(`are ${expected} in \`${text}\``, () => {
      assert.equal(constantBoolean(here(text)), expected);
    });
  }

  it('end in circles of every kind', () => {
    for (const text of [
      'const a = a; here(a);',
      'const a = a.b; here(a);',
      'const { a } = a; here(a);',
      'const a = { ...a }; here(a.b);',
      'const a = { b: a.b }; here(a.b);',
      'const a = { ...b }, b = { ...a }; here(a.c);',
      'const a = b.x, b = c.x, c = a.x; here(c.x.x);',
      'const a = `${b}`, b = `${a}`; here(a);',
    ]) {
      assert.ok(resolvedValue(here(text)), text);
      assert.equal(constantString(here(text)), undefined, text);
    }
  });

  it('give the place of a property', () => {
    assert.equal(pairOf(here('here({ a: 1, b: 2 });'), 'a')?.node.text, 'a: 1');
    assert.equal(pairOf(here('const b = { a: 1 }; here({ ...b });'), 'a')?.node.text, 'a: 1');
    assert.equal(pairOf(here('here({ a: 1 });'), 'b'), undefined);
    assert.equal(pairOf(here('here([1]);'), 'a'), undefined);
  });
});
