// `.countersignrc.json`: which one counts for a document, and when it takes effect.
import assert from 'node:assert/strict';
import { TRUSTED_NOTIFICATION } from '../../protocol/messages';
import { withClient } from './test-client';

const TEXT = 'escape(a);\nbtoa(b);\nparseInt(c);\n';
const SAFE = 'warning 1:1-1:7 demo/safe "escape"';
const MEDIUM = 'warning 2:1-2:5 demo/medium "btoa"';
const UNSAFE = 'warning 3:1-3:9 demo/unsafe "parseInt"';

const FILE = '.countersignrc.json';
const STRICT = '{ "profile": "strict" }';
const off = (...rules: string[]) =>
  JSON.stringify({ rules: Object.fromEntries(rules.map((rule) => [rule, 'off'])) });
const customized = (...customizations: unknown[]) => ({ rules: { customizations } });

describe('server: the configuration file', () => {
  const cases: [string, Readonly<Record<string, string>>, string[]][] = [
    ['of the folder', { [`src/api/${FILE}`]: STRICT }, [SAFE, MEDIUM, UNSAFE]],
    ['of a folder above', { [`src/${FILE}`]: STRICT }, [SAFE, MEDIUM, UNSAFE]],
    ['of the workspace folder', { [FILE]: STRICT }, [SAFE, MEDIUM, UNSAFE]],
    [
      'that is nearest, as a whole',
      { [FILE]: STRICT, [`src/${FILE}`]: off('demo/unsafe'), [`src/api/${FILE}`]: off('demo/safe') },
      [UNSAFE],
    ],
    ['that is nearest, though it says nothing', { [FILE]: off('*'), [`src/${FILE}`]: '{}' }, [SAFE, UNSAFE]],
    ['of other folders', { [`lib/${FILE}`]: off('*'), [`src/api/v1/${FILE}`]: off('*') }, [SAFE, UNSAFE]],
    ['above the workspace folder', { [`file:///${FILE}`]: off('*') }, [SAFE, UNSAFE]],
    [
      'with a severity',
      { [FILE]: '{ "rules": { "demo/safe": "upgrade" } }' },
      [SAFE.replace('warning', 'error'), UNSAFE],
    ],
  ];
  for (const [name, files, findings] of cases) {
    it(
      `decides what is shown: ${name}`,
      withClient({ files }, async (client) => {
        const document = await client.open('src/api/a.ts', TEXT);
        assert.deepEqual(await document.findings(), findings);
      }),
    );
  }

  it(
    'is looked for below the workspace folder of the document only',
    withClient({ folders: ['file:///project', 'file:///project/packages/web/'] }, async (client) => {
      client.host.files.set(`file:///project/${FILE}`, { text: off('*') });
      const uris = [
        'file:///project/packages/web/src/a.ts',
        'file:///elsewhere/a.ts',
        'untitled:a.ts',
        'file:///project/../a.ts',
        'file:///project/%2e%2E/elsewhere/a.ts',
      ];
      for (const uri of uris) {
        const document = await client.open(uri, TEXT);
        assert.deepEqual(await document.findings(), [SAFE, UNSAFE], uri);
      }
      assert.deepEqual(client.host.read, [
        `file:///project/packages/web/src/${FILE}`,
        `file:///project/packages/web/${FILE}`,
      ]);
    }),
  );

  it(
    'is read once for all documents of a folder',
    withClient({ files: { [FILE]: STRICT } }, async (client) => {
      for (const name of ['src/a.ts', 'src/b.ts', 'src/c.ts']) {
        const document = await client.open(name, TEXT);
        await document.findings();
        await document.replace(['escape', 'atob']);
        await document.findings();
      }
      await client.advance(1_000);
      const read = [`file:///project/src/${FILE}`, `file:///project/${FILE}`];
      assert.deepEqual(client.host.read, read);
    }),
  );

  const SETTINGS: [string, unknown, string, string[]][] = [
    ['a profile that was chosen', { profile: 'recommended' }, STRICT, [SAFE, UNSAFE]],
    ['a profile that was left open', { profile: 'default' }, STRICT, [SAFE, MEDIUM, UNSAFE]],
    ['the other profile', { profile: 'strict' }, '{ "profile": "recommended" }', [SAFE, MEDIUM, UNSAFE]],
    [
      'an entry for the same rule',
      customized({ rule: 'demo/safe', severity: 'error' }),
      off('*'),
      [SAFE.replace('warning', 'error')],
    ],
    [
      'an entry that takes one of the file back',
      customized({ rule: 'demo/*', severity: 'default' }),
      off('*'),
      [SAFE, UNSAFE],
    ],
    ['switched off', { enable: false }, STRICT, []],
  ];
  for (const [name, settings, text, findings] of SETTINGS) {
    it(
      `has the person's settings on top: ${name}`,
      withClient({ settings: () => settings, files: { [FILE]: text } }, async (client) => {
        const document = await client.open('a.ts', TEXT);
        assert.deepEqual(await document.findings(), findings);
      }),
    );
  }
});

