// Notes and logs of other tools than git-ai's own notes: agentblame, ai-attribution, git-ai's working log.
import assert from 'node:assert/strict';
import type { RangeEvidence } from '../../server/src/origin/evidence';
import { readAgentblameNote } from '../../server/src/origin/notes/agentblame';
import { readAiAttribution } from '../../server/src/origin/notes/ai-attribution';
import { readWorkingLog } from '../../server/src/origin/notes/git-ai-working-log';
import { bytesOf, decode, sha256 } from './bytes-of';

const AT = { commit: 'c'.repeat(40), time: 7 };
const FILE = { ...AT, path: 'src/a.ts', lineCount: 20, isMerge: false };

const shown = (ranges: readonly RangeEvidence[] = []) =>
  ranges.map(({ start, end, evidence }) => {
    const { source, claim, confidence, tool, model, person } = evidence;
    const rest = [tool, model, person].filter((part) => part !== undefined).join(' ');
    return `${start}-${end} ${source} ${claim} ${Math.round(confidence * 1000) / 1000} ${rest}`.trim();
  });

describe('notes of agentblame', () => {
  const attribution = {
    ...{ path: 'src/a.ts', startLine: 3, endLine: 5, category: 'ai_generated', provider: 'claudeCode' },
    ...{ model: 'claude-opus-5', confidence: 1, matchType: 'exact_hash', contentHash: 'ab' },
  };
  const read = (attributions: unknown, version: unknown = 2) =>
    readAgentblameNote(bytesOf(JSON.stringify({ version, timestamp: 'x', attributions })), AT, decode);

  it('lines, with its own confidence in part', () => {
    const other = {
      ...attribution,
      startLine: 9,
      endLine: 9,
      provider: 'cursor',
      model: null,
      confidence: 0.85,
    };
    const unsaid = { ...attribution, startLine: 11, endLine: 11, confidence: 7 };
    assert.deepEqual(shown(read([attribution, other, unsaid])?.get('src/a.ts')), [
      '2-5 agentblame ai 0.95 Claude Code claude-opus-5',
      '8-9 agentblame ai 0.808 Cursor',
      '10-11 agentblame ai 0.808 Claude Code claude-opus-5',
    ]);
  });

  it('what makes no sense is left out', () => {
    const changes = [
      { path: '../a' },
      { path: '/a' },
      { startLine: 0 },
      { startLine: 6 },
      { endLine: '5' },
      { endLine: 1e99 },
    ];
    const wrong = [...changes, { category: 'human' }, { startLine: 2.5 }, { path: undefined }];
    for (const change of wrong) {
      assert.equal(read([{ ...attribution, ...change }, null, 7, []])?.size, 0, JSON.stringify(change));
    }
    assert.deepEqual(shown(read([{ ...attribution, path: '__proto__' }])?.get('__proto__')).length, 1);
  });

  it('what is no such note is none', () => {
    assert.equal(read([attribution], 1), undefined);
    for (const text of ['', 'x', '[]', 'null', '{"version":2', '['.repeat(1e6)]) {
      assert.equal(readAgentblameNote(bytesOf(text), AT, decode), undefined);
    }
    assert.equal(read('none')?.size, 0);
    assert.equal(readAgentblameNote(new Uint8Array(5_000_000), AT, decode), undefined);
  });
});

describe('notes under ai-attribution', () => {
  const read = (note: unknown) => readAiAttribution(bytesOf(JSON.stringify(note)), decode);

  it('of Qwen Code: a share of each file, without lines', () => {
    const files = {
      'src/a.ts': { aiChars: 73, humanChars: 27, percent: 73 },
      'b.ts': { percent: 0 },
      '/c': { percent: 9 },
    };
    const note = read({ version: 1, generator: 'Qwen-Coder', files, summary: {} });
    assert.ok(note?.kind === 'files', 'It is of files.');
    assert.deepEqual(note.evidence(FILE), {
      ...{ source: 'file-percentage', claim: 'ai-commit', confidence: 0.5, tool: 'Qwen Code', ...AT },
      detail: '73 % of what the commit changed in the file',
    });
    for (const path of ['b.ts', '/c', 'toString', '__proto__'])
      assert.equal(note.evidence({ ...FILE, path }), undefined);
  });

  it('in the manner of git-ai: no better than an early one', () => {
    const metadata = {
      ...{ schema_version: 'authorship/3.0.0', git_ai_version: '9.9.9', humans: { h_11: { author: 'Ann' } } },
      prompts: { '0123456789abcdef': { agent_id: { tool: 'kiro', id: 'x', model: 'm' } } },
    };
    const text = `src/a.ts\n  0123456789abcdef 1-5\n  h_11 3\n---\n${JSON.stringify(metadata)}`;
    const note = readAiAttribution(bytesOf(text), decode);
    assert.ok(note?.kind === 'lines', 'It is of lines.');
    assert.deepEqual(shown(note.evidence(FILE)), [
      '0-2 git-ai-old-note ai 0.4 Kiro m',
      '3-5 git-ai-old-note ai 0.4 Kiro m',
    ]);
    assert.deepEqual(note.evidence({ ...FILE, lineCount: 4 }), []);
    assert.deepEqual(note.evidence({ ...FILE, lineCount: undefined }), []);
  });

  it('of anything else: nothing', () => {
    for (const note of [{}, { generator: 'x' }, { version: 2, generator: 'x', files: {} }, []]) {
      assert.equal(read(note), undefined, JSON.stringify(note));
    }
    for (const text of ['', 'ai-authored-by: kiro', '{', '---\n{}']) {
      assert.equal(readAiAttribution(bytesOf(text), decode), undefined, text);
    }
  });
});

