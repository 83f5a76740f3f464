// The recipe for a hook that proposes a trailer: it asks, and writes nothing without consent.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLAIN_ENVIRONMENT, TestRepository } from '../origin/test-repository';
import { repositoryRoot } from '../repository-root';
import { CLI } from './project';

const SCRIPT = join(repositoryRoot(), 'scripts/prepare-commit-msg.mjs');

describe('the recipe for prepare-commit-msg', function () {
  this.timeout(60_000);
  let repository: TestRepository;
  before(() => {
    repository = new TestRepository();
    repository.write('a.ts', 'one();\n');
    const revision = repository.commit();
    repository.write('a.ts', 'one();\ntwo();\n');
    repository.git('add', 'a.ts');
    const ranges = [{ start_line: 2, end_line: 2 }];
    const conversations = [{ contributor: { type: 'ai' }, ranges }];
    const trace = {
      ...{ version: '0.1.0', id: 'x', timestamp: '2026-01-01T00:00:00Z', tool: { name: 'claude-code' } },
      ...{ vcs: { type: 'git', revision }, files: [{ path: 'a.ts', conversations }] },
    };
    repository.write('.agent-trace/traces.jsonl', `${JSON.stringify(trace)}\n`);
  });
  after(() => repository.remove());

  /** The message afterwards. @param answer what the person types; undefined where there is no terminal. */
  function message(
    answer: string | undefined,
    env: NodeJS.ProcessEnv = {},
    before = 'Change\n',
    source = '',
  ): string {
    const [file, terminal] = [join(repository.around, 'message'), join(repository.around, 'terminal')];
    writeFileSync(file, before);
    // The question is written first, and what follows it is read.
    const question = 'AI tools wrote lines of this commit. Add "Assisted-by: Claude Code"? [y/N] ';
    if (answer !== undefined) writeFileSync(terminal, ' '.repeat(question.length) + answer);
    execFileSync(process.execPath, [SCRIPT, file, source], {
      cwd: repository.folder,
      stdio: 'ignore',
      env: {
        ...PLAIN_ENVIRONMENT,
        COUNTERSIGN_CLI: CLI,
        COUNTERSIGN_TERMINAL: answer === undefined ? join(repository.around, 'missing') : terminal,
        ...env,
      },
    });
    return readFileSync(file, 'utf8');
  }

  it('adds the trailer when the person says yes, and nothing otherwise', () => {
    assert.equal(message('y\n'), 'Change\n\nAssisted-by: Claude Code\n');
    for (const answer of ['n\n', '\n', 'what\n']) assert.equal(message(answer), 'Change\n');
  });

  it('adds a comment where nobody can be asked, and nothing where nobody would see it', () => {
    assert.equal(message(undefined), 'Change\n\n# Assisted-by: Claude Code\n');
    assert.equal(message(undefined, { GIT_EDITOR: ':' }), 'Change\n');
  });

  it('leaves messages alone that have it, and merges', () => {
    const tagged = 'Change\n\nassisted-by: claude code\n';
    assert.equal(message('y\n', {}, tagged), tagged);
    assert.equal(message('y\n', {}, 'Merge\n', 'merge'), 'Merge\n');
  });

  it('is silent where Countersign is not there', () => {
    assert.equal(message('y\n', { COUNTERSIGN_CLI: join(repository.around, 'nothing.js') }), 'Change\n');
  });
});
