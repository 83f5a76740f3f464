// Who wrote a line, as the editor draws it, against what the command line says of the same text.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { CountersignApi } from '../../client/src/extension';
import { addNote, gitAiNote, HUMAN, TRACE } from '../origin/noted-repository';
import { TestRepository } from '../origin/test-repository';
import { extensionUnderTest, until } from './harness';

const FILE = 'src/orders.ts';
const AGENT = ['Co-Authored-By: Claude Opus 5', '<noreply@anthropic.com>'].join(' ');
/** Functions of five lines; the note speaks of the first half of them. */
const FUNCTIONS = 24;
const MARKS: Readonly<Record<string, string>> = { ai: 'solid', 'ai-commit': 'hollow', mixed: 'hollow' };

const api = () => extensionUnderTest().exports as CountersignApi;

describe('AI-origin markers', () => {
  let repository: TestRepository;
  let uri: vscode.Uri;

  before(async () => {
    await extensionUnderTest().activate();
    repository = new TestRepository();
    const functions = Array.from({ length: FUNCTIONS }, (_, i) => textOf(i));
    const half = FUNCTIONS / 2;
    repository.write(FILE, functions.slice(0, half).join(''));
    const noted = repository.commit('Add orders');
    // Of every third function nothing is said, and another third is a person's.
    const lines = (wanted: number) =>
      Array.from({ length: half }, (_, i) => i)
        .filter((i) => i % 3 === wanted)
        .map((i) => `${i * 5 + 1}-${i * 5 + 4}`)
        .join(',');
    const attested = [FILE, `  ${TRACE} ${lines(0)}`, `  ${HUMAN} ${lines(1)}`];
    addNote(repository, 'ai', noted, gitAiNote({ attested }));
    repository.write(FILE, functions.join(''));
    repository.commit(`Add more orders\n\n${AGENT}`);
    uri = vscode.Uri.file(join(repository.folder, FILE));
  });

  after(() => repository.remove());

  afterEach(async () => {
    await vscode.commands.executeCommand('countersign.showOriginMarkers');
    await vscode.window.showTextDocument(uri, { preview: false });
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const open = async (viewColumn = vscode.ViewColumn.One) =>
    vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), {
      preview: false,
      viewColumn,
    });

  /** What is drawn in each visible editor, line by line. */
  const drawn = (lineCount: number) =>
    api()
      .originMarkers(uri)
      .map((ranges) => {
        const lines = new Array<string>(lineCount).fill('');
        for (const { marker, start, end } of ranges) lines.fill(marker, start, end);
        return lines;
      });

  /** What the command line says of a text in a copy of the repository, which the editor does not know of. */
  async function expected(text: string): Promise<string[]> {
    const copy = join(repository.around, 'copy');
    cpSync(repository.folder, copy, { recursive: true });
    writeFileSync(join(copy, FILE), text);
    const cli = join(extensionUnderTest().extensionPath, 'dist', 'cli.js');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [cli, 'origin', '--format', 'json', FILE],
      {
        cwd: copy,
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      },
    );
    const report: { lines: { start: number; end: number; state: string }[] } = JSON.parse(stdout);
    const lines = new Array<string>(text.split('\n').length).fill('');
    for (const { start, end, state } of report.lines) lines.fill(MARKS[state] ?? '', start - 1, end);
    return lines;
  }

  /** Lines without a word are drawn like their neighbours, which says nothing of them. */
  function differences(text: string, wanted: readonly string[], found: readonly string[]): string[] {
    return text.split('\n').flatMap((line, i) => {
      const isDrawingOnly = /^[\s()[\]{};,]*$/.test(line) && wanted[i] === '';
      return isDrawingOnly || wanted[i] === found[i]
        ? []
        : [`${i + 1} “${line}”: “${found[i]}”, not “${wanted[i]}”`];
    });
  }

  async function untilAsTheCommandLineSays(
    document: vscode.TextDocument,
    editors: number,
  ): Promise<string[]> {
    const text = document.getText();
    const wanted = await expected(text);
    const faults = () => drawn(document.lineCount).map((found) => differences(text, wanted, found));
    await until(
      () => faults().length === editors && faults().flat().length === 0,
      () => `${editors} editors with the markers of the command line; ${JSON.stringify(faults())}`,
    );
    return wanted;
  }

  it('appear for a committed file, in all its editors', async () => {
    const { document } = await open();
    await open(vscode.ViewColumn.Two);
    const wanted = await untilAsTheCommandLineSays(document, 2);
    assert.deepEqual([...new Set(wanted)].sort(), ['', 'hollow', 'solid']);
    await until(
      () => api().originStatus() === '$(sparkle) 16 AI lines',
      `the count, not ${api().originStatus()}`,
    );
    assert.match(await hoverAt(1), /Written by Claude Code.*claude.*opus.*Known from a git.*not proof/s);
    assert.match(
      await hoverAt(FUNCTIONS * 5 - 4),
      /Claude Code took part in the commit; who wrote this line/,
    );
    assert.equal(await hoverAt(6), '', 'a hover on the line of a person');
  });

  it('equal what the command line says after each ten of 100 edits', async function () {
    this.timeout(240_000);
    const { document } = await open();
    await untilAsTheCommandLineSays(document, 1);
    const random = randomNumbers(20_251_123);
    for (let round = 0; round < 10; round++) {
      for (let i = 0; i < 10; i++) await editAnywhere(document, random);
      await untilAsTheCommandLineSays(document, 1);
    }
  });

  it('are hidden and shown by commands', async () => {
    const { document } = await open();
    await untilAsTheCommandLineSays(document, 1);
    await vscode.commands.executeCommand('countersign.hideOriginMarkers');
    const marked = () => drawn(document.lineCount).flat().filter(Boolean).length;
    await until(() => marked() === 0 && api().originStatus() === undefined, 'no markers and no count');
    assert.equal(await hoverAt(1), '');
    await vscode.commands.executeCommand('countersign.showOriginMarkers');
    await untilAsTheCommandLineSays(document, 1);
  });

  async function hoverAt(line: number): Promise<string> {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      new vscode.Position(line, 4),
    );
    const texts = hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]);
    return texts.map(({ value }) => value).find((text) => text.includes('Attribution')) ?? '';
  }
});

