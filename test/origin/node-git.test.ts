import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findProgram } from '../../server/src/host/find-program';
import type { GitRequest } from '../../server/src/host/git';
import { createNodeGit } from '../../server/src/host/node-git';
import { PLAIN_ENVIRONMENT, TestRepository } from './test-repository';

describe('git on Node', () => {
  const git = createNodeGit({ environment: PLAIN_ENVIRONMENT });
  let repository: TestRepository;
  let request: GitRequest;
  before(() => {
    repository = new TestRepository();
    repository.write('a.txt', 'one\n');
    repository.commit();
    request = { folder: repository.uri, mostBytes: 1000, mostMilliseconds: 30_000 };
  });
  after(() => repository.remove());

  /** A git that does something else. */
  const pretended = (body: string) =>
    createNodeGit({ program: repository.script('pretended', body), environment: PLAIN_ENVIRONMENT });

  it('answers with what git wrote', async () => {
    const result = await git.run(['rev-parse', '--show-prefix', 'HEAD'], request);
    assert.ok(result.kind === 'done');
    assert.match(result.output.toString(), /^\n[0-9a-f]{40}\n$/);
  });

  it('hands on input and output in pieces', async () => {
    const pieces: string[] = [];
    const result = await git.run(['cat-file', '--batch'], {
      ...request,
      input: 'HEAD:a.txt\nHEAD:b.txt\n',
      onOutput: (bytes) => pieces.push(bytes.toString()),
    });
    assert.ok(result.kind === 'done' && result.output.length === 0);
    assert.match(pieces.join(''), /^[0-9a-f]{40} blob 4\none\n\nHEAD:b\.txt missing\n$/);
  });

  it('says why there is no answer', async () => {
    const kind = async (folder: string) =>
      (await git.run(['rev-parse', 'HEAD'], { ...request, folder })).kind;
    assert.equal(await kind(pathToFileURL(repository.around).href), 'no-repository');
    assert.equal(await kind(repository.uriOf('absent')), 'no-repository');
    assert.equal(await kind('untitled:Untitled-1'), 'no-repository');
    assert.equal(await kind(`${repository.uri}/%00`), 'failed');
    assert.equal((await git.run(['rev-parse', 'absent', '--'], request)).kind, 'failed');
    const failed = await git.run(['cat-file', 'blob', 'absent'], request);
    assert.deepEqual(failed, { kind: 'failed', code: 128, message: 'fatal: Not a valid object name absent' });
  });

  it('has an answer where there is no git', async () => {
    const nowhere = createNodeGit({ environment: { PATH: '' } });
    assert.equal((await nowhere.run(['rev-parse', 'HEAD'], request)).kind, 'no-git');
    const broken = createNodeGit({ program: join(repository.around, 'absent') });
    assert.equal((await broken.run(['rev-parse', 'HEAD'], request)).kind, 'no-git');
  });

  it('ends what writes too much', async () => {
    const endless = pretended('while :; do echo line; done');
    assert.equal((await endless.run(['rev-parse'], request)).kind, 'too-large');
  });

  it('keeps only the beginning of what git says', async () => {
    const talker = pretended('head -c 5000000 /dev/zero | tr "\\0" x >&2; exit 3');
    const result = await talker.run(['rev-parse'], request);
    assert.ok(result.kind === 'failed' && result.code === 3);
    assert.equal(result.message.length, 8000);
  });

  it('ends git and what it started when it is called off', async () => {
    const file = join(repository.around, 'child');
    const parent = pretended(`sleep 1000 & echo $! > '${file}.part'; mv '${file}.part' '${file}'; wait`);
    const controller = new AbortController();
    const running = parent.run(['rev-parse'], { ...request, signal: controller.signal });
    await until(() => existsSync(file));
    controller.abort();
    assert.equal((await running).kind, 'cancelled');
    await until(() => !isAlive(Number(readFileSync(file, 'utf8'))));
  });

  it('ends git when its time is over', async () => {
    const slow = pretended('sleep 1000');
    assert.equal((await slow.run(['rev-parse'], { ...request, mostMilliseconds: 50 })).kind, 'timed-out');
  });

  it('starts nothing that was called off before', async () => {
    assert.equal(
      (await git.run(['rev-parse', 'HEAD'], { ...request, signal: AbortSignal.abort() })).kind,
      'cancelled',
    );
  });

  it('throws what the receiver of the output throws', async () => {
    const throwing = git.run(['rev-parse', 'HEAD'], {
      ...request,
      onOutput: () => {
        throw new Error('of the receiver');
      },
    });
    await assert.rejects(throwing, /of the receiver/);
  });

  it('looks for git in absolute folders of PATH only', () => {
    const folder = join(repository.around, 'programs');
    mkdirSync(folder);
    const program = repository.script('programs/git', 'true');
    assert.equal(findProgram('git.sh', { PATH: `.:relative::${folder}` }), program);
    assert.equal(findProgram('git.sh', { PATH: '.:programs' }), undefined);
    assert.equal(findProgram('git', { PATH: folder }), undefined);
  });
});

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function isAlive(pid: number): boolean {
  try {
    // Where nobody asks how it ended, a process stays in the list.
    const status = `/proc/${pid}/stat`;
    if (existsSync(status) && /\) Z/.test(readFileSync(status, 'utf8'))) return false;
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
