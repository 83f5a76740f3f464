// A client that cannot pull is sent the findings; it has no settings, no commands and no versions either.
import assert from 'node:assert/strict';
import { withClient } from './test-client';

describe('server: a client that is pushed to', () => {
  it(
    'is sent the findings with their version after opening and after each change, and none after closing',
    withClient({ profile: 'minimal' }, async (client) => {
      const document = await client.open('a.ts', 'escape(a);');
      await client.quiet();
      const [opened, ...more] = client.takePublished();
      assert.deepEqual(more, []);
      assert.deepEqual([opened?.uri, opened?.version], [document.uri, 1]);
      assert.deepEqual(document.print(opened?.diagnostics ?? []), ['warning 1:1-1:7 demo/safe "escape"']);

      await document.replace(['escape', 'parseInt']);
      await document.replace(['(a', '(b']);
      await client.quiet();
      const changed = client.takePublished();
      assert.equal(changed.at(-1)?.version, 3);
      assert.deepEqual(document.print(changed.at(-1)?.diagnostics ?? []), [
        'warning 1:1-1:9 demo/unsafe "parseInt"',
      ]);

      await document.close();
      await client.quiet();
      assert.deepEqual(client.takePublished(), [{ uri: document.uri, diagnostics: [] }]);
      await client.advance(60_000);
    }),
  );

  it(
    'is sent what a pause settled',
    withClient({ profile: 'minimal' }, async (client) => {
      const methods = Array.from(
        { length: 40 },
        (_, i) => `  m${i}() {\n    return escape(${i}, "${'some text '.repeat(5)}");\n  }\n`,
      );
      const document = await client.open('a.ts', `class A {\n${methods.join('\n')}}\n`);
      await document.insertBefore('  m5()', '  later = () => {\n');
      await client.quiet();
      assert.equal(client.takePublished().at(-1)?.diagnostics.length, 40);
      await client.advance(5_000);
      const settled = client.takePublished();
      assert.equal(settled.length, 1, 'it is told once');
      assert.equal(settled[0]?.version, 2);
      assert.ok((settled[0]?.diagnostics.length ?? 40) < 40);
    }),
  );

  it(
    'is offered fixes without versions, and nothing that needs a command',
    withClient({ profile: 'minimal' }, async (client) => {
      const document = await client.open('a.ts', 'escape(a);');
      await client.quiet();
      client.takePublished();
      client.host.pages.set('demo/safe', '# demo/safe');
      const actions = await document.actionsAt('escape');
      assert.deepEqual(
        actions.map(({ title }) => title),
        [
          'Call encodeURIComponent',
          'Disable demo/safe for this line, with a reason that you write',
          'Disable demo/safe for the entire file, with a reason that you write',
        ],
      );
      assert.deepEqual(Object.keys(actions[0]?.edit ?? {}), ['changes']);
      await document.apply(actions[0]?.edit);
      await client.quiet();
      assert.equal(document.text, 'encodeURIComponent(a);');
      assert.deepEqual(client.takePublished().at(-1)?.diagnostics, []);
      assert.deepEqual(client.statuses, [], 'it knows nothing of our notifications');
    }),
  );
});