describe("git-ai's working log", () => {
  const agent = { tool: 'claude', id: 's1', model: 'claude-opus-5' };
  const hash = sha256('claude:s1');
  const session = `s_${hash.slice(0, 14)}::t_00112233445566`;
  const ann = 'Ann <ann@example.org>';
  const human = `h_${sha256(ann).slice(0, 14)}`;
  const blob = sha256('text');

  const lines = (...all: [number, number, string, string?][]) =>
    all.map(([start_line, end_line, author_id, overrode]) => ({ start_line, end_line, author_id, overrode }));
  const checkpoint = (attributions: object[], changes: object = {}) => ({
    ...{ kind: 'AiAgent', diff: 'x'.repeat(99), author: 'claude', timestamp: 1_700_000_000, agent_id: agent },
    ...{ line_stats: {}, api_version: 'checkpoint/1.0.0', git_ai_version: '1.6.2', trace_id: null },
    entries: [
      {
        file: 'src/a.ts',
        blob_sha: blob,
        attributions: [{ start: 0, end: 9, author_id: 'x', ts: 1 }],
        line_attributions: attributions,
      },
    ],
    ...changes,
  });
  const read = (checkpoints: readonly (object | string)[], initial?: unknown) =>
    readWorkingLog(
      {
        checkpoints: bytesOf(
          checkpoints.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n'),
        ),
        ...(initial === undefined ? {} : { initial: bytesOf(JSON.stringify(initial)) }),
      },
      sha256,
      decode,
    );
  const linesIn = (log: ReturnType<typeof read>, isMapped = false) =>
    shown(log.get('src/a.ts')?.evidence(isMapped));

  it('the last that is said of a file, with the text that it is of', () => {
    const log = read([
      checkpoint(lines([1, 9, session])),
      checkpoint(lines([1, 4, session], [5, 5, human], [6, 6, human, session], [7, 7, 'human']), {
        kind: 'KnownHuman',
        author: ann,
        agent_id: null,
      }),
    ]);
    assert.equal(log.get('src/a.ts')?.blobHash, blob);
    assert.deepEqual(linesIn(log), [
      '0-4 git-ai-working-log ai 0.92 Claude Code claude-opus-5',
      `4-5 git-ai-working-log human 0.92 ${ann}`,
      '5-6 git-ai-working-log mixed 0.92 Claude Code claude-opus-5',
    ]);
    assert.equal(linesIn(log, true)[0], '0-4 git-ai-working-log ai 0.8 Claude Code claude-opus-5');
    const [first] = log.get('src/a.ts')?.evidence(false) ?? [];
    assert.equal(first?.evidence.time, 1_700_000_000_000);
    assert.equal(first?.evidence.session, 's1');
  });

  it('keys of prompts, and keys of whom nobody knows', () => {
    const log = read([
      checkpoint(lines([1, 1, hash.slice(0, 16)], [2, 2, 'f'.repeat(16)], [3, 3, 'h_00'], [4, 4, 'Ann'])),
    ]);
    assert.deepEqual(linesIn(log), [
      '0-1 git-ai-working-log ai 0.92 Claude Code claude-opus-5',
      '1-2 git-ai-working-log ai 0.92',
    ]);
  });

  it('what it began with', () => {
    const initial = {
      files: { 'src/a.ts': lines([1, 2, session], [3, 3, human]), '../b': lines([1, 1, session]) },
      prompts: {},
      file_blobs: { 'src/a.ts': blob },
      humans: { [human]: { author: ann } },
      sessions: { [session.split('::')[0] as string]: { agent_id: agent } },
    };
    const log = read([], initial);
    assert.deepEqual([...log.keys()], ['src/a.ts']);
    assert.equal(log.get('src/a.ts')?.blobHash, blob);
    assert.deepEqual(linesIn(log), [
      '0-2 git-ai-working-log ai 0.92 Claude Code claude-opus-5',
      `2-3 git-ai-working-log human 0.92 ${ann}`,
    ]);
    assert.deepEqual(linesIn(read([checkpoint([])], initial)), [], 'Checkpoints come after it.');
  });

  it('of another version, or malformed, it says nothing', () => {
    const good = checkpoint(lines([1, 1, session]));
    for (const api of ['checkpoint/2.0.0', '', undefined]) {
      assert.equal(read([{ ...good, api_version: api }]).size, 0, api);
    }
    const text = JSON.stringify(good);
    for (const broken of [
      text.slice(0, -9),
      `x${text}`,
      '[]',
      '7',
      '{"entries":7,"api_version":"checkpoint/1.0.0"}',
    ]) {
      assert.equal(read([broken]).size, 0, broken.slice(0, 40));
    }
    assert.equal(read([text, text.slice(0, -9), '']).size, 1, 'The others stand.');
    const entry = {
      file: 'src/a.ts',
      blob_sha: 'short',
      line_attributions: lines([0, 1, session], [3, 2, session]),
    };
    const odd = read([checkpoint([], { entries: [entry, { file: '/etc/x' }, 7] })]);
    assert.equal(odd.get('src/a.ts')?.blobHash, undefined);
    assert.deepEqual([linesIn(odd), odd.size], [[], 1]);
  });
});
