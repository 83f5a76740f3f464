import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Git, GitArguments } from '../../server/src/host/git';
import type { Host } from '../../server/src/host/host';
import { createNodeHost } from '../../server/src/host/node-host';
import { evidenceOf } from '../../server/src/origin/evidence';
import { FileOrigins, type FileOriginsParts } from '../../server/src/origin/lines/file-origins';
import type { LoadedOrigins } from '../../server/src/origin/lines/loaded-origins';
import { addNote, gitAiNote, HUMAN, TRACE } from './noted-repository';
import { recordedGit } from './recorded-git';
import { said } from './said';
import { TestRepository } from './test-repository';

const AGENT = ['Co-Authored-By: Claude Opus 5', '<noreply@anthropic.com>'].join(' ');

describe('origins of a file', () => {
  const asked: GitArguments[] = [];
  const git = recordedGit(asked);
  const host = createNodeHost('', () => {});
  let repository: TestRepository;
  beforeEach(() => {
    repository = new TestRepository();
    asked.length = 0;
  });
  afterEach(() => repository.remove());

  async function load(path: string, parts: Partial<FileOriginsParts> = {}): Promise<LoadedOrigins> {
    const loaded = await new FileOrigins({ git, host, ...parts }).load({ uri: repository.uriOf(path) });
    assert.ok(loaded !== 'unknown-revision');
    return loaded;
  }

  async function saidOf(
    path: string,
    text: string,
    parts: Partial<FileOriginsParts> = {},
  ): Promise<string[]> {
    return said((await load(path, parts)).runs(text));
  }

  const ai = 'ai git-ai-note Claude Code';

  describe('at the commit', () => {
    it('are what the note on the commit of each line says, also under a former name', async () => {
      const text = 'one\ntwo\nthree\nfour\n';
      repository.write('a.ts', text);
      const first = repository.commit('Add');
      addNote(repository, 'ai', first, gitAiNote({ attested: ['a.ts', `  ${TRACE} 2`, `  ${HUMAN} 3`] }));
      repository.git('mv', 'a.ts', 'b.ts');
      repository.commit('Rename');
      repository.write('b.ts', `zero\n${text}five\n`);
      const last = repository.commit('Extend');
      addNote(repository, 'ai', last, gitAiNote({ attested: ['b.ts', `  ${TRACE} 6`] }));
      const loaded = await load('b.ts');
      assert.deepEqual(loaded.missing, []);
      assert.equal(loaded.head, last);
      const runs = loaded.runs(`zero\n${text}five\n`);
      assert.deepEqual(said(runs), [
        'unknown',
        'unknown',
        ai,
        'human git-ai-note-human',
        'unknown',
        ai,
        'unknown',
      ]);
      assert.deepEqual(
        runs.map(({ commit }) => commit),
        [last, first, first, first, first, last, undefined],
      );
      const { deciding, mayRaise, marker } = runs[2]?.origin ?? assert.fail();
      assert.deepEqual(
        [deciding?.model, deciding?.commit, mayRaise, marker],
        ['claude-opus-5', first, true, 'solid'],
      );
    });

    it('follow the commit where no reliable note speaks', async () => {
      repository.write('a.ts', 'one\n');
      repository.commit(`Add\n\n${AGENT}`);
      repository.write('a.ts', 'one\ntwo\n');
      const noted = repository.commit(`Add\n\n${AGENT}`);
      addNote(repository, 'ai', noted, gitAiNote({ attested: ['other.ts', `  ${TRACE} 1`] }));
      repository.write('a.ts', 'one\ntwo\nthree\n');
      const doubtful = repository.commit(`Add\n\n${AGENT}`);
      addNote(
        repository,
        'ai',
        doubtful,
        gitAiNote({ attested: ['a.ts', `  ${TRACE} 3`], version: '1.3.2' }),
      );
      assert.deepEqual(await saidOf('a.ts', 'one\ntwo\nthree'), [
        'ai-commit commit-co-author Claude Code',
        'unknown',
        'ai git-ai-old-note Claude Code',
      ]);
    });

    it('do not follow an early note with lines that the file does not have', async () => {
      repository.write('a.ts', 'one\n');
      const commit = repository.commit();
      addNote(
        repository,
        'ai',
        commit,
        gitAiNote({ attested: ['a.ts', `  ${TRACE} 1-9`], version: '1.1.0' }),
      );
      assert.deepEqual(await saidOf('a.ts', 'one'), ['unknown']);
    });

    it('are what notes of other tools say', async () => {
      repository.write('a.ts', 'one\ntwo\n');
      const first = repository.commit();
      const attribution = {
        path: 'a.ts',
        startLine: 1,
        endLine: 1,
        category: 'ai_generated',
        provider: 'cursor',
      };
      addNote(repository, 'agentblame', first, JSON.stringify({ version: 2, attributions: [attribution] }));
      const share = { version: 1, generator: 'Qwen-Coder', files: { 'a.ts': { percent: 40 } } };
      addNote(repository, 'ai-attribution', first, JSON.stringify(share));
      assert.deepEqual(await saidOf('a.ts', 'one\ntwo'), [
        'ai agentblame Cursor',
        'ai-commit file-percentage Qwen Code',
      ]);
    });

    it('are what an Agent Trace says of the text before the commit', async () => {
      repository.write('a.ts', 'one\n');
      const parent = repository.commit();
      repository.write('a.ts', 'zero\none\ntwo\nthree\n');
      repository.commit();
      repository.write('a.ts', 'first\nzero\none\ntwo\nthree\n');
      repository.commit();
      const hash = createHash('sha256').update('two\nthree\n').digest('hex');
      const range = (from: number, to: number, more = {}) => ({ start_line: from, end_line: to, ...more });
      const trace = {
        version: '1.0',
        vcs: { type: 'git', revision: parent },
        tool: { name: 'cursor' },
        files: [
          {
            path: 'a.ts',
            conversations: [
              {
                contributor: { type: 'ai' },
                ranges: [range(3, 4, { content_hash: `sha256:${hash}` }), range(2, 2)],
              },
            ],
          },
        ],
      };
      repository.write('.agent-trace/traces.jsonl', `${JSON.stringify(trace)}\n`);
      // `one` is in the range of the trace, but the commit did not bring it.
      assert.deepEqual(await saidOf('a.ts', 'first\nzero\none\ntwo\nthree'), [
        ...['unknown', 'unknown', 'unknown'],
        ...['ai agent-trace Cursor', 'ai agent-trace Cursor'],
      ]);
    });

    it('can be asked of any commit', async () => {
      repository.write('a.ts', 'one\n');
      const first = repository.commit();
      addNote(repository, 'ai', first, gitAiNote({ attested: ['a.ts', `  ${TRACE} 1`] }));
      repository.write('a.ts', 'two\n');
      repository.commit();
      const origins = new FileOrigins({ git, host });
      const loaded = await origins.load({ uri: repository.uriOf('a.ts'), revision: 'HEAD~1' });
      assert.ok(loaded !== 'unknown-revision');
      assert.deepEqual([loaded.head, loaded.text], [first, 'one\n']);
      assert.deepEqual(said(loaded.runs('one')), [ai]);
      for (const revision of ['nowhere', '-v', 'HEAD:a.ts', 'HEAD\nHEAD', '']) {
        assert.equal(
          await origins.load({ uri: repository.uriOf('a.ts'), revision }),
          'unknown-revision',
          revision,
        );
      }
    });
  });

  describe('of a text that is edited', () => {
    const lines = ['const first = readAll(input);', 'if (first) {', '  second(first);', '}', 'third();'];
    let loaded: LoadedOrigins;
    beforeEach(async () => {
      repository.write('a.ts', `${lines.join('\n')}\n`);
      const commit = repository.commit(`Add\n\n${AGENT}`);
      addNote(repository, 'ai', commit, gitAiNote({ attested: ['a.ts', `  ${TRACE} 1-4`] }));
      loaded = await load('a.ts');
    });
    const saidAfter = (...changed: readonly string[]) => said(loaded.runs(changed.join('\r\n')));

    it('stay where lines move, and where only white space or line ends change', () => {
      assert.deepEqual(saidAfter('', ...lines), ['unknown', ai, ai, ai, ai, 'unknown']);
      assert.deepEqual(saidAfter(...lines.map((line) => `  ${line.trim()}`)), [ai, ai, ai, ai, 'unknown']);
    });

    it('are mixed where lines of a tool are changed, and unknown where they are new', () => {
      const mixed = 'mixed git-ai-note Claude Code';
      const changed = lines.with(0, 'const first = readAll(input, true);').with(4, 'third(2);');
      assert.deepEqual(saidAfter(...changed), [mixed, ai, ai, ai, 'unknown']);
      const replaced = lines.with(0, 'throw new Error("no");');
      assert.deepEqual(saidAfter(...replaced), ['unknown', ai, ai, ai, 'unknown']);
      const inserted = [...lines.slice(0, 2), 'check(limits);', ...lines.slice(2)];
      assert.deepEqual(saidAfter(...inserted), [ai, ai, 'unknown', ai, ai, 'unknown']);
      assert.deepEqual(saidAfter(...lines.slice(1)), [ai, ai, ai, 'unknown']);
    });

    it('keep all evidence, and ask git nothing', () => {
      asked.length = 0;
      const [run] = loaded.runs([...lines].join('\n'));
      assert.deepEqual(
        run?.origin.evidence.map(({ source }) => source),
        ['git-ai-note', 'commit-co-author'],
      );
      assert.deepEqual(asked, []);
    });

    it('take what other sources say of the text', async () => {
      const recorded = evidenceOf('recorder-exact', 'ai', { tool: 'Codex' });
      const override = evidenceOf('override', 'human');
      const source = {
        load: async () => ({
          of: () => ({
            present: [
              { start: 4, end: 6, evidence: recorded },
              { start: 0, end: 1, evidence: override },
            ],
            former: [{ start: 6, end: 7, evidence: recorded }],
          }),
          missing: 'a part of the record',
        }),
      };
      const text = [...lines, 'fourth();', 'fifth();', ''].join('\n');
      const withSource = await load('a.ts', { sources: [source] });
      assert.deepEqual(said(withSource.runs(text)), [
        'human override',
        ...[ai, ai, ai],
        ...['ai recorder-exact Codex', 'ai recorder-exact Codex', 'mixed recorder-exact Codex', 'unknown'],
      ]);
      assert.deepEqual(withSource.missing, ['a part of the record']);
    });

    it("take what git-ai's log says of lines that are not committed", async () => {
      const logged = [...lines, 'const fourth = logged();', 'fifth();', ''].join('\n');
      const hash = createHash('sha256').update(logged).digest('hex');
      const checkpoint = {
        kind: 'AiAgent',
        entries: [
          {
            file: 'a.ts',
            blob_sha: hash,
            line_attributions: [{ start_line: 6, end_line: 7, author_id: 's_00112233445566::t_0' }],
          },
        ],
        timestamp: 1_700_000_000,
        api_version: 'checkpoint/1.0.0',
      };
      const folder = `.git/ai/working_logs/${loaded.head}`;
      repository.write(`${folder}/checkpoints.jsonl`, `${JSON.stringify(checkpoint)}\n`);
      repository.write(`${folder}/blobs/${hash}`, logged);
      const known = [ai, ai, ai, ai, 'unknown'];
      assert.deepEqual(await saidOf('a.ts', logged), [
        ...known,
        ...['ai git-ai-working-log', 'ai git-ai-working-log', 'unknown'],
      ]);
      const edited = [...lines, 'own();', 'const fourth = logged(2);', 'fifth();', ''].join('\n');
      const runs = (await load('a.ts')).runs(edited);
      assert.deepEqual(said(runs), [
        ...known,
        ...['unknown', 'mixed git-ai-working-log', 'ai git-ai-working-log', 'unknown'],
      ]);
      assert.equal(runs.at(-2)?.origin.deciding?.confidence, 0.8);
    });
  });

  it('come by and by while blame runs, and are asked of git once', async () => {
    let text = '';
    for (let round = 0; round < 8; round++) {
      text += `line ${round}\n`;
      repository.write('a.ts', text);
      const attested = ['a.ts', `  ${TRACE} ${round + 1}`];
      addNote(repository, 'ai', repository.commit(), gitAiNote({ attested }));
    }
    // Each line comes by itself, and the clock moves on a second with each look at it.
    let now = 0;
    const fast: Host = { ...host, now: () => (now += 1000) };
    const slow: Git = {
      run: (args, request) => {
        const { onOutput } = request;
        if (!onOutput) return git.run(args, request);
        const pieces: Buffer[] = [];
        const late = async () => {
          const result = await git.run(args, { ...request, onOutput: (bytes) => pieces.push(bytes) });
          for (const line of Buffer.concat(pieces)
            .toString('latin1')
            .split(/(?<=\n)/)) {
            onOutput(Buffer.from(line, 'latin1'));
            if (line.startsWith('filename')) await new Promise((resolve) => setTimeout(resolve, 20));
          }
          return result;
        };
        return late();
      },
    };
    const origins = new FileOrigins({ git: slow, host: fast });
    const counts: number[] = [];
    const request = {
      uri: repository.uriOf('a.ts'),
      onPartial: (partial: LoadedOrigins) => {
        counts.push(said(partial.runs(text)).filter((one) => one === ai).length);
      },
    };
    const loaded = await origins.load(request);
    assert.ok(loaded !== 'unknown-revision');
    assert.deepEqual(said(loaded.runs(text)), [...new Array<string>(8).fill(ai), 'unknown']);
    assert.ok(counts.length > 0, 'no partial answer');
    assert.deepEqual(
      counts,
      [...counts].sort((a, b) => a - b),
      'less is known later',
    );
    asked.length = 0;
    await origins.load({ uri: request.uri });
    assert.deepEqual(
      asked.map(([command]) => command).filter((command) => command === 'blame' || command === 'ls-tree'),
      [],
    );
    assert.ok(!asked.some((args) => args.includes('--batch')), 'nothing is read again');
  });
});