/** Five lines, each of which is in the file once. */
function textOf(i: number): string {
  const lines = [
    `export function order${i}(cart: Cart): number {`,
    `  const price${i} = cart.price(${i});`,
    `  log('order ${i}', price${i});`,
    `  return price${i} * ${i + 2};`,
    `} // order ${i}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** Types a line, deletes one, changes a word, splits a line or joins two. */
async function editAnywhere(document: vscode.TextDocument, random: (below: number) => number): Promise<void> {
  const line = random(document.lineCount - 1);
  const { text, range } = document.lineAt(line);
  const edit = new vscode.WorkspaceEdit();
  const middle = random(text.length + 1);
  const kinds = [
    () => edit.insert(document.uri, range.start, `note(${random(1_000_000)});\n`),
    () => edit.insert(document.uri, range.end, `\ncheck(${random(1_000_000)});`),
    () => edit.delete(document.uri, new vscode.Range(line, 0, line + 1, 0)),
    () => edit.insert(document.uri, new vscode.Position(line, middle), `w${random(1_000)}`),
    () => edit.insert(document.uri, new vscode.Position(line, middle), '\n'),
    () => edit.delete(document.uri, new vscode.Range(range.end, new vscode.Position(line + 1, 0))),
  ];
  kinds[random(kinds.length)]!();
  assert.ok(await vscode.workspace.applyEdit(edit), 'the editor refused the edit');
}

/** Numerical Recipes' linear congruential generator: the same numbers on each run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
