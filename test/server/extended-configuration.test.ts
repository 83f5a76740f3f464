// What configuration files say of some files only, and what they extend: in the editor, while all of it changes.
import assert from 'node:assert/strict';
import { WATCHED_FILES } from '../../server/src/lsp/did-change-watched-files';
import { type TestClient, withClient } from './test-client';

const TEXT = 'escape(a);\nbtoa(b);\nparseInt(c);\n';
const SAFE = 'warning 1:1-1:7 demo/safe "escape"';
const MEDIUM = 'warning 2:1-2:5 demo/medium "btoa"';
const UNSAFE = 'warning 3:1-3:9 demo/unsafe "parseInt"';

const FILE = '.countersignrc.json';
const STRICT = '{ "profile": "strict" }';
const json = JSON.stringify;

/** What the client watches besides the configuration files, by path below `file:///project`. */
function watched(client: TestClient): string[] {
  const watchers = client.registered
    .filter(({ method }) => method === 'workspace/didChangeWatchedFiles')
    .flatMap(({ registerOptions }) => registerOptions.watchers as { globPattern: unknown }[]);
  return watchers.flatMap(({ globPattern }) => {
    if (typeof globPattern === 'string')
      return WATCHED_FILES.watchers.some((each) => each.globPattern === globPattern) ? [] : [globPattern];
    const { baseUri, pattern } = globPattern as { baseUri: string; pattern: string };
    return `${baseUri}/${pattern}`.replace('file:///project/', '');
  });
}

const refreshed = async (client: TestClient) => {
  await client.advance(1_000);
  return client.takeRefreshes();
};

describe('server: what a configuration says of some files', () => {
  it(
    'holds for these: overrides, suppressions, files left out',
    withClient(
      {
        files: {
          [FILE]: json({
            overrides: [{ files: 'src/**', excludedFiles: '*.test.ts', profile: 'strict' }],
            suppress: [{ rule: 'demo/s*', files: '*.test.ts', reason: 'it is one' }],
            ignore: ['gen/'],
          }),
        },
      },
      async (client) => {
        const of = async (name: string) => (await client.open(name, TEXT)).findings();
        assert.deepEqual(await of('src/a.ts'), [SAFE, MEDIUM, UNSAFE]);
        assert.deepEqual(await of('lib/a.ts'), [SAFE, UNSAFE]);
        assert.equal((await of('lib/a.test.ts')).length, 1);
        assert.deepEqual(await of('web/gen/a.ts'), []);
      },
    ),
  );

  it(
    'suppresses in files that have no comments',
    withClient(
      {
        files: {
          [FILE]: json({
            suppress: [{ rule: 'demo/text', files: 'fixtures/*.json', reason: 'never deployed' }],
          }),
        },
      },
      async (client) => {
        const text = json({ env: { MODE: 'debug' } });
        assert.deepEqual(await (await client.open('fixtures/a.json', text, 'json')).findings(), []);
        const [finding] = await (await client.open('deploy/a.json', text, 'json')).findings();
        assert.match(finding ?? '', /^warning .* demo\/text /);
      },
    ),
  );

  it(
    'is told of the file itself, though that is left out',
    withClient({ files: { [FILE]: json({ ignore: '**', profil: 1 }) } }, async (client) => {
      const configuration = await client.open(FILE, json({ ignore: '**', profil: 1 }), 'jsonc');
      assert.deepEqual(await configuration.findings(), [
        'warning 1:16-1:24 config/unknown-key "\\"profil\\""',
      ]);
      await client.advance(1_000);
      assert.equal(client.statuses.at(-1)?.degraded.length, 1);
      client.takeLog();
    }),
  );

  it(
    'gives way to what the person chose, suppressions apart',
    withClient(
      {
        settings: () => ({
          profile: 'recommended',
          rules: { customizations: [{ rule: 'demo/*', severity: 'error' }] },
        }),
        files: {
          [FILE]: json({
            overrides: [{ files: '**', profile: 'strict', rules: { 'demo/*': 'off' } }],
            suppress: [{ rule: 'demo/safe', files: '**', reason: 'it is one' }],
          }),
        },
      },
      async (client) => {
        const document = await client.open('a.ts', TEXT);
        assert.deepEqual(await document.findings(), [UNSAFE.replace('warning', 'error')]);
      },
    ),
  );

  it(
    'is read for each workspace folder apart',
    withClient(
      {
        folders: ['file:///project', 'file:///other'],
        files: {
          [FILE]: json({ rules: { 'demo/unsafe': 'off' } }),
          [`web/${FILE}`]: json({ extends: `../${FILE}`, profile: 'strict' }),
          'file:///other/.countersignrc.json': json({ rules: { 'demo/safe': 'off' } }),
          'file:///other/web/.countersignrc.json': json({ extends: '../../project/a.json' }),
          'file:///project/a.json': json({ rules: { '*': 'off' } }),
        },
      },
      async (client) => {
        const of = async (uri: string) => (await client.open(uri, TEXT)).findings();
        assert.deepEqual(await of('a.ts'), [SAFE]);
        assert.deepEqual(await of('web/src/a.ts'), [SAFE, MEDIUM]);
        assert.deepEqual(await of('file:///other/a.ts'), [UNSAFE]);
        assert.deepEqual(await of('file:///other/web/a.ts'), [SAFE, UNSAFE], 'another folder is outside');
        assert.match(client.takeLog().join(), /leads out of the workspace folder/);
      },
    ),
  );
});

