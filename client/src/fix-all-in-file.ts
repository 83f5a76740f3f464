import * as vscode from 'vscode';
import type { ServerProcess } from './server-process';
import { isCheckedDocument } from './settings';

const KIND = vscode.CodeActionKind.SourceFixAll.append('countersign');

/** Applies the safe fixes of the file in front, and says so when there are none. */
export async function fixAllInFile(server: ServerProcess): Promise<void> {
  const { t } = vscode.l10n;
  const document = documentInFront();
  if (!document) {
    void vscode.window.showInformationMessage(t('Open the TypeScript or JavaScript file to be fixed first.'));
    return;
  }
  if (!server.client) {
    void vscode.window.showWarningMessage(t('Countersign is not running, so it has no fixes to offer.'));
    return;
  }
  const { version } = document;
  const edit = await safeFixes(document);
  if (!edit) {
    void vscode.window.showInformationMessage(t('This file has no problems that can be fixed safely.'));
  } else if (document.version !== version || !(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showWarningMessage(t('The file changed meanwhile, so nothing was fixed. Try again.'));
  }
}

/** The file in front; beside the walkthrough, which is no file, the one that is seen. */
function documentInFront(): vscode.TextDocument | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const editors = activeTextEditor ? [activeTextEditor] : visibleTextEditors;
  return editors.map((editor) => editor.document).find(isCheckedDocument);
}

async function safeFixes(document: vscode.TextDocument): Promise<vscode.WorkspaceEdit | undefined> {
  const end = document.lineAt(document.lineCount - 1).range.end;
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(new vscode.Position(0, 0), end),
    KIND.value,
    1, // resolves the edit
  );
  return actions.find((action) => action.kind && KIND.contains(action.kind))?.edit;
}
