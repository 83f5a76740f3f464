// What suites inside VS Code share: opening files of the shop, waiting, and asking for findings and fixes.
// Nothing here sleeps for a fixed time: the editor and the server answer when they can, so tests poll.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as vscode from 'vscode';
import { repositoryRoot } from '../repository-root';

const POLL_MS = 50;

/** What a condition answers while it does not hold. */
type NotYet = undefined | null | false;

/**
 * Polls until `condition` answers something other than undefined, null or false, and returns that.
 * @param what what is awaited; a function is asked at the failure, so that it can say how things stand
 * @throws an error that names what was awaited and how things stood, after `limitMs`
 */
export async function until<T>(
  condition: () => T | NotYet | Promise<T | NotYet>,
  what: string | (() => string),
  limitMs = 20_000,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== null && value !== false) return value;
    if (Date.now() >= end) break;
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
  const awaited = typeof what === 'string' ? what : what();
  throw new Error(`After ${limitMs / 1000} s still waiting for ${awaited}.\n${howThingsStand()}`);
}

function howThingsStand(): string {
  const documents = vscode.workspace.textDocuments.filter((document) => document.uri.scheme === 'file');
  return [
    `  extension: ${extensionUnderTest().isActive ? 'active' : 'not active'}`,
    ...documents.map((document) => {
      const { uri, languageId, version, isDirty } = document;
      const findings = findingsOf(uri).map(
        (finding) => `${finding.range.start.line + 1}: ${finding.message}`,
      );
      const state = `${languageId}, version ${version}${isDirty ? ', not saved' : ''}`;
      return `  ${uri.fsPath} (${state}): ${findings.length > 0 ? findings.join(' | ') : 'no findings'}`;
    }),
    '  The logs of this run are in the folder that the stage names at its end.',
  ].join('\n');
}

/** The Countersign that this window runs: the one under development or the installed one. */
export function extensionUnderTest(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension('countersign.countersign');
  if (!extension)
    throw new Error('VS Code does not know countersign.countersign: look for its manifest in the log');
  return extension;
}

/** The open copy of the shop. Tests may change it: `resetShop` brings it back. */
export function shopFolder(): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('the window has no folder');
  return folder.uri.fsPath;
}

/**
 * Shows a file of the shop.
 * @param path relative to the shop
 */
export async function openShopFile(path: string): Promise<vscode.TextEditor> {
  const file = join(shopFolder(), path);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  // The editor keeps closed documents for a while; reverting reads the file without waiting for its watcher.
  const isAsOnDisk = () => document.getText() === readFileSync(file, 'utf8');
  if (!isAsOnDisk()) await vscode.commands.executeCommand('workbench.action.files.revert');
  await until(isAsOnDisk, `${path} to be as it is on disk`);
  return editor;
}

/** Countersign's findings in a document as the editor shows them, by position. */
export function findingsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((diagnostic) => diagnostic.source === 'countersign')
    .sort((a, b) => a.range.start.compareTo(b.range.start));
}

/** Waits until the findings of a document are as `accept` wants them; by default, until there are some. */
export function untilFindings(
  uri: vscode.Uri,
  what = 'findings',
  accept: (findings: vscode.Diagnostic[]) => boolean = (findings) => findings.length > 0,
): Promise<vscode.Diagnostic[]> {
  return until(() => {
    const findings = findingsOf(uri);
    return accept(findings) && findings;
  }, `${what} in ${uri.fsPath}`);
}

/**
 * The code actions at a place, asked for until there are some: in its first seconds VS Code answers with
 * nothing or `Canceled` whenever another extension registers a provider for the document meanwhile.
 */
export function codeActions(
  uri: vscode.Uri,
  range: vscode.Range,
  kind: vscode.CodeActionKind = vscode.CodeActionKind.QuickFix,
): Promise<vscode.CodeAction[]> {
  let answer = 'never asked';
  return until(
    async () => {
      try {
        const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          uri,
          range,
          kind.value,
        );
        answer = `${actions.length} actions`;
        return actions.length > 0 && actions;
      } catch (error) {
        if (!/cancel/i.test(String(error))) throw error;
        answer = String(error);
        return undefined;
      }
    },
    () => `${kind.value} at line ${range.start.line + 1} of ${uri.fsPath} (last answer: ${answer})`,
  );
}

/** Closes all editors without saving and makes the open copy of the shop equal the committed one. */
export async function resetShop(): Promise<void> {
  // Not `_workbench.revertAllDirty`, which only forgets that a document is dirty and keeps its text. And only the
  // shop's documents: VS Code itself writes to others, such as the user's settings.
  const isChanged = ({ isDirty, uri }: vscode.TextDocument) => isDirty && uri.fsPath.startsWith(shopFolder());
  for (const document of vscode.workspace.textDocuments.filter(isChanged)) {
    await vscode.window.showTextDocument(document, { preview: false });
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until(() => !document.isDirty, `${document.uri.fsPath} to be reverted`);
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const committed = join(repositoryRoot(), 'test', 'workspaces', 'shop');
  if (resolve(shopFolder()) === resolve(committed)) {
    throw new Error('the window has the committed shop open: tests need a copy, because they write');
  }
  makeEqual(committed, shopFolder());
}

/** Copies what differs and deletes what is too much; equal files stay untouched, so that no watcher wakes. */
function makeEqual(from: string, to: string): void {
  const wanted = new Set(readdirSync(from));
  for (const name of readdirSync(to)) {
    if (!wanted.has(name)) rmSync(join(to, name), { recursive: true, force: true });
  }
  for (const name of wanted) {
    const source = join(from, name);
    const target = join(to, name);
    if (statSync(source).isDirectory() && existsSync(target)) makeEqual(source, target);
    else if (!existsSync(target) || !isSameFile(source, target)) cpSync(source, target, { recursive: true });
  }
}

function isSameFile(a: string, b: string): boolean {
  return statSync(b).isFile() && readFileSync(a).equals(readFileSync(b));
}
