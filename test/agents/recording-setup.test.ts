// Agents' settings are a person's: what is there stays, and what we put in can be taken out again.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'jsonc-parser';
import { AGENT_SETTINGS } from '../../server/src/agents/agent-settings';
import { withHooks, withoutHooks } from '../../server/src/agents/hook-entries';
import { launcherCommand, launcherText } from '../../server/src/agents/launcher';
import {
  carryOut,
  planSetup,
  type SetupRequest,
  type Surroundings,
} from '../../server/src/agents/recording-setup';
import { textDiff } from '../../server/src/agents/text-diff';
import { AGENTS, type AgentName } from '../../server/src/origin/recorder/payloads/agent-names';

const NAMES = Object.keys(AGENTS) as AgentName[];
const COMMAND = { command: '/home/ada/.countersign/countersign-hook claude', hasFindings: false };

describe('hooks in settings', () => {
  const kept = `// mine
{
    "model": "opus", /* why not */
    "hooks": {
        // runs the formatter
        "PostToolUse": [
            { "matcher": "Edit", "hooks": [{ "type": "command", "command": "format" }] }, // others
        ],
        "Stop": [],
    },
    "unknown": { "a": [1, 2,], },
}
`;

  it('stand beside those of others, whose text stays', () => {
    const text = withHooks(kept, AGENT_SETTINGS.claude, COMMAND);
    const value = parse(text);
    assert.deepEqual(value.hooks.PostToolUse, [
      { matcher: 'Edit', hooks: [{ type: 'command', command: 'format' }] },
      {
        matcher: 'Edit|Write|MultiEdit',
        hooks: [{ type: 'command', timeout: 30, command: COMMAND.command }],
      },
    ]);
    // The line before gets its comma, at most.
    assert.ok(textDiff(kept, text).filter((line) => line.startsWith('-')).length <= 1);
    for (const comment of ['// mine', '/* why not */', '// runs the formatter', '// others'])
      assert.ok(text.includes(comment));
    assert.match(text, /^ {12}\{$/m, 'indented as the file is');
  });

  it('are there once, however often they are put in', () => {
    for (const agent of NAMES) {
      const once = withHooks('', AGENT_SETTINGS[agent], COMMAND);
      assert.equal(withHooks(once, AGENT_SETTINGS[agent], COMMAND), once, agent);
      assert.deepEqual(withHooks('{}\n', AGENT_SETTINGS[agent], COMMAND), once);
    }
  });

  it('go, and nothing else goes with them', () => {
    assert.deepEqual(parse(withoutHooks(withHooks(kept, AGENT_SETTINGS.claude, COMMAND))), parse(kept));
    const together = JSON.stringify({
      hooks: {
        PostToolUse: [
          { hooks: [{ command: 'a' }, { command: 'x/countersign-hook claude' }, { command: 'b' }] },
        ],
      },
    });
    assert.deepEqual(parse(withoutHooks(together)), {
      hooks: { PostToolUse: [{ hooks: [{ command: 'a' }, { command: 'b' }] }] },
    });
    assert.deepEqual(parse(withoutHooks(withHooks('{"a": 1}', AGENT_SETTINGS.cursor, COMMAND))), {
      a: 1,
      version: 1,
    });
  });

  it('are not put into what has another form', () => {
    for (const text of [
      '{',
      'hooks: 1',
      '[]',
      '"x"',
      '{"hooks": []}',
      '{"hooks": {"Stop": {}}}',
      '{"hooks": {}, "hooks": {}}',
    ]) {
      assert.throws(() => withHooks(text, AGENT_SETTINGS.claude, COMMAND), { name: 'SettingsError' }, text);
    }
  });

  it('for findings are there only where they are wanted', () => {
    const events = (hasFindings: boolean) =>
      Object.keys(parse(withHooks('', AGENT_SETTINGS.cursor, { ...COMMAND, hasFindings })).hooks);
    assert.deepEqual(events(false), ['afterFileEdit', 'afterTabFileEdit']);
    assert.deepEqual(events(true), ['afterFileEdit', 'afterTabFileEdit', 'stop']);
  });
});

describe('setting up recording', () => {
  let around: string;
  let surroundings: Surroundings;
  beforeEach(() => {
    around = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-home-')));
    const home = join(around, "Ada's home");
    mkdirSync(home);
    surroundings = {
      home,
      environment: {},
      platform: process.platform,
      node: process.execPath,
      program: join(around, 'cli.js'),
    };
  });
  afterEach(() => rmSync(around, { recursive: true, force: true }));

  const request = (agent: AgentName, change: Partial<SetupRequest> = {}): SetupRequest => ({
    ...{ agent, isRemoval: false, hasFindings: false, project: undefined, ...change },
  });
  const set = (asked: SetupRequest) => {
    const plan = planSetup(asked, surroundings);
    carryOut(plan, asked, surroundings);
    return plan.file;
  };
  const remove = (agent: AgentName) => set(request(agent, { isRemoval: true }));

  it('leaves no trace once it is taken back', () => {
    const files = NAMES.map((agent) => set(request(agent)));
    for (const file of files) assert.ok(readFileSync(file, 'utf8').includes('countersign-hook'));
    for (const agent of NAMES) remove(agent);
    assert.deepEqual(readdirSync(surroundings.home), []);
  });

  it('takes a change back to the byte, over several changes', () => {
    const file = join(surroundings.home, '.claude', 'settings.json');
    mkdirSync(dirname(file));
    const text = '{\r\n\t"hooks" : { } , // mine\r\n\t"env": {"TOKEN": "s"}}';
    writeFileSync(file, text);
    set(request('claude'));
    set(request('claude', { hasFindings: true }));
    assert.match(readFileSync(file, 'utf8'), /claude --findings/);
    const notes = readFileSync(join(surroundings.home, '.countersign', 'undo.json'), 'utf8');
    assert.ok(!notes.includes('TOKEN'), 'of settings no more is kept than what was replaced');
    remove('claude');
    assert.equal(readFileSync(file, 'utf8'), text);
  });

  it('takes only its own out of settings that were changed since', () => {
    const file = set(request('gemini'));
    const settings = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...settings, theme: 'dark' }));
    remove('gemini');
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { theme: 'dark' });
  });

  it('plans without writing, and writes only what was planned', () => {
    const asked = request('claude');
    const plan = planSetup(asked, surroundings);
    assert.deepEqual(readdirSync(surroundings.home), []);
    mkdirSync(dirname(plan.file), { recursive: true });
    writeFileSync(plan.file, '{"mine": true}');
    assert.throws(() => carryOut(plan, asked, surroundings));
    assert.equal(readFileSync(plan.file, 'utf8'), '{"mine": true}');
    const other = planSetup(asked, surroundings);
    writeFileSync(plan.file, '{"mine": false}');
    assert.throws(() => carryOut(other, asked, surroundings), /Somebody else/);
  });

  it('finds settings that are elsewhere, and those of a project', () => {
    surroundings = { ...surroundings, environment: { CLAUDE_CONFIG_DIR: join(around, 'config') } };
    assert.equal(planSetup(request('claude'), surroundings).file, join(around, 'config', 'settings.json'));
    const { file, notes } = planSetup(request('claude', { project: around }), surroundings);
    assert.equal(file, join(around, '.claude', 'settings.local.json'));
    assert.match(notes.join(), /do not commit/);
    assert.match(planSetup(request('codex'), surroundings).notes.join(), /trusted/);
  });

  describe('the launcher', () => {
    before(function () {
      if (process.platform === 'win32') this.skip();
    });

    function launch(input = 'event'): { code: number | null; out: string; err: string } {
      const file = set(request('windsurf', { hasFindings: true }));
      const [{ command }] = JSON.parse(readFileSync(file, 'utf8')).hooks.post_write_code;
      const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8', input });
      return { code: status, out: stdout, err: stderr };
    }

    it('runs the program with the words of the settings, from a folder with any name', () => {
      writeFileSync(
        surroundings.program,
        'console.log(process.argv.slice(2).join(), require("fs").readFileSync(0, "utf8"))',
      );
      assert.deepEqual(launch(), { code: 0, out: 'hook,windsurf,--findings event\n', err: '' });
    });

    it('ends well when the program is gone, fails, or Node.js is elsewhere', () => {
      assert.deepEqual(launch('x'.repeat(1_000_000)), { code: 0, out: '', err: '' });
      writeFileSync(surroundings.program, 'console.error("no"); process.exit(3)');
      assert.deepEqual(launch(), { code: 0, out: '', err: '' });
      surroundings = { ...surroundings, node: '/nowhere/node' };
      writeFileSync(surroundings.program, 'console.log("ran")');
      assert.equal(launch().out, 'ran\n', 'by the one of PATH');
    });

    it('is in words that a shell takes as they are', () => {
      assert.equal(launcherCommand("/home/$(x)/it's", ['claude'], 'linux'), "'/home/$(x)/it'\\''s' claude");
      assert.equal(
        launcherCommand('C:\\Users\\Ada L\\h.cmd', ['claude'], 'win32'),
        '"C:/Users/Ada L/h.cmd" claude',
      );
      assert.match(
        launcherText({ node: 'C:\\100%\\node.exe', program: 'C:\\c.js' }, 'win32'),
        /"C:\\100%%\\node\.exe"/,
      );
    });
  });

  it('is refused for what cannot be changed without harm', () => {
    const file = join(surroundings.home, '.claude', 'settings.json');
    mkdirSync(dirname(file));
    writeFileSync(file, Buffer.from([0x7b, 0xff, 0x7d]));
    assert.throws(() => planSetup(request('claude'), surroundings), /UTF-8/);
    rmSync(file);
    mkdirSync(file);
    assert.throws(() => planSetup(request('claude'), surroundings), /no file/);
    assert.equal(existsSync(join(surroundings.home, '.countersign')), false);
  });
});
