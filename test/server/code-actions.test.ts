// What is offered at a finding: fixes that were checked, fixes of many at once, and the rule's page.
import assert from 'node:assert/strict';
import { CancellationTokenSource, type CodeAction } from 'vscode-languageserver/node';
import { withClient } from './test-client';
import { TEST_RULES, watchedRule } from './test-rules';

const QUICK = ['quickfix'];
const titles = (actions: readonly CodeAction[]) => actions.map(({ title }) => title);
/** What changes text: not the suppressions, not the page. */
const fixes = (actions: readonly CodeAction[]) => actions.filter(({ edit }) => edit);

describe('server: fixes', () => {
  it(
    'are offered at their finding, for the version that they were checked with',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', 'const b = escape("🙂");\n');
      const [action, ...others] = fixes(await document.actionsAt('escape'));
      assert.deepEqual(others, []);
      assert.deepEqual([action?.title, action?.kind], ['Call encodeURIComponent', 'quickfix']);
      assert.deepEqual(document.print(action?.diagnostics ?? []), ['warning 1:11-1:17 demo/safe "escape"']);
      assert.deepEqual(action?.edit, {
        documentChanges: [
          {
            textDocument: { uri: document.uri, version: 1 },
            edits: [{ range: document.rangeOf('escape'), newText: 'encodeURIComponent' }],
          },
        ],
      });
      assert.deepEqual(await document.actionsAt('b ='), [], 'nothing is found here');
      await document.apply(action?.edit);
      assert.deepEqual(await document.findings(), []);
      assert.equal(document.text, 'const b = encodeURIComponent("🙂");\n');
    }),
  );

  it(
    'that fail their check are not offered',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', 'unescape(a);\n');
      assert.deepEqual(await document.findings(), ['warning 1:1-1:9 demo/bad-fix "unescape"']);
      assert.deepEqual(titles(fixes(await document.actionsAt('unescape'))), []);
      assert.deepEqual(await document.actionsAt('unescape', ['source.fixAll']), []);
    }),
  );

  it(
    'are preferred only where they are safe',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', 'escape(a);\nparseInt(b);\nisNaN(c);\n');
      const preferred = async (marker: string) =>
        fixes(await document.actionsAt(marker)).map(({ title, isPreferred }) => [
          title,
          isPreferred ?? false,
        ]);
      assert.deepEqual(await preferred('escape'), [['Call encodeURIComponent', true]]);
      assert.deepEqual(await preferred('parseInt'), [['Call Number', false]]);
      assert.deepEqual(await preferred('isNaN'), [
        ['Call Number.isNaN', false],
        ['Call Boolean', false],
      ]);
    }),
  );

  it(
    'of all findings of a rule are offered where there are several, and leave none',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', 'escape(escape(a));\nparseInt(b);\nescape(c);\n');
      const all = fixes(await document.actionsAt('escape(a)'));
      assert.deepEqual(titles(all), ['Call encodeURIComponent', 'Fix all demo/safe problems']);
      assert.equal(all[1]?.diagnostics?.length, 3);
      assert.equal(all[1]?.isPreferred, undefined);
      assert.deepEqual(titles(fixes(await document.actionsAt('parseInt'))), ['Call Number']);
      await document.apply(all[1]?.edit);
      assert.deepEqual(await document.findings(), ['warning 2:1-2:9 demo/unsafe "parseInt"']);
      assert.equal(
        document.text,
        'encodeURIComponent(encodeURIComponent(a));\nparseInt(b);\nencodeURIComponent(c);\n',
      );
    }),
  );

  it(
    'that are one of several answers are not chosen for all',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', 'isNaN(a);\nisNaN(b);\n');
      assert.deepEqual(titles(fixes(await document.actionsAt('isNaN'))), [
        'Call Number.isNaN',
        'Call Boolean',
      ]);
      assert.deepEqual(await document.actionsAt('isNaN', ['source']), []);
    }),
  );

  it(
    'are checked once for as long as the text is the same',
    withClient({ rules: [...TEST_RULES] }, async (client) => {
      const document = await client.open('a.ts', 'escape(a);\n');
      const first = await document.actionsAt('escape');
      assert.deepEqual(await document.actionsAt('escape'), first);
      await document.insertBefore('escape', '\n');
      const [moved] = fixes(await document.actionsAt('escape'));
      assert.deepEqual(document.editsIn(moved?.edit ?? {})[0]?.range, document.rangeOf('escape'));
    }),
  );
});

