/** What a payload tells, for tests: an edit of one file, and which lines of it were written. */
import assert from 'node:assert/strict';
import type { AgentEvent } from '../../../server/src/origin/recorder/agent-event';
import type { AgentName } from '../../../server/src/origin/recorder/payloads/agent-names';
import { readPayload } from '../../../server/src/origin/recorder/payloads/read-payload';
import { writtenLines } from '../../../server/src/origin/recorder/written-lines';

export const PATH = '/home/ada/shop/src/cart.ts';
export const BEFORE = 'const a = 1;\nconst b = 2;\nconst c = 3;\n';
export const AFTER = 'const a = 1;\nconst b = 20;\nconst d = 4;\nconst c = 3;\n';

export function read(agent: AgentName, payload: object | string): AgentEvent {
  const event = readPayload(agent, typeof payload === 'string' ? payload : JSON.stringify(payload));
  return event ?? assert.fail('it is a payload');
}

/** `1-2 exact` for the lines that the only edit wrote, from 0 with the end excluded. */
export function written(event: AgentEvent, text = AFTER): string {
  assert.equal(event.edits.length, 1);
  const [edit] = event.edits;
  assert.ok(edit);
  const found = writtenLines(edit, text);
  return found
    ? `${found.ranges.map(({ start, end }) => `${start}-${end}`).join(' ')} ${found.placing}`
    : 'nowhere';
}
