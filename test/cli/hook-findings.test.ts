// What an agent is told of findings: on its own lines, few at a time, and only where it reads it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { TestRepository } from '../origin/test-repository';
import { CLI, EVIL } from './project';

const HUMAN = 'eval(process.argv[3]);\n';

describe('countersign hook --findings', function () {
  this.timeout(60_000);
  let repository: TestRepository;
  beforeEach(() => {
    repository = new TestRepository();
    repository.write('a.js', `${HUMAN}${EVIL}`);
  });
  afterEach(() => repository.remove());

  /** What the agent reads. */
  function told(agent: string, event: object, ...options: string[]): Record<string, unknown> | undefined {
    const args = [CLI, 'hook', agent, ...(options.length > 0 ? options : ['--findings'])];
    const input = JSON.stringify({ cwd: repository.folder, session_id: 's', ...event });
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      ...{ cwd: repository.folder, encoding: 'utf8', input },
    });
    assert.deepEqual([status, stderr], [0, '']);
    return stdout === '' ? undefined : JSON.parse(stdout);
  }

  /** Claude Code wrote a line below the person's. */
  const edit = (id: string, lines = [' eval(process.argv[3]);', '+eval(process.argv[2]);']) => ({
    ...{ hook_event_name: 'PostToolUse', tool_name: 'Edit', tool_use_id: id },
    tool_input: { file_path: join(repository.folder, 'a.js') },
    tool_response: { structuredPatch: [{ newStart: 1, lines }] },
  });

  it('tells of the lines that the edit wrote, twice in a conversation at most', () => {
    const first = told('claude', edit('1'));
    assert.equal(first?.['decision'], 'block');
    const reason = String(first?.['reason']);
    assert.match(reason, /a problem/);
    assert.match(reason, /^- a\.js:2:1 error injection\/eval-dynamic \([0-9a-f]{16}\): /m);
    assert.doesNotMatch(reason, /a\.js:1:/, "the person's line is no business of the agent");
    assert.equal(told('claude', edit('1')), undefined, 'another hook was told of the same edit');
    assert.ok(told('claude', edit('2')));
    assert.equal(told('claude', edit('3')), undefined);
    assert.ok(told('claude', { ...edit('4'), session_id: 'other' }));
  });

  it('keeps compiled code with the caches of the person, and answers the same with it', () => {
    const caches = repository.folder + '.caches';
    const before = process.env['XDG_CACHE_HOME'];
    process.env['XDG_CACHE_HOME'] = caches;
    try {
      const answers = ['1', '2', '3', '4'].map((id) => told('claude', { ...edit(id), session_id: id }));
      assert.ok(answers[0]);
      for (const answer of answers) assert.deepEqual(answer, answers[0]);
      const names = readdirSync(join(caches, 'countersign', 'code'));
      assert.match(names.join(' '), /^checking-[0-9a-f]{16}\.bin$/);
      // The fourth only took it: what is kept is for the flags that the hook sets.
      assert.equal(readFileSync(join(caches, 'countersign', 'code', names[0] as string))[64], 3);
      assert.deepEqual(readdirSync(repository.folder).sort(), ['.git', 'a.js']);
    } finally {
      if (before === undefined) delete process.env['XDG_CACHE_HOME'];
      else process.env['XDG_CACHE_HOME'] = before;
      rmSync(caches, { recursive: true, force: true });
    }
  });

  it('says nothing unless it is asked for, and nothing where all is well', () => {
    const input = JSON.stringify({ cwd: repository.folder, session_id: 's', ...edit('1') });
    const { stdout } = spawnSync(process.execPath, [CLI, 'hook', 'claude'], { encoding: 'utf8', input });
    assert.equal(stdout, '');
    repository.write('a.js', 'console.log(1);\n');
    assert.equal(told('claude', edit('2', ['+console.log(1);'])), undefined);
  });

  it('reports what a scan reports: configuration and suppressions count', () => {
    repository.write('.countersignrc.json', '{ "rules": { "injection/eval-dynamic": "off" } }');
    assert.equal(told('claude', edit('1')), undefined);
    repository.write('.countersignrc.json', '{ "ignore": ["*.js"] }');
    assert.equal(told('claude', edit('2')), undefined);
    repository.write('.countersignrc.json', '{}');
    const comment = '// countersign-disable-next-line injection/eval-dynamic -- a test of ours';
    repository.write('a.js', `${comment}\n${EVIL}`);
    assert.equal(told('claude', edit('3', [`+${comment}`, '+eval(process.argv[2]);'])), undefined);
  });

  it('judges the lines as those of a tool, unless the AI switch is off', () => {
    const lines = [
      "import cors from 'cors';",
      "import serialize from 'serialize-javascript';",
      'export const open = cors({ origin: true, credentials: true });',
      'export const page = (data) => serialize(data, { unsafe: true });',
    ];
    repository.write('a.js', `${lines.join('\n')}\n`);
    const written = edit('1', [` ${lines[0]}`, ` ${lines[1]}`, ...lines.slice(2).map((line) => `+${line}`)]);
    const reasonOf = (id: string, ...options: string[]) =>
      String(told('claude', { ...written, tool_use_id: id, session_id: id }, ...options)?.['reason']);
    const reason = reasonOf('1');
    const by = 'written by Claude Code, its edit was recorded';
    assert.match(reason, new RegExp(`a\\.js:3:.* error web/cors-permissive .*\\(raised: ${by}\\)`));
    assert.match(reason, new RegExp(`a\\.js:4:.* error deser/unsafe-deserializer .*\\(shown: ${by}\\)`));
    const off = reasonOf('2', '--findings', '--no-ai');
    assert.match(off, /a problem.*\n.* warning web\/cors-permissive/);
    assert.doesNotMatch(off, /raised|shown|deser/);
    repository.write('.countersignrc.json', '{ "ai": false }');
    assert.doesNotMatch(reasonOf('3'), /raised|shown|deser/);
  });

  it('tells ten at most', () => {
    repository.write('a.js', EVIL.repeat(14));
    const reason = String(
      told('claude', edit('1', new Array<string>(14).fill('+eval(process.argv[2]);')))?.['reason'],
    );
    assert.equal(reason.split('\n').filter((line) => line.startsWith('- ')).length, 10);
  });

  it('answers Gemini CLI beside the result of its tool', () => {
    const event = {
      ...{ hook_event_name: 'AfterTool', tool_name: 'replace', tool_response: { llmContent: 'ok' } },
      tool_input: { file_path: 'a.js', old_string: 'nothing();', new_string: 'eval(process.argv[2]);' },
    };
    const { hookSpecificOutput } = told('gemini', event) as { hookSpecificOutput: Record<string, string> };
    assert.equal(hookSpecificOutput['hookEventName'], 'AfterTool');
    assert.match(hookSpecificOutput['additionalContext'] ?? '', /a\.js:2:1/);
  });

  it("answers Cursor and Copilot's command line at the end of their turns", () => {
    const edits = [{ old_string: 'nothing();', new_string: 'eval(process.argv[2]);' }];
    const cursor = { conversation_id: 'k', session_id: undefined, cursor_version: '2.0.0' };
    const file_path = join(repository.folder, 'a.js');
    assert.equal(
      told('cursor', { ...cursor, hook_event_name: 'afterFileEdit', file_path, edits }),
      undefined,
    );
    const stop = { ...cursor, hook_event_name: 'stop', status: 'completed', loop_count: 0 };
    assert.equal(told('cursor', { ...stop, loop_count: 2 }), undefined, 'it has been told often enough');
    assert.match(String(told('cursor', stop)?.['followup_message']), /a\.js:2:1/);

    const copilot = { session_id: undefined, sessionId: 'c' };
    const toolArgs = { path: file_path, old_str: 'nothing();', new_str: 'eval(process.argv[2]);' };
    assert.equal(told('copilot', { ...copilot, toolName: 'edit', toolArgs }), undefined);
    assert.equal(told('copilot', copilot)?.['decision'], 'block');
    assert.equal(told('copilot', { ...copilot, stop_hook_active: true }), undefined);
  });

  it('says nothing to Windsurf, which would not read it', () => {
    const edits = [{ old_string: 'nothing();', new_string: 'eval(process.argv[2]);' }];
    const tool_info = { file_path: join(repository.folder, 'a.js'), edits };
    assert.equal(
      told('windsurf', { agent_action_name: 'post_write_code', trajectory_id: 'w', tool_info }),
      undefined,
    );
  });
});
