import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ServerPhase } from '../../client/src/server-phase';
import { type StatusFacts, statusView } from '../../client/src/status-text';
import type { StatusParams } from '../../protocol/messages';
import { english } from './english';

const view = (facts: Partial<StatusFacts> & { phase: ServerPhase }) =>
  statusView({ enabled: true, trusted: true, lastFailure: undefined, findings: 0, ...facts }, english);

const running = (status?: Partial<StatusParams>): ServerPhase => ({
  kind: 'running',
  since: 0,
  status: status && { state: 'ready', degraded: [], ...status },
});

describe('status bar', () => {
  const states: [string, string, Partial<StatusFacts> & { phase: ServerPhase }][] = [
    ['starting', '$(loading~spin) Countersign', { phase: { kind: 'starting' } }],
    [
      'starting',
      '$(sync~spin) Countersign: restarting',
      { phase: { kind: 'waiting', reason: 'x', waitMs: 1 } },
    ],
    ['running', '$(loading~spin) Countersign', { phase: running() }],
    ['running', '$(loading~spin) Countersign', { phase: running({ state: 'running' }), findings: 3 }],
    ['ok', '$(pass) Countersign', { phase: running({}) }],
    ['findings', '$(issues) Countersign: 3', { phase: running({}), findings: 3 }],
    [
      'degraded',
      '$(warning) Countersign: 3',
      { phase: running({ degraded: [{ uri: 'a', cause: 'b' }] }), findings: 3 },
    ],
    ['degraded', '$(warning) Countersign', { phase: running({ degraded: [{ uri: 'a', cause: 'b' }] }) }],
    ['failed', '$(error) Countersign: failed', { phase: { kind: 'failed', reason: 'x' }, enabled: false }],
    ['off', '$(circle-slash) Countersign: off', { phase: { kind: 'stopped' } }],
    ['off', '$(circle-slash) Countersign: off', { phase: running({}), findings: 3, enabled: false }],
  ];
  for (const [state, text, facts] of states) {
    it(`says “${text}” when the state is ${state}`, () => {
      const shown = view(facts);
      assert.deepEqual([shown.state, shown.text], [state, text]);
    });
  }

  it('says one problem and several problems as people do', () => {
    assert.equal(
      view({ phase: running({}), findings: 1 }).summary,
      'Countersign found 1 problem in the open files.',
    );
    assert.equal(
      view({ phase: running({}), findings: 2 }).summary,
      'Countersign found 2 problems in the open files.',
    );
  });

  it('lists what was not checked by name and cause, ten at most', () => {
    const degraded = Array.from({ length: 12 }, (_, index) => ({
      uri: `file:///project/big%20${index}.ts`,
      cause: 'over 1 MB',
    }));
    const { details, summary } = view({ phase: running({ degraded }) });
    assert.equal(summary, 'Countersign found nothing in the open files. Not everything was checked.');
    assert.equal(details[0], 'big 0.ts: over 1 MB');
    assert.equal(details.length, 11);
    assert.match(details[10]!, /^2 more/);
  });

  it('keeps a name that is no valid URI', () => {
    const degraded = [{ uri: 'file:///project/100%.ts', cause: 'cannot be read' }];
    assert.deepEqual(view({ phase: running({ degraded }) }).details, ['100%.ts: cannot be read']);
  });

  it('says afterwards that the server had ended by itself', () => {
    const { details } = view({ phase: running({}), lastFailure: { time: 0, reason: 'ended by SIGKILL' } });
    assert.match(details.join(), /ended by itself at .* and was started again: ended by SIGKILL/);
  });

  it('says that a workspace is not trusted', () => {
    assert.match(view({ phase: running({}), trusted: false }).details.join(), /not trusted/);
    assert.match(view({ phase: running({}), trusted: false }).details.join(), /the AI switch is off/);
  });

  it('uses no icon in what is read aloud', () => {
    for (const [, , facts] of states) {
      const { summary, details } = view(facts);
      assert.doesNotMatch([summary, ...details].join(), /\$\(/);
    }
  });
});
