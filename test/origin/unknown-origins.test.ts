import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Git } from '../../server/src/host/git';
import { createNodeGit } from '../../server/src/host/node-git';
import { createNodeHost } from '../../server/src/host/node-host';
import { FileOrigins } from '../../server/src/origin/lines/file-origins';
import type { LoadedOrigins } from '../../server/src/origin/lines/loaded-origins';
import { addNote, gitAiNote, TRACE } from './noted-repository';
import { said } from './said';
import { PLAIN_ENVIRONMENT, TestRepository } from './test-repository';

const AGENT = ['Co-Authored-By: Claude Opus 5', '<noreply@anthropic.com>'].join(' ');

describe('origins that are not known', () => {
  const plain = createNodeGit({ environment: PLAIN_ENVIRONMENT });
  const host = createNodeHost('', () => {});
  let repository: TestRepository;
  beforeEach(() => {
    repository = new TestRepository();
  });
  afterEach(() => repository.remove());

  async function load(path: string, git = plain): Promise<LoadedOrigins> {
    return loadUri(repository.uriOf(path), git);
  }

  async function loadUri(uri: string, git = plain): Promise<LoadedOrigins> {
    const loaded = await new FileOrigins({ git, host }).load({ uri });
    assert.ok(loaded !== 'unknown-revision');
    return loaded;
  }

  it('say so of a file in no repository, which may still say something of itself', async () => {
    const path = join(repository.around, 'outside.ts');
    const text = '// SPDX-AI-Disclosure: ai-generated\none();\n';
    writeFileSync(path, text);
    const loaded = await loadUri(pathToFileURL(path).href);
    assert.deepEqual(loaded.missing, ['what was committed: the file is in no git work tree']);
    assert.deepEqual(said(loaded.runs(text))[1], 'ai-commit file-marker');
  });

  it('say so where git is missing, fails, or blame takes too long', async () => {
    repository.write('a.ts', 'one\n');
    repository.commit();
    const noGit: Git = { run: async () => ({ kind: 'no-git' }) };
    const missing = await load('a.ts', noGit);
    assert.deepEqual(missing.missing, ['what was committed: git was not found on this machine']);
    assert.deepEqual(said(missing.runs('one')), ['unknown']);
    const slow: Git = {
      run: async (args, request) => (args[0] === 'blame' ? { kind: 'timed-out' } : plain.run(args, request)),
    };
    const late = await load('a.ts', slow);
    assert.deepEqual(late.missing, ['which commits brought the lines: git took too long']);
    assert.deepEqual(said(late.runs('one')), ['unknown']);
  });

  it('say so where notes cannot be read', async () => {
    repository.write('a.ts', 'one\n');
    addNote(repository, 'ai', repository.commit(), gitAiNote({ attested: ['a.ts', `  ${TRACE} 1`] }));
    const unlisted: Git = {
      run: async (args, request) =>
        args[0] === 'ls-tree' ? { kind: 'too-large' } : plain.run(args, request),
    };
    const loaded = await load('a.ts', unlisted);
    assert.deepEqual(loaded.missing, ['refs/notes/ai: there is too much of it']);
    assert.deepEqual(said(loaded.runs('one')), ['unknown']);
  });

  it('say so where git-ai is in use and its notes were not fetched', async () => {
    repository.write('a.ts', 'one\n');
    repository.commit();
    assert.deepEqual((await load('a.ts')).missing, []);
    mkdirSync(join(repository.folder, '.git/ai'));
    assert.match((await load('a.ts')).missing.join(), /^git-ai's notes: .*`git fetch origin/);
  });

  it('say so where history was cut', async () => {
    repository.write('a.ts', 'one\n');
    repository.commit(`Add\n\n${AGENT}`);
    repository.write('a.ts', 'one\ntwo\n');
    repository.commit(`Add\n\n${AGENT}`);
    const clone = join(repository.around, 'clone');
    execFileSync('git', ['clone', '--quiet', '--depth', '1', repository.uri, clone], {
      env: PLAIN_ENVIRONMENT,
    });
    const loaded = await loadUri(pathToFileURL(join(clone, 'a.ts')).href);
    assert.match(loaded.missing.join(), /shallow clone/);
    assert.deepEqual(said(loaded.runs('one\ntwo')), ['unknown', 'unknown']);
  });

  it('say so where the log of git-ai is too large', async () => {
    repository.write('a.ts', 'one\n');
    const log = `.git/ai/working_logs/${repository.commit()}/checkpoints.jsonl`;
    repository.write(log, Buffer.alloc(17_000_000, ' '));
    assert.match((await load('a.ts')).missing.join(), /log of uncommitted work: it .* is larger than 16 MB/);
  });

  it('are not taken from a trace that leads out of the work tree', async () => {
    const trace = {
      files: [
        {
          path: 'a.ts',
          conversations: [{ contributor: { type: 'ai' }, ranges: [{ start_line: 2, end_line: 2 }] }],
        },
      ],
    };
    repository.write('a.ts', 'one\n');
    const head = repository.commit();
    const text = JSON.stringify({ ...trace, vcs: { type: 'git', revision: head } });
    repository.write('.agent-trace/own.jsonl', text);
    assert.deepEqual(said((await load('a.ts')).runs('one\ntwo')), ['unknown', 'ai agent-trace-unverified']);
    writeFileSync(join(repository.around, 'other.jsonl'), text);
    rmSync(join(repository.folder, '.agent-trace/own.jsonl'));
    symlinkSync('../../other.jsonl', join(repository.folder, '.agent-trace/own.jsonl'));
    assert.deepEqual(said((await load('a.ts')).runs('one\ntwo')), ['unknown', 'unknown']);
    rmSync(join(repository.folder, '.agent-trace'), { recursive: true });
    symlinkSync('..', join(repository.folder, '.agent-trace'));
    assert.deepEqual(said((await load('a.ts')).runs('one\ntwo')), ['unknown', 'unknown']);
  });

  it('are those of a file that was never committed, without a complaint', async () => {
    repository.write('a.ts', 'one\n');
    assert.deepEqual((await load('a.ts')).missing, []);
    repository.commit();
    repository.write('b.ts', 'one\n');
    const loaded = await load('b.ts');
    assert.deepEqual([loaded.missing, said(loaded.runs('one'))], [[], ['unknown']]);
  });
});
