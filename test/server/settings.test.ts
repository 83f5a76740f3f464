// The client's settings decide what is shown, and take effect at once.
import assert from 'node:assert/strict';
import { withClient } from './test-client';

const TEXT = 'escape(a);\nbtoa(b);\nparseInt(c);\n';
const SAFE = 'warning 1:1-1:7 demo/safe "escape"';
const MEDIUM = 'warning 2:1-2:5 demo/medium "btoa"';
const UNSAFE = 'warning 3:1-3:9 demo/unsafe "parseInt"';

const customized = (...customizations: unknown[]) => ({ rules: { customizations } });

describe('server: settings', () => {
  const cases: [string, unknown, string[]][] = [
    ['the defaults', {}, [SAFE, UNSAFE]],
    ['no answer', null, [SAFE, UNSAFE]],
    ['the strict profile', { profile: 'strict' }, [SAFE, MEDIUM, UNSAFE]],
    ['switched off', { enable: false }, []],
    ['a rule off', customized({ rule: 'demo/safe', severity: 'off' }), [UNSAFE]],
    ['all rules off', customized({ rule: '*', severity: 'off' }), []],
    [
      'a rule of medium confidence that is named',
      customized({ rule: 'demo/medium', severity: 'error' }),
      [SAFE, MEDIUM.replace('warning', 'error'), UNSAFE],
    ],
    [
      'a group moved one level up, and one of it taken back',
      customized({ rule: 'demo/*', severity: 'upgrade' }, { rule: 'demo/safe', severity: 'default' }),
      [SAFE, UNSAFE.replace('warning', 'error')],
    ],
  ];
  for (const [name, settings, findings] of cases) {
    it(
      `hold from the start: ${name}`,
      withClient({ settings: () => settings }, async (client) => {
        const document = await client.open('a.ts', TEXT);
        assert.deepEqual(await document.findings(), findings);
      }),
    );

    it(
      `take effect with one request to pull: ${name}`,
      withClient({ settings: () => customized({ rule: 'demo/safe', severity: 'hint' }) }, async (client) => {
        const document = await client.open('a.ts', TEXT);
        const other = await client.open('b.ts', TEXT);
        const { resultId } = await document.pull();
        await other.pull();
        await client.changeSettings(() => settings);
        await client.advance(1_000);
        assert.equal(client.takeRefreshes(), 1);
        assert.equal((await document.pull(resultId)).kind, 'full');
        assert.deepEqual(await document.findings(), findings);
        assert.deepEqual(await other.findings(), findings);
      }),
    );
  }

  it(
    'are those of each document',
    withClient({ settings: (uri) => ({ enable: !uri.includes('/off/') }) }, async (client) => {
      const on = await client.open('on/a.ts', TEXT);
      const off = await client.open('off/a.ts', TEXT);
      assert.deepEqual(await on.findings(), [SAFE, UNSAFE]);
      assert.deepEqual(await off.findings(), []);
      assert.deepEqual(await off.actionsAt('escape'), []);
      assert.equal(await off.hoverAt('escape'), null);
    }),
  );

  it(
    'are asked for once, whatever is asked at the same time',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', TEXT);
      await Promise.all([
        document.pull(),
        document.hoverAt('escape'),
        document.actionsAt('a'),
        document.pull(),
      ]);
      await client.advance(1_000);
      await document.pull();
      assert.deepEqual(client.asked, [document.uri]);
    }),
  );

  it(
    'that were asked for before a change do not undo it',
    withClient({}, async (client) => {
      const answers: (() => void)[] = [];
      let profile = 'strict';
      client.beforeSettings = () => new Promise((resolve) => answers.push(resolve));
      client.settings = () => ({ profile });
      const document = await client.open('a.ts', TEXT);
      const early = document.findings();
      await client.quiet();
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
      await client.quiet();
      assert.equal(answers.length, 2, 'the settings are asked for again');
      answers[1]?.();
      await client.quiet();
      profile = 'recommended'; // What the first question is answered with, too late.
      answers[0]?.();
      assert.deepEqual(await early, [SAFE, MEDIUM, UNSAFE]);
      assert.deepEqual(await document.findings(), [SAFE, MEDIUM, UNSAFE]);
      await client.advance(1_000);
      client.takeRefreshes();
    }),
  );

  it(
    'that are wrong are told, and their defaults hold',
    withClient({}, async (client) => {
      const settings = { enable: 'yes', run: 'never', profile: 'lax', rules: customized().rules };
      client.settings = () => settings;
      const document = await client.open('a.ts', TEXT);
      assert.deepEqual(await document.findings(), [SAFE, UNSAFE]);
      assert.deepEqual(client.takeLog(), [
        'warn: The setting countersign.enable must be true or false; its default is used.',
        'warn: The setting countersign.run must be "onType" or "onSave"; its default is used.',
        'warn: The setting countersign.profile must be "default", "recommended" or "strict"; its default is used.',
      ]);
      for (const rules of [
        [],
        'demo/safe',
        { customizations: {} },
        customized(7, null, { rule: 'x' }).rules,
      ]) {
        await client.changeSettings(() => ({ rules }));
        assert.deepEqual(await document.findings(), [SAFE, UNSAFE]);
        const [problem, ...others] = client.takeLog();
        assert.match(problem ?? '', /^warn: The setting countersign\.rules(\.customizations)? must be/);
        assert.deepEqual(others, []);
      }
      await client.changeSettings(() =>
        customized({ rule: 'demo/safe', severity: 'off' }, { rule: 'demo/unsafe', severity: 'loud' }),
      );
      assert.deepEqual(await document.findings(), [UNSAFE], 'the right entry beside a wrong one holds');
      assert.equal(client.takeLog().length, 1);
      await client.advance(1_000);
      client.takeRefreshes();
    }),
  );

  it(
    'that the client fails to tell are the defaults, and the server goes on',
    withClient({}, async (client) => {
      client.beforeSettings = () => Promise.reject(new Error('no settings today'));
      const document = await client.open('a.ts', TEXT);
      assert.deepEqual(await document.findings(), [SAFE, UNSAFE]);
      assert.match(client.takeLog().join(), /^warn: The client did not tell its settings.*no settings today/);
    }),
  );
});

