// What is wrong in `.countersignrc.json` is told in the file, in the log and in the status.
import assert from 'node:assert/strict';
import { type TestClient, withClient } from './test-client';

const TEXT = 'escape(a);\nbtoa(b);\nparseInt(c);\n';
const SAFE = 'warning 1:1-1:7 demo/safe "escape"';
const MEDIUM = 'warning 2:1-2:5 demo/medium "btoa"';
const UNSAFE = 'warning 3:1-3:9 demo/unsafe "parseInt"';

const FILE = '.countersignrc.json';
const ALL_OFF = '{ "rules": { "*": "off" } }';
const BAD =
  '{\n  "profil": "strict",\n  "rules": {\n    "demo/saf": "off",\n    "demo/unsafe": "off"\n  }\n}\n';
const BAD_FINDINGS = [
  'warning 2:3-2:11 config/unknown-key "\\"profil\\""',
  'warning 4:5-4:15 config/unknown-key "\\"demo/saf\\""',
];
const BAD_LOG = [
  `warn: file:///project/${FILE}: Line 2: There is no key \`profil\`. Did you mean \`profile\`?`,
  `warn: file:///project/${FILE}: Line 4: There is no rule \`demo/saf\`. Did you mean \`demo/safe\`?`,
];
const degraded = async (client: TestClient) => {
  await client.advance(1_000);
  client.takeRefreshes();
  return client.statuses.at(-1)?.degraded;
};