describe('server: a changed configuration file', () => {
  it(
    'takes effect on all open documents with one request to pull: created, changed, deleted',
    withClient({}, async (client) => {
      assert.deepEqual(
        client.registered.find(({ method }) => method === 'workspace/didChangeWatchedFiles')?.registerOptions,
        {
          watchers: [
            { globPattern: '**/.countersignrc.json' },
            { globPattern: '**/.countersign' },
            { globPattern: '**/.countersign/resolved' },
            { globPattern: '**/.countersign/resolved/*' },
          ],
        },
      );
      const documents = [await client.open('a.ts', TEXT), await client.open('src/b.ts', TEXT)];
      const findings = async () => Promise.all(documents.map((document) => document.findings()));
      assert.deepEqual(await findings(), [
        [SAFE, UNSAFE],
        [SAFE, UNSAFE],
      ]);
      const steps: [Readonly<Record<string, string | undefined>>, string[], string[]][] = [
        [{ [FILE]: off('demo/safe') }, [UNSAFE], [UNSAFE]],
        [{ [FILE]: STRICT, [`src/${FILE}`]: off('demo/*') }, [SAFE, MEDIUM, UNSAFE], []],
        [{ [`src/${FILE}`]: undefined }, [SAFE, MEDIUM, UNSAFE], [SAFE, MEDIUM, UNSAFE]],
        [{ [FILE]: undefined }, [SAFE, UNSAFE], [SAFE, UNSAFE]],
      ];
      for (const [change, first, second] of steps) {
        await client.changeFiles(change);
        await client.advance(1_000);
        assert.equal(client.takeRefreshes(), 1, JSON.stringify(change));
        assert.deepEqual(await findings(), [first, second]);
      }
      const asked = client.asked.length;
      assert.equal(asked, 2, 'the settings are not asked for again');
    }),
  );

  it(
    'that says the same as before, and other files, ask for nothing',
    withClient({ files: { [FILE]: STRICT } }, async (client) => {
      const document = await client.open('a.ts', TEXT);
      const { resultId } = await document.pull();
      await client.changeFiles({ [FILE]: `// ours\n${STRICT}` });
      await client.changeFiles({ 'tsconfig.json': '{}', [`src/${FILE}`]: off('*') });
      await client.advance(1_000);
      assert.equal(client.takeRefreshes(), 0);
      assert.equal((await document.pull(resultId)).kind, 'unchanged');
    }),
  );

  it(
    'is one pull also when it is saved in the editor',
    withClient({ files: { [FILE]: '{}' } }, async (client) => {
      const document = await client.open('a.ts', TEXT);
      const configuration = await client.open(FILE, '{}', 'jsonc');
      await document.findings();
      await configuration.rewrite(off('*'));
      await client.advance(1_000);
      assert.equal(client.takeRefreshes(), 0);
      assert.deepEqual(await document.findings(), [SAFE, UNSAFE], 'what is not saved is not in force');
      client.host.files.set(configuration.uri, { text: configuration.text });
      await configuration.save();
      await client.changeFiles({ [FILE]: configuration.text });
      await client.advance(1_000);
      assert.equal(client.takeRefreshes(), 1);
      assert.deepEqual(await document.findings(), []);
    }),
  );

  it(
    'is read again where a workspace folder comes or goes',
    withClient({ files: { [FILE]: off('*') } }, async (client) => {
      const document = await client.open('src/a.ts', TEXT);
      assert.deepEqual(await document.findings(), []);
      const folder = (uri: string) => ({ uri, name: uri });
      await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: { added: [folder('file:///project/src')], removed: [folder('file:///project')] },
      });
      await client.advance(1_000);
      assert.equal(client.takeRefreshes(), 1);
      assert.deepEqual(await document.findings(), [SAFE, UNSAFE]);
    }),
  );

  it(
    'is pushed to clients that do not pull, once, and read at opening and saving where nobody watches',
    withClient({ profile: 'minimal' }, async (client) => {
      const document = await client.open('a.ts', TEXT);
      await client.quiet();
      client.takePublished();
      assert.deepEqual(client.registered, [], 'it cannot be asked to watch');
      const pushed = async () => {
        await client.quiet();
        return client.takePublished().map(({ uri, diagnostics }) => [uri, document.print(diagnostics)]);
      };
      client.host.files.set(`file:///project/${FILE}`, { text: off('demo/safe') });
      await document.save();
      assert.deepEqual(await pushed(), [[document.uri, [UNSAFE]]]);
      await document.save();
      assert.deepEqual(await pushed(), []);
      client.host.files.set(`file:///project/${FILE}`, { text: STRICT });
      const other = await client.open('b.ts', TEXT);
      assert.deepEqual(await pushed(), [
        [document.uri, [SAFE, MEDIUM, UNSAFE]],
        [other.uri, [SAFE, MEDIUM, UNSAFE]],
      ]);
      // Some watch what they were configured to, without being asked.
      await client.changeFiles({ [FILE]: undefined });
      assert.deepEqual(await pushed(), [
        [document.uri, [SAFE, UNSAFE]],
        [other.uri, [SAFE, UNSAFE]],
      ]);
    }),
  );
});

