// What a repository may say, and what must never be run for it. Each protection is shown to be needed: without it the
// same command runs the program.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PROTECTIVE_OPTIONS, protectiveEnvironment } from '../../server/src/host/git-protection';
import { createNodeGit } from '../../server/src/host/node-git';
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
