import * as vscode from 'vscode';
import type { ServerProcess } from './server-process';

const KIND = vscode.CodeActionKind.SourceFixAll.append('countersign');

/** Applies the safe fixes of the file in front, and says so when there are none. */
export async function fixAllInFile(server: ServerProcess): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open the file to be fixed first.'));
    return;
  }
  if (!server.client) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Countersign is not running, so it has no fixes to offer.'),
    );
    return;
  }
  const end = document.lineAt(document.lineCount - 1).range.end;
  const { version } = document;
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(new vscode.Position(0, 0), end),
    KIND.value,
    1, // resolves the edit
  );
  const edit = actions.find((action) => action.kind && KIND.contains(action.kind))?.edit;
  if (!edit) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('This file has no problems that can be fixed safely.'),
    );
    return;
  }
  if (document.version !== version || !(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The file changed meanwhile, so nothing was fixed. Try again.'),
    );
  }
}
