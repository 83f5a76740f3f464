import assert from 'node:assert/strict';
import {
  type NotedFile,
  noteCoverage,
  readGitAiNote,
  splitNote,
} from '../../server/src/origin/notes/git-ai-note';
import { bytesOf, decode } from './bytes-of';

const COMMIT = 'c'.repeat(40);
const SESSION = 's_00112233445566';
const KEY = `${SESSION}::t_aabbccddeeff00`;
const PROMPT = '0123456789abcdef';
const HUMAN = 'h_99887766554433';

const metadata = {
  schema_version: 'authorship/3.0.0',
  git_ai_version: 'development:1.6.2',
  base_commit_sha: 'b'.repeat(40),
  prompts: {
    [PROMPT]: {
      agent_id: { tool: 'cursor', id: 'c1', model: '"gpt-5"' },
      messages: [{ text: 'git_ai_version "1.0.0" \\" ' }, [[{}]]],
      total_additions: 4,
    },
    abcdef0: { agent_id: { tool: 'codex', id: 'x', model: 'unknown' } },
  },
  humans: { [HUMAN]: { author: 'Ann <ann@example.org>' } },
  sessions: {
    [SESSION]: { agent_id: { tool: 'claude', id: 's1', model: 'claude-opus-5' }, human_author: 'Ann' },
  },
  logical_commit_id: 'ignored',
};

function noteOf(attestation: string, changes: object = {}): string {
  return `${attestation}---\n${JSON.stringify({ ...metadata, ...changes }, undefined, 1)}`;
}

function linesOf(note: string, path = 'src/a.ts', file: Partial<NotedFile> = {}): string[] {
  const read = readGitAiNote(bytesOf(note), decode);
  assert.ok(read !== undefined, 'It is a note.');
  const ranges = read.evidence({ path, lineCount: 100, commit: COMMIT, time: 7, isMerge: false, ...file });
  return ranges.map(({ start, end, evidence }) => {
    const { source, claim, confidence, tool, person } = evidence;
    return `${start}-${end} ${source} ${claim} ${confidence} ${tool ?? person ?? '?'}`;
  });
}

