// `countersign lsp --stdio` for a client that has nothing but what every editor has.
import assert from 'node:assert/strict';
import { MADE_UP_SECRETS } from '../pages/made-up-secrets';
import { EVIL } from './project';
import { edited, PUSH_ONLY, type RawClient, withServer } from './raw-client';

const TLS_CODE =
  "const https = require('node:https');\nexports.get = (url) => https.request(url, { rejectUnauthorized: false });\n";
const [TLS, EVAL, NO_REASON] = [
  'transport/tls-verify-off',
  'injection/eval-dynamic',
  'suppression/no-reason',
];

const at = (line: number, character: number, endLine = line, endCharacter = character) => ({
  start: { line, character },
  end: { line: endLine, character: endCharacter },
});

describe('countersign lsp: a client that is only pushed to', function () {
  this.timeout(60_000);

  it(
    'is told what the server can, and nothing that it cannot use itself',
    withServer({}, async (client) => {
      const { capabilities, serverInfo } = await client.initialize();
      assert.equal(serverInfo.name, 'countersign');
      assert.deepEqual(capabilities['textDocumentSync'], { openClose: true, change: 2, save: true });
      assert.equal(capabilities['hoverProvider'], true);
      assert.deepEqual(capabilities['codeActionProvider'], {
        codeActionKinds: [
          'quickfix',
          'quickfix.suppress.countersign',
          'source.fixAll.countersign',
          'source.fixAllUnsafe.countersign',
        ],
      });
      assert.equal(capabilities['diagnosticProvider'], undefined, 'it does not pull');
      assert.equal(capabilities['executeCommandProvider'], undefined);
    }),
  );

  it(
    'is also one that pulls, and cannot be told to pull again',
    withServer({}, async (client) => {
      const textDocument = { ...PUSH_ONLY.textDocument, diagnostic: { dynamicRegistration: false } };
      const { capabilities } = await client.initialize({ textDocument });
      assert.equal(capabilities['diagnosticProvider'], undefined);
      await client.published(client.open('a.js', EVIL), 1, EVAL);
    }),
  );

  it(
    'is sent findings when a file is opened, changed and closed',
    withServer({}, async (client) => {
      await client.initialize();
      const uri = client.open('a.js', `${TLS_CODE}${EVIL}`);
      const { diagnostics } = await client.published(uri, 1, TLS, EVAL);
      const [tls] = diagnostics;
      assert.deepEqual(tls?.range, at(1, 44, 1, 69));
      assert.deepEqual([tls?.severity, tls?.source], [1, 'countersign']);
      assert.match(tls?.message ?? '', /accept any certificate/);

      // Two edits in one message: the second one's place is counted in what the first one left.
      client.change(uri, 2, { range: at(2, 0, 3, 0), text: '' }, { range: at(1, 64, 1, 69), text: 'true' });
      await client.published(uri, 2);
      client.change(uri, 3, { text: EVIL });
      await client.published(uri, 3, EVAL);

      client.close(uri);
      await client.published(uri, undefined);
      assert.deepEqual(await client.actions(uri, at(0, 0)), []);
      client.open('a.js', TLS_CODE);
      await client.published(uri, 1, TLS);
    }),
  );

  it(
    'is offered fixes as plain edits, which mend the file',
    withServer({}, async (client) => {
      await client.initialize();
      const uri = client.open('a.js', TLS_CODE);
      const { diagnostics } = await client.published(uri, 1, TLS);
      const actions = await client.actions(uri, at(1, 50), diagnostics);
      assert.deepEqual(
        actions.map(({ title, kind, command }) => [title, kind, command]),
        [
          ['Check certificates', 'quickfix', undefined],
          [
            `Disable ${TLS} for this line, with a reason that you write`,
            'quickfix.suppress.countersign',
            undefined,
          ],
          [
            `Disable ${TLS} for the entire file, with a reason that you write`,
            'quickfix.suppress.countersign',
            undefined,
          ],
        ],
      );
      const edit = actions[0]?.edit;
      assert.deepEqual(Object.keys(edit ?? {}), ['changes'], 'edits with versions were not asked for');
      const mended = edited(TLS_CODE, edit?.changes?.[uri] ?? []);
      assert.doesNotMatch(mended, /rejectUnauthorized/);
      client.change(uri, 2, { text: mended });
      await client.published(uri, 2);
      assert.deepEqual(await client.actions(uri, at(1, 30)), []);
    }),
  );

  it(
    'suppresses a finding with a comment, which counts once the reason is written',
    withServer({}, async (client) => {
      await client.initialize();
      const text = `if (process.argv[2]) {\r\n  eval(process.argv[2]);\r\n}\r\n`;
      const uri = client.open('a.js', text);
      await client.published(uri, 1, EVAL);
      const actions = await client.actions(uri, at(1, 3));
      const written = actions.map(({ edit }) => edited(text, edit?.changes?.[uri] ?? []));
      const [line, file] = written;
      assert.equal(line, text.replace('  eval', `  // countersign-disable-next-line ${EVAL} -- \r\n  eval`));
      assert.equal(file, `// countersign-disable-file ${EVAL} -- \r\n${text}`);
      for (const [index, suppressed] of written.entries()) {
        const version = 2 + 2 * index;
        const rules = [NO_REASON, EVAL];
        client.change(uri, version, { text: suppressed });
        await client.published(uri, version, ...rules);
        client.change(uri, version + 1, { text: suppressed.replace('-- ', '-- run by its author only') });
        await client.published(uri, version + 1);
      }
    }),
  );

  it(
    'is not offered comments where a file can have none',
    withServer({ 'a.json': '' }, async (client) => {
      await client.initialize();
      const key = MADE_UP_SECRETS['github token']?.() ?? '';
      const uri = client.open('a.json', `{ "token": "${key}" }\n`, 'json');
      const { diagnostics } = await client.published(uri, 1, 'secrets/provider-key');
      assert.deepEqual(await client.actions(uri, diagnostics[0]?.range ?? at(0, 0)), []);
    }),
  );

  it('is counted the columns of lines with other letters in UTF-16, whatever else it offers', async () => {
    const line = "const ä = '🙂', é = eval(process.argv[2]);\n";
    const offered = [
      undefined,
      { positionEncodings: ['utf-16'] },
      { positionEncodings: ['utf-8', 'utf-32', 'utf-16'] },
    ];
    for (const general of offered) {
      await withServer({}, async (client) => {
        const { capabilities } = await client.initialize({ ...PUSH_ONLY, general });
        assert.equal(capabilities['positionEncoding'], 'utf-16');
        const uri = client.open('ä b.js', line);
        const { diagnostics } = await client.published(uri, 1, EVAL);
        assert.deepEqual(diagnostics[0]?.range, at(0, line.indexOf('eval'), 0, line.indexOf('eval') + 4));
        client.change(uri, 2, { range: at(0, 20, 0, 24), text: 'String' });
        await client.published(uri, 2);
      })();
    }
  });

  it(
    'is told why in a hover',
    withServer({}, async (client) => {
      await client.initialize();
      const uri = client.open('a.js', TLS_CODE);
      const params = { textDocument: { uri }, position: { line: 1, character: 50 } };
      const hover = (await client.request('textDocument/hover', params)) as { contents: { value: string } };
      assert.match(hover.contents.value, /`transport\/tls-verify-off` · high confidence/);
    }),
  );
});

