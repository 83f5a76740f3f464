// The recipe for a hook that proposes a trailer, run by git itself: it asks, and writes nothing without consent.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLAIN_ENVIRONMENT, TestRepository } from '../origin/test-repository';
import { repositoryRoot } from '../repository-root';
import { CLI } from './project';

const SCRIPT = join(repositoryRoot(), 'scripts/prepare-commit-msg.mjs');
const TRAILER = 'Assisted-by: Claude Code';

interface Committed {
  /** As it was committed. */
  readonly message: string;
  /** What the person had in the editor; undefined where none was opened. */
  readonly edited: string | undefined;
  /** What was written on the terminal, or told as errors. */
  readonly told: string;
}

describe('the recipe for prepare-commit-msg', function () {
  this.timeout(120_000);
  let repository: TestRepository;
  beforeEach(() => {
    repository = new TestRepository();
    repository.write('a.ts', 'one();\n');
    repository.write('b.ts', 'person();\n');
    const revision = repository.commit('Begin');
    repository.write('a.ts', 'one();\ntwo();\n');
    repository.write('b.ts', 'person();\nagain();\n');
    repository.git('add', 'a.ts', 'b.ts');
    const conversations = [{ contributor: { type: 'ai' }, ranges: [{ start_line: 2, end_line: 2 }] }];
    const trace = {
      ...{ version: '0.1.0', id: 'x', timestamp: '2026-01-01T00:00:00Z', tool: { name: 'claude-code' } },
      ...{ vcs: { type: 'git', revision }, files: [{ path: 'a.ts', conversations }] },
    };
    repository.write('.agent-trace/traces.jsonl', `${JSON.stringify(trace)}\n`);
    const hook = join(repository.folder, '.git/hooks/prepare-commit-msg');
    writeFileSync(hook, `#!/bin/sh\nexec '${process.execPath}' '${SCRIPT}' "$@"\n`, { mode: 0o755 });
  });
  afterEach(() => repository.remove());

  /**
   * Commits as a person or a program does.
   *
   * @param answer what the person types on the terminal; undefined where there is none.
   */
  async function commit(
    args: readonly string[],
    { answer, env = {} }: { readonly answer?: string; readonly env?: NodeJS.ProcessEnv } = {},
  ): Promise<Committed> {
    const seen = join(repository.around, 'edited');
    writeFileSync(seen, '');
    const editor = repository.script(
      'editor',
      `cp "$1" '${seen}'; printf 'Change\\n\\n' | cat - "$1" > "$1.new"; mv "$1.new" "$1"`,
    );
    const words = ['git', 'commit', '--quiet', ...args];
    const told = await output(
      // A terminal of its own, as `script` makes one; or a session of its own, which has none.
      answer === undefined
        ? words
        : ['script', '-qefc', words.map((word) => `'${word}'`).join(' '), '/dev/null'],
      answer ?? '',
      { ...PLAIN_ENVIRONMENT, COUNTERSIGN_CLI: CLI, GIT_EDITOR: editor, ...env },
    );
    const edited = readFileSync(seen, 'utf8');
    return {
      message: repository.git('log', '-1', '--format=%B').trimEnd(),
      edited: edited === '' ? undefined : edited,
      told,
    };
  }

  function output(words: readonly string[], input: string, env: NodeJS.ProcessEnv): Promise<string> {
    const [program = '', ...args] = words;
    const child = spawn(program, args, { cwd: repository.folder, env, detached: true, stdio: 'pipe' });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += data));
    return new Promise((resolve, reject) => {
      // Answered when it is asked, as by a person.
      const answer = () => {
        if (!text.includes('[y/N]')) return;
        child.stdin.end(input);
        child.stdout.off('data', answer);
      };
      if (input !== '') child.stdout.on('data', answer);
      else child.stdin.end();
      child.on('error', reject);
      child.on('close', () => resolve(text));
    });
  }

  if (process.platform === 'linux') {
    it('asks on a terminal, and adds the trailer after a yes', async () => {
      const { message, told } = await commit(['-m', 'Change'], { answer: 'y\n' });
      assert.match(told, /^AI tools wrote lines of this commit\. Add "Assisted-by: Claude Code"\? \[y\/N\]/);
      assert.equal(message, `Change\n\n${TRAILER}`);
    });

    for (const [what, answer] of Object.entries({ no: 'n\n', nothing: '\n', 'something else': 'what\n' })) {
      it(`writes nothing after ${what}`, async () => {
        const { message, told } = await commit(['-m', 'Change'], { answer });
        assert.match(told, /\[y\/N\]/);
        assert.equal(message, 'Change');
      });
    }

    it('proposes a co-author where git is told so', async () => {
      repository.git('config', 'countersign.trailer', 'Co-authored-by');
      const { message } = await commit(['-m', 'Change'], { answer: 'yes\n' });
      assert.equal(message, 'Change\n\nCo-authored-by: Claude <noreply@anthropic.com>');
    });

    it('asks nothing where an agent on a terminal keeps what git tells', async () => {
      const words = `git commit --quiet -m Change 2> ../errors`;
      const told = await output(['script', '-qefc', words, '/dev/null'], '', {
        ...PLAIN_ENVIRONMENT,
        COUNTERSIGN_CLI: CLI,
      });
      assert.equal(told, '');
      assert.match(
        readFileSync(join(repository.around, 'errors'), 'utf8'),
        /consider: Assisted-by: Claude Code/,
      );
      assert.equal(repository.git('log', '-1', '--format=%B'), 'Change\n');
    });
  }

  it('adds a comment without a terminal, which a person can take the mark from', async () => {
    const { message, edited } = await commit([]);
    assert.match(edited ?? '', /^\n# Assisted-by: Claude Code\n# Please enter the commit message/);
    assert.equal(message, 'Change');
  });

  it('puts the comment where git does not cut it off, with the mark that git takes away', async () => {
    repository.git('config', 'core.commentChar', ';');
    const { message, edited } = await commit(['--verbose']);
    assert.match(edited ?? '', /^\n; Assisted-by: Claude Code\n; Please enter[\s\S]*\n; -+ >8 -+\n/);
    assert.equal(message, 'Change');
  });

  it('only says so where git would leave the comment, or nobody edits the message', async () => {
    for (const setting of ['scissors', 'verbatim', 'whitespace']) {
      repository.git('config', 'commit.cleanup', setting);
      const { edited, told } = await commit(['--allow-empty']);
      assert.ok(!edited?.includes('Assisted-by'), setting);
      assert.match(told, /consider: Assisted-by: Claude Code/);
      repository.git('reset', '--quiet', '--soft', 'HEAD~');
    }
    repository.git('config', '--unset', 'commit.cleanup');
    const { message, told } = await commit(['-m', 'Change']);
    assert.match(told, /consider: Assisted-by: Claude Code/);
    assert.equal(message, 'Change');
  });

  it('leaves messages alone that have it', async () => {
    const { message, told } = await commit(['-m', 'Change', '-m', TRAILER.toLowerCase()]);
    assert.deepEqual([message, told], [`Change\n\n${TRAILER.toLowerCase()}`, '']);
  });

  it('goes by what is staged, beside files without lines', async () => {
    repository.write('logo.bin', Buffer.from([1, 0, 2]));
    repository.git('add', 'logo.bin');
    repository.git('reset', '--quiet', 'a.ts');
    assert.equal((await commit(['-m', 'Only a person'])).told, '');
    // The trace speaks of what comes after the first commit.
    repository.git('reset', '--quiet', '--soft', 'HEAD~');
    repository.git('add', 'a.ts');
    repository.write('logo.bin', Buffer.from([1, 0, 3]));
    repository.git('add', 'logo.bin');
    assert.match((await commit(['-m', 'Change'])).told, /consider/);
    // Of one file, too: the tool's line stays in the work tree.
    repository.git('reset', '--quiet', '--soft', 'HEAD~');
    repository.write('a.ts', 'one();\nperson();\n');
    repository.git('add', 'a.ts');
    repository.write('a.ts', 'one();\ntwo();\nperson();\n');
    assert.equal((await commit(['-m', 'Change'])).told, '');
  });

  it('is silent where Countersign is not there', async () => {
    const env = { COUNTERSIGN_CLI: join(repository.around, 'nothing.js') };
    assert.deepEqual(await commit(['-m', 'Change'], { env }), {
      message: 'Change',
      edited: undefined,
      told: '',
    });
  });
});
