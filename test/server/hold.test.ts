// A stray brace makes a parser lose most of a file; for as long as it is typed the findings stay and move along.
import assert from 'node:assert/strict';
import { withClient } from './test-client';

const METHODS = Array.from(
  { length: 40 },
  (_, i) =>
    `  method${i}(argument: string) {\n    return escape(argument) + parseInt(argument, ${i});\n  }\n`,
);
const BIG_CLASS = `class Big {\n${METHODS.join('\n')}}\n`;
const OPEN = '  later = () => {\n';
const CLOSE = '  };\n';
const FINDINGS = 2 * METHODS.length;

describe('server: a stray brace in a big class', () => {
  it(
    'keeps the findings, moved along, until the closing brace makes all fresh',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', BIG_CLASS);
      const before = await document.findings();
      assert.equal(before.length, FINDINGS);
      await document.insertBefore('  method5(', OPEN);
      const held = await document.findings();
      assert.equal(held.length, FINDINGS, 'the brace took findings away');
      assert.equal(held[0], before[0]);
      assert.match(held[20] ?? '', / 44:12-44:18 demo\/safe "escape"/, 'it did not move along');
      assert.deepEqual(await document.actionsAt('escape', ['quickfix.countersign']), []);
      await document.insertBefore('  method5(', CLOSE);
      assert.equal((await document.findings()).length, FINDINGS);
      await document.expectFresh('the closing brace');
      await client.advance(5000);
      assert.equal(client.takeRefreshes(), 0, 'nothing changed without an edit');
    }),
  );

  it(
    'takes a finding away whose own text is edited',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', BIG_CLASS);
      await document.insertBefore('  method5(', OPEN);
      await document.replace(['escape(argument) + parseInt(argument, 7)', 'other(argument)']);
      assert.equal((await document.findings()).length, FINDINGS - 2);
      await document.insertBefore('(argument, 9)', ' ');
      assert.equal((await document.findings()).length, FINDINGS - 2, 'text behind a finding is not its own');
      await document.insertBefore('escape(argument) + parseInt (argument, 9)', '!');
      assert.equal((await document.findings()).length, FINDINGS - 2, 'nor is text before it');
      await document.replace([' + parseInt(argument, 11)', '']);
      assert.equal(
        (await document.findings()).length,
        FINDINGS - 3,
        'what is typed while held is checked later',
      );
      await document.insertBefore('  method5(', CLOSE);
      await document.expectFresh('the closing brace');
      assert.equal((await document.findings()).length, FINDINGS - 3);
      await client.advance(5000);
      assert.equal(client.takeRefreshes(), 0);
    }),
  );

  it(
    'is believed after two seconds, and the client is told once',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', BIG_CLASS);
      await document.insertBefore('  method5(', OPEN);
      const { resultId } = await document.pull();
      await client.advance(1_900);
      assert.equal((await document.findings()).length, FINDINGS);
      assert.equal((await document.pull(resultId)).kind, 'unchanged', 'a pause is not the end of a hold');
      assert.equal(client.takeRefreshes(), 0);
      await client.advance(200);
      assert.equal(client.takeRefreshes(), 1, 'the client is asked to pull once');
      await document.expectFresh('two seconds');
      assert.ok((await document.findings()).length < FINDINGS, 'the test needs a brace that loses something');
      await client.advance(60_000);
      assert.equal(client.takeRefreshes(), 0, 'nothing more happens');
    }),
  );

  it(
    'is believed after two seconds also when there is no pause in typing',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', BIG_CLASS);
      await document.insertBefore('  method5(', OPEN);
      for (let typed = 0; typed < 25; typed++) {
        await document.type('class', ' ');
        await client.advance(100);
      }
      assert.ok((await document.findings()).length < FINDINGS, 'the hold never ended');
      client.takeRefreshes();
    }),
  );

  it(
    'is told as the reason why a file is not wholly checked',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', BIG_CLASS);
      await client.advance(100);
      assert.deepEqual(client.statuses.at(-1), { state: 'ready', degraded: [] });
      await document.insertBefore('  method5(', OPEN);
      await client.advance(1_900);
      assert.deepEqual(client.statuses.at(-1)?.degraded, [], 'somebody may still be typing');
      await client.advance(5_000);
      assert.match(client.statuses.at(-1)?.degraded[0]?.cause ?? '', /^The syntax has an error at line \d+/);
      await document.replace([OPEN, '']);
      await client.advance(100);
      assert.deepEqual(client.statuses.at(-1)?.degraded, [], 'good news is told at once');
      client.takeRefreshes();
    }),
  );

  it(
    'is not told again and again',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', BIG_CLASS);
      await document.insertBefore('  method5(', OPEN);
      await client.advance(5_000);
      assert.equal(client.takeRefreshes(), 1);
      const told = client.statuses.length;
      for (const marker of ['class', 'class', 'class']) {
        await document.insertBefore(marker, ' ');
        await client.advance(5_000);
      }
      assert.equal(client.takeRefreshes(), 0, 'a pause changed nothing');
      assert.equal(client.statuses.length, told, 'the status is the same');
    }),
  );

  it(
    'held anew directly after saving is held for two seconds of its own',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', BIG_CLASS);
      await document.insertBefore('  method30(', OPEN);
      await client.advance(1_500);
      await document.save();
      const saved = (await document.findings()).length;
      assert.ok(saved < FINDINGS, 'saving ends a hold');
      await document.insertBefore('  method10(', OPEN);
      await client.advance(1_000);
      assert.equal((await document.findings()).length, saved, 'the second hold ended early');
      await client.advance(5_000);
      assert.ok((await document.findings()).length < saved, 'the test needs a brace that loses something');
      client.takeRefreshes();
    }),
  );

  it(
    'is believed at once when the file is saved; the next hold lasts its own two seconds',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', BIG_CLASS);
      await document.insertBefore('  method5(', OPEN);
      await client.advance(1_000);
      await document.save();
      await document.expectFresh('saving');
      await client.advance(60_000);
      assert.equal(client.takeRefreshes(), 1, 'the saved file has other findings');
      await document.replace([OPEN, '']);
      await document.expectFresh('the brace taken away');
      await client.advance(60_000);
      await document.insertBefore('  method5(', OPEN);
      await client.advance(1_900);
      assert.equal((await document.findings()).length, FINDINGS, 'the second hold ended early');
      await client.advance(60_000);
      client.takeRefreshes();
    }),
  );
});
