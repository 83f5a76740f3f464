// What a hook does when things happen in an order that nobody would choose: in this process, where a test has the order
// in its hands.
import assert from 'node:assert/strict';
import { findingsToTell } from '../../server/src/cli/hook/feedback';
import { recordEdits } from '../../server/src/cli/hook/record-edits';
import type { AgentEvent } from '../../server/src/origin/recorder/agent-event';
import { AGENTS, type AgentName } from '../../server/src/origin/recorder/payloads/agent-names';
import { TestRepository } from '../origin/test-repository';

const FIRST = 'const a = 1;\nconst b = first(a);\n';
const SECOND = 'const a = 1;\nconst b = second(a);\n';

describe('a hook', () => {
  let repository: TestRepository;
  beforeEach(() => {
    repository = new TestRepository();
    repository.write('a.ts', FIRST);
  });
  afterEach(() => repository.remove());

  const event = (agent: AgentName): AgentEvent => ({
    ...{ tool: AGENTS[agent], model: 'm', session: 's', toolUseId: 'call_1', time: undefined },
    ...{ folder: repository.folder, answer: 'block', isStop: false, isRepeated: false },
    edits: [{ path: 'a.ts', replacements: [{ before: 'first', after: 'second', isEverywhere: false }] }],
  });

  /** @param wait called for each time that is waited. */
  const record = async (agent: AgentName, wait: (milliseconds: number) => void) => {
    const parts = { now: Date.now, workingFolder: repository.folder, model: () => undefined };
    const recorded = await recordEdits(event(agent), { ...parts, wait: async (time) => wait(time) });
    return recorded.flatMap(({ ranges }) => ranges);
  };

  it('that VS Code calls too early waits for the edit, though the file was written just before', async () => {
    const waited: number[] = [];
    const ranges = await record('copilot', (milliseconds) => {
      waited.push(milliseconds);
      if (waited.length === 2) repository.write('a.ts', SECOND);
    });
    assert.deepEqual(ranges, [{ start: 1, end: 2 }]);
    assert.deepEqual(waited, [80, 240]);
  });

  it('of another agent keeps it waiting for nothing', async () => {
    const ranges = await record('claude', () => assert.fail('it waited'));
    assert.deepEqual(ranges, []);
  });

  it('gives up after a third of a second', async () => {
    let waited = 0;
    assert.deepEqual(
      await record('copilot', (milliseconds) => {
        waited += milliseconds;
      }),
      [],
    );
    assert.equal(waited, 320);
  });

  it('answers alone where two are told of one edit at the same time', async () => {
    repository.write('a.ts', SECOND);
    const recorded = await recordEdits(event('claude'), {
      ...{ now: Date.now, workingFolder: repository.folder, model: () => undefined },
      wait: async () => {},
    });
    // Neither saw the record of the other.
    assert.deepEqual(
      recorded.map(({ isKnown }) => isKnown),
      [false],
    );
    const finding = { file: 'a.ts', line: 2, column: 1, severity: 'error', ruleId: 'a/b', message: 'No.' };
    const answer = (id: string) =>
      findingsToTell({ ...event('claude'), toolUseId: id }, recorded, {
        ...{ now: Date.now, workingFolder: repository.folder },
        find: async () => [{ ...finding, fingerprint: 'f' }],
      });
    const told = await Promise.all([answer('call_1'), answer('call_1'), answer('call_1')]);
    assert.deepEqual(told.map(({ length }) => length).sort(), [0, 0, 1]);
    assert.equal((await answer('call_2')).length, 1, 'it counted once');
    assert.equal((await answer('call_3')).length, 0, 'twice in a conversation');
  });
});
