// Suppressing a finding: action, command, request, edit; and what is said of suppressions that do not hold.
import assert from 'node:assert/strict';
import { withClient } from './test-client';
import type { TestDocument } from './test-document';

const LINE = 'Disable demo/safe for this line…';
const FILE = 'Disable demo/safe for the entire file…';

/** Does what the client's command does with the action's argument and the reason that the person gave. */
async function suppress(document: TestDocument, title: string, given: object): Promise<void> {
  const actions = await document.actionsAt('escape', ['quickfix.suppress']);
  const action = actions.find((each) => each.title === title);
  assert.ok(action, `there is no ${title} among ${actions.map((each) => each.title)}`);
  assert.equal(action.kind, 'quickfix.suppress.countersign');
  assert.equal(action.command?.command, 'countersign.suppress');
  await document.apply(await document.suppress('escape', { ...action.command?.arguments?.[0], ...given }));
}

describe('server: suppressing', () => {
  const cases: [string, string, string, object, string][] = [
    [
      'a line',
      LINE,
      'if (a) {\n\tescape(b);\n}\n',
      {},
      'if (a) {\n\t// countersign-disable-next-line demo/safe -- known\n\tescape(b);\n}\n',
    ],
    [
      'the entire file',
      FILE,
      '\n  escape(b);\n',
      {},
      '// countersign-disable-file demo/safe -- known\n\n  escape(b);\n',
    ],
    [
      'a line until a day',
      LINE,
      'escape(b);',
      { until: '2026-12-31' },
      '// countersign-disable-next-line demo/safe -- known until 2026-12-31\nescape(b);',
    ],
    [
      'with the end of a comment as a reason',
      LINE,
      'escape(b);',
      { reason: 'a */ b' },
      '// countersign-disable-next-line demo/safe -- a * / b\nescape(b);',
    ],
    [
      'with a reason of several lines',
      FILE,
      'escape(b);',
      { reason: ' a\r\nb\u2028c\t d\n' },
      '// countersign-disable-file demo/safe -- a b c d\nescape(b);',
    ],
    [
      'with dashes in the reason',
      LINE,
      'escape(b);',
      { reason: '-- a -- b' },
      '// countersign-disable-next-line demo/safe -- -- a -- b\nescape(b);',
    ],
    [
      'a line that ends with a carriage return',
      LINE,
      'a();\r\n  escape(b);\r\n',
      {},
      'a();\r\n  // countersign-disable-next-line demo/safe -- known\r\n  escape(b);\r\n',
    ],
    [
      'a file behind its first line for the shell',
      FILE,
      '#!/usr/bin/env node\r\nescape(b);\r\n',
      {},
      '#!/usr/bin/env node\r\n// countersign-disable-file demo/safe -- known\r\nescape(b);\r\n',
    ],
    [
      'a file behind a comment that must be the first',
      FILE,
      '/** @jest-environment jsdom */\n\nescape(b);\n',
      {},
      '/** @jest-environment jsdom */\n// countersign-disable-file demo/safe -- known\n\nescape(b);\n',
    ],
  ];
  for (const [name, title, text, given, wanted] of cases) {
    it(
      `hides ${name}`,
      withClient({}, async (client) => {
        const document = await client.open('a.js', text, 'javascript');
        assert.equal((await document.findings()).length, 1);
        await suppress(document, title, given);
        assert.equal(document.text, wanted);
        assert.deepEqual(await document.findings(), []);
      }),
    );
  }

  const jsx: [string, string, string][] = [
    ['between tags', '<p>\n    {escape(b)}\n  </p>', '<p>\n    {/* R */}\n    {escape(b)}\n  </p>'],
    [
      'before a tag between tags',
      '<p>\n  <b c={escape(b)} />\n</p>',
      '<p>\n  {/* R */}\n  <b c={escape(b)} />\n</p>',
    ],
    ['between the tags of a fragment', '<>\n  {escape(b)}\n</>', '<>\n  {/* R */}\n  {escape(b)}\n</>'],
    ['behind text', '<p>some\n  text {escape(b)}\n</p>', '<p>some\n  {/* R */}\n  text {escape(b)}\n</p>'],
    ['among attributes', '<p\n  a={escape(b)}\n/>', '<p\n  // R\n  a={escape(b)}\n/>'],
    ['in braces', '<p>\n{\n  escape(b)\n}\n</p>', '<p>\n{\n  // R\n  escape(b)\n}\n</p>'],
    ['at the tag itself', '(\n  <p a={escape(b)}>x</p>\n)', '(\n  // R\n  <p a={escape(b)}>x</p>\n)'],
  ];
  for (const [name, text, wanted] of jsx) {
    it(
      `writes a comment that JSX has, ${name}`,
      withClient({}, async (client) => {
        const document = await client.open('a.tsx', `const a = ${text};\n`, 'typescriptreact');
        assert.equal((await document.findings()).length, 1);
        await suppress(document, LINE, { reason: 'a */ b' });
        const comment = 'countersign-disable-next-line demo/safe -- a * / b';
        assert.equal(document.text, `const a = ${wanted.replace('R', comment)};\n`);
        assert.deepEqual(await document.findings(), []);
        await client.advance(100);
        assert.deepEqual(client.statuses.at(-1)?.degraded, [], 'the comment broke the syntax');
      }),
    );
  }

  it(
    'hides only the rule that is named',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', 'escape(parseInt(b));\nescape(c);\n');
      await suppress(document, LINE, {});
      assert.deepEqual(await document.findings(), [
        'warning 2:8-2:16 demo/unsafe "parseInt"',
        'warning 3:1-3:7 demo/safe "escape"',
      ]);
    }),
  );

  const refusals: [string, string, object, RegExp][] = [
    ['of another version', 'escape(b);', { version: 0 }, /changed meanwhile/],
    ['of a file that is not open', 'escape(b);', { uri: 'file:///project/other.ts' }, /not open any more/],
    ['without a reason', 'escape(b);', { reason: ' \n' }, /needs a reason/],
    ['with a reason that is no text', 'escape(b);', { reason: 7 }, /needs a reason/],
    ['until something that is no day', 'escape(b);', { until: 'tomorrow' }, /YYYY-MM-DD/],
    ['until a day that no calendar has', 'escape(b);', { until: '2027-02-30' }, /YYYY-MM-DD/],
    ['until a day that has passed', 'escape(b);', { until: '2026-02-26' }, /has passed/],
    ['of a rule that is not there', 'escape(b);', { ruleId: 'demo/unknown' }, /no rule demo\/unknown/],
    ['of what is said of suppressions', 'escape(b);', { ruleId: 'suppression/unused' }, /not suppressed/],
    ['of a line that is not there', 'escape(b);', { line: 7 }, /no such line/],
    ['in a template', 'const a = `\n  ${escape(b)}`;', {}, /inside a string or a comment/],
    ['behind the end of a comment', '/*\n*/ escape(b);', {}, /inside a string or a comment/],
  ];
  for (const [name, text, given, why] of refusals) {
    it(
      `is refused ${name}, with a message for the person`,
      withClient({}, async (client) => {
        const document = await client.open('a.ts', text);
        await assert.rejects(document.suppress('escape', { ruleId: 'demo/safe', ...given }), why);
      }),
    );
  }

  it(
    'is refused at a line while the text does not parse, since nobody knows what the comment would be',
    withClient({}, async (client) => {
      const lines = Array.from(
        { length: 60 },
        (_, i) => `  m${i}() {\n    return escape(${i}) + "${'text '.repeat(9)}";\n  }\n`,
      );
      const document = await client.open('a.ts', `class A {\n${lines.join('')}}\n`);
      await document.insertBefore('  m5()', '  later = () => {\n');
      await assert.rejects(document.suppress('escape', { ruleId: 'demo/safe' }), /does not parse at present/);
      const edit = await document.suppress('escape', { ruleId: 'demo/safe', scope: 'file' });
      assert.equal(document.editsIn(edit)[0]?.newText, '// countersign-disable-file demo/safe -- known\n');
      await client.advance(5_000);
      client.takeRefreshes();
    }),
  );
});