describe('server: fix all', () => {
  const TEXT = 'escape(a);\nparseInt(b);\nisNaN(c);\nunescape(d);\nescape(e);\n';

  it(
    'takes safe fixes only; those that may change behaviour are apart',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', TEXT);
      for (const [only, wanted] of [
        [['source.fixAll'], ['Fix all safe problems']],
        [['source.fixAll.countersign'], ['Fix all safe problems']],
        [['source.fixAllUnsafe.countersign'], ['Fix all problems, also where behaviour may change']],
        [['source'], ['Fix all safe problems', 'Fix all problems, also where behaviour may change']],
        [['source.fixAll.other'], []],
        [['source.organizeImports'], []],
        [['refactor'], []],
      ] as const) {
        assert.deepEqual(titles(await document.actionsAt('escape', only)), wanted, `asked for ${only}`);
      }
      const [safe] = await document.actionsAt('d);', ['source.fixAll']);
      assert.equal(safe?.kind, 'source.fixAll.countersign');
      await document.apply(safe?.edit);
      assert.equal(
        document.text,
        'encodeURIComponent(a);\nparseInt(b);\nisNaN(c);\nunescape(d);\nencodeURIComponent(e);\n',
      );
      const [unsafe] = await document.actionsAt('d);', ['source.fixAllUnsafe']);
      assert.equal(unsafe?.kind, 'source.fixAllUnsafe.countersign');
      await document.apply(unsafe?.edit);
      assert.match(document.text, /\nNumber\(b\);\nisNaN\(c\);\nunescape\(d\);\n/);
      assert.deepEqual(await document.actionsAt('d);', ['source']), [], 'nothing is left to fix');
    }),
  );

  it(
    'leaves out what does not go with the others, without trying each by itself',
    withClient({}, async (client) => {
      const many = (name: string, from: number) =>
        Array.from({ length: 50 }, (_, i) => `${name}(a${from + i});\n`).join('');
      const document = await client.open('a.ts', `${many('escape', 0)}unescape(b);\n${many('escape', 50)}`);
      const started = client.parses;
      const [all] = await document.actionsAt('b);', ['source.fixAll']);
      assert.ok(client.parses - started < 40, `${client.parses - started} texts were parsed`);
      await document.apply(all?.edit);
      assert.deepEqual(
        (await document.diagnostics()).map(({ code }) => code),
        ['demo/bad-fix'],
      );
    }),
  );

  it(
    'is not offered unless asked for',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', TEXT);
      const kinds = new Set((await document.actionsAt(TEXT)).map(({ kind }) => kind));
      assert.deepEqual([...kinds].sort(), ['quickfix', 'quickfix.suppress.countersign']);
    }),
  );

  it(
    'leaves alone what is switched off or suppressed',
    withClient({}, async (client) => {
      client.settings = () => ({ rules: { customizations: [{ rule: 'demo/unsafe', severity: 'off' }] } });
      const text = 'parseInt(a);\nescape(b); // countersign-disable-line demo/safe -- known\nescape(c);\n';
      const document = await client.open('a.ts', text);
      const [all] = await document.actionsAt('a', ['source.fixAllUnsafe']);
      await document.apply(all?.edit);
      assert.equal(document.text, text.replace('escape(c)', 'encodeURIComponent(c)'));
    }),
  );
});

describe('server: code actions while the text changes', () => {
  const TEXT = Array.from({ length: 200 }, (_, i) => `escape(a${i});\n`).join('');

  it(
    'are stopped when they are cancelled',
    withClient({ rules: [watchedRule] }, async (client) => {
      const document = await client.open('a.ts', TEXT);
      const cancel = new CancellationTokenSource();
      let asked = 0;
      watchedRule.onFix = () => {
        if (++asked === 3) cancel.cancel();
      };
      const answer = document.actionsAt(TEXT, QUICK, cancel.token);
      assert.deepEqual(await answer.catch(({ code }) => code), []);
      assert.ok(asked < 200, 'every fix was still checked');
      watchedRule.onFix = () => {};
    }),
  );

  it(
    'are none rather than of two texts',
    withClient({ rules: [watchedRule] }, async (client) => {
      const document = await client.open('a.ts', TEXT);
      let asked = 0;
      let edited: Promise<void> | undefined;
      watchedRule.onFix = () => {
        if (++asked === 3) edited = document.insertBefore('escape', '\n\n');
      };
      assert.deepEqual(await document.actionsAt(TEXT), []);
      assert.ok(asked < 200, 'every fix was still checked');
      await edited;
      watchedRule.onFix = () => {};
      await document.expectFresh('an edit while fixes were checked');
    }),
  );
});

describe('server: the page of a rule', () => {
  const PAGE = '# demo/safe\n\nFinds things.\n\nBecause of *this*.\nAnd that.\n\n## Flagged\n\nNot shown.\n';

  it(
    'is offered where there is one',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', 'escape(a);\nparseInt(b);\n');
      client.host.pages.set('demo/safe', PAGE);
      const page = (await document.actionsAt('escape')).filter(({ command }) =>
        command?.command.endsWith('showRule'),
      );
      assert.deepEqual(titles(page), ['Show documentation for demo/safe']);
      assert.deepEqual(page[0]?.command?.arguments, ['demo/safe']);
      assert.equal(page[0]?.kind, 'quickfix');
      assert.ok(!titles(await document.actionsAt('parseInt')).some((title) => title.startsWith('Show')));
    }),
  );

  it(
    'gives the hover its reason; nothing of the code is in it',
    withClient({}, async (client) => {
      client.host.pages.set('demo/safe', PAGE);
      const document = await client.open('a.ts', 'escape("[x](command:evil) <img src=y>"); parseInt(b);\n');
      const hover = await document.hoverAt('escape');
      assert.deepEqual(hover?.range, document.rangeOf('escape'));
      assert.deepEqual(hover?.contents, {
        kind: 'markdown',
        value:
          '**A call of `escape`**\n\nBecause of *this*.\nAnd that.\n\n' +
          '`demo/safe` · high confidence · [CWE-1](https://cwe.mitre.org/data/definitions/1.html)',
      });
      const other = await document.hoverAt('parseInt');
      assert.match(JSON.stringify(other?.contents), /\*\*A call of `parseInt`\*\*\\n\\n`demo\/unsafe`/);
      assert.ok(await document.hoverAt('("[x]'), 'the end of the word is part of it');
      assert.equal(await document.hoverAt('b);'), null);
    }),
  );
});
