// What a repository may say, and what must never be run for it. Each protection is shown to be needed: without it the
// same command runs the program.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Git } from '../../server/src/host/git';
import { PROTECTIVE_OPTIONS, protectiveEnvironment } from '../../server/src/host/git-protection';
import { createNodeGit } from '../../server/src/host/node-git';
import { createNodeHost } from '../../server/src/host/node-host';
import { BlameCache } from '../../server/src/origin/blame/blame-cache';
import { blameFile } from '../../server/src/origin/blame/blame-file';
import { NoteLists } from '../../server/src/origin/repository/note-lists';
import { readObjects } from '../../server/src/origin/repository/objects';
import { findInRepository } from '../../server/src/origin/repository/repository';
import { readTips } from '../../server/src/origin/repository/tips';
import { findBranchBase } from '../../server/src/reviews/branch-base';
import { changedFiles } from '../../server/src/reviews/changed-files';
import { commitsBetween } from '../../server/src/reviews/commit-range';
import { ignoredAmong } from '../../server/src/reviews/ignored-files';
import { readPerson } from '../../server/src/reviews/person';
import { readTree } from '../../server/src/reviews/tree';
import { HostileRepository, PROMISED } from './hostile-repository';
import { PLAIN_ENVIRONMENT } from './test-repository';

