import assert from 'node:assert/strict';
import {
  agentTraceEvidence,
  readAgentTrace,
  type TracedFile,
} from '../../server/src/origin/notes/agent-trace';
import { murmur3 } from '../../server/src/origin/notes/murmur3';
import { bytesOf, decode, sha256 } from './bytes-of';

const PARENT = 'b'.repeat(40);
const LINES = Array.from({ length: 12 }, (_, line) => `const value${line} = ${line};`);
const FILE: TracedFile = { path: 'src/a.ts', lines: LINES, revisions: ['c'.repeat(40), PARENT] };

const range = (start_line: unknown, end_line: unknown, more: object = {}) => ({
  start_line,
  end_line,
  ...more,
});
function recordOf(
  ranges: readonly unknown[],
  changes: object = {},
  contributor: object = { type: 'ai', model_id: 'openai/gpt-5' },
) {
  return {
    ...{ version: '1.0', id: 'x', timestamp: '2026-11-23T08:00:00Z', vcs: { type: 'git', revision: PARENT } },
    ...{ tool: { name: 'cursor', version: '2' }, metadata: { 'dev.cursor': {} } },
    files: [{ path: 'src/a.ts', conversations: [{ url: 'https://x.example', contributor, ranges }] }],
    ...changes,
  };
}
/** The hash of what stands in lines counted from 1. */
const hashOf = (first: number, last: number, end = '') =>
  `sha256:${sha256(LINES.slice(first - 1, last).join('\n') + end)}`;
const hash = (algorithm: string, text: string) => (algorithm === 'sha256' ? sha256(text) : undefined);

function shown(records: readonly unknown[], file: TracedFile = FILE): string[] {
  const traces = readAgentTrace(bytesOf(records.map((one) => JSON.stringify(one)).join('\n')), decode);
  return agentTraceEvidence(traces, file, hash).map(({ start, end, evidence }) => {
    const { source, claim, confidence, tool, model } = evidence;
    return [`${start}-${end}`, source, claim, confidence, tool, model]
      .filter((part) => part !== undefined)
      .join(' ');
  });
}

