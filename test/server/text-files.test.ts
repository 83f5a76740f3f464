// Files that are no code: settings, documents, any other text. They are checked by the rules that look at text.
import assert from 'node:assert/strict';
import { withClient } from './test-client';

const MODE = 'demo/text';

describe('server: files that are no code', () => {
  const settings: [string, string, string, string, string][] = [
    ['.env', 'dotenv', 'A=1\nMODE=debug # locally\n', 'debug', 'A=1\nMODE=live # locally\n'],
    ['a.yaml', 'yaml', 'env:\n  - x\n  - MODE: debug\n', 'debug', 'env:\n  - x\n  - MODE: live\n'],
    ['Dockerfile', 'dockerfile', 'FROM a\nENV B=1 MODE=debug\n', 'debug', 'FROM a\nENV B=1 MODE=live\n'],
    [
      ...(['package.json', 'json', '{ "env": { "MODE": "debug" } }', '"debug"'] as const),
      '{ "env": { "MODE": "live" } }',
    ],
  ];
  for (const [name, languageId, text, value, fixed] of settings) {
    it(
      `have their settings read and mended in ${name}`,
      withClient({}, async (client) => {
        const document = await client.open(name, text, languageId);
        const [finding] = await document.findings();
        assert.match(finding ?? 'no finding', /^warning .* demo\/text /);
        assert.ok(finding?.endsWith(JSON.stringify(value)), finding);
        const [fix] = await document.actionsAt(value, ['quickfix']);
        await document.apply(fix?.edit);
        assert.equal(document.text, fixed);
        assert.deepEqual(await document.findings(), []);
      }),
    );
  }

  it(
    'keep findings in step with edits',
    withClient({}, async (client) => {
      const document = await client.open('notes.txt', 'a password1 b', 'plaintext');
      assert.deepEqual(await document.findings(), [`warning 1:3-1:12 ${MODE} "password1"`]);
      await document.insertBefore('a', 'x\n');
      assert.deepEqual(await document.findings(), [`warning 2:3-2:12 ${MODE} "password1"`]);
      await document.replace(['password1', 'word']);
      assert.deepEqual(await document.findings(), []);
      assert.deepEqual(await document.actionsAt('word'), []);
    }),
  );

  it(
    'move findings along until a save where that is wanted',
    withClient({ settings: () => ({ run: 'onSave' }) }, async (client) => {
      const document = await client.open('notes.txt', 'a password1 b', 'plaintext');
      await document.findings();
      await document.insertBefore('a', 'password1\n');
      assert.deepEqual(await document.findings(), [`warning 2:3-2:12 ${MODE} "password1"`]);
      await document.save();
      assert.equal((await document.findings()).length, 2);
    }),
  );

  const comments: [string, string, string, string][] = [
    [
      'a.yaml',
      'yaml',
      'a:\n  b: password1\n',
      'a:\n  # countersign-disable-next-line demo/text -- known\n  b: password1\n',
    ],
    ['.env', 'dotenv', 'A=password1\n', '# countersign-disable-next-line demo/text -- known\nA=password1\n'],
    [
      'Dockerfile',
      'dockerfile',
      'ENV A=password1\n',
      '# countersign-disable-next-line demo/text -- known\nENV A=password1\n',
    ],
    [
      'a.md',
      'markdown',
      '# A\npassword1\n',
      '# A\n<!-- countersign-disable-next-line demo/text -- known -->\npassword1\n',
    ],
  ];
  const [HERE, IN_LINES] = ['countersign-disable-next-line demo/text -- known', 'a = password1\n'];
  for (const [name, before, behind] of [
    ['a.sql', '-- ', ''],
    ['db.rules', '// ', ''],
    ['main.tf', '# ', ''],
    ['a.py', '# ', ''],
    ['run.sh', '# ', ''],
    ['a.toml', '# ', ''],
    ['a.ini', '# ', ''],
    ['Makefile', '# ', ''],
    ['a.go', '// ', ''],
    ['a.css', '/* ', ' */'],
    ['a.jsonc', '// ', ''],
    ['a.html', '<!-- ', ' -->'],
    ['a.clj', '; ', ''],
    ['a.tex', '% ', ''],
  ] as const) {
    comments.push([name, 'plaintext', IN_LINES, `${before}${HERE}${behind}\n${IN_LINES}`]);
  }
  comments.push([
    'page.html',
    'html',
    '<script>\n  a = "password1";\n</script>\n',
    `<script>\n  /* ${HERE} */\n  a = "password1";\n</script>\n`,
  ]);
  for (const [name, languageId, text, suppressed] of comments) {
    it(
      `are suppressed by a comment in ${name}`,
      withClient({}, async (client) => {
        const document = await client.open(name, text, languageId);
        await document.apply(await document.suppress('password1', { ruleId: MODE }));
        assert.equal(document.text, suppressed);
        assert.deepEqual(await document.findings(), []);
        await document.replace(['password1', 'word']);
        assert.match((await document.findings()).join(), /suppression\/unused/);
      }),
    );
  }

  it(
    'are suppressed as a whole',
    withClient({}, async (client) => {
      const document = await client.open('.env', 'A=password1\nB=password1\n', 'dotenv');
      await document.apply(await document.suppress('password1', { ruleId: MODE, scope: 'file' }));
      assert.equal(
        document.text,
        '# countersign-disable-file demo/text -- known\nA=password1\nB=password1\n',
      );
      assert.deepEqual(await document.findings(), []);
    }),
  );

  const refused: [string, string, string, RegExp][] = [
    ['a.json', 'json', '{ "a": "password1" }', /no comments/],
    ['a.txt', 'plaintext', 'password1', /no comments/],
    ['a.yaml', 'yaml', 'a: |\n  password1\n', /inside a string/],
    ['a.sql', 'sql', "insert into a values ('\npassword1\n');\n", /inside a string/],
    ['a.py', 'python', 'a = """\npassword1\n"""\n', /inside a string/],
  ];
  for (const [name, languageId, text, why] of refused) {
    it(
      `cannot be suppressed by a comment that would be text in ${name}`,
      withClient({}, async (client) => {
        const document = await client.open(name, text, languageId);
        await assert.rejects(document.suppress('password1', { ruleId: MODE }), why);
      }),
    );
  }

  const RC = '.countersignrc.json';
  const CONFIGURATIONS: readonly (readonly [name: string, before: string, after: string])[] = [
    [
      'has no list yet',
      '{\n  // ours\n  "profile": "strict"\n}\n',
      '{\n  // ours\n  "profile": "strict",\n  "suppress": [\n    {\n      "rule": "demo/text",\n      "files": "web/\\\\[id\\\\].json",\n      "reason": "known"\n    }\n  ]\n}\n',
    ],
    [
      'has a list',
      '{\n  "suppress": [\n    { "rule": "demo/safe", "files": "a.ts", "reason": "seen" }\n  ]\n}\n',
      '{\n  "suppress": [\n    { "rule": "demo/safe", "files": "a.ts", "reason": "seen" },\n    { "rule": "demo/text", "files": "web/\\\\[id\\\\].json", "reason": "known" }\n  ]\n}\n',
    ],
  ];
  for (const [how, before, after] of CONFIGURATIONS) {
    it(
      `are suppressed in the configuration where they have no comments, which ${how}`,
      withClient({ files: { [RC]: before } }, async (client) => {
        const document = await client.open('web/[id].json', '{ "a": "password1" }', 'json');
        const actions = await document.actionsAt('password1', ['quickfix.suppress']);
        assert.deepEqual(
          actions.map(({ title }) => title),
          [`Disable ${MODE} for this file in ${RC}…`],
        );
        const configuration = await client.open(RC, before, 'jsonc');
        const [request] = actions[0]?.command?.arguments ?? [];
        await configuration.apply(await document.suppress('password1', request));
        assert.equal(configuration.text, after);
        const once = await client.open('web/other.json', '{ "a": "password1" }', 'json');
        await client.changeFiles({ [RC]: after });
        assert.deepEqual(await document.findings(), []);
        assert.equal((await once.findings()).length, 1);
        client.takeRefreshes();
      }),
    );
  }

  it(
    'are not suppressed in a configuration that is broken',
    withClient({ files: { [RC]: '{ "suppress": ' } }, async (client) => {
      const document = await client.open('a.json', '{ "a": "password1" }', 'json');
      const asked = document.suppress('password1', { ruleId: MODE, scope: 'file' });
      await assert.rejects(asked, /Mend it and try again/);
      client.takeLog();
      client.takeRefreshes();
    }),
  );

  it(
    'say when their settings cannot be read',
    withClient({}, async (client) => {
      const deep = `${'['.repeat(20_000)}"MODE"`;
      await client.open('deep.json', deep, 'json');
      await client.advance(5_000);
      assert.match(client.statuses.at(-1)?.degraded[0]?.cause ?? 'nothing', /nested too deeply/);
    }),
  );
});
