// Documents that are too large or too slow for the server's thread: checked elsewhere, with everything else at hand.
import assert from 'node:assert/strict';
import { SUPPRESSIONS_REQUEST, type SuppressionsAnswer } from '../../protocol/suppressions';
import type { Rule } from '../../server/src/analysis/rule';
import type { TextAnswer, TextJob } from '../../server/src/session/text-job';
import type { StartTextRun } from '../../server/src/session/text-runs';
import type { Ending } from '../../server/src/workspace/watched-worker';
import { type TestClient, withClient } from './test-client';
import { safeRule } from './test-rules';

const LARGE = `escape(a);\n${'// a line\n'.repeat(110_000)}`;
const SAFE = 'warning 1:1-1:7 demo/safe "escape"';
const SLOW =
  'Checking it takes longer than 2 s, so it was not checked. Split it, or leave it out with `ignore` in .countersignrc.json if nobody maintains it by hand.';

/** Runs that a test ends by itself. */
class Runs {
  readonly begun: {
    readonly job: TextJob;
    isCancelled: boolean;
    end: (ending: Ending<TextAnswer>) => void;
  }[] = [];

  readonly start: StartTextRun = (job) => {
    let end!: (ending: Ending<TextAnswer>) => void;
    const ending = new Promise<Ending<TextAnswer>>((resolve) => {
      end = resolve;
    });
    const run = { job, isCancelled: false, end };
    this.begun.push(run);
    return {
      ending,
      cancel: () => {
        run.isCancelled = true;
      },
    };
  };
}

const NOTHING: TextAnswer = { findings: [], suppressions: [], cause: undefined, took: 1_000, errors: [] };
const lastStatus = ({ statuses }: TestClient) => statuses.at(-1);

describe('server: a large document', () => {
  it(
    'has its findings, hovers and suppressions, and neither fixes nor other edits',
    withClient({}, async (client) => {
      const text = `escape(a);\n// countersign-disable-next-line demo/safe -- made for a test\nescape(b);\n${LARGE}`;
      const document = await client.open('a.ts', text);
      await client.advance(100);
      assert.deepEqual(await document.findings(), [SAFE, 'warning 4:1-4:7 demo/safe "escape"']);
      assert.equal(client.takeRefreshes(), 1);
      assert.deepEqual(lastStatus(client), { state: 'ready', degraded: [] });
      assert.ok(await document.hoverAt('escape'));
      const titles = (await document.actionsAt('escape')).map(({ title }) => title);
      assert.deepEqual(titles, []);
      const answer: SuppressionsAnswer = await client.connection.sendRequest(SUPPRESSIONS_REQUEST);
      assert.deepEqual(
        answer.suppressions.map(({ state, hidden }) => [state, hidden.length]),
        [['active', 1]],
      );
      assert.deepEqual(answer.pending, []);
    }),
  );

  const runs = new Runs();
  it(
    'is checked anew after a pause; a newer text ends the run of the older one',
    withClient({ startRun: runs.start }, async (client) => {
      const document = await client.open('a.ts', LARGE);
      await client.advance(100);
      assert.notEqual(lastStatus(client)?.state, 'ready');
      await document.insertBefore('escape', 'x();\n');
      await client.quiet();
      assert.deepEqual([runs.begun.length, runs.begun[0]?.isCancelled], [1, true]);
      await client.advance(200);
      await document.insertBefore('escape', 'y();\n');
      await client.advance(200);
      assert.equal(runs.begun.length, 1, 'while somebody types');
      await client.advance(200);
      assert.equal(runs.begun.length, 2);
      assert.ok(runs.begun[1]?.job.text.startsWith('x();\ny();\nescape'));
      // What comes of the older one after all is of no interest.
      runs.begun[0]?.end({ answer: { ...NOTHING, cause: 'It is old.' } });
      runs.begun[1]?.end({ failure: 'time', error: 'It took longer than 2 s.', soFar: undefined });
      await client.advance(3_000);
      assert.deepEqual(lastStatus(client), {
        state: 'ready',
        degraded: [{ uri: document.uri, cause: SLOW }],
      });
      assert.match(client.takeLog().join(), /^warn: a\.ts was not checked: It took longer/);
      await document.close();
      await client.advance(100);
      assert.deepEqual(lastStatus(client), { state: 'ready', degraded: [] });
    }),
  );

  it(
    'is not checked at all above 5 MB, and that is told',
    withClient({ startRun: () => assert.fail('it is checked') }, async (client) => {
      const document = await client.open('a.ts', `escape(a);\n${'// a line\n'.repeat(550_000)}`);
      await client.advance(100);
      const cause = 'It is larger than 5 MB and was not checked.';
      assert.deepEqual(lastStatus(client), { state: 'ready', degraded: [{ uri: document.uri, cause }] });
      await document.close();
    }),
  );

  it(
    'is an ordinary one again when it became short',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', LARGE);
      await client.advance(100);
      client.takeRefreshes();
      await document.rewrite('escape(a);\n');
      await client.advance(1_000);
      assert.deepEqual(await document.findings(), [SAFE]);
      const titles = (await document.actionsAt('escape')).map(({ title }) => title);
      assert.equal(titles[0], 'Call encodeURIComponent');
      client.takeRefreshes();
    }),
  );

  const saved = new Runs();
  it(
    'is checked when it is saved, where the person wants it so',
    withClient({ startRun: saved.start, settings: () => ({ run: 'onSave' }) }, async (client) => {
      const document = await client.open('a.ts', LARGE);
      await document.findings();
      saved.begun[0]?.end({ answer: NOTHING });
      await client.quiet();
      await document.insertBefore('escape', 'x();\n');
      await client.advance(1_000);
      assert.equal(saved.begun.length, 1);
      await document.save();
      await client.quiet();
      assert.equal(saved.begun.length, 2);
    }),
  );
});

describe('server: a slow document', () => {
  const runs = new Runs();
  const clock = { advance: (_: number) => {} };
  const slowRule: Rule = {
    ...safeRule,
    *check(facts) {
      clock.advance(300);
      yield* safeRule.check?.(facts) ?? [];
    },
  };

  it(
    'is given up and checked elsewhere',
    withClient({ startRun: runs.start, rules: [slowRule] }, async (client) => {
      const document = await client.open('a.ts', 'escape(a);\n'.repeat(3));
      await client.quiet();
      assert.equal(runs.begun.length, 0);
      clock.advance = (milliseconds) => client.host.advance(milliseconds);
      await document.insertBefore('escape', 'escape(b);\n'.repeat(10));
      await client.quiet();
      assert.equal(runs.begun.length, 1);
      assert.ok(runs.begun[0]?.job.text.startsWith('escape(b);\n'));
      runs.begun[0]?.end({ answer: NOTHING });
      clock.advance = () => {};
      await client.advance(3_000);
      client.takeRefreshes();
      await document.close();
    }),
  );

  it(
    'is one whose syntax is nested without end',
    withClient({ startRun: runs.start }, async (client) => {
      const before = runs.begun.length;
      await client.open('a.ts', `escape(${'('.repeat(6_000)}a${')'.repeat(6_000)});`);
      await client.quiet();
      assert.equal(runs.begun.length, before + 1);
      await client.open('b.ts', `escape(${'('.repeat(100)}a${')'.repeat(100)});`);
      await client.quiet();
      assert.equal(runs.begun.length, before + 1);
    }),
  );
});