describe('server: the configuration file of an untrusted workspace', () => {
  it(
    'is not read until the workspace is trusted, and then at once',
    withClient({ isTrusted: false, files: { [FILE]: off('*') } }, async (client) => {
      const document = await client.open('a.ts', TEXT);
      assert.deepEqual(await document.findings(), [SAFE, UNSAFE]);
      await client.changeFiles({ [FILE]: off('demo/*') });
      await client.advance(1_000);
      assert.deepEqual(await document.findings(), [SAFE, UNSAFE]);
      assert.deepEqual(client.host.read, []);
      assert.equal(client.takeRefreshes(), 0);
      await client.connection.sendNotification(TRUSTED_NOTIFICATION);
      await client.advance(1_000);
      assert.equal(client.takeRefreshes(), 1);
      assert.deepEqual(await document.findings(), []);
    }),
  );

  it(
    'tells what is wrong in it where it is open, and nowhere else',
    withClient({ isTrusted: false, files: { [FILE]: '{ "profil": 1 }' } }, async (client) => {
      const configuration = await client.open(FILE, '{ "profil": 1 }', 'jsonc');
      assert.deepEqual(await configuration.findings(), [
        'warning 1:3-1:11 config/unknown-key "\\"profil\\""',
      ]);
      await client.advance(1_000);
      assert.deepEqual(client.statuses.at(-1)?.degraded, []);
    }),
  );
});