describe('server: suppressions that do not hold', () => {
  const cases: [string, string, string[]][] = [
    ['unused', '// countersign-disable-next-line demo/safe -- why\nother();\n', ['suppression/unused']],
    [
      'of an unknown rule',
      '// countersign-disable-next-line demo/no -- why\nescape(a);\n',
      ['suppression/unused', 'demo/safe'],
    ],
    [
      'of no rule',
      '// countersign-disable-next-line -- why\nescape(a);\n',
      ['suppression/unused', 'demo/safe'],
    ],
    [
      'without a reason',
      '// countersign-disable-next-line demo/safe\nescape(a);\n',
      ['suppression/no-reason', 'demo/safe'],
    ],
    [
      'expired',
      '// countersign-disable-next-line demo/safe -- why until 2026-02-26\nescape(a);\n',
      ['suppression/expired', 'demo/safe'],
    ],
    [
      'until no day',
      '// countersign-disable-next-line demo/safe -- why until 2026-02-30\nescape(a);\n',
      ['suppression/expired', 'demo/safe'],
    ],
    [
      'on its last day',
      '// countersign-disable-next-line demo/safe -- why until 2026-02-27\nescape(a);\n',
      [],
    ],
  ];
  for (const [name, text, codes] of cases) {
    it(
      `are told: ${name}`,
      withClient({}, async (client) => {
        const document = await client.open('a.ts', text);
        const diagnostics = await document.diagnostics();
        assert.deepEqual(
          diagnostics.map(({ code }) => code),
          codes,
        );
        if (codes.length > 0) assert.deepEqual(diagnostics[0]?.range.start, { line: 0, character: 0 });
        assert.deepEqual(await document.actionsAt('countersign', ['quickfix.suppress']), []);
      }),
    );
  }

  it(
    'are removed by a fix where they are unused, also by the safe fixes',
    withClient({}, async (client) => {
      const text =
        '// countersign-disable-file demo/related -- why\n' +
        'a();\n  /* countersign-disable-next-line demo/safe -- why */\n' +
        'b(); // countersign-disable-line demo/safe -- why\nescape(c);\n';
      const document = await client.open('a.ts', text);
      const [fix] = await document.actionsAt('// countersign', ['quickfix']);
      assert.deepEqual([fix?.title, fix?.isPreferred], ['Remove the unused suppression', true]);
      await document.apply(fix?.edit);
      assert.equal(document.text, text.slice(text.indexOf('a();')));
      const [all] = await document.actionsAt('a();', ['source.fixAll']);
      await document.apply(all?.edit);
      assert.equal(document.text, 'a();\nb();\nencodeURIComponent(c);\n');
    }),
  );

  it(
    'are told at the start of the next day',
    withClient({}, async (client) => {
      const text = 'escape(a); // countersign-disable-line demo/safe -- why until 2026-02-27\n';
      const document = await client.open('a.ts', text);
      assert.deepEqual(await document.findings(), []);
      client.host.day = '2026-02-28';
      await document.replace([text, `${text}\n`]);
      assert.equal((await document.findings()).length, 2);
    }),
  );
});
