// Reviewing AI code in the editor: from the list through the record in the repository to the tick in the gutter.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { CountersignApi } from '../../client/src/extension';
import type { RegionRow } from '../../client/src/reviews/region-rows';
import type { DrawnRow } from '../../client/src/view-rows';
import { addNote, gitAiNote, HUMAN, TRACE } from '../origin/noted-repository';
import { TestRepository } from '../origin/test-repository';
import { extensionUnderTest, until, untilFindings } from './harness';

/** Three regions of AI lines, from 0: ADD, RUN with an open finding, SUBTRACT; a person's lines between them. */
const TEXT = [
  'export function add(a: number, b: number): number {',
  '  return a + b;',
  '} // add',
  '// A person wrote this.',
  'export const run = (code: string) => eval(code);',
  '// And this.',
  'export function subtract(a: number, b: number): number {',
  '  return a - b;',
  '} // subtract',
];
const [ADD, RUN, SUBTRACT] = [0, 4, 6] as const;

const api = () => extensionUnderTest().exports as CountersignApi;

describe('AI code to review', () => {
  let repository: TestRepository;
  let path = '';
  let uri: vscode.Uri;
  let count = 0;

  before(async () => {
    await extensionUnderTest().activate();
    repository = new TestRepository();
    repository.git('config', 'user.name', 'Ann');
    repository.git('config', 'user.email', 'ann@example.org');
  });

  after(() => repository.remove());

  /** A file for each test: VS Code keeps documents for minutes after their tabs were closed, and so does the server. */
  beforeEach(() => {
    count++;
    path = `src/sums${count}.ts`;
    repository.write(path, TEXT.map((line) => `${line}\n`).join(''));
    const attested = [path, `  ${TRACE} 1-3,5,7-9`, `  ${HUMAN} 4,6`];
    addNote(repository, 'ai', repository.commit('Add sums'), gitAiNote({ attested }));
    uri = vscode.Uri.file(join(repository.folder, path));
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('notifications.clearAll');
    for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('workbench.view.explorer');
  });

  /** Opens the file and waits until its regions are listed. */
  async function open(): Promise<vscode.TextEditor> {
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.commands.executeCommand('countersign.showReviews');
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    await untilFindings(uri, 'the finding in RUN');
    await untilRows('5', '1–3', '7–9');
    return editor;
  }

  const allRows = () => api().rows('reviews');
  const regionOf = ({ element }: DrawnRow) => (element as RegionRow).region;
  const rows = () => allRows().filter((row) => regionOf(row).uri === uri.toString());
  const lines = () => rows().map(({ label }) => label.slice(label.indexOf(':') + 1));
  const untilRows = (...wanted: string[]) =>
    until(
      () => JSON.stringify(lines()) === JSON.stringify(wanted),
      () => `the rows ${wanted.join(', ')}, not ${lines().join(', ')}; ${api().reviewMessage()}`,
    );
  /** How many AI lines are countersigned, and of how many: of all files. */
  const counted = () => {
    const [, reviewed, all] =
      /^(\d+) of (\d+) AI lines countersigned/.exec(api().reviewMessage() ?? '') ?? [];
    return { reviewed: Number(reviewed), all: Number(all) };
  };

  /** What is drawn beside each line. */
  function drawn(): string[] {
    const lines = new Array<string>(TEXT.length).fill('none');
    for (const { marker, start, end } of api().originMarkers(uri)[0] ?? []) lines.fill(marker, start, end);
    return lines.slice(0, TEXT.length);
  }
  const untilDrawn = (add: string, run: string, subtract: string) => {
    const expected = [add, add, add, 'none', run, 'none', subtract, subtract, subtract];
    return until(
      () => JSON.stringify(drawn()) === JSON.stringify(expected),
      () => `markers ${expected.join()}, not ${drawn().join()}`,
    );
  };

  /** Those of the file. */
  function records(kind: 'signoffs' | 'origin'): Record<string, unknown>[] {
    const folder = join(repository.folder, '.countersign', kind);
    if (!existsSync(folder)) return [];
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names
      .filter((name) => name.endsWith('.json'))
      .map((name): Record<string, unknown> => JSON.parse(readFileSync(join(folder, name), 'utf8')))
      .filter((record) => record['path'] === path);
  }

  const countersign = (line: number, note = '') =>
    vscode.commands.executeCommand('countersign.countersignRegion', { uri: uri.toString(), line, note });

  it('is listed with the riskiest first, and says why', async () => {
    await open();
    const [run, add] = rows();
    assert.match(run?.description ?? '', /^high: 1 open finding.* · Claude Code$/);
    assert.match(run?.children[0]?.label ?? '', /^injection\/eval-dynamic$/);
    assert.match(run?.spoken ?? '', /^High risk, .*src\/sums1\.ts, line 5, 1 open finding/);
    assert.doesNotMatch(add?.description ?? '', /finding/);
    assert.ok(counted().all >= 7, api().reviewMessage());
    await untilDrawn('solid', 'solid', 'solid');
  });

  it('is gone through by the keyboard, in that order', async () => {
    await open();
    const line = () => vscode.window.activeTextEditor?.selection.active.line;
    // Before these two may be regions of other suites, whose documents VS Code has not given up yet.
    for (const [command, from, to] of [
      ['nextRegion', ADD, SUBTRACT],
      ['previousRegion', SUBTRACT, ADD],
    ] as const) {
      const selection = new vscode.Range(from, 1, from, 1);
      await vscode.window.showTextDocument(uri, { preview: false, selection });
      await vscode.commands.executeCommand(`countersign.${command}`);
      assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), uri.toString());
      assert.equal(line(), to, command);
    }
  });

  it('has ticks and a record once countersigned, loses them by typing and gets them back by undoing', async () => {
    const { document } = await open();
    const { reviewed, all } = counted();
    await countersign(ADD, 'read twice');
    await untilDrawn('tick', 'solid', 'solid');
    await untilRows('5', '7–9');
    assert.deepEqual(counted(), { reviewed: reviewed + 3, all });
    await until(
      () => api().originStatus() === '$(sparkle) 3 of 7 AI lines countersigned',
      () => `the count, not ${api().originStatus()}`,
    );
    const [record, ...others] = records('signoffs');
    assert.equal(others.length, 0);
    assert.deepEqual(
      [record?.['kind'], record?.['path'], record?.['note'], typeof record?.['region']],
      ['sign-off', path, 'read twice', 'object'],
    );
    assert.deepEqual(record?.['reviewer'], { name: 'Ann', email: 'ann@example.org' });
    assert.match(await hoverAt(ADD), /Countersigned by a person.*Ann.*recorded without a proof.*read twice/s);

    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(ADD + 1, 2), 'x');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await until(() => !drawn().includes('tick'), 'no tick');
    await untilRows('5', '1–3', '7–9');
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    await untilDrawn('tick', 'solid', 'solid');
    await untilRows('5', '7–9');
  });

  it('is not countersigned while a finding is open, neither alone nor with its file', async () => {
    await open();
    await countersign(RUN);
    await vscode.commands.executeCommand('countersign.countersignFile', {
      ...{ uri: uri.toString(), line: ADD, note: '' },
    });
    assert.deepEqual(records('signoffs'), []);
    await untilDrawn('solid', 'solid', 'solid');
  });

  it('is countersigned as a file, which is saved first, when all findings are suppressed', async () => {
    const { document } = await open();
    const edit = new vscode.WorkspaceEdit();
    const comment = '// countersign-disable-next-line injection/eval-dynamic -- only we call it';
    edit.replace(uri, document.lineAt(RUN - 1).range, comment);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await untilFindings(uri, 'no findings', (findings) => findings.length === 0);
    await until(() => rows().every(({ children }) => children.length === 0), 'no open finding');
    await vscode.commands.executeCommand('countersign.countersignFile', { note: '' });
    assert.equal(document.isDirty, false);
    await untilDrawn('tick', 'tick', 'tick');
    await untilRows();
    assert.equal(records('signoffs').length, 3);
  });

  it('is marked as written by a person, or by AI, with a reason', async () => {
    const editor = await open();
    editor.selection = new vscode.Selection(SUBTRACT, 0, SUBTRACT + 3, 0);
    await vscode.commands.executeCommand('countersign.markAsHuman', { reason: 'I typed it' });
    await untilDrawn('solid', 'solid', 'none');
    const [record] = records('origin');
    assert.deepEqual([record?.['claim'], record?.['reason']], ['human', 'I typed it']);

    await vscode.commands.executeCommand('countersign.markAsAi', {
      ...{ uri: uri.toString(), lineNumber: 4, reason: 'pasted from a chat' },
    });
    await until(
      () => drawn()[3] === 'solid',
      () => `a marker beside line 4: ${drawn().join()}`,
    );
    assert.equal(records('origin').length, 2);
  });

  async function hoverAt(line: number): Promise<string> {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      ...[uri, new vscode.Position(line, 4)],
    );
    const texts = hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]);
    return texts.map(({ value }) => value).find((text) => text.includes('Attribution')) ?? '';
  }
});

describe('keys for reviews', () => {
  it('are free in VS Code', async () => {
    await vscode.commands.executeCommand('workbench.action.openDefaultKeybindingsFile');
    try {
      const document = await until(() => vscode.window.activeTextEditor?.document, 'the default keys');
      const listed = [...document.getText().matchAll(/"key": "([^"]+)",\s+"command": "([^"]+)"/g)];
      const bindings = listed.map(([, key = '', command = '']) => ({ key, command }));
      const own = bindings.filter(({ command }) =>
        /^countersign\.(?:next|previous|countersign)/.test(command),
      );
      assert.equal(own.length, 4, 'the keys of this extension are among the default ones');
      const keys = new Set(own.map(({ key }) => key));
      const others = bindings.filter(
        ({ key, command }) => keys.has(key) && !command.startsWith('countersign.'),
      );
      assert.deepEqual(others, []);
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    }
  });
});
