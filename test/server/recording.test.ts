// Setting up recording over the protocol, in a home that is thrown away; and an edit that is recorded while the file is
// open, with the hook as a process.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TRUSTED_NOTIFICATION } from '../../protocol/messages';
import type { OriginsParams } from '../../protocol/origin';
import {
  CHANGE_RECORDING_REQUEST,
  PLAN_RECORDING_REQUEST,
  RECORDING_PLACES_REQUEST,
  RECORDING_SETTINGS_NOTIFICATION,
  type RecordingChange,
  type RecordingPlace,
  type RecordingPlan,
  type RecordingSettings,
} from '../../protocol/recording';
import { createNodeGit } from '../../server/src/host/node-git';
import { CLI, EVIL } from '../cli/project';
import { TestRepository } from '../origin/test-repository';
import { TestClient, type TestClientOptions } from './test-client';

const CLAUDE: RecordingChange = { agent: 'claude', folder: null, isRemoval: false };

describe('recording in the editor', () => {
  let repository: TestRepository;
  let home: string;
  let client: TestClient;
  beforeEach(() => {
    repository = new TestRepository();
    home = join(repository.around, 'home');
    mkdirSync(home);
  });
  afterEach(async () => {
    await client.dispose();
    repository.remove();
  });

  async function start(options: TestClientOptions = {}): Promise<void> {
    client = await TestClient.start({
      folders: [repository.uri],
      recording: {
        ...{ home, environment: {}, platform: process.platform, node: process.execPath, program: CLI },
      },
      ...options,
    });
  }
  const request = <T>(method: string, params?: object): Promise<T> =>
    client.connection.sendRequest(method, params);
  const plan = (change: RecordingChange) => request<RecordingPlan>(PLAN_RECORDING_REQUEST, change);
  const carryOut = async (change: RecordingChange) => {
    const { before, after, file } = await plan(change);
    assert.equal(await request(CHANGE_RECORDING_REQUEST, { ...change, before, after }), null);
    return file;
  };
  const places = async () => request<RecordingPlace[]>(RECORDING_PLACES_REQUEST);
  const state = async (agent: string, folder: string | null = null) =>
    (await places()).find((place) => place.agent === agent && place.folder === folder)?.state;

  it('shows what would be written, writes it, and takes it back', async () => {
    await start();
    const file = join(home, '.claude', 'settings.json');
    mkdirSync(join(home, '.claude'));
    writeFileSync(file, '{ "model": "opus" } // mine\n');
    assert.equal(await state('claude'), 'none');
    const planned = await plan(CLAUDE);
    assert.equal(planned.file, file);
    assert.equal(planned.before, readFileSync(file, 'utf8'), 'nothing is written');
    await carryOut(CLAUDE);
    assert.equal(readFileSync(file, 'utf8'), planned.after);
    assert.deepEqual([await state('claude'), await state('gemini')], ['set-up', 'none']);
    await carryOut({ ...CLAUDE, isRemoval: true });
    assert.equal(readFileSync(file, 'utf8'), planned.before);
    assert.deepEqual(readdirSync(home), ['.claude'], 'nothing else is left');
  });

  it('refuses to write anything else than was shown', async () => {
    await start();
    const { file, before, after } = await plan(CLAUDE);
    mkdirSync(join(home, '.claude'));
    writeFileSync(file, '{}');
    await assert.rejects(request(CHANGE_RECORDING_REQUEST, { ...CLAUDE, before, after }), /meanwhile/);
    const forged = { ...CLAUDE, before: '{}', after: '{"hooks": {}}' };
    await assert.rejects(request(CHANGE_RECORDING_REQUEST, forged), /meanwhile/);
    assert.equal(readFileSync(file, 'utf8'), '{}');
    for (const agent of ['', 'toString', 7])
      await assert.rejects(plan({ ...CLAUDE, agent } as never), /agent/);
    assert.equal(existsSync(join(home, '.countersign')), false);
  });

  it('says which file is broken, where and why, and leaves it', async () => {
    await start();
    mkdirSync(join(home, '.gemini'));
    writeFileSync(join(home, '.gemini', 'settings.json'), '{\n  "a": 1,,\n}');
    const place = (await places()).find(({ agent, folder }) => agent === 'gemini' && folder === null);
    assert.equal(place?.state, 'broken');
    assert.match(place?.problem ?? '', /line 2, column 10/);
    assert.deepEqual(place?.at, { line: 1, character: 9 });
    await assert.rejects(plan({ ...CLAUDE, agent: 'gemini' }), /no JSON at line 2/);
  });

  it('touches files of a folder only where the workspace is trusted', async () => {
    await start({ isTrusted: false });
    const inFolder = { ...CLAUDE, folder: repository.uri };
    assert.ok((await places()).every(({ folder }) => folder === null));
    await assert.rejects(plan(inFolder), /not trusted/);
    await client.connection.sendNotification(TRUSTED_NOTIFICATION);
    client.takeRefreshes();
    assert.equal(await state('claude', repository.uri), 'none');
    assert.equal(await carryOut(inFolder), join(repository.folder, '.claude', 'settings.local.json'));
    assert.equal(await state('claude', repository.uri), 'set-up');
    assert.equal(await state('claude'), 'none');
    await assert.rejects(plan({ ...CLAUDE, folder: `${repository.uri}/..` }), /no such folder/);
  });

  /** Claude Code's edit, told to its hook as its settings say. */
  function callHook(command: string, path: string, lines: readonly string[], id: string): string {
    const input = JSON.stringify({
      ...{ session_id: 's', cwd: repository.folder, hook_event_name: 'PostToolUse', tool_name: 'Edit' },
      ...{ tool_use_id: id, tool_input: { file_path: join(repository.folder, path) } },
      tool_response: { structuredPatch: [{ newStart: 1, lines }] },
    });
    const { status, stdout } = spawnSync('sh', ['-c', command], {
      ...{ cwd: repository.folder, encoding: 'utf8', input },
    });
    assert.equal(status, 0);
    return stdout;
  }
  const commandIn = (file: string): string =>
    JSON.parse(readFileSync(file, 'utf8')).hooks.PostToolUse[0].hooks[0].command;

  it('has one setting for findings, which counts at once and while no editor runs', async function () {
    if (process.platform === 'win32') this.skip();
    this.timeout(30_000);
    await start();
    repository.write('a.js', EVIL);
    const command = commandIn(await carryOut(CLAUDE));
    const lines = EVIL.trimEnd()
      .split('\n')
      .map((line) => `+${line}`);
    const tell = async (settings: RecordingSettings) => {
      await client.connection.sendNotification(RECORDING_SETTINGS_NOTIFICATION, settings);
      await client.quiet();
      return client.takeLog().length;
    };
    assert.equal(callHook(command, 'a.js', lines, '1'), '', 'off by default');
    assert.equal(await tell({ tellsFindings: true, isChosen: true }), 1);
    assert.equal(JSON.parse(callHook(command, 'a.js', lines, '2')).decision, 'block');
    assert.equal(await tell({ tellsFindings: true, isChosen: false }), 0, 'nothing is to be done');
    assert.equal(await tell({ tellsFindings: false, isChosen: true }), 1);
    assert.equal(callHook(command, 'a.js', lines, '3'), '');
    await carryOut({ ...CLAUDE, isRemoval: true });
    assert.equal(await tell({ tellsFindings: true, isChosen: true }), 0, 'recording is not set up');
    assert.deepEqual(readdirSync(home), []);
  });

  it('marks the lines of an edit at once in a file that is open', async function () {
    if (process.platform === 'win32') this.skip();
    this.timeout(30_000);
    const before = 'const a = 1;\nconst b = 2;\n';
    const after = 'const a = 1;\nconst b = compute(a);\nconst c = b;\n';
    repository.write('a.txt', before);
    repository.commit();
    await start({ git: createNodeGit() });
    const command = commandIn(await carryOut(CLAUDE));
    const document = await client.open(repository.uriOf('a.txt'), before, 'plaintext');
    const told = async (isIt: (params: OriginsParams) => boolean) => {
      for (let round = 0; round < 500; round++) {
        const found = client.origins.find(isIt);
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`Not told; what was told: ${JSON.stringify(client.origins)}`);
    };
    const hearOfLog = async () => {
      // The server of tests has no disk.
      const uri = repository.uriOf('.git/countersign/edits.jsonl');
      const text = readFileSync(join(repository.folder, '.git', 'countersign', 'edits.jsonl'), 'utf8');
      client.host.files.set(uri, { text });
      const changes = [{ uri, type: 2 }];
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
      await client.advance(300);
    };
    const marked = (wanted: string) =>
      told(
        ({ runs, version }) =>
          version === document.version &&
          runs.map(({ start, end, state, tool }) => `${start}-${end} ${state} ${tool}`).join() === wanted,
      );
    await told(({ state }) => state === 'ready');
    await client.quiet();
    const watched = client.registered
      .flatMap(({ registerOptions }) => registerOptions?.watchers ?? [])
      .map(({ globPattern }) => `${globPattern.baseUri}/${globPattern.pattern}`);
    assert.ok(
      watched.includes(`${repository.uri}/.git/{countersign,countersign/edits*.jsonl}`),
      watched.join('\n'),
    );

    repository.write('a.txt', after);
    callHook(
      command,
      'a.txt',
      [' const a = 1;', '-const b = 2;', '+const b = compute(a);', '+const c = b;'],
      '1',
    );
    // The editor may read the file before it hears of the log, or after it.
    await document.replace(['const b = 2;\n', 'const b = compute(a);\nconst c = b;\n']);
    await hearOfLog();
    await marked('1-3 ai Claude Code');

    repository.write('a.txt', `${after}last();\n`);
    callHook(command, 'a.txt', [' const a = 1;', ' const b = compute(a);', ' const c = b;', '+last();'], '2');
    client.origins.length = 0;
    await hearOfLog();
    await document.replace(['const c = b;\n', 'const c = b;\nlast();\n']);
    await client.advance(300);
    await marked('1-3 ai Claude Code,3-4 ai Claude Code');
  });
});
