// Setting up recording as a person does, and edits that are recorded while their file is open. In a home that is
// thrown away, with the Node.js that VS Code brings and no other.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { CountersignApi } from '../../client/src/extension';
import { TestRepository } from '../origin/test-repository';
import { extensionUnderTest, until } from './harness';

const CLAUDE = { agent: 'claude' };
const MINE = '{\n  // mine\n  "model": "opus"\n}\n';
const api = () => extensionUnderTest().exports as CountersignApi;

describe('Recording', () => {
  const settings = join(homedir(), '.claude', 'settings.json');
  let repository: TestRepository;

  before(async () => {
    // Whoever runs this has settings of their own.
    assert.match(homedir(), /home$/);
    assert.equal(existsSync(join(homedir(), '.claude')), false, 'the home is new');
    await extensionUnderTest().activate();
    await until(() => api().serverPid() && api().status().state !== 'starting', 'the server');
    repository = new TestRepository();
  });
  after(() => repository.remove());
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of readdirSync(homedir())) {
      if (/^\.(?:claude|countersign|gemini)$/.test(name)) rmSync(join(homedir(), name), { recursive: true });
    }
  });

  const shownDiff = () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .map(({ input }) => input)
      .find((input): input is vscode.TabInputTextDiff => input instanceof vscode.TabInputTextDiff);

  /** Runs a command up to its question, and answers it. @returns the texts that the editor showed. */
  async function answered(command: string, argument: object, isAgreed: boolean): Promise<[string, string]> {
    let isOver = false;
    const run = vscode.commands.executeCommand(command, argument).then(() => {
      isOver = true;
    });
    const diff = await until(shownDiff, 'the change');
    const [left, right] = await Promise.all(
      [diff.original, diff.modified].map((uri) => vscode.workspace.openTextDocument(uri)),
    );
    assert.ok(left && right);
    const answer = isAgreed
      ? 'workbench.action.acceptSelectedQuickOpenItem'
      : 'workbench.action.closeQuickOpen';
    // The question comes after the change is drawn.
    await until(async () => {
      if (!isOver) await vscode.commands.executeCommand(answer);
      return isOver;
    }, 'the end of the command');
    await run;
    assert.equal(shownDiff(), undefined, 'the change is closed again');
    return [left.getText(), right.getText()];
  }

  function writeSettings(text: string): void {
    mkdirSync(dirname(settings), { recursive: true });
    writeFileSync(settings, text);
  }

  it('is set up once a person has seen the change and agreed, and removed again', async () => {
    writeSettings(MINE);
    const [shown] = await answered('countersign.setUpRecording', CLAUDE, false);
    assert.equal(shown, MINE);
    assert.equal(readFileSync(settings, 'utf8'), MINE, 'nothing is written without consent');
    assert.equal(existsSync(join(homedir(), '.countersign')), false);

    const [, planned] = await answered('countersign.setUpRecording', CLAUDE, true);
    assert.equal(readFileSync(settings, 'utf8'), planned);
    assert.match(planned, /\/\/ mine[\s\S]*"PostToolUse"[\s\S]*countersign-hook claude/);

    await answered('countersign.removeRecording', CLAUDE, true);
    assert.equal(readFileSync(settings, 'utf8'), MINE);
    assert.equal(existsSync(join(homedir(), '.countersign')), false);
  });

  it('changes nothing in a file that is no JSON, and leads to the place', async () => {
    writeSettings('{\n  "model": opus\n}\n');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const run = vscode.commands.executeCommand('countersign.setUpRecording', CLAUDE);
    // “Open file” is the button of the message.
    await until(async () => {
      await vscode.commands.executeCommand('notification.acceptPrimaryAction');
      return vscode.window.activeTextEditor?.document.uri.fsPath === settings;
    }, 'the file');
    await run;
    assert.deepEqual(vscode.window.activeTextEditor?.selection.active, new vscode.Position(1, 11));
    assert.equal(existsSync(join(homedir(), '.countersign')), false);
  });

  it('marks lines at once in an open file, without a Node.js of the machine', async () => {
    const text = 'const a = 1;\nconst b = 2;\n';
    const written = 'const a = 1;\nconst b = compute(a);\nconst c = b;\n';
    repository.write('a.ts', text);
    repository.commit();
    const uri = vscode.Uri.file(join(repository.folder, 'a.ts'));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
    await until(() => api().toldOrigins(uri)?.state === 'ready', 'who wrote the file');
    await answered('countersign.setUpRecording', CLAUDE, true);
    await vscode.window.showTextDocument(uri, { preview: false });

    repository.write('a.ts', written);
    const patch = [' const a = 1;', '-const b = 2;', '+const b = compute(a);', '+const c = b;'];
    callHook(patch);
    const isMarked = () =>
      api()
        .originMarkers(uri)
        .some(
          (ranges) =>
            ranges.map(({ start, end, marker }) => `${start}-${end} ${marker}`).join() === '1-3 solid',
        );
    await until(isMarked, () => `the markers, not ${JSON.stringify(api().originMarkers(uri))}`, 10_000);
    const document = await vscode.workspace.openTextDocument(uri);
    assert.deepEqual([document.isDirty, document.getText()], [false, written], 'nobody saved or opened it');
  });

  /** Claude Code's edit of `a.ts`, told as its settings say, where no program but those of the system is on the path. */
  function callHook(lines: readonly string[]): void {
    const { hooks } = JSON.parse(readFileSync(settings, 'utf8'));
    const bin = mkdtempSync(join(tmpdir(), 'countersign-bin-'));
    for (const name of ['cat', 'sh']) symlinkSync(join('/bin', name), join(bin, name));
    const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', hooks.PostToolUse[0].hooks[0].command], {
      ...{ cwd: repository.folder, encoding: 'utf8', env: { HOME: homedir(), PATH: bin } },
      input: JSON.stringify({
        ...{ session_id: 's', cwd: repository.folder, hook_event_name: 'PostToolUse', tool_name: 'Edit' },
        ...{ tool_use_id: '1', tool_input: { file_path: join(repository.folder, 'a.ts') } },
        tool_response: { structuredPatch: [{ newStart: 1, lines }] },
      }),
    });
    rmSync(bin, { recursive: true });
    assert.deepEqual([status, stdout, stderr], [0, '', '']);
  }
});
