// Edits of fixes, and fingerprints by which findings are known again.
import assert from 'node:assert/strict';
import type { Parser } from '../../grammars/parser';
import type { Finding } from '../../server/src/analysis/finding';
import { applyEdits, type Edit, mergeEdits } from '../../server/src/analysis/fix';
import { checkEdits, type Refusal } from '../../server/src/analysis/fix-check';
import { analyseText } from '../../server/src/session/analyse-text';
import { rethrow, testParsers } from '../engine';
import { safeRule, unsafeRule } from '../server/test-rules';

const edit = (start: number, end: number, text: string): Edit => ({ start, end, text });

describe('edits', () => {
  it('are applied in the order of the text, whatever the order they are given in', () => {
    assert.equal(applyEdits('abcdef', []), 'abcdef');
    assert.equal(applyEdits('abcdef', [edit(4, 5, 'E'), edit(0, 1, 'A')]), 'AbcdEf');
    assert.equal(applyEdits('abc', [edit(1, 1, '1'), edit(1, 1, '2'), edit(1, 2, 'B')]), 'a12Bc');
    assert.equal(applyEdits('abc', [edit(0, 3, ''), edit(3, 3, 'x')]), 'x');
    assert.equal(applyEdits('🙂', [edit(2, 2, '🙃')]), '🙂🙃');
  });

  it('must not overlap', () => {
    assert.throws(() => applyEdits('abc', [edit(0, 2, 'x'), edit(1, 3, 'y')]), /overlap at offset 1/);
  });

  it('of several fixes go together where they do not overlap; what they share is done once', () => {
    const helper = edit(0, 0, 'import x;\n');
    assert.deepEqual(
      mergeEdits([
        [edit(9, 9, 'b'), helper],
        [edit(5, 6, 'a'), helper],
      ]),
      [helper, edit(5, 6, 'a'), edit(9, 9, 'b')],
    );
    const other = edit(0, 0, 'import y;\n');
    assert.deepEqual(
      mergeEdits([
        [helper, other],
        [helper, other],
      ]),
      [helper, other],
    );
    assert.deepEqual(mergeEdits([]), []);
    assert.equal(mergeEdits([[edit(0, 5, 'a')], [edit(4, 6, 'b')]]), undefined);
    assert.equal(mergeEdits([[edit(0, 5, 'a')], [edit(0, 5, 'b')]]), undefined);
    assert.deepEqual(mergeEdits([[edit(0, 5, 'a')], [edit(5, 6, 'b')]]), [edit(0, 5, 'a'), edit(5, 6, 'b')]);
  });
});

describe('findings', () => {
  let parser: Parser;
  before(async () => {
    parser = (await testParsers())('a.ts');
  });
  const analysed = (text: string) =>
    analyseText(text, { path: 'a.ts', parser, rules: [safeRule, unsafeRule], onRuleError: rethrow });
  const prints = (text: string) => analysed(text).findings.map(({ fingerprint }) => fingerprint);

  const REFUSALS: readonly (readonly [string, string, string, Refusal | undefined])[] = [
    ['it is good', 'escape(a);', 'encodeURIComponent(a);', undefined],
    ['nothing is changed', 'escape(a);', 'escape(a);', 'no edit'],
    ['the finding stays', 'escape(a);', 'escape( a);', 'finding stays'],
    ['it moves to another rule', 'escape(a);', 'parseInt(a);', 'new finding'],
    ['the syntax breaks', 'escape(a);', 'encodeURIComponent(a;', 'breaks the syntax'],
    [
      'it breaks more than was broken',
      'class { escape(a);',
      'class { escape(a); } function ( { if (',
      'breaks the syntax',
    ],
    ['it uses a name that is nowhere', 'escape(a);', 'safely(a);', 'unknown name'],
    ['it takes away a declaration that is used', 'const a = escape(b); c(a);', 'c(a);', 'unknown name'],
    [
      'it brings a name with it',
      'escape(a);',
      'function safely(b: unknown) { return b; } safely(a);',
      undefined,
    ],
    ['it uses a name that is used elsewhere', 'escape(a); other();', 'other(a); other();', undefined],
  ];
  for (const [name, before, after, refusal] of REFUSALS) {
    it(`are fixed, or the fix is refused: ${name}`, () => {
      const checked = analysed(before);
      const whole = before === after ? [] : [edit(0, before.length, after)];
      assert.equal(checkEdits(checked, checked.findings, whole, analysed), refusal);
    });
  }

  it('are known again by their fingerprint after edits elsewhere', () => {
    const text = 'function f() {\n  escape(a);\n}\nclass A {\n  m = () => escape(b);\n}\n';
    const before = prints(text);
    assert.equal(before.length, 2);
    for (const after of [
      `// more\n\n${text}`,
      text.replace('function f() {', 'function f() {\n  other();'),
      text.replace('class A {', 'class A {\n  n() {}'),
      text.replace('escape(a)', '  escape (a, 1)'),
      text.replaceAll('\n', '\r\n'),
    ]) {
      assert.deepEqual(prints(after), before, after);
    }
  });

  it('that are alike differ in their fingerprints', () => {
    const alike = prints(
      'escape(a); escape(a); parseInt(a);\nfunction f() { escape(a); }\nfunction g() { escape(a); }',
    );
    assert.equal(new Set(alike).size, 5);
    for (const fingerprint of alike) assert.match(fingerprint, /^[0-9a-f]{16}$/);
  });

  it('change their fingerprints with the function that they are in', () => {
    const [one] = prints('function f() { escape(a); }');
    const [other] = prints('function g() { escape(a); }');
    const [method] = prints('class f { m() { escape(a); } }');
    assert.equal(new Set([one, other, method]).size, 3);
  });

  it('may be many: twenty thousand fingerprints differ', () => {
    const text = Array.from(
      { length: 1_000 },
      (_, i) => `function f${i}() { ${'escape(a);'.repeat(20)} }`,
    ).join('\n');
    assert.equal(new Set(prints(text)).size, 20_000);
  });

  it('keep their offsets exact behind characters of two units', () => {
    const [finding] = analysed('const a = "🙂🙂"; escape(a);').findings as [Finding];
    assert.deepEqual([finding.start, finding.end], [18, 24]);
  });
});
