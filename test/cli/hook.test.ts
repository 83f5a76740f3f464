// What an agent's hook leaves behind, run as the agent runs it.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { editLog } from '../../server/src/host/edit-log';
import { linesOf } from '../../server/src/origin/mapping/text-lines';
import { recordedLines, recordsOfFile } from '../../server/src/origin/recorder/recorded-lines';
import { TestRepository } from '../origin/test-repository';
import { CLI, type Run, runCli } from './project';

const BEFORE = 'const a = 1;\nconst b = 2;\n';
const AFTER = 'const a = 1;\nconst b = compute(a);\nconst c = b;\n';
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function hook(repository: TestRepository, args: readonly string[], input: object | string): Run {
  const child = spawnSync(process.execPath, [CLI, 'hook', ...args], {
    ...{ cwd: repository.folder, encoding: 'utf8' },
    input: typeof input === 'string' ? input : JSON.stringify(input),
  });
  return { code: child.status, out: child.stdout, err: child.stderr };
}

/** Claude Code's edit of `a.ts` from `BEFORE` to `AFTER`. */
function edit(repository: TestRepository, change: object = {}): object {
  return {
    ...{ session_id: 's', cwd: repository.folder, hook_event_name: 'PostToolUse', tool_name: 'Edit' },
    transcript_path: join(repository.around, '.claude', 'projects', 'x', 's.jsonl'),
    tool_input: { file_path: join(repository.folder, 'a.ts'), old_string: 'SECRET PROMPT', new_string: 'x' },
    tool_response: {
      structuredPatch: [
        { newStart: 1, lines: [' const a = 1;', '-const b = 2;', '+const b = compute(a);', '+const c = b;'] },
      ],
    },
    tool_use_id: 'toolu_1',
    ...change,
  };
}

function recorded(gitFolder: string, path: string, text: string): string[] {
  const records = recordsOfFile(editLog(gitFolder).read(), path, decode);
  return recordedLines(records, linesOf(text), sha256).evidence.map(
    ({ start, end, evidence }) =>
      `${start}-${end} ${evidence.source} ${evidence.tool} ${evidence.model ?? '?'}`,
  );
}

