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
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'jsonc-parser';
import { AGENT_SETTINGS } from '../../server/src/agents/agent-settings';
import { withHooks, withoutHooks } from '../../server/src/agents/hook-entries';
import { launcherCommand, launcherText } from '../../server/src/agents/launcher';
import { renewLauncher, type Surroundings } from '../../server/src/agents/own-folder';
import { carryOut, planSetup, type SetupRequest } from '../../server/src/agents/recording-setup';
import { setupState } from '../../server/src/agents/setup-state';
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
      isExtension: false,
    };
  });
  afterEach(() => rmSync(around, { recursive: true, force: true }));

  const request = (agent: AgentName, change: Partial<SetupRequest> = {}): SetupRequest => ({
    ...{ agent, isRemoval: false, findings: 'off', project: undefined, ...change },
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
    set(request('claude', { findings: 'on' }));
    assert.match(readFileSync(file, 'utf8'), /claude --findings"/);
    set(request('claude', { findings: 'on', isAiOff: true }));
    assert.match(readFileSync(file, 'utf8'), /claude --findings --no-ai"/);
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
      const file = set(request('windsurf', { findings: 'on' }));
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
    });

    it('needs no Node.js but the one that it names', () => {
      // A folder with the two programs that the script itself runs, and nothing else.
      const bin = join(around, 'bin');
      mkdirSync(bin);
      for (const name of ['cat', 'sh']) symlinkSync(join('/bin', name), join(bin, name));
      writeFileSync(surroundings.program, 'console.log(process.env.ELECTRON_RUN_AS_NODE, process.argv[2])');
      const file = set(request('windsurf'));
      const [{ command }] = JSON.parse(readFileSync(file, 'utf8')).hooks.post_write_code;
      const options = { encoding: 'utf8', input: '' } as const;
      const run = (env: NodeJS.ProcessEnv) =>
        spawnSync('/bin/sh', ['-c', command], { ...options, env: { PATH: bin, ...env } }).stdout;
      assert.equal(run({}), '1 hook\n');
      const load = join(around, 'load.cjs');
      writeFileSync(load, 'console.log("loaded")');
      assert.equal(run({ NODE_OPTIONS: `--require "${load}"` }), '1 hook\n', 'no debugger comes along');
    });

    describe("of an editor's extension", () => {
      const extension = (version: string, folder = 'extensions') => {
        const program = join(around, folder, `countersign.countersign-${version}`, 'dist', 'cli.js');
        mkdirSync(dirname(program), { recursive: true });
        writeFileSync(program, `console.log("${version}", process.argv.slice(3).join())`);
        return { ...surroundings, program, isExtension: true };
      };
      const launched = () => {
        const file = join(surroundings.home, '.windsurf.command');
        const command = existsSync(file) ? readFileSync(file, 'utf8') : launcherOf(set(request('windsurf')));
        writeFileSync(file, command);
        return spawnSync('sh', ['-c', command], { encoding: 'utf8', input: '' }).stdout;
      };
      const launcherOf = (file: string): string =>
        JSON.parse(readFileSync(file, 'utf8')).hooks.post_write_code[0].command;
      const removeVersion = ({ program }: Surroundings) =>
        rmSync(dirname(dirname(program)), { recursive: true });

      it('leads to the next version, when that starts and even before', () => {
        const first = extension('0.1.0');
        surroundings = first;
        assert.equal(launched(), '0.1.0 windsurf\n');
        const next = extension('0.2.0');
        removeVersion(first);
        assert.equal(launched(), '0.2.0 windsurf\n', 'found beside the former one');
        assert.equal(renewLauncher(next, false), true);
        assert.equal(renewLauncher(next, false), false, 'there is nothing more to do');
        assert.equal(launched(), '0.2.0 windsurf\n');
        const moved = join(around, 'node');
        symlinkSync(process.execPath, moved);
        assert.equal(renewLauncher({ ...next, node: moved }, false), true, 'the editor is elsewhere');
      });

      it('leaves the launcher of another editor, and of the command line, alone', () => {
        surroundings = extension('0.1.0');
        assert.equal(launched(), '0.1.0 windsurf\n');
        const other = extension('0.3.0', 'other-extensions');
        assert.equal(renewLauncher(other, false), false);
        assert.equal(launched(), '0.1.0 windsurf\n');
        assert.equal(renewLauncher({ ...other, tellsFindings: true }, false), false);
        assert.equal(renewLauncher({ ...other, tellsFindings: true }, true), true, 'a person chose it');
        assert.equal(launched(), '0.1.0 windsurf,--findings\n');
        removeVersion(surroundings);
        assert.equal(renewLauncher({ ...other, tellsFindings: true }, false), true, 'it leads nowhere');
        assert.equal(launched(), '0.3.0 windsurf,--findings\n');
        surroundings = { ...other, isExtension: false };
        set(request('windsurf'));
        assert.equal(renewLauncher(extension('0.4.0', 'other-extensions'), false), false);
        assert.equal(launched(), '0.3.0 windsurf,--findings\n', 'what was chosen stays');
      });

      it('is not written where recording was never set up', () => {
        assert.equal(renewLauncher({ ...extension('0.1.0'), tellsFindings: true }, true), false);
        assert.deepEqual(readdirSync(surroundings.home), []);
      });
    });
  });

  it('is called on Windows by a script that finds it in folders of any name', () => {
    const home = 'C:\\Users\\Ädä';
    const program = `${home}\\.vscode\\extensions\\countersign.countersign-0.1.0\\dist\\cli.js`;
    const launched = { node: 'C:\\100%\\Code.exe', program, isExtension: true, tellsFindings: true };
    const text = launcherText(launched, home, 'win32');
    assert.deepEqual(text.split('\r\n').slice(2), [
      'setlocal',
      'set "program=%~dp0..\\.vscode\\extensions\\countersign.countersign-0.1.0\\dist\\cli.js"',
      'if not exist "%program%" for /d %%e in ("%~dp0..\\.vscode\\extensions\\countersign.countersign-*") do if exist "%%e\\dist\\cli.js" set "program=%%e\\dist\\cli.js"',
      'set "node=C:\\100%%\\Code.exe"',
      'if not exist "%node%" set "node=node"',
      'set NoDefaultCurrentDirectoryInExePath=1',
      'set ELECTRON_RUN_AS_NODE=1',
      'set NODE_OPTIONS=',
      'if exist "%program%" "%node%" "%program%" hook %* --findings 2>nul',
      'exit /b 0',
      '',
    ]);
  });

  it('says how it stands', () => {
    const state = (agent: AgentName, change: Partial<SetupRequest> = {}) => {
      const { file: _, ...rest } = setupState(request(agent, change), surroundings);
      return rest;
    };
    writeFileSync(surroundings.program, '');
    assert.deepEqual(state('claude'), { state: 'none' });
    const file = set(request('claude'));
    assert.deepEqual(state('claude'), { state: 'set-up' });
    assert.deepEqual(state('claude', { findings: 'on' }), { state: 'other' });
    assert.deepEqual(state('gemini'), { state: 'none' });
    rmSync(surroundings.program);
    assert.deepEqual(state('claude'), { state: 'other' }, 'what it calls is gone');
    writeFileSync(file, '{\n  "hooks": {},\n  nothing\n}\n');
    const problem = 'It is no JSON at line 3, column 3, so it is left alone. Mend it first.';
    assert.deepEqual(state('claude'), { state: 'broken', problem, at: { line: 2, character: 2 } });
  });

  it('has the hooks that only findings need where the launcher says whether they are told', () => {
    const file = set(request('cursor', { findings: 'as-launched' }));
    const { hooks } = JSON.parse(readFileSync(file, 'utf8'));
    assert.deepEqual(Object.keys(hooks), ['afterFileEdit', 'afterTabFileEdit', 'stop']);
    assert.doesNotMatch(hooks.stop[0].command, /--findings/);
  });

  it('does not follow a link out of a project', function () {
    if (process.platform === 'win32') this.skip();
    const project = join(around, 'project');
    mkdirSync(project);
    mkdirSync(join(around, 'outside'));
    const asked = request('claude', { project });
    symlinkSync(join(around, 'outside'), join(project, '.claude'));
    assert.throws(() => planSetup(asked, surroundings), /by a link/);
    assert.equal(setupState(asked, surroundings).state, 'broken');
    rmSync(join(project, '.claude'));
    mkdirSync(join(project, '.claude'));
    writeFileSync(join(around, 'outside', 'mine.json'), '{}');
    symlinkSync(join(around, 'outside', 'mine.json'), join(project, '.claude', 'settings.local.json'));
    assert.throws(() => planSetup(asked, surroundings), /by a link/);
    symlinkSync(project, join(around, 'to-project'));
    const linked = request('gemini', { project: join(around, 'to-project') });
    assert.equal(planSetup(linked, surroundings).isChanged, true, 'the project itself may be a link');
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