describe('a hostile repository', () => {
  let repository: HostileRepository;
  before(() => {
    repository = new HostileRepository();
  });
  after(() => repository.remove());

  /** Runs git there; what it says does not matter, only what it runs. */
  function ran(
    args: readonly string[],
    { options = [] as readonly string[], env = PLAIN_ENVIRONMENT, folder = '.', input = '' } = {},
  ): string[] {
    repository.write('a.txt', `changed ${Math.random()}\n`);
    repository.write('b.long', `changed ${Math.random()}\n`);
    repository.takeRun();
    spawnSync('git', [...options, ...args], { cwd: join(repository.folder, folder), env, input });
    return repository.takeRun();
  }

  describe('runs its programs when plain git is used', () => {
    const commands: readonly (readonly [string, readonly string[], string?])[] = [
      ['fsmonitor', ['status']],
      ['process-filter', ['add', 'b.long']],
      ['smudge-filter', ['checkout', 'HEAD', '--', 'a.txt']],
      ['textconv', ['blame', 'HEAD', '--', 'a.txt']],
      ['external-diff', ['diff', 'HEAD~', 'HEAD']],
      ['clean-filter', ['blame', '--contents', 'a.txt', '--', 'a.txt']],
      ['gpg', ['log', '-1', 'openpgp']],
      ['ssh-keygen', ['log', '-1', 'ssh']],
      ['gpgsm', ['log', '-1', 'x509']],
      ['default-key', ['-c', 'gpg.format=ssh', 'commit', '-S', '--allow-empty', '-m', 'x']],
      ['hook', ['commit', '--allow-empty', '-m', 'x']],
      ['editor', ['commit', '--allow-empty']],
      ['alias', ['go']],
      ['ssh', ['cat-file', '-p', PROMISED]],
      ['credential-helper', ['credential', 'fill'], 'protocol=https\nhost=host.example\n\n'],
    ];
    for (const [program, args, input] of commands) {
      it(`${program}: git ${args.join(' ')}`, () => {
        assert.ok(ran(args, { input: input ?? '' }).includes(program));
      });
    }
  });

  it('runs its filters when git lists changed files, so that nobody asks for these', () => {
    repository.git('symbolic-ref', 'HEAD', 'refs/heads/main');
    const ranFor = (...args: readonly string[]) => {
      repository.write('a.txt', repository.git('show', 'HEAD:a.txt').concat('\n'));
      repository.takeRun();
      spawnSync('git', args, { cwd: repository.folder, env: PLAIN_ENVIRONMENT });
      return repository.takeRun().includes('clean-filter');
    };
    assert.ok(ranFor('ls-files', '--modified'));
    assert.ok(!ranFor('ls-files', '--others', '--cached', '--stage', '--debug'));
  });

  describe('runs nothing because of', () => {
    const env = protectiveEnvironment(PLAIN_ENVIRONMENT, 'nonce');
    const lazy = protectiveEnvironment(PLAIN_ENVIRONMENT, 'nonce');
    delete lazy.GIT_NO_LAZY_FETCH;
    const unnamed = { ...lazy, GIT_ALLOW_PROTOCOL: 'none' };
    const without = (setting: string) =>
      PROTECTIVE_OPTIONS.flatMap((word) => (word.startsWith(`${setting}=`) ? ['core.bare=false'] : [word]));

    const commit = [
      '-c',
      'user.name=Ann',
      '-c',
      'user.email=ann@example.org',
      'commit',
      '--allow-empty',
      '-m',
      'x',
    ];
    const settings: readonly (readonly [string, string, readonly string[], string?])[] = [
      ['core.fsmonitor', 'fsmonitor', ['status']],
      ['core.hooksPath', 'hook', commit],
      ['log.showSignature', 'gpgsm', ['log', '-1', 'x509']],
      ['gpg.program', 'gpg', ['log', '-1', '--show-signature', 'openpgp']],
      ['gpg.ssh.program', 'ssh-keygen', ['log', '-1', '--show-signature', 'ssh']],
      ['gpg.ssh.defaultKeyCommand', 'default-key', ['-c', 'gpg.format=ssh', ...commit, '-S']],
      ['safe.bareRepository', 'embedded-textconv', ['blame', 'HEAD', '--', 'a.txt'], 'embedded'],
    ];
    for (const [setting, program, args, folder = '.'] of settings) {
      it(setting, () => {
        assert.ok(!ran(args, { options: PROTECTIVE_OPTIONS, env, folder }).includes(program));
        assert.ok(ran(args, { options: without(setting), env, folder }).includes(program));
      });
    }

    it('GIT_NO_LAZY_FETCH and GIT_ALLOW_PROTOCOL, each alone', () => {
      const plain = { ...env, GIT_NO_LAZY_FETCH: '0', GIT_ALLOW_PROTOCOL: undefined };
      const fetches = (address: string, environment: NodeJS.ProcessEnv) => {
        repository.git('config', 'remote.origin.url', address);
        return ran(['cat-file', '-p', PROMISED], { options: PROTECTIVE_OPTIONS, env: environment });
      };
      for (const address of ['ssh://host.example/x', 'none::x', '.', 'git://host.example/x']) {
        assert.deepEqual(fetches(address, env), [], address);
        assert.deepEqual(fetches(address, lazy), [], `${address}, by a git that knows only the protocols`);
        assert.notDeepEqual(fetches(address, plain), [], address);
      }
      assert.deepEqual(
        fetches('none::x', unnamed),
        ['alias'],
        'a protocol that can be guessed is no protection',
      );
    });
  });

  it('runs nothing for anything that is asked about lines', async () => {
    const git = createNodeGit({ environment: PLAIN_ENVIRONMENT });
    const host = createNodeHost('', () => {});
    const cache = new BlameCache(git, host);
    const notes = new NoteLists(git);
    repository.git('config', 'remote.origin.url', 'none::x');
    repository.takeRun();
    const answers: string[] = [];
    repository.write('.git/info/exclude', 'ignored.txt\n');
    repository.write('ignored.txt', 'x\n');
    for (const branch of ['main', 'openpgp', 'ssh', 'x509']) {
      repository.git('symbolic-ref', 'HEAD', `refs/heads/${branch}`);
      repository.write('a.txt', `changed ${branch}\n`);
      for (const path of ['a.txt', 'b.long', 'new.txt', 'embedded/a.txt', '.git/config']) {
        const file = await findInRepository(git, host, repository.uriOf(path));
        answers.push('kind' in file ? file.kind : path);
        if ('kind' in file) continue;
        const tips = await readTips(git, file.repository, ['refs/notes/ai', PROMISED]);
        assert.ok(!('kind' in tips) && tips.head);
        const person = await readPerson(git, file.repository);
        assert.deepEqual(person.key, { kind: 'openpgp', key: undefined });
        assert.equal(person.allowedSigners, undefined);
        const base = repository.git('rev-parse', 'main~');
        const range = await commitsBetween(git, file.repository, base, tips.head);
        assert.ok(range.size >= 1 && [...range.values()].every((commit) => commit !== undefined));
        assert.ok((await readTree(git, file.repository, tips.head)).has('a.txt'));
        const ignored = await ignoredAmong(git, file.repository, [path, 'b.long', 'ignored.txt']);
        assert.deepEqual(ignored, ['ignored.txt']);
        const branch = await findBranchBase(git, file.repository);
        const changed = await changedFiles(git, file.repository, repository.git('rev-parse', 'main~'));
        assert.ok(changed.paths.includes('a.txt') && changed.missing.length === 0);
        assert.deepEqual(branch, { head: tips.head, base: repository.git('rev-parse', 'main') });
        answers.push((await cache.blame({ file, tips })).kind);
        const tip = tips.references.get('refs/notes/ai') ?? '';
        const list = await notes.at(file.repository, tip);
        assert.ok(!('kind' in list) && list.size === 1);
        const names = [PROMISED, tips.head, ...list.values(), ...list.keys()];
        for (const type of ['commit', 'blob'] as const) {
          const limits = { mostBytes: 10_000, mostBytesInAll: 100_000 };
          const objects = await readObjects(git, { repository: file.repository, names, type, ...limits });
          assert.ok(!('kind' in objects) && objects.size >= 2 && !objects.has(PROMISED));
        }
      }
    }
    const once = [
      'a.txt',
      'blamed',
      'b.long',
      'blamed',
      'new.txt',
      'uncommitted',
      'no-repository',
      'no-repository',
    ];
    assert.deepEqual(answers, [...once, ...once, ...once, ...once]);
    assert.deepEqual(repository.takeRun(), []);
    repository.git('symbolic-ref', 'HEAD', 'refs/heads/main');
    repository.git('config', 'remote.origin.url', 'ssh://host.example/x');
  });

  it('would run what converts files to text, were it not for one word', async () => {
    const git = createNodeGit({ environment: PLAIN_ENVIRONMENT });
    const careless: Git = {
      run: ([command, ...args], request) =>
        git.run([command, ...args.filter((word) => word !== '--no-textconv')], request),
    };
    const file = await findInRepository(
      git,
      createNodeHost('', () => {}),
      repository.uriOf('a.txt'),
    );
    assert.ok(!('kind' in file));
    const question = { file, head: repository.git('rev-parse', 'HEAD'), isShallow: false, isIgnoring: false };
    repository.takeRun();
    await blameFile(git, question);
    assert.deepEqual(repository.takeRun(), []);
    await blameFile(careless, question);
    assert.deepEqual(repository.takeRun(), ['smudge-filter', 'textconv']);
  });

  it('does not lead git elsewhere by the environment of a hook', () => {
    const elsewhere = { ...PLAIN_ENVIRONMENT, GIT_DIR: join(repository.folder, '.git'), GIT_WORK_TREE: '/' };
    const env = protectiveEnvironment(elsewhere, 'nonce');
    assert.deepEqual([env.GIT_DIR, env.GIT_WORK_TREE, env.GIT_CONFIG_NOSYSTEM], [undefined, undefined, '1']);
  });

  it('is refused when another user owns it, in so many words', async () => {
    const script = repository.script('git', 'GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec git "$@"');
    const git = createNodeGit({ program: script, environment: PLAIN_ENVIRONMENT });
    const result = await git.run(['rev-parse', 'HEAD'], {
      folder: repository.uri,
      mostBytes: 1000,
      mostMilliseconds: 10_000,
    });
    assert.equal(result.kind, 'not-owned');
  });
});