describe('countersign lsp: what holds for a client that watches no files', function () {
  this.timeout(60_000);

  it(
    'the configuration of the root does, as it is when a file is opened or saved',
    withServer({ '.countersignrc.json': `{ "rules": { "${EVAL}": "off" } }` }, async (client, project) => {
      await client.initialize();
      const uri = client.open('src/a.js', EVIL);
      await client.published(uri, 1);

      // The file of the configuration is opened, edited and saved in the editor.
      project.write('.countersignrc.json', `{ "rules": { "${EVAL}": "hint" } }`);
      client.save('.countersignrc.json');
      assert.equal((await client.published(uri, 1, EVAL)).diagnostics[0]?.severity, 4);

      // It is edited by something else; the next save of any file tells.
      project.write('.countersignrc.json', '{ "ignore": ["src"] }');
      client.save('src/a.js');
      await client.published(uri, 1);

      // As does the next file that is opened.
      project.write('.countersignrc.json', '{}');
      client.open('src/b.js', '');
      await client.published(uri, 1, EVAL);

      const rc = client.open('.countersignrc.json', '{ "ignor": [] }', 'jsonc');
      await client.published(rc, 1, 'config/unknown-key');
    }),
  );

  it('the root may be told as a folder of the workspace, or not at all', async () => {
    const files = { '.countersignrc.json': `{ "rules": { "${EVAL}": "off" } }` };
    const tell = (root: (client: RawClient) => Record<string, unknown>, ...rules: string[]) =>
      withServer(files, async (client) => {
        await client.initialize(PUSH_ONLY, root(client));
        await client.published(client.open('src/a.js', EVIL), 1, ...rules);
      })();
    const folder = (client: RawClient) => [{ uri: client.uriOf(''), name: 'a' }];
    await tell((client) => ({ rootUri: null, workspaceFolders: folder(client) }));
    await tell((client) => ({ rootUri: client.uriOf(''), workspaceFolders: null }));
    await tell(() => ({ rootUri: null, workspaceFolders: null }), EVAL);
    await tell(() => ({ rootUri: null }), EVAL);
  });

  it(
    'settings are taken from where the client tells them',
    withServer({}, async (client) => {
      await client.initialize(PUSH_ONLY, {
        initializationOptions: {
          countersign: { rules: { customizations: [{ rule: EVAL, severity: 'off' }] } },
        },
      });
      const uri = client.open('a.js', EVIL);
      await client.published(uri, 1);
      const told = (settings: unknown) => client.notify('workspace/didChangeConfiguration', { settings });
      told({ countersign: { rules: { customizations: [{ rule: EVAL, severity: 'info' }] } } });
      assert.equal((await client.published(uri, 1, EVAL)).diagnostics[0]?.severity, 3);
      told({ countersign: { enable: false } });
      await client.published(uri, 1);
      // Of another program: what was told before still holds.
      told({ typescript: { enable: true } });
      told(null);
      client.change(uri, 2, { text: `${EVIL}\n` });
      await client.published(uri, 2);
      told({ countersign: { profile: 'loud' } });
      await client.published(uri, 2, EVAL);
      const logged = client.messages.filter(({ method }) => method === 'window/logMessage');
      assert.match(JSON.stringify(logged), /countersign\.profile must be/);
    }),
  );

  it(
    'a client that says what it has, but knows no such setting, is taken by its options of the start',
    withServer({}, async (client) => {
      const capabilities = { ...PUSH_ONLY, workspace: { configuration: true } };
      await client.initialize(capabilities, {
        initializationOptions: { countersign: { enable: false } },
      });
      const uri = client.open('a.js', EVIL);
      const asked = await client.until('workspace/configuration', () =>
        client.messages.find(({ method }) => method === 'workspace/configuration'),
      );
      client.messages.splice(client.messages.indexOf(asked), 1);
      client.respond(asked.id, [null]);
      await client.published(uri, 1);
    }),
  );
});
