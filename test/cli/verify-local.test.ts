// What `countersign verify` knows on the machine where an agent's hook recorded, and what it asks for with `--all`.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PLAIN_ENVIRONMENT } from '../origin/test-repository';
import { ReviewedRepository } from '../signoffs/reviewed-repository';
import { CLI, runCli } from './project';

const CODE = 'open();\nadd();\nclose();\n';
const AFTER = 'person();\nmachine();\nmore();\n';

describe('command line: verify, on one machine', function () {
  this.timeout(120_000);
  let repository: ReviewedRepository;
  beforeEach(() => {
    repository = new ReviewedRepository();
  });
  afterEach(() => repository.remove());

  /** An agent writes a file, and tells the hook as Claude Code does. */
  function agentWrites(path: string, text: string, folder = repository.folder): void {
    const file = join(folder, path);
    let before: string | null = null;
    try {
      before = readFileSync(file, 'utf8');
    } catch {
      // It is new.
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    const structuredPatch =
      before === null
        ? []
        : [
            {
              newStart: 1,
              lines: [
                ...before
                  .split('\n')
                  .slice(0, -1)
                  .map((line) => ` ${line}`),
                ...text
                  .slice(before.length)
                  .split('\n')
                  .slice(0, -1)
                  .map((line) => `+${line}`),
              ],
            },
          ];
    const payload = {
      ...{
        session_id: 's',
        cwd: folder,
        hook_event_name: 'PostToolUse',
        tool_name: before === null ? 'Write' : 'Edit',
      },
      tool_input: { file_path: file, content: text },
      tool_response: { type: before === null ? 'create' : 'update', filePath: file, structuredPatch },
      tool_use_id: `toolu_${path}`,
    };
    execFileSync(process.execPath, [CLI, 'hook', 'claude'], {
      ...{ cwd: folder, env: PLAIN_ENVIRONMENT, input: JSON.stringify(payload) },
    });
  }

  it('asks for committed lines that an agent was seen to write', () => {
    agentWrites('src/a.ts', AFTER);
    const commit = repository.commit('Change by hand, it says');
    assert.deepEqual(repository.missing(), [
      1,
      'unreviewed-ai src/a.ts:2-3',
      'ai-commit-untagged src/a.ts:2-2',
    ]);
    const { findings } = repository.report();
    assert.match(
      findings.find(({ line }) => line === 2)?.message ?? '',
      /^Claude Code wrote this|has lines that/,
    );
    assert.ok(findings.some((finding) => finding.commit === commit));
    repository.write('src/a.ts', `before();\n${AFTER}`);
    repository.git('commit', '--quiet', '-a', '--amend', '-m', 'Change\n\nAssisted-by: Claude Code');
    repository.add(repository.signOff('src/a.ts', 3, 4));
    repository.commit('Countersign');
    assert.deepEqual(
      repository.missing(),
      [1, 'unreviewed-ai src/a.ts:1-1'],
      'the rest of the tagged commit',
    );
  });

  it('does not ask for them where nobody recorded, as on a build machine', () => {
    agentWrites('src/ai.ts', CODE);
    repository.commit('Change by hand, it says');
    assert.equal(repository.verify().code, 1);
    const clone = join(repository.around, 'clone');
    repository.git('clone', '--quiet', '.', clone);
    const { code, out } = runCli(['verify', '--base', repository.base], {
      cwd: clone,
      env: PLAIN_ENVIRONMENT,
    });
    assert.equal(code, 0, out);
    assert.match(out, /^No AI lines by evidence\./m);
  });

  it('knows what an agent wrote in another work tree of the repository', () => {
    const tree = join(repository.around, 'linked');
    repository.git('worktree', 'add', '--quiet', '-b', 'agent', tree);
    agentWrites('src/ai.ts', CODE, tree);
    execFileSync('git', ['add', '--all'], { cwd: tree, env: PLAIN_ENVIRONMENT });
    execFileSync('git', ['commit', '--quiet', '-m', 'Add'], { cwd: tree, env: PLAIN_ENVIRONMENT });
    repository.git('merge', '--quiet', 'agent');
    assert.deepEqual(repository.missing(), [
      1,
      'unreviewed-ai src/ai.ts:1-3',
      'ai-commit-untagged src/ai.ts:1-1',
    ]);
  });

  it('takes a sign-off for void that an agent was seen to write', () => {
    repository.commitAi('src/ai.ts', CODE);
    const path = repository.add(repository.signOff('src/ai.ts', 1, 3));
    const record = readFileSync(join(repository.folder, path), 'utf8');
    repository.git('clean', '--quiet', '-d', '--force');
    agentWrites(path, record);
    repository.commit('Countersign, it says');
    const told = repository.missing();
    assert.deepEqual(
      told.filter((each) => !String(each).startsWith('ai-commit-untagged')),
      [1, 'bad-record .countersign/signoffs/*.json', 'unreviewed-ai src/ai.ts:1-3'],
    );
  });

  it('asks with --all for lines that the base has, too', () => {
    repository.commitAi('src/ai.ts', CODE);
    repository.commitAi('src/more.ts', CODE, { trailer: '' });
    const later = repository.commit('Nothing');
    const verify = (...args: string[]) => {
      const { code, out, err } = repository.verify([...args, '--format', 'json']);
      assert.equal(err, '');
      const { findings, ...report } = JSON.parse(out);
      const errors = findings.filter(({ severity }: { severity: string }) => severity === 'error');
      return [
        code,
        report.all,
        ...errors.map(({ ruleId, file }: Record<string, string>) => `${ruleId} ${file}`),
      ];
    };
    assert.deepEqual(verify('--base', later), [0, false]);
    const all = [
      'governance/unreviewed-ai src/ai.ts',
      'governance/ai-commit-untagged src/more.ts',
      'governance/unreviewed-ai src/more.ts',
    ];
    assert.deepEqual(verify('--all').toSorted(), [1, true, ...all].toSorted());
    assert.deepEqual(verify('--all', '--base', repository.base).toSorted(), [1, true, ...all].toSorted());

    // What decides comes from HEAD, or from the base where one is named.
    repository.write('.countersignrc.json', '{ "review": { "approvals": 0, "requireTrailer": false } }');
    repository.commit('Ask for nothing');
    assert.deepEqual(verify('--all'), [0, true]);
    assert.deepEqual(verify('--all', '--base', repository.base).length, 2 + all.length);
    assert.match(
      repository.verify(['--all']).out,
      /^6 AI lines, all reviewed\. \w{10}: \d commits, \d files\.$/m,
    );
  });

  it('says which reviews no signature proves', async () => {
    repository.commitAi('src/ai.ts', CODE);
    repository.commitAi('src/more.ts', CODE);
    repository.add(repository.signOff('src/ai.ts', 1, 3));
    repository.commit('Countersign one');
    assert.match(repository.verify().out, /^6 AI lines, 3 not reviewed; the others recorded, not proven\. /m);
    repository.add(repository.signOff('src/more.ts', 1, 3));
    repository.commit('Countersign the other');
    assert.match(repository.verify().out, /^6 AI lines, all reviewed; recorded, not proven\. /m);
    const signers = join(repository.around, 'signers');
    writeFileSync(signers, `ben@example.org ${repository.publicKey('ben')}\n`);
    const settings = join(repository.around, 'gitconfig');
    writeFileSync(settings, `[gpg "ssh"]\n\tallowedSignersFile = ${signers}\n`);
    repository.add(await repository.signed(repository.signOff('src/ai.ts', 1, 3, { note: 'again' }), 'ben'));
    repository.commit('Sign it');
    const env = { GIT_CONFIG_GLOBAL: settings };
    assert.match(
      repository.verify(undefined, env).out,
      /^6 AI lines, all reviewed; 3 recorded, not proven\. /m,
    );
    assert.deepEqual(repository.report(env).lines, { reviewed: 6, unproven: 3, unreviewed: 0 });
  });
});