describe('server: an extended file', () => {
  it(
    'is watched, by its name and no other, and findings follow it: created, changed, deleted',
    withClient({ files: { [FILE]: json({ extends: ['./lists/a.json'] }) } }, async (client) => {
      const document = await client.open('src/a.ts', TEXT);
      assert.deepEqual(await document.findings(), [SAFE, UNSAFE]);
      assert.match(client.takeLog().join(), /There is no file `\.\/lists\/a\.json`/);
      await client.advance(1_000);
      assert.deepEqual(watched(client), ['lists/a.json']);
      const steps: [string | undefined, string[]][] = [
        [STRICT, [SAFE, MEDIUM, UNSAFE]],
        [json({ extends: './b.json' }), [SAFE, UNSAFE]],
        [undefined, [SAFE, UNSAFE]],
      ];
      client.host.files.set('file:///project/lists/b.json', { text: json({ rules: { 'demo/*': 'hint' } }) });
      for (const [text, findings] of steps) {
        await client.changeFiles({ 'lists/a.json': text });
        if (text?.includes('b.json')) {
          assert.equal(await refreshed(client), 1);
          assert.deepEqual(watched(client), ['lists/a.json', 'lists/b.json']);
          assert.deepEqual(
            await document.findings(),
            [SAFE, UNSAFE].map((each) => each.replace('warning', 'hint')),
          );
        } else {
          assert.equal(await refreshed(client), 1);
          assert.deepEqual(await document.findings(), findings);
        }
      }
      client.takeLog();
      await client.changeFiles({ 'lists/c.json': STRICT, 'other/lists/a.json': STRICT });
      assert.equal(await refreshed(client), 0, 'other files ask for nothing');
      await client.changeFiles({ [FILE]: '{}' });
      assert.equal(await refreshed(client), 0, 'which says the same as what could be read before');
      assert.deepEqual(watched(client), []);
    }),
  );

  it(
    'of a package is watched where it is looked for, also when it is not installed yet',
    withClient({ files: { [`web/${FILE}`]: json({ extends: '@acme/base' }) } }, async (client) => {
      const document = await client.open('web/a.ts', TEXT);
      await document.findings();
      assert.match(client.takeLog().join(), /There is no package `@acme\/base`/);
      await client.advance(1_000);
      const inPackage = 'node_modules/@acme/base/countersign.json';
      assert.deepEqual(watched(client), [inPackage, `web/${inPackage}`]);
      client.host.files.set(`file:///project/${inPackage}`, { text: STRICT });
      // VS Code encodes more than the server.
      const changes = [{ uri: `file:///project/${inPackage.replace('@', '%40')}`, type: 1 as const }];
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
      assert.equal(await refreshed(client), 1);
      assert.deepEqual(await document.findings(), [SAFE, MEDIUM, UNSAFE]);
    }),
  );

  it(
    'is told of where the configuration is open, which follows it',
    withClient(
      { files: { [FILE]: json({ extends: './a.json' }), 'a.json': '{\n"profil": 1 }' } },
      async (client) => {
        const configuration = await client.open(FILE, json({ extends: './a.json' }), 'jsonc');
        const told = async () => (await configuration.diagnostics()).map(({ message }) => message);
        assert.deepEqual(await told(), [
          'In `a.json`, line 2: There is no key `profil`. Did you mean `profile`?',
        ]);
        await client.advance(1_000);
        assert.equal(client.statuses.at(-1)?.degraded.length, 1);
        client.takeLog();

        const { resultId } = await configuration.pull();
        await client.changeFiles({ 'a.json': STRICT });
        assert.equal(await refreshed(client), 1);
        assert.equal((await configuration.pull(resultId)).kind, 'full');
        assert.deepEqual(await told(), []);
        assert.deepEqual(client.statuses.at(-1)?.degraded, []);

        await configuration.replace(['a.json', 'b.json']);
        assert.deepEqual(await told(), ['There is no file `./b.json`. Correct the name, or remove it.']);
        await client.advance(1_000);
        assert.deepEqual(watched(client), ['a.json'], 'what is not saved is not in force');
        client.takeRefreshes();
      },
    ),
  );

  it(
    'is neither read nor watched in a workspace that is not trusted',
    withClient(
      { isTrusted: false, files: { [FILE]: json({ extends: './a.json' }), 'a.json': STRICT } },
      async (client) => {
        const configuration = await client.open(FILE, json({ extends: './b.json' }), 'jsonc');
        assert.deepEqual(await configuration.findings(), []);
        await client.advance(1_000);
        assert.deepEqual(client.host.read, []);
        assert.deepEqual(watched(client), []);
      },
    ),
  );

  it(
    'is one of at most a hundred that are watched',
    withClient({}, async (client) => {
      for (let i = 0; i < 10; i++) {
        const files = Array.from({ length: 20 }, (_, j) => `./${j}.json`);
        const folder = `file:///project/${i}`;
        client.host.files.set(`${folder}/${FILE}`, { text: json({ extends: files }) });
        for (const file of files) client.host.files.set(`${folder}/${file.slice(2)}`, { text: '{}' });
        await (await client.open(`${i}/a.ts`, TEXT)).findings();
      }
      await client.advance(1_000);
      assert.equal(watched(client).length, 100);
    }),
  );
});