describe('Agent Trace', () => {
  const rest = 'Cursor openai/gpt-5';

  it('text that is the same holds, whatever the revision', () => {
    const ranges = [
      range(3, 5, { content_hash: hashOf(3, 5) }),
      range(1, 1, { content_hash: hashOf(1, 1, '\n') }),
    ];
    for (const vcs of [
      undefined,
      { type: 'git', revision: 'f'.repeat(40) },
      { type: 'jj', revision: 'kkmpptxz' },
    ]) {
      assert.deepEqual(shown([recordOf(ranges, { vcs })]), [
        `0-1 agent-trace ai 0.85 ${rest}`,
        `2-5 agent-trace ai 0.85 ${rest}`,
      ]);
    }
  });

  it('knows the hash of the examples by values that are published', () => {
    const published: [string, string][] = [
      ['', '00000000'],
      ['test', 'ba6bd213'],
      ['Hello, world!', 'c0363e43'],
      ['The quick brown fox jumps over the lazy dog', '2e4ff723'],
    ];
    for (const [text, expected] of published) assert.equal(murmur3(bytesOf(text)), expected, text);
  });

  it('who it was', () => {
    const contributors: [object, string[]][] = [
      [{ type: 'ai' }, ['2-5 agent-trace ai 0.85 Cursor']],
      [{ type: 'mixed' }, ['2-5 agent-trace mixed 0.85 Cursor']],
      [{ type: 'human' }, ['2-5 agent-trace human 0.85 Cursor']],
      [{ type: 'unknown' }, []],
      [{ type: 'robot' }, []],
      [{}, []],
    ];
    for (const [contributor, expected] of contributors) {
      const ranges = [range(3, 5, { content_hash: hashOf(3, 5) })];
      assert.deepEqual(shown([recordOf(ranges, {}, contributor)]), expected);
      const own = [range(3, 5, { content_hash: hashOf(3, 5), contributor })];
      assert.deepEqual(shown([recordOf(own)]), expected, 'A range has a word of its own.');
    }
  });

  it('text that was not compared counts little, and only beside its commit', () => {
    assert.deepEqual(shown([recordOf([range(3, 5)])]), [`2-5 agent-trace-unverified ai 0.5 ${rest}`]);
    const other = [
      range(3, 5, { content_hash: 'murmur3:9f2e8a1b' }),
      range(7, 8, { content_hash: hashOf(1, 2) }),
    ];
    assert.deepEqual(shown([recordOf(other)]), [
      `2-5 agent-trace-unverified ai 0.5 ${rest}`,
      `6-8 agent-trace-unverified ai 0.5 ${rest}`,
    ]);
    for (const vcs of [
      undefined,
      { type: 'git', revision: 'f'.repeat(40) },
      { type: 'hg', revision: PARENT },
    ]) {
      assert.deepEqual(shown([recordOf([range(3, 5)], { vcs })]), []);
    }
    assert.deepEqual(shown([recordOf([range(3, 5)], {}, { type: 'human' })]), []);
  });

  it('places that the reference writer makes up', () => {
    assert.deepEqual(shown([recordOf([range(1, 1), range(1, 9)])]), []);
    assert.deepEqual(shown([recordOf([range(3, 13)])]), [], 'Behind the end.');
  });

  it('files that are none, and other files', () => {
    for (const path of ['.sessions', '.shell-history', '.unknown', '/src/a.ts', '../src/a.ts', 'src/b.ts']) {
      const files = [{ path, conversations: [{ contributor: { type: 'ai' }, ranges: [range(3, 5)] }] }];
      assert.deepEqual(
        shown([recordOf([], { files })], { ...FILE, path }).length,
        path === 'src/b.ts' ? 1 : 0,
        path,
      );
      assert.deepEqual(shown([recordOf([], { files })]), [], path);
    }
  });

  it('later records hold, and same text before all', () => {
    const later = recordOf([range(4, 8)], { tool: { name: 'codex' } });
    assert.deepEqual(shown([recordOf([range(3, 5)]), later]), [
      `2-3 agent-trace-unverified ai 0.5 ${rest}`,
      '3-8 agent-trace-unverified ai 0.5 Codex openai/gpt-5',
    ]);
    assert.deepEqual(shown([recordOf([range(3, 5, { content_hash: hashOf(3, 5) })]), later]), [
      `2-5 agent-trace ai 0.85 ${rest}`,
      '5-8 agent-trace-unverified ai 0.5 Codex openai/gpt-5',
    ]);
  });

  it('a file with one record over several lines', () => {
    const text = JSON.stringify(recordOf([range(3, 5)]), undefined, 2);
    assert.equal(readAgentTrace(bytesOf(text), decode).length, 1);
  });

  it('knows the time', () => {
    const times: [unknown, number | undefined][] = [
      ['2026-11-23T08:00:00Z', 1_795_420_800_000],
      ['2026-11-23T08:00:00.5+01:00', 1_795_417_200_500],
      ['yesterday', undefined],
      [7, undefined],
    ];
    for (const [timestamp, expected] of times) {
      const text = JSON.stringify(recordOf([range(3, 5)], { timestamp }));
      assert.equal(readAgentTrace(bytesOf(text), decode)[0]?.time, expected);
    }
  });

  it('nonsense is left out, the others stand', () => {
    const wrong = [
      '',
      'x',
      '[]',
      '{}',
      '{"files":7}',
      '{"files":[7,{"path":"a"},{"path":"a","conversations":[{"ranges":[7]}]}]}',
    ];
    const ranges = [range(0, 3), range(5, 4), range('3', 5), range(3.5, 5), range(3, 5), null];
    const text = [...wrong, JSON.stringify(recordOf(ranges)), '{"a":'.repeat(100_000)].join('\n');
    assert.equal(readAgentTrace(bytesOf(text), decode).length, 1);
    const proto =
      '{"__proto__":{"files":[{"path":"src/a.ts","conversations":[{"contributor":{"type":"ai"},"ranges":[{"start_line":3,"end_line":5}]}]}]}}';
    assert.deepEqual(readAgentTrace(bytesOf(proto), decode), []);
  });

  it('no file makes it hash without end', () => {
    const lines = Array.from({ length: 100_000 }, () => 'x'.repeat(50));
    let hashed = 0;
    const ranges = Array.from({ length: 2_000 }, (_, index) =>
      range(2 + index, 90_000, { content_hash: 'sha256:00000000' }),
    );
    const traces = readAgentTrace(bytesOf(JSON.stringify(recordOf(ranges))), decode);
    agentTraceEvidence(traces, { ...FILE, lines }, (_, text) => {
      hashed += text.length;
      return '';
    });
    assert.ok(hashed < 60_000_000, `${hashed} characters.`);
  });
});