describe('countersign hook', function () {
  this.timeout(60_000);
  let repository: TestRepository;
  const gitFolder = () => join(repository.folder, '.git');
  const store = () => join(gitFolder(), 'countersign');

  beforeEach(() => {
    repository = new TestRepository();
    repository.write('a.ts', BEFORE);
    repository.commit();
    repository.write('a.ts', AFTER);
  });
  afterEach(() => repository.remove());

  it('records the lines of an edit below the git directory, and says nothing', () => {
    mkdirSync(join(repository.around, '.claude', 'projects', 'x'), { recursive: true });
    const call = { model: 'claude-opus-4-5', content: [{ type: 'tool_use', id: 'toolu_1', name: 'Edit' }] };
    writeFileSync(
      join(repository.around, '.claude', 'projects', 'x', 's.jsonl'),
      `${JSON.stringify({ type: 'assistant', message: call })}\n`,
    );
    assert.deepEqual(hook(repository, ['claude'], edit(repository)), { code: 0, out: '', err: '' });
    assert.deepEqual(recorded(gitFolder(), 'a.ts', AFTER), [
      '1-3 recorder-exact Claude Code claude-opus-4-5',
    ]);
    assert.equal(repository.git('status', '--porcelain'), ' M a.ts', 'nothing is in the work tree');
    const log = readFileSync(join(store(), 'edits.jsonl'), 'utf8');
    assert.ok(log.includes(repository.git('rev-parse', 'HEAD')));
    for (const text of ['compute', 'const', 'SECRET']) assert.ok(!log.includes(text), `${text} is not kept`);
    if (process.platform !== 'win32') assert.equal(statSync(join(store(), 'edits.jsonl')).mode & 0o077, 0);
  });

  it('is what `countersign origin` tells, until a person changes the lines', () => {
    const states = () => {
      const { out } = runCli(['origin', '--format', 'json', 'a.ts'], { cwd: repository.folder });
      const { lines } = JSON.parse(out) as {
        lines: { start: number; end: number; state: string; source: string }[];
      };
      return lines.flatMap(({ start, end, state, source }) =>
        new Array<string>(end - start + 1).fill(source === null ? state : `${state} ${source}`),
      );
    };
    const exact = ['unknown', 'ai recorder-exact', 'ai recorder-exact'];
    assert.deepEqual(states(), ['unknown', 'unknown', 'unknown']);
    hook(repository, ['claude'], edit(repository));
    assert.deepEqual(states(), exact);
    repository.commit('With what the tool wrote');
    assert.deepEqual(states(), exact);
    repository.write('a.ts', `// first\n${AFTER.replace('const c = b;', 'const c = person(b);')}`);
    assert.deepEqual(states(), ['unknown', 'unknown', 'ai recorder-matched', 'mixed recorder-matched']);
  });

  it('records an edit once that two hooks are told of', () => {
    for (const agent of ['claude', 'copilot', 'claude']) hook(repository, [agent], edit(repository));
    const lines = readFileSync(join(store(), 'edits.jsonl'), 'utf8').split('\n').filter(Boolean);
    assert.equal(lines.length, 1);
    hook(repository, ['claude'], edit(repository, { tool_use_id: 'toolu_2' }));
    assert.equal(recordsOfFile(editLog(gitFolder()).read(), 'a.ts', decode).length, 2);
  });

  it('keeps the records of a linked work tree apart', () => {
    const linked = join(repository.around, 'linked');
    repository.git('worktree', 'add', '--quiet', linked, '-b', 'other');
    writeFileSync(join(linked, 'a.ts'), AFTER);
    const tool_input = { file_path: join(linked, 'a.ts') };
    // The agent may have been started elsewhere.
    assert.equal(hook(repository, ['claude'], edit(repository, { tool_input })).code, 0);
    assert.equal(existsSync(store()), false);
    const own = join(gitFolder(), 'worktrees', 'linked');
    assert.deepEqual(recorded(own, 'a.ts', AFTER), ['1-3 recorder-exact Claude Code ?']);
  });

  it('waits for a file that comes late, and takes what the tool was told where it does not come', () => {
    const about = { tool_name: 'create_file', tool_response: 'ok', transcript_path: undefined };
    const late = join(repository.folder, 'late.ts');
    const tool_input = { filePath: late, content: AFTER };
    const child = spawn(process.execPath, [CLI, 'hook', 'copilot'], { cwd: repository.folder });
    child.stdin.end(JSON.stringify(edit(repository, { ...about, tool_input })));
    return new Promise<void>((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (code) => {
        writeFileSync(late, AFTER);
        assert.equal(code, 0);
        assert.deepEqual(recorded(gitFolder(), 'late.ts', AFTER), ['0-3 recorder-exact GitHub Copilot ?']);
        resolve();
      });
    });
  });

  it('loses nothing when agents write at once', async () => {
    const count = 12;
    const ends = Array.from({ length: count }, (_, i) => {
      const child = spawn(process.execPath, [CLI, 'hook', 'claude'], { cwd: repository.folder });
      child.stdin.end(
        JSON.stringify(edit(repository, { tool_use_id: `toolu_${i}`, session_id: `s${i % 2}` })),
      );
      return new Promise((resolve) => child.on('exit', resolve));
    });
    assert.deepEqual(new Set(await Promise.all(ends)), new Set([0]));
    assert.equal(recordsOfFile(editLog(gitFolder()).read(), 'a.ts', decode).length, count);
  });

  it('leaves alone what is in no work tree, beside it, or in the git directory', () => {
    const outside = join(repository.around, 'outside.ts');
    const inside = join(gitFolder(), 'inside.ts');
    for (const path of [outside, inside]) {
      writeFileSync(path, AFTER);
      assert.equal(
        hook(repository, ['claude'], edit(repository, { tool_input: { file_path: path } })).code,
        0,
      );
    }
    assert.equal(existsSync(store()), false);
    assert.deepEqual(readdirSync(repository.around).sort(), ['outside.ts', 'repository']);
  });

  it('writes neither through links nor into a folder that only says it is a git directory', function () {
    if (process.platform === 'win32') this.skip();
    const target = join(repository.around, 'target');
    mkdirSync(target);
    symlinkSync(target, store());
    assert.deepEqual(hook(repository, ['claude'], edit(repository)), { code: 0, out: '', err: '' });
    assert.deepEqual(readdirSync(target), []);

    const other = new TestRepository();
    mkdirSync(join(other.folder, 'nested'));
    writeFileSync(join(other.folder, 'nested', '.git'), `gitdir: ${gitFolder()}\n`);
    writeFileSync(join(other.folder, 'nested', 'a.ts'), AFTER);
    const tool_input = { file_path: join(other.folder, 'nested', 'a.ts') };
    assert.equal(hook(other, ['claude'], edit(other, { tool_input })).code, 0);
    assert.equal(
      existsSync(join(other.folder, '.git', 'countersign')),
      false,
      'git would not say it is its file',
    );
    assert.deepEqual(readdirSync(target), []);
    other.remove();
  });

  it('ends well whatever it is given', () => {
    for (const input of ['', 'x', '[]', '{"hook_event_name":"PostToolUse"}', '\u0000'.repeat(1_000)]) {
      assert.deepEqual(hook(repository, ['claude'], input), { code: 0, out: '', err: '' });
      assert.deepEqual(hook(repository, ['gemini'], input), { code: 0, out: '{}\n', err: '' });
    }
    const long = edit(repository, { tool_input: { file_path: 'x'.repeat(100_000) } });
    assert.equal(hook(repository, ['claude'], long).code, 0);
    const nul = edit(repository, { tool_input: { file_path: 'a\u0000b' }, cwd: '\u0000' });
    assert.equal(hook(repository, ['claude'], nul).code, 0);
  });

  it('notes what went wrong, and ends well', function () {
    if (process.platform === 'win32') this.skip();
    mkdirSync(join(store(), 'edits.jsonl'), { recursive: true });
    assert.deepEqual(hook(repository, ['claude'], edit(repository)), { code: 0, out: '', err: '' });
    assert.match(readFileSync(join(store(), 'errors.jsonl'), 'utf8'), /EISDIR/);
  });

  describe('--install', () => {
    const home = () => join(repository.around, 'home');
    const setUp = (...args: string[]): Run =>
      runCli(['hook', ...args], {
        cwd: repository.folder,
        env: { HOME: home(), USERPROFILE: home(), CLAUDE_CONFIG_DIR: '' },
      });
    const settings = () => join(home(), '.claude', 'settings.json');
    beforeEach(() => mkdirSync(home()));

    it('shows the change, and writes nothing without consent', () => {
      const shown = setUp('claude', '--install', '--dry-run');
      assert.deepEqual([shown.code, shown.err], [0, '']);
      assert.match(shown.out, /settings\.json \(new\)\n(?:\+.*\n)+Note: /);
      const asked = setUp('claude', '--install');
      assert.equal(asked.code, 2);
      assert.match(asked.err, /add `--yes`/);
      assert.deepEqual(readdirSync(home()), []);
    });

    it('leads to an edit that is recorded, and can be taken back', function () {
      if (process.platform === 'win32') this.skip();
      mkdirSync(join(home(), '.claude'));
      writeFileSync(settings(), '{ "model": "opus" } // mine\n');
      assert.equal(setUp('--install', 'claude', '--yes').code, 0);
      const text = readFileSync(settings(), 'utf8');
      assert.match(text, /"model": "opus"[\s\S]* \/\/ mine/);
      const { command } = JSON.parse(text.replace('// mine', '')).hooks.PostToolUse[0].hooks[0];
      const input = JSON.stringify(edit(repository));
      const { status, stdout } = spawnSync('sh', ['-c', command], {
        cwd: repository.folder,
        input,
        encoding: 'utf8',
      });
      assert.deepEqual([status, stdout], [0, '']);
      assert.equal(recorded(gitFolder(), 'a.ts', AFTER).length, 1);
      assert.match(setUp('claude', '--install', '--yes').out, /needs no change/);
      assert.equal(setUp('claude', '--uninstall', '--yes').code, 0);
      assert.equal(readFileSync(settings(), 'utf8'), '{ "model": "opus" } // mine\n');
      assert.deepEqual(readdirSync(home()), ['.claude']);
      assert.match(setUp('claude', '--uninstall', '--yes').out, /needs no change/);
    });

    it('is refused where it cannot be done, or makes no sense', () => {
      mkdirSync(join(home(), '.claude'));
      writeFileSync(settings(), '{');
      const { code, err } = setUp('claude', '--install', '--yes');
      assert.equal(code, 2);
      assert.match(err, /^The settings were not changed\. It is no JSON/);
      assert.equal(setUp('claude', '--install', '--uninstall').code, 2);
      assert.equal(setUp('claude', '--yes').code, 2);
    });
  });

  it('is told apart from a wrong use by hand', () => {
    assert.match(hook(repository, [], '').err, /needs one agent: `claude`/);
    const wrong = hook(repository, ['clude'], '');
    assert.deepEqual(
      [wrong.code, wrong.err],
      [2, 'There is no agent `clude`, only `claude`, `copilot`, `codex`, `cursor`, `gemini`, `windsurf`.\n'],
    );
  });
});
