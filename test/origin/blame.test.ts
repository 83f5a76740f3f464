import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Git } from '../../server/src/host/git';
import { createNodeGit } from '../../server/src/host/node-git';
import { createNodeHost } from '../../server/src/host/node-host';
import { BlameCache } from '../../server/src/origin/blame/blame-cache';
import { type BlameAnswer, blameFile } from '../../server/src/origin/blame/blame-file';
import type { BlamedRange } from '../../server/src/origin/blame/incremental-parser';
import { findInRepository } from '../../server/src/origin/repository/repository';
import { readTips } from '../../server/src/origin/repository/tips';
import { PLAIN_ENVIRONMENT, TestRepository } from './test-repository';

describe('blame of a file', () => {
  const git = createNodeGit({ environment: PLAIN_ENVIRONMENT });
  const host = createNodeHost('', () => {});
  let repository: TestRepository;
  beforeEach(() => {
    repository = new TestRepository();
  });
  afterEach(() => repository.remove());

  async function blameOf(uri: string, by: Git = git, cache = new BlameCache(by, host)): Promise<BlameAnswer> {
    const file = await findInRepository(by, host, uri);
    if ('kind' in file) return { kind: 'unknown', reason: file.kind };
    const tips = await readTips(by, file.repository, []);
    if ('kind' in tips) return { kind: 'unknown', reason: tips.kind };
    return cache.blame({ file, tips });
  }

  /** For each line its commit, its line there, and the path where it is another. */
  async function linesOf(path: string): Promise<string[]> {
    const answer = await blameOf(repository.uriOf(path));
    assert.ok(answer.kind === 'blamed', JSON.stringify(answer));
    assert.equal(answer.blame.missing, undefined);
    return answer.blame.ranges.flatMap((range) =>
      Array.from({ length: range.end - range.start }, (_, index) => {
        const other = range.path === answer.blame.path ? '' : ` ${range.path}`;
        return `${range.commit} ${range.originalStart + index}${other}${range.isBoundary ? ' boundary' : ''}`;
      }),
    );
  }

  it('says which commit brought each line, and where it was there', async () => {
    repository.write('src/a b.ts', 'one\ntwo\n');
    const first = repository.commit();
    repository.write('src/a b.ts', 'zero\none\ntwo\nthree');
    const second = repository.commit();
    assert.deepEqual(await linesOf('src/a b.ts'), [`${second} 0`, `${first} 0`, `${first} 1`, `${second} 3`]);
  });

  it('follows renames, and paths that need quotes', async () => {
    const name = 'ö "quoted"\ttab.ts';
    repository.write(name, 'one\ntwo\nthree\n');
    const first = repository.commit();
    repository.git('mv', name, 'b.ts');
    repository.commit();
    repository.write('b.ts', 'one\ntwo\nthree\nfour\n');
    const last = repository.commit();
    assert.deepEqual(await linesOf('b.ts'), [
      ...[0, 1, 2].map((line) => `${first} ${line} ${name}`),
      `${last} 3`,
    ]);
  });

  it('blames the commit and not the work tree', async () => {
    repository.write('a.ts', 'one\r\ntwo\r\n');
    const first = repository.commit();
    repository.write('a.ts', 'changed\n');
    assert.deepEqual(await linesOf('a.ts'), [`${first} 0`, `${first} 1`]);
    rmSync(join(repository.folder, 'a.ts'));
    assert.deepEqual(await linesOf('a.ts'), [`${first} 0`, `${first} 1`]);
  });

  it('knows what is not committed', async () => {
    repository.write('a.ts', 'one\n');
    assert.deepEqual(await blameOf(repository.uriOf('a.ts')), { kind: 'uncommitted' });
    repository.commit();
    repository.write('b.ts', 'one\n');
    assert.deepEqual(await blameOf(repository.uriOf('b.ts')), { kind: 'uncommitted' });
  });

  it('says what it cannot know', async () => {
    repository.write('binary.ts', Buffer.from([1, 0, 10]));
    repository.write('large.ts', 'x\n'.repeat(2_000_001));
    repository.write('lines.ts', '\n'.repeat(100_001));
    repository.write('empty.ts', '');
    repository.commit();
    const reason = async (uri: string) => {
      const answer = await blameOf(uri);
      return answer.kind === 'unknown' ? answer.reason : answer.kind;
    };
    assert.equal(await reason(repository.uriOf('binary.ts')), 'the file is binary');
    assert.equal(await reason(repository.uriOf('large.ts')), 'the file is too large');
    assert.equal(await reason(repository.uriOf('lines.ts')), 'the file is too large');
    assert.equal(await reason(repository.uriOf('empty.ts')), 'blamed');
    assert.equal(await reason(repository.uriOf('.git/config')), 'no-repository');
    assert.equal(await reason(repository.uriOf('line\nbreak.ts')), 'odd-path');
    assert.equal(await reason(pathToFileURL(join(repository.around, 'a.ts')).href), 'no-repository');
  });

  it('marks lines at the end of a shallow history', async () => {
    repository.write('a.ts', 'one\n');
    repository.commit();
    repository.write('a.ts', 'one\ntwo\n');
    const second = repository.commit();
    repository.write('a.ts', 'one\ntwo\nthree\n');
    const third = repository.commit();
    repository.git('clone', '--quiet', '--depth', '2', repository.uri, '../shallow');
    const answer = await blameOf(pathToFileURL(join(repository.around, 'shallow', 'a.ts')).href);
    assert.ok(answer.kind === 'blamed');
    assert.deepEqual(
      answer.blame.ranges.map(({ commit, end, isBoundary }) => [commit, end, isBoundary]),
      [
        [second, 2, true],
        [third, 3, false],
      ],
    );
  });

  it('works in linked work trees, also of a repository without one, in submodules and through links', async () => {
    repository.write('src/a.ts', 'one\n');
    const commit = repository.commit();
    const expected = { commit, path: 'src/a.ts' };
    repository.git('worktree', 'add', '--quiet', '../linked');
    repository.git('clone', '--quiet', '--bare', repository.uri, '../own/.bare');
    writeFileSync(join(repository.around, 'own', '.git'), 'gitdir: ./.bare\n');
    repository.git('-C', '../own', 'worktree', 'add', '--quiet', 'main', 'main');
    repository.git('init', '--quiet', '../outer');
    repository.git(
      ...['-C', '../outer', '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add'],
      ...[repository.uri, 'inner'],
    );
    mkdirSync(join(repository.around, 'links'));
    symlinkSync(join(repository.folder, 'src'), join(repository.around, 'links', 'folder'));
    symlinkSync(join(repository.folder, 'src', 'a.ts'), join(repository.around, 'links', 'file.ts'));
    for (const path of [
      'linked/src/a.ts',
      'own/main/src/a.ts',
      'outer/inner/src/a.ts',
      'links/folder/a.ts',
      'links/file.ts',
    ]) {
      const answer = await blameOf(pathToFileURL(join(repository.around, path)).href);
      assert.ok(answer.kind === 'blamed', path);
      assert.deepEqual({ commit: answer.blame.ranges[0]?.commit, path: answer.blame.path }, expected, path);
    }
    const linked = await findInRepository(
      git,
      host,
      pathToFileURL(join(repository.around, 'linked/src/a.ts')).href,
    );
    assert.deepEqual(linked, {
      repository: {
        root: pathToFileURL(join(repository.around, 'linked')).href,
        gitFolder: repository.uriOf('.git/worktrees/linked'),
        commonFolder: repository.uriOf('.git'),
      },
      path: 'src/a.ts',
    });
  });

  it('refuses a repository without a work tree that lies in a work tree', async () => {
    repository.write('a.ts', 'one\n');
    repository.commit();
    repository.git('clone', '--quiet', '--bare', '.', 'embedded');
    const answer = await blameOf(repository.uriOf('embedded/a.ts'));
    assert.deepEqual(answer, { kind: 'unknown', reason: 'no-repository' });
  });

  it('refuses a file that is beside the work tree that its repository names', async () => {
    repository.write('a.ts', 'one\n');
    repository.write('src/a.ts', 'two\n');
    repository.commit();
    repository.git('config', 'core.worktree', repository.around);
    const inside = await findInRepository(git, host, repository.uriOf('src/a.ts'));
    assert.equal('path' in inside && inside.path, 'repository/src/a.ts');
    mkdirSync(join(repository.around, 'elsewhere'));
    repository.git('config', 'core.worktree', join(repository.around, 'elsewhere'));
    assert.deepEqual(await findInRepository(git, host, repository.uriOf('src/a.ts')), {
      kind: 'no-repository',
    });
  });

  it('hands on lines as they become known, before git ends', async () => {
    repository.write('a.ts', 'one\ntwo\n');
    const commit = repository.commit();
    const seen = join(repository.around, 'seen');
    const slow = createNodeGit({
      program: repository.script(
        'slow',
        `case "$*" in *--incremental*) printf '%s\\n' '${commit} 1 1 1' 'filename a.ts'; while [ ! -e '${seen}' ]; do :; done;; esac\nexec git "$@"`,
      ),
      environment: PLAIN_ENVIRONMENT,
    });
    const file = await findInRepository(slow, host, repository.uriOf('a.ts'));
    assert.ok(!('kind' in file));
    const question = { file, head: commit, isShallow: false, isIgnoring: false };
    await blameFile(slow, { ...question, onRanges: () => writeFileSync(seen, '') });
    assert.ok(existsSync(seen));
  });

  it('reads repositories whose ids are SHA-256', async () => {
    repository.remove();
    repository = new TestRepository('--object-format=sha256');
    repository.write('a.ts', 'one\n');
    const commit = repository.commit();
    assert.equal(commit.length, 64);
    assert.deepEqual(await linesOf('a.ts'), [`${commit} 0`]);
  });

  it('passes over commits that the repository lists, if the list is a plain file of ids in it', async () => {
    const content = 'function a() {\n  return 1;\n}\n';
    repository.write('a.ts', content);
    const first = repository.commit();
    repository.write('a.ts', content.replace('  return', '    return'));
    const format = repository.commit();
    const list = join(repository.folder, '.git-blame-ignore-revs');
    const second = async () => (await linesOf('a.ts'))[1];
    assert.equal(await second(), `${format} 1`);
    writeFileSync(list, `# formatted\r\n\n${format} # prettier\n`);
    assert.equal(await second(), `${first} 1`);
    writeFileSync(list, `${format}\nsomething else\n`);
    assert.equal(await second(), `${format} 1`);
    rmSync(list);
    writeFileSync(join(repository.around, 'outside'), format);
    symlinkSync(join(repository.around, 'outside'), list);
    assert.equal(await second(), `${format} 1`);
  });

  it('keeps what was known when git ends early, and says so', async () => {
    repository.write('a.ts', 'one\ntwo\n');
    const commit = repository.commit();
    const early = createNodeGit({
      program: repository.script(
        'early',
        `case "$*" in *--incremental*) printf '%s\\n' '${commit} 1 1 1' 'filename a.ts' '${commit} 2 2 1'; exit 1;; esac\nexec git "$@"`,
      ),
      environment: PLAIN_ENVIRONMENT,
    });
    const answer = await blameOf(repository.uriOf('a.ts'), early);
    assert.ok(answer.kind === 'blamed');
    assert.equal(answer.blame.missing, 'git failed with exit code 1');
    assert.deepEqual(
      answer.blame.ranges.map(({ start, end }) => [start, end]),
      [[0, 1]],
    );
  });

  it('says what a clone without its whole history lacks', async () => {
    for (let line = 0; line < 4; line++) {
      repository.write('a.ts', Array.from({ length: line + 1 }, (_, index) => `${index}\n`).join(''));
      repository.commit();
    }
    repository.git('config', 'uploadpack.allowFilter', 'true');
    repository.git('clone', '--quiet', '--filter=blob:none', repository.uri, '../partial');
    const answer = await blameOf(pathToFileURL(join(repository.around, 'partial', 'a.ts')).href);
    const reason = 'the clone lacks a part of the history, and nothing is fetched for this';
    assert.deepEqual(answer, { kind: 'unknown', reason });
  });

  describe('cached', () => {
    /** A git that counts its blames, which wait until they are let go. */
    function counting() {
      let blames = 0;
      let release = () => {};
      const gate = new Promise<void>((resolve) => {
        release = resolve;
      });
      const ended: AbortSignal[] = [];
      const counted: Git = {
        run: async (args, request) => {
          if (args[0] !== 'blame') return git.run(args, request);
          blames++;
          request.signal?.addEventListener('abort', () => ended.push(request.signal as AbortSignal));
          await Promise.race([
            gate,
            new Promise((resolve) => request.signal?.addEventListener('abort', resolve)),
          ]);
          return git.run(args, request);
        },
      };
      return { git: counted, blames: () => blames, release, ended };
    }

    async function ready(by: Git) {
      const file = await findInRepository(by, host, repository.uriOf('a.ts'));
      assert.ok(!('kind' in file));
      const tips = await readTips(by, file.repository, []);
      assert.ok(!('kind' in tips));
      return { file, tips };
    }

    beforeEach(() => {
      repository.write('a.ts', 'one\n');
      repository.commit();
    });

    it('asks git once for each commit, for all who wait', async () => {
      const counted = counting();
      const cache = new BlameCache(counted.git, host);
      const seen: BlamedRange[][] = [[], []];
      const request = await ready(counted.git);
      const both = seen.map((ranges) =>
        cache.blame({ ...request, onRanges: (each) => ranges.push(...each) }),
      );
      counted.release();
      const [first, second] = await Promise.all(both);
      assert.equal(first, second);
      const late: BlamedRange[] = [];
      await cache.blame({ ...request, onRanges: (each) => late.push(...each) });
      assert.deepEqual(
        [...seen, late].map(({ length }) => length),
        [1, 1, 1],
      );
      assert.equal(counted.blames(), 1);
      repository.write('a.ts', 'one\ntwo\n');
      repository.commit();
      const after = await cache.blame(await ready(counted.git));
      assert.ok(after.kind === 'blamed' && after.blame.ranges.length === 2);
      assert.equal(counted.blames(), 2);
    });

    it('asks again when the list of commits to pass over changed', async () => {
      const counted = counting();
      counted.release();
      const cache = new BlameCache(counted.git, host);
      const request = await ready(counted.git);
      await cache.blame(request);
      repository.write('.git-blame-ignore-revs', `${request.tips.head}\n`);
      await cache.blame(request);
      await cache.blame(request);
      assert.equal(counted.blames(), 2);
    });

    it('ends git only when nobody waits any more, and starts anew then', async () => {
      const counted = counting();
      const cache = new BlameCache(counted.git, host);
      const request = await ready(counted.git);
      const controllers = [new AbortController(), new AbortController()];
      const waiting = controllers.map(({ signal }) => cache.blame({ ...request, signal }));
      controllers[0]?.abort();
      assert.deepEqual(await waiting[0], { kind: 'unknown', reason: 'it was called off' });
      assert.equal(counted.ended.length, 0);
      controllers[1]?.abort();
      await waiting[1];
      counted.release();
      assert.equal((await cache.blame(request)).kind, 'blamed');
    });
  });
});