describe('server: a bad configuration file', () => {
  it(
    'is told in the log and in the status while it is closed, and the rest is in force',
    withClient({ files: { [FILE]: BAD } }, async (client) => {
      const document = await client.open('a.ts', TEXT);
      assert.deepEqual(await document.findings(), [SAFE]);
      assert.deepEqual(client.takeLog(), BAD_LOG);
      const cause = 'Line 2: There is no key `profil`. Did you mean `profile`? (1 more)';
      assert.deepEqual(await degraded(client), [{ uri: `file:///project/${FILE}`, cause }]);

      await client.changeFiles({ [FILE]: BAD });
      await client.open('src/b.ts', TEXT);
      assert.deepEqual((await degraded(client))?.length, 1, 'once, however many documents it is for');
      assert.deepEqual(client.takeLog(), [], 'nothing is said twice');

      await client.changeFiles({ [FILE]: BAD.replace('profil', 'profile').replace('demo/saf', 'demo/safe') });
      assert.deepEqual(await degraded(client), []);
      assert.deepEqual(await document.findings(), [MEDIUM]);

      await client.changeFiles({ [FILE]: BAD });
      assert.deepEqual((await degraded(client))?.length, 1);
      assert.deepEqual(client.takeLog(), BAD_LOG, 'it was right meanwhile');
      await document.close();
    }),
  );

  it(
    'has findings where it is open, which follow its text',
    withClient({}, async (client) => {
      const configuration = await client.open(FILE, BAD, 'json');
      const [first, second] = await configuration.diagnostics();
      assert.deepEqual(configuration.print([first!, second!]), BAD_FINDINGS);
      assert.equal(first?.message, 'There is no key `profil`. Did you mean `profile`?');
      assert.equal(first?.source, 'countersign');
      const { resultId } = await configuration.pull();
      assert.equal((await configuration.pull(resultId)).kind, 'unchanged');
      await configuration.replace(['profil"', 'profile"']);
      assert.deepEqual(await configuration.findings(), BAD_FINDINGS.slice(1));
      await configuration.replace(['demo/saf"', 'demo/safe"']);
      assert.deepEqual(await configuration.findings(), []);
      await configuration.type('"rules"', '{{');
      assert.match((await configuration.findings()).join(), /config\/bad-value/);
      await configuration.close();
      assert.deepEqual(await configuration.findings(), []);
    }),
  );

  it(
    'has a page to open and a hover, and nothing to suppress',
    withClient({ folders: ['file:///project'] }, async (client) => {
      client.host.pages.set(
        'config/unknown-key',
        '# config/unknown-key\n\nFinds it.\n\nIt is no key.\n\n## Flagged',
      );
      const configuration = await client.open(`test/${FILE}`, BAD, 'jsonc');
      assert.deepEqual(await configuration.findings(), BAD_FINDINGS, 'in a folder of tests as well');
      const actions = await configuration.actionsAt('"profil"');
      assert.deepEqual(
        actions.map(({ title }) => title),
        ['Show documentation for config/unknown-key'],
      );
      assert.deepEqual(await configuration.actionsAt('"profil"', ['source.fixAll', 'quickfix.suppress']), []);
      assert.deepEqual(await configuration.actionsAt('"rules"'), []);
      assert.match(JSON.stringify(await configuration.hoverAt('"profil"')), /It is no key\./);
      assert.equal(await configuration.hoverAt('"rules"'), null);
    }),
  );

  it(
    'follows the settings like any other finding',
    withClient(
      { settings: () => ({ rules: { customizations: [{ rule: 'config/*', severity: 'error' }] } }) },
      async (client) => {
        const configuration = await client.open(FILE, BAD, 'jsonc');
        const errors = BAD_FINDINGS.map((finding) => finding.replace('warning', 'error'));
        assert.deepEqual(await configuration.findings(), errors);
        await client.changeSettings(() => ({ enable: false }));
        assert.deepEqual(await configuration.findings(), []);
        await client.advance(1_000);
        assert.equal(client.takeRefreshes(), 1);
      },
    ),
  );

  it(
    'is told to clients that are pushed to',
    withClient({ profile: 'minimal' }, async (client) => {
      const configuration = await client.open(FILE, BAD, 'jsonc');
      await client.quiet();
      const [opened] = client.takePublished();
      assert.deepEqual(configuration.print(opened?.diagnostics ?? []), BAD_FINDINGS);
      await configuration.rewrite('{}');
      await client.quiet();
      assert.deepEqual(client.takePublished().at(-1)?.diagnostics, []);
      await configuration.close();
      await client.quiet();
      client.takePublished();
    }),
  );

  it(
    'that cannot be read leaves the defaults in force, not the file above it, and is told',
    withClient({ files: { [FILE]: ALL_OFF } }, async (client) => {
      client.host.files.set(`file:///project/src/${FILE}`, { refusal: 'it is larger than 1 MB' });
      const document = await client.open('src/a.ts', TEXT);
      assert.deepEqual(await document.findings(), [SAFE, UNSAFE], 'the defaults hold');
      const cause = 'The configuration is not read, so the defaults hold: it is larger than 1 MB.';
      assert.deepEqual(client.takeLog(), [`warn: file:///project/src/${FILE}: ${cause}`]);
      assert.deepEqual(await degraded(client), [{ uri: `file:///project/src/${FILE}`, cause }]);
    }),
  );

  it(
    'with very many faults is logged in a few lines',
    withClient({}, async (client) => {
      const text = `{\n${Array.from({ length: 50 }, (_, i) => `"key${i}": 1`).join(',\n')}\n}`;
      client.host.files.set(`file:///project/${FILE}`, { text });
      await (await client.open('a.ts', TEXT)).findings();
      const log = client.takeLog();
      assert.equal(log.length, 11);
      assert.match(log.at(-1) ?? '', /: 40 more; open the file to see them\.$/);
    }),
  );

  const BROKEN =
    '{\n  "profile": "strict"\n  "rules": {},\n  "profil": 1,\n  "ignore": [],\n  "ignore": []\n}\n';
  const cases: [who: string, underlinesJson: boolean, languageId: string, lines: string[]][] = [
    ['by itself', false, 'jsonc', ['3 comma', '4 key `profil`', '5 key `ignore`']],
    ['beside a client that tells broken JSON', true, 'jsonc', ['4 key `profil`']],
    ['beside such a client, in JSON', true, 'json', ['4 key `profil`']],
    ['beside such a client, in no JSON', true, 'plaintext', ['3 comma', '4 key `profil`', '5 key `ignore`']],
  ];
  for (const [who, underlinesJson, languageId, lines] of cases) {
    it(
      `has one underline for each fault: ${who}`,
      withClient({ underlinesJson, files: { [FILE]: BROKEN } }, async (client) => {
        const file = await client.open(FILE, BROKEN, languageId);
        const told = (await file.diagnostics()).map(({ range, message }) => {
          return `${range.start.line + 1} ${/comma|key `\w+`/.exec(String(message))?.[0]}`;
        });
        assert.deepEqual(told, lines);
        await client.open('a.ts', TEXT);
        const [status] = (await degraded(client)) ?? [];
        assert.match(
          status?.cause ?? '',
          /^Line 3: .*\(2 more\)$/,
          'the status tells all that is not in force',
        );
        assert.equal(client.takeLog().length, 3);
      }),
    );
  }
});