describe('server: run on save', () => {
  it(
    'keeps the findings, moved along, until the file is saved',
    withClient({ settings: () => ({ run: 'onSave' }) }, async (client) => {
      const document = await client.open('a.ts', TEXT);
      assert.deepEqual(await document.findings(), [SAFE, UNSAFE], 'an opened file is checked');
      await document.insertBefore('escape', 'atob(x);\n');
      const moved = [SAFE, UNSAFE].map((line) => line.replace(/\d(?=:)/g, (n) => `${Number(n) + 1}`));
      assert.deepEqual(await document.findings(), moved);
      const actions = await document.actionsAt('escape');
      assert.ok(
        actions.every(({ edit }) => !edit),
        'its fixes are of an earlier text',
      );
      await document.replace(['parseInt', 'parse']);
      assert.deepEqual(await document.findings(), moved.slice(0, 1), 'an edited finding is gone');
      await client.advance(5_000);
      assert.equal(client.takeRefreshes(), 0);
      await document.save();
      await document.expectFresh('saving');
      await client.advance(5_000);
      assert.equal(client.takeRefreshes(), 1, 'the saved file has other findings');
      await document.save();
      await client.advance(5_000);
      assert.equal(client.takeRefreshes(), 0, 'nothing changed since');
    }),
  );

  it(
    'shows what was put off when the setting is changed back',
    withClient({ settings: () => ({ run: 'onSave' }) }, async (client) => {
      const document = await client.open('a.ts', TEXT);
      await document.findings();
      await document.replace(['escape', 'atob'], ['parseInt', 'x']);
      assert.deepEqual(await document.findings(), []);
      await client.changeSettings(() => ({}));
      assert.deepEqual(await document.findings(), ['warning 1:1-1:5 demo/related "atob"']);
      await client.advance(1_000);
      assert.equal(client.takeRefreshes(), 1);
    }),
  );
});

describe('server: workspace folders', () => {
  it(
    'that come and go decide which path a file has',
    withClient({ folders: ['file:///project'] }, async (client) => {
      const document = await client.open('test/sample/a.ts', 'escape(a);');
      assert.deepEqual(await document.findings(), ['hint 1:1-1:7 demo/safe "escape"']);
      const folder = (uri: string) => ({ uri, name: uri });
      await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: { added: [folder('file:///project/test/sample')], removed: [folder('file:///project')] },
      });
      await client.advance(1_000);
      assert.equal(client.takeRefreshes(), 1);
      assert.deepEqual(await document.findings(), ['warning 1:1-1:7 demo/safe "escape"']);
      await document.replace(['escape', 'parseInt']);
      assert.deepEqual(await document.findings(), ['warning 1:1-1:9 demo/unsafe "parseInt"']);
    }),
  );
});