describe('notes of git-ai', () => {
  it('sessions, persons and prompts, in lines from 0', () => {
    const note = noteOf(
      `src/a.ts\n  ${KEY} 3-9,14\n  ${HUMAN} 10-12\n"docs/release notes.md"\n  ${PROMPT} 1-4\n`,
    );
    assert.deepEqual(linesOf(note), [
      '2-9 git-ai-note ai 0.97 Claude Code',
      '9-12 git-ai-note-human human 0.85 Ann <ann@example.org>',
      '13-14 git-ai-note ai 0.97 Claude Code',
    ]);
    assert.deepEqual(linesOf(note, 'docs/release notes.md'), ['0-4 git-ai-note ai 0.97 Cursor']);
    assert.deepEqual(linesOf(note, 'src/b.ts'), []);
    const read = readGitAiNote(bytesOf(note), decode);
    assert.deepEqual([...(read?.paths ?? [])], ['src/a.ts', 'docs/release notes.md']);
    assert.equal(read?.isReliable, true);
    assert.equal(read?.isEmpty, false);
    const file = {
      path: 'docs/release notes.md',
      lineCount: undefined,
      commit: COMMIT,
      time: 7,
      isMerge: false,
    };
    assert.deepEqual(read?.evidence(file)[0]?.evidence, {
      ...{ source: 'git-ai-note', claim: 'ai', confidence: 0.97, tool: 'Cursor' },
      ...{ model: 'gpt-5', session: 'c1', commit: COMMIT, time: 7 },
    });
  });

  it('ranges in any order, and the last entry wins', () => {
    assert.deepEqual(linesOf(noteOf(`src/a.ts\n  ${KEY} 30-40,5,1-10\n  ${HUMAN} 8-9\n  ${PROMPT} 9-31\n`)), [
      '0-7 git-ai-note ai 0.97 Claude Code',
      '7-8 git-ai-note-human human 0.85 Ann <ann@example.org>',
      '8-31 git-ai-note ai 0.97 Cursor',
      '31-40 git-ai-note ai 0.97 Claude Code',
    ]);
  });

  it('an entry whose key has no meaning leaves the lines to earlier ones', () => {
    for (const key of [
      's_ffffffffffffff::t_00',
      'fedcba9876543210',
      'ai_agent',
      'h_00000000000000',
      '__proto__',
    ]) {
      assert.deepEqual(linesOf(noteOf(`src/a.ts\n  ${KEY} 1-3\n  ${key} 2-9\n`)), [
        '0-3 git-ai-note ai 0.97 Claude Code',
      ]);
    }
  });

  it('a session without its trace', () => {
    assert.deepEqual(linesOf(noteOf(`src/a.ts\n  ${SESSION} 1\n`)), ['0-1 git-ai-note ai 0.97 Claude Code']);
  });

  it('keeps the lines of a note that names no agent at all', () => {
    const nameless = { prompts: {}, sessions: undefined };
    assert.deepEqual(linesOf(noteOf(`src/a.ts\n  ${KEY} 1-3\n  ${PROMPT} 5\n  ai_agent 7\n`, nameless)), [
      '0-3 git-ai-note ai 0.97 ?',
      '4-5 git-ai-note ai 0.97 ?',
    ]);
  });

  it('a nameless human', () => {
    assert.deepEqual(linesOf(noteOf('src/a.ts\n  human 1-3\n')), ['0-3 git-ai-note-human human 0.6 ?']);
  });

  it('an empty attestation', () => {
    const read = readGitAiNote(bytesOf(noteOf('')), decode);
    assert.equal(read?.isEmpty, true);
    assert.equal(read?.isReliable, true);
    assert.equal(
      readGitAiNote(bytesOf(noteOf('src/a.ts\n')), decode)?.isEmpty,
      true,
      'A path without entries.',
    );
  });

  it('say whether what they leave unsaid means anything', () => {
    const covers = (text: string) => noteCoverage(readGitAiNote(bytesOf(text), decode));
    assert.equal(covers(noteOf(`src/a.ts\n  ${KEY} 1\n`)), 'lines');
    assert.equal(covers(noteOf('')), 'empty');
    assert.equal(covers(noteOf(`src/a.ts\n  ${KEY} 1\n`, { git_ai_version: '1.3.9' })), 'none');
    assert.equal(covers('no note'), 'none');
  });

  describe('of early versions', () => {
    const note = (version: string | undefined, attestation = `src/a.ts\n  ${PROMPT} 3-9\n`) =>
      noteOf(attestation, { git_ai_version: version });

    it('are weak evidence', () => {
      assert.deepEqual(linesOf(note('1.3.4')), ['2-9 git-ai-old-note ai 0.6 Cursor']);
      for (const version of ['1.2.6', 'development:1.1.20', '0.9', undefined, 'nonsense']) {
        assert.deepEqual(linesOf(note(version)), ['2-9 git-ai-old-note ai 0.4 Cursor'], version);
        assert.equal(readGitAiNote(bytesOf(note(version)), decode)?.isReliable, false);
      }
      assert.deepEqual(linesOf(note('1.4.0')), ['2-9 git-ai-note ai 0.97 Cursor']);
      assert.deepEqual(linesOf(note('development:1.10.1')), ['2-9 git-ai-note ai 0.97 Cursor']);
      assert.deepEqual(linesOf(note('2.0')), ['2-9 git-ai-note ai 0.97 Cursor']);
    });

    it('are dropped for a file that ends before their lines, or is not there', () => {
      const stale = note('1.1.4', `src/a.ts\n  ${PROMPT} 3-9\n  human 10-101\nsrc/b.ts\n  ${PROMPT} 1\n`);
      assert.deepEqual(linesOf(stale), []);
      assert.deepEqual(linesOf(stale, 'src/b.ts'), ['0-1 git-ai-old-note ai 0.4 Cursor']);
      assert.deepEqual(linesOf(stale, 'src/b.ts', { lineCount: undefined }), []);
    });

    it('are dropped for merges before 1.2', () => {
      assert.deepEqual(linesOf(note('1.1.20'), 'src/a.ts', { isMerge: true }), []);
      assert.deepEqual(linesOf(note(undefined), 'src/a.ts', { isMerge: true }), []);
      assert.equal(linesOf(note('1.2.0'), 'src/a.ts', { isMerge: true }).length, 1);
    });

    it('say nothing of people, who overrule all the same', () => {
      for (const key of ['human', HUMAN]) {
        assert.deepEqual(linesOf(note('1.2.0', `src/a.ts\n  ${PROMPT} 3-9\n  ${key} 5\n`)), [
          '2-4 git-ai-old-note ai 0.4 Cursor',
          '5-9 git-ai-old-note ai 0.4 Cursor',
        ]);
      }
    });

    it('may have any key for an AI tool', () => {
      for (const key of ['abcdef1', 'ai_agent', '0e6d8c3e-5f0b-4f6e-9b57-3d9b8c1d2e3f', 's_aaaaaaaaaaaaaa']) {
        assert.deepEqual(linesOf(note('1.1.0', `src/a.ts\n  ${key} 1\n`)), ['0-1 git-ai-old-note ai 0.4 ?']);
      }
      assert.deepEqual(linesOf(note('1.1.0', 'src/a.ts\n  abcdef0 1\n')), [
        '0-1 git-ai-old-note ai 0.4 Codex',
      ]);
    });
  });

  describe('from a stranger', () => {
    it('keeps no conversation', () => {
      const secret = 'my private question';
      const messages = Array.from({ length: 20_000 }, () => ({ role: 'user', text: secret }));
      const prompts = {
        [PROMPT]: { messages, agent_id: { tool: 'cursor', id: 'c1', model: 'm' }, messages_url: secret },
      };
      const note = noteOf(`src/a.ts\n  ${PROMPT} 1\n`, { prompts });
      const seen: string[] = [];
      const read = readGitAiNote(bytesOf(note), (bytes) => {
        seen.push(decode(bytes));
        return seen.at(-1) as string;
      });
      assert.equal(read?.isEmpty, false);
      assert.deepEqual(
        seen.filter((text) => text.includes(secret)),
        [],
        'Its bytes are never made a text.',
      );
    });

    it('paths that lead elsewhere are left out', () => {
      for (const path of [
        '/etc/passwd',
        '../a.ts',
        'src/../../a.ts',
        'C:\\a.ts',
        'src\\..\\..\\a.ts',
        './a.ts',
        'a//b',
      ]) {
        assert.equal(readGitAiNote(bytesOf(noteOf(`${path}\n  ${KEY} 1\n`)), decode)?.isEmpty, true, path);
      }
    });

    it('names of what all objects have are paths and keys as others are', () => {
      const prompts = JSON.parse(
        `{"__proto__": ${JSON.stringify(metadata.prompts[PROMPT])}, "constructor": 1}`,
      );
      const note = noteOf('__proto__\n  __proto__ 1\nconstructor\n  constructor 1\n', { prompts });
      assert.deepEqual(linesOf(note, '__proto__'), ['0-1 git-ai-note ai 0.97 Cursor']);
      assert.deepEqual(linesOf(note, 'constructor'), ['0-1 git-ai-note ai 0.97 ?'], 'Said, without who.');
      assert.deepEqual(linesOf(note, 'toString'), []);
    });

    it('texts are cleaned', () => {
      const sessions = {
        [SESSION]: {
          agent_id: { tool: 'my\u202Etool\u0007\n', id: `x${'y'.repeat(3000)}`, model: '<synthetic>' },
        },
      };
      const read = readGitAiNote(bytesOf(noteOf(`src/a.ts\n  ${KEY} 1\n`, { sessions })), decode);
      const file = { path: 'src/a.ts', lineCount: 1, commit: COMMIT, time: undefined, isMerge: false };
      const evidence = read?.evidence(file)[0]?.evidence;
      assert.equal(evidence?.tool, 'mytool');
      assert.equal(evidence?.model, undefined);
      assert.equal(evidence?.session?.length, 200);
    });

    it('nonsense in a line is left out, the others stand', () => {
      const entries = [
        '  ',
        '  key',
        '  :: 1',
        `  ${KEY} 0`,
        `  ${KEY} 9-3`,
        `  ${KEY} 1e3`,
        `  ${KEY} -5,x,7,`,
      ];
      assert.deepEqual(linesOf(noteOf(`  ${KEY} 1\nsrc/a.ts\n${entries.join('\n')}\n`)), [
        '6-7 git-ai-note ai 0.97 Claude Code',
      ]);
      assert.deepEqual(linesOf(noteOf(`src/a.ts\n  ${KEY} 1-99999999999,3-4294967295\n`)), [
        '2-100000000 git-ai-note ai 0.97 Claude Code',
      ]);
    });

    it('what is no note is none', () => {
      const texts = [
        '',
        'a review by hand',
        '---',
        '---\n',
        '---\n[]',
        '---\n{}',
        '---\n{"schema_version":',
        'a\n---\nb',
      ];
      const schema = noteOf('', { schema_version: 'authorship/4.0.0' });
      for (const text of [...texts, schema])
        assert.equal(readGitAiNote(bytesOf(text), decode), undefined, text);
      assert.equal(splitNote(new Uint8Array(40_000_000)), undefined);
    });

    it('deep, long and wide notes take a moment', () => {
      const deep = `---\n{"schema_version":"authorship/3.0.0","prompts":{"a":${'['.repeat(3e6)}${']'.repeat(3e6)}}}`;
      assert.notEqual(readGitAiNote(bytesOf(deep), decode), undefined);
      const unclosed = `---\n{"schema_version":"authorship/3.0.0","prompts":${'{"a":'.repeat(1e6)}`;
      assert.equal(readGitAiNote(bytesOf(unclosed), decode), undefined);
      const ranges = Array.from({ length: 40_000 }, (_, index) => `${index + 1}-${80_000 - index}`).join(',');
      assert.deepEqual(linesOf(noteOf(`src/a.ts\n  ${KEY} ${ranges}\n  ${PROMPT} 7\n`)), [
        '0-6 git-ai-note ai 0.97 Claude Code',
        '6-7 git-ai-note ai 0.97 Cursor',
        '7-80000 git-ai-note ai 0.97 Claude Code',
      ]);
      const backslashes = `---\n{"schema_version":"authorship/3.0.0","x":"${'\\\\'.repeat(1e6)}${'\\"'.repeat(1e6)}"}`;
      assert.notEqual(readGitAiNote(bytesOf(backslashes), decode), undefined);
    });
  });
});
