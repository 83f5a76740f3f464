// Suppressing comments: how they are read, and what they cover.
import assert from 'node:assert/strict';
import type { Parser } from '../../grammars/parser';
import { directiveIn, directiveText } from '../../server/src/analysis/directive';
import { applyEdits } from '../../server/src/analysis/fix';
import { Node } from '../../server/src/analysis/node';
import { applySuppressions, isDate } from '../../server/src/analysis/suppression';
import { analyseText } from '../../server/src/session/analyse-text';
import { rethrow, testParsers } from '../engine';
import { safeRule, unsafeRule } from '../server/test-rules';

describe('suppressions', () => {
  let parserOf: (path: string) => Parser;
  before(async () => {
    parserOf = await testParsers();
  });
  const analysed = (text: string, path = 'a.tsx') =>
    analyseText(text, { path, parser: parserOf(path), rules: [safeRule, unsafeRule], onRuleError: rethrow });
  const directive = (text: string) => {
    const { file } = analysed(text);
    const comment = [...new Node(file.root, 0).walk()].find(({ kind }) => kind === 'comment');
    const found = comment && directiveIn(comment);
    return found && [found.form, found.ruleIds.join(' '), found.reason, found.until];
  };

  const DIRECTIVES: readonly (readonly [string, ReturnType<typeof directive>])[] = [
    ['// countersign-disable-next-line a/b -- why', ['next-line', 'a/b', 'why', undefined]],
    ['//countersign-disable-line a/b -- why', ['line', 'a/b', 'why', undefined]],
    ['/* countersign-disable a/b, c/d -- why */', ['block', 'a/b c/d', 'why', undefined]],
    ['/** countersign-disable-file a/b c/d -- why **/', ['file', 'a/b c/d', 'why', undefined]],
    ['// countersign-enable', ['enable', '', undefined, undefined]],
    ['// countersign-enable a/b', ['enable', 'a/b', undefined, undefined]],
    ['/*\n countersign-disable-line a/b\n -- why\n so\n*/', ['line', 'a/b', 'why\n so', undefined]],
    ['// countersign-disable-line a/b -- why -- so', ['line', 'a/b', 'why -- so', undefined]],
    ['// countersign-disable-line a/b -- why until 2026-01-01', ['line', 'a/b', 'why', '2026-01-01']],
    ['// countersign-disable-line a/b -- why until 2026-01-01.', ['line', 'a/b', 'why', '2026-01-01']],
    ['// countersign-disable-line a/b -- until 2026-01-01', ['line', 'a/b', undefined, '2026-01-01']],
    [
      '// countersign-disable-line a/b -- until 2026-01-01 it holds',
      ['line', 'a/b', 'until 2026-01-01 it holds', undefined],
    ],
    ['// countersign-disable-line a/b --', ['line', 'a/b', undefined, undefined]],
    ['// countersign-disable-line a/b why', ['line', 'a/b why', undefined, undefined]],
    ['// countersign-disable-line -- why', ['line', '', 'why', undefined]],
    ['// countersign-disable-lines a/b -- why', undefined],
    ['// countersign-disable-line-x a/b -- why', undefined],
    ['// Countersign-disable-line a/b -- why', undefined],
    ['// see countersign-disable-line a/b -- why', undefined],
    ['// countersign', undefined],
  ];
  for (const [text, expected] of DIRECTIVES) {
    it(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(directive(text), expected));
  }

  it('are read as they are written, whatever the reason', () => {
    for (const reason of ['why', ' a */ b */', 'a\n\tb', '-- a', '*/', 'a -- b */*', '// a /* b', '🙂 ']) {
      for (const until of [undefined, '2026-01-01']) {
        const written = directiveText('disable-file', 'a/b', reason, until);
        const plain = reason.replace(/\s+/g, ' ').replaceAll('*/', '* /').trim();
        for (const comment of [`// ${written}`, `/* ${written} */`])
          assert.deepEqual(directive(`${comment}\nx();`), ['file', 'a/b', plain, until], comment);
      }
    }
  });

  it('know the days of the calendar', () => {
    for (const day of ['2026-01-31', '2028-02-29']) assert.ok(isDate(day), day);
    for (const day of ['2026-02-29', '2026-13-01', '2026-1-1', '2026-01-01T00:00', '', 'x'])
      assert.ok(!isDate(day), day);
  });

  /** `escape` and `parseInt` are reported; answers the lines (from 1) of what is left, with the rule. */
  const left = (text: string, path?: string) => {
    const { file, findings } = analysed(text, path);
    const context = { today: '2026-02-27', isRule: (id: string) => id.startsWith('demo/') };
    return applySuppressions(file, findings, context).findings.map(
      ({ ruleId, start }) => `${text.slice(0, start).split('\n').length} ${ruleId.replace('demo/', '')}`,
    );
  };
  const NEXT = '// countersign-disable-next-line';

  const COVERED: readonly (readonly [string, string, readonly string[]])[] = [
    ['the next line only', `${NEXT} demo/safe -- w\nescape(a);\nescape(b);`, ['3 safe']],
    ['all of the next line', `${NEXT} demo/safe -- w\nescape(a); escape(b);`, []],
    [
      'what begins in the next line',
      `${NEXT} demo/safe -- w\nf(\nescape(a));`,
      ['1 suppression/unused', '3 safe'],
    ],
    ['the named rule only', `${NEXT} demo/safe -- w\nescape(parseInt(a));`, ['2 unsafe']],
    ['two named rules', `${NEXT} demo/safe, demo/unsafe -- w\nescape(parseInt(a));`, []],
    [
      'two rules by stacked comments',
      `${NEXT} demo/safe -- w\n${NEXT} demo/unsafe -- w\nescape(parseInt(a));`,
      [],
    ],
    ['the line behind other comments', `${NEXT} demo/safe -- w\n// other\n/* more */\nescape(a);`, []],
    [
      'no line behind an empty one',
      `${NEXT} demo/safe -- w\n\nescape(a);`,
      ['1 suppression/unused', '3 safe'],
    ],
    ['its own line', 'escape(a); // countersign-disable-line demo/safe -- w\nescape(b);', ['2 safe']],
    ['its own line from its start', '/* countersign-disable-line demo/safe -- w */ escape(a);', []],
    [
      'what is in a block',
      '// countersign-disable demo/safe -- w\nescape(a);\n// countersign-enable demo/safe\nescape(b);',
      ['4 safe'],
    ],
    [
      'all behind it without an end',
      'escape(a);\n// countersign-disable demo/safe -- w\nescape(b);\nescape(c);',
      ['1 safe'],
    ],
    [
      'a block that is ended for every rule',
      '// countersign-disable demo/safe -- w\nescape(a);\n// countersign-enable\nescape(b);',
      ['4 safe'],
    ],
    [
      'a block, not ended by the end of another rule',
      '// countersign-disable demo/safe -- w\nescape(a);\n// countersign-enable demo/unsafe\nescape(b);',
      [],
    ],
    [
      'a block of two rules, ended for one of them',
      '// countersign-disable demo/safe, demo/unsafe -- w\nescape(parseInt(a));\n// countersign-enable demo/safe\nescape(parseInt(b));',
      ['4 safe'],
    ],
    ['the file, from anywhere', 'escape(a);\n// countersign-disable-file demo/safe -- w\nescape(b);', []],
    ['lines with carriage returns', `${NEXT} demo/safe -- w\r\nescape(a);\r\nescape(b);\r\n`, ['3 safe']],
    [
      'a line between the tags of JSX',
      'const a = <p>\n  {/* countersign-disable-next-line demo/safe -- w */}\n  {escape(b)}\n</p>;',
      [],
    ],
    [
      'a line of a long function',
      `function f() {\n${'  fill("some text that is long enough to be an item of its own, so that it is kept");\n'.repeat(40)}  ${NEXT} demo/safe -- w\n  escape(a);\n}`,
      [],
    ],
    ['nothing without a reason', `${NEXT} demo/safe\nescape(a);`, ['1 suppression/no-reason', '2 safe']],
    [
      'nothing when it has expired',
      `${NEXT} demo/safe -- w until 2026-02-26\nescape(a);`,
      ['1 suppression/expired', '2 safe'],
    ],
    [
      'nothing of a name that is unknown',
      `${NEXT} demo/safe, other/x -- w\nescape(a);`,
      ['1 suppression/unused', '2 safe'],
    ],
    [
      'what one of its names is for, and tells the other',
      `${NEXT} demo/safe, demo/unsafe -- w\nescape(a);`,
      ['1 suppression/unused'],
    ],
    ['nothing from within a string', '"// countersign-disable-file demo/safe -- w"; escape(a);', ['1 safe']],
  ];
  for (const [name, text, expected] of COVERED) {
    it(`cover ${name}`, () => assert.deepEqual(left(text), expected));
  }

  it('that are told differ in their fingerprints', () => {
    const { file, findings } = analysed(`${`${NEXT} demo/safe -- w\n\n`.repeat(3)}${NEXT} demo/no -- w\n`);
    const told = applySuppressions(file, findings, { today: '', isRule: (id) => id !== 'demo/no' }).findings;
    assert.equal(told.length, 4);
    assert.equal(new Set(told.map(({ fingerprint }) => fingerprint)).size, 4);
  });

  const REMOVED: readonly (readonly [string, string])[] = [
    [`a();\n  ${NEXT} demo/safe -- w\nb();\n`, 'a();\nb();\n'],
    ['a(); // countersign-disable-line demo/safe -- w\nb();\n', 'a();\nb();\n'],
    ['/* countersign-disable-line demo/safe -- w */ a();\n', ' a();\n'],
    ['a();\r\n/* countersign-disable-line demo/safe -- w */\r\nb();', 'a();\r\nb();'],
    ['const a = <p>\n  {/* countersign-disable-line demo/safe -- w */}\n</p>;', 'const a = <p>\n</p>;'],
    ['const a = <p>{/* countersign-disable-line demo/safe -- w */}</p>;', 'const a = <p></p>;'],
    ['const a = <p>{/* countersign-disable-line demo/safe -- w */ b}</p>;', 'const a = <p>{ b}</p>;'],
    ['a(); // countersign-disable-line demo/safe -- w', 'a();'],
  ];
  for (const [text, expected] of REMOVED) {
    it(`are removed from ${JSON.stringify(text)}`, () => {
      const { file, findings } = analysed(text);
      const [told] = applySuppressions(file, findings, { today: '', isRule: () => true }).findings;
      assert.equal(applyEdits(text, told?.fixes()[0]?.edits ?? []), expected);
    });
  }
});
