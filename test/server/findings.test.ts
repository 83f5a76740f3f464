// What a client that pulls is told of an open document.
import assert from 'node:assert/strict';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { RULES } from '../../server/src/rules/index';
import { withClient } from './test-client';

describe('server: initialize', () => {
  it(
    'offers pulled diagnostics, hovers and every kind of code action to an editor',
    withClient({}, async ({ initialized: { capabilities, serverInfo } }) => {
      assert.equal(serverInfo?.name, 'countersign');
      assert.deepEqual(capabilities, {
        textDocumentSync: { openClose: true, change: 2, save: true },
        codeActionProvider: {
          codeActionKinds: [
            'quickfix',
            'quickfix.suppress.countersign',
            'source.fixAll.countersign',
            'source.fixAllUnsafe.countersign',
          ],
        },
        hoverProvider: true,
        positionEncoding: 'utf-16',
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        diagnosticProvider: {
          identifier: 'countersign',
          interFileDependencies: true,
          workspaceDiagnostics: false,
        },
      });
    }),
  );

  it(
    'offers no pulled diagnostics to a client that cannot pull: everything would show twice',
    withClient({ profile: 'minimal' }, async ({ initialized: { capabilities } }) => {
      assert.equal(capabilities.diagnosticProvider, undefined);
    }),
  );
});

describe('server: findings', () => {
  it(
    'are pulled with range, severity, code, source, message and related places',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', 'const name = "🙂"; atob(name);\n');
      assert.deepEqual(await document.findings(), ['warning 1:20-1:24 demo/related "atob"']);
      const [diagnostic] = await document.diagnostics();
      assert.deepEqual(
        { ...diagnostic, data: undefined },
        {
          range: { start: { line: 0, character: 19 }, end: { line: 0, character: 23 } },
          severity: DiagnosticSeverity.Warning,
          code: 'demo/related',
          source: 'countersign',
          message: '`atob` is called. Do not.',
          relatedInformation: [
            {
              location: {
                uri: document.uri,
                range: { start: { line: 0, character: 24 }, end: { line: 0, character: 28 } },
              },
              message: 'This is decoded.',
            },
          ],
          data: undefined,
        },
      );
    }),
  );

  it(
    'are those of the real rules',
    withClient({ rules: RULES }, async (client) => {
      const document = await client.open('a.ts', 'export const run = (code: string) => eval(code);\n');
      assert.deepEqual(await document.findings(), ['error 1:38-1:42 injection/eval-dynamic "eval"']);
    }),
  );

  it(
    'are in the order of the text, each with a fingerprint of its own',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', 'escape(a); escape(a);\nparseInt(a);\nescape(a);\n');
      const diagnostics = await document.diagnostics();
      assert.deepEqual(document.print(diagnostics), [
        'warning 1:1-1:7 demo/safe "escape"',
        'warning 1:12-1:18 demo/safe "escape"',
        'warning 2:1-2:9 demo/unsafe "parseInt"',
        'warning 3:1-3:7 demo/safe "escape"',
      ]);
      assert.equal(new Set(diagnostics.map(({ data }) => data.fingerprint)).size, 4);
    }),
  );

  it(
    'of an untitled document follow its language',
    withClient({}, async (client) => {
      const script = await client.open('untitled:Untitled-1', 'escape(<string>a);', 'typescript');
      assert.deepEqual(await script.findings(), ['warning 1:1-1:7 demo/safe "escape"']);
      const jsx = await client.open(
        'untitled:Untitled-2',
        'const a = <p>{escape(b)}</p>;',
        'javascriptreact',
      );
      assert.deepEqual(await jsx.findings(), ['warning 1:15-1:21 demo/safe "escape"']);
    }),
  );

  it(
    'are hints in tests, unless the profile is strict; the path above the folder is not judged',
    withClient({ folders: ['file:///tests/work/', 'file:///other'] }, async (client) => {
      const names = [
        'file:///tests/work/src/a.ts',
        'file:///tests/work/test/a.ts',
        'file:///other/a.spec.ts',
      ];
      const levels = [];
      for (const name of names) levels.push(...(await (await client.open(name, 'escape(a);')).findings()));
      assert.deepEqual(
        levels.map((line) => line.split(' ')[0]),
        ['warning', 'hint', 'hint'],
      );
    }),
  );

  for (const [name, languageId] of [
    ['types.d.ts', 'typescript'],
    ['types.d.mts', 'typescript'],
    ['readme.md', 'markdown'],
    ['untitled:Untitled-1', 'plaintext'],
  ] as const) {
    it(
      `are none of code rules in ${name}, which is text to us`,
      withClient({}, async (client) => {
        const document = await client.open(name, 'escape(a);', languageId);
        assert.deepEqual(await document.findings(), []);
        await document.replace(['escape', 'parseInt']);
        await document.save();
        assert.deepEqual(await document.findings(), []);
        assert.deepEqual(await document.actionsAt('a'), []);
        await document.close();
      }),
    );
  }

  it(
    'are none of a document that is not open, and every request about it is answered emptily',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', 'escape(a);');
      assert.equal((await document.findings()).length, 1);
      await document.close();
      assert.deepEqual(await document.pull(), { kind: 'full', items: [] });
      assert.deepEqual(await document.actionsAt('escape'), []);
      assert.equal(await document.hoverAt('escape'), null);
      await document.replace(['escape', 'parseInt']);
      await document.save();
      await document.close();
      assert.deepEqual(await document.pull(), { kind: 'full', items: [] });
    }),
  );

  it(
    'are those of the new text when a document is opened again',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', 'escape(a);');
      const first = await document.pull();
      assert.equal(first.kind, 'full');
      await document.close();
      const again = await client.open('a.ts', 'parseInt(a);');
      const second = await again.pull(first.resultId);
      assert.equal(second.kind, 'full', 'the result id of the closed document was taken for the new one');
      assert.deepEqual(await again.findings(), ['warning 1:1-1:9 demo/unsafe "parseInt"']);
    }),
  );
});

describe('server: result ids', () => {
  it(
    'say that nothing changed, until something did',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', 'escape(a);');
      const { resultId } = await document.pull();
      assert.ok(resultId, 'there is no result id');
      assert.deepEqual(await document.pull(resultId), { kind: 'unchanged', resultId });
      await document.save();
      await client.quiet();
      assert.deepEqual(await document.pull(resultId), { kind: 'unchanged', resultId }, 'after saving');
      await document.replace(['a', 'b']);
      const changed = await document.pull(resultId);
      assert.equal(changed.kind, 'full');
      assert.notEqual(changed.resultId, resultId);
      client.takeRefreshes();
      await client.changeSettings(() => ({
        rules: { customizations: [{ rule: 'demo/*', severity: 'info' }] },
      }));
      assert.equal((await document.pull(changed.resultId)).kind, 'full', 'other settings, other findings');
      await client.advance(1000);
      assert.equal(client.takeRefreshes(), 1);
    }),
  );
});
