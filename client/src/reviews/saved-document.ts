import * as vscode from 'vscode';

/**
 * Saves a document that was edited: what is recorded is to be what is on disk, because the record is committed with
 * it. Says so when that fails.
 * @returns whether the document is saved
 */
export async function savedDocument(document: vscode.TextDocument): Promise<boolean> {
  if (!document.isDirty || (await document.save())) return true;
  const name = vscode.workspace.asRelativePath(document.uri);
  const said = vscode.l10n.t('{0} could not be saved, so nothing was stored.', name);
  void vscode.window.showWarningMessage(said);
  return false;
}
