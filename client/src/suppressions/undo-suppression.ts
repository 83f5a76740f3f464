import * as vscode from 'vscode';
import type { WorkspaceEdit } from 'vscode-languageclient/node';
import type { Position } from '../../../protocol/place';
import { UNDO_SUPPRESSION_REQUEST, type UndoSuppressionRequest } from '../../../protocol/suppressions';
import type { ServerProcess } from '../server-process';
import type { SuppressionRow } from './suppression-rows';

/**
 * Removes a suppression from the text. Nothing is asked: the editor's own undo brings it back. What is in force of a
 * configuration is the file on disk, so that it is saved, and shown for that undo, unless it was being edited anyway.
 */
export async function undoSuppression(server: ServerProcess, { suppression }: SuppressionRow): Promise<void> {
  const { t } = vscode.l10n;
  const { client } = server;
  if (!client) return warn(t('Countersign is not running, so nothing was undone.'));
  const { kind, range, ruleId } = suppression;
  const uri = vscode.Uri.parse(suppression.uri);
  try {
    // The server is told of it as well, so that both speak of one text.
    const document =
      kind === 'configuration' ? await vscode.workspace.openTextDocument(uri) : openDocument(uri);
    const wasDirty = document?.isDirty === true;
    const version = suppression.version ?? document?.version ?? null;
    const request: UndoSuppressionRequest = {
      ...{ kind, uri: suppression.uri, version, start: range.start },
      ...(ruleId !== undefined && { ruleId }),
    };
    const answer = await client.sendRequest<WorkspaceEdit>(UNDO_SUPPRESSION_REQUEST, request);
    const edit = await client.protocol2CodeConverter.asWorkspaceEdit(answer);
    const isSame = version === null || document?.version === version;
    if (!edit || !isSame || !(await vscode.workspace.applyEdit(edit)))
      return warn(t('The file changed meanwhile, so nothing was undone. Try again.'));
    if (kind === 'configuration' && document) await putIntoForce(document, wasDirty, range.start);
  } catch (error) {
    client.error('Undoing a suppression failed', error);
    const reason = error instanceof Error ? error.message : String(error);
    warn(t('Nothing was undone: {0}', reason));
  }
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
}

async function putIntoForce(
  document: vscode.TextDocument,
  wasDirty: boolean,
  { line, character }: Position,
): Promise<void> {
  const { t } = vscode.l10n;
  const selection = new vscode.Range(line, character, line, character);
  await vscode.window.showTextDocument(document, { selection, preserveFocus: true });
  const name = vscode.workspace.asRelativePath(document.uri);
  if (wasDirty) {
    void vscode.window.showInformationMessage(t('Save {0}, so that the suppression holds no longer.', name));
  } else if (!(await document.save())) {
    warn(t('{0} could not be saved, so that the suppression still holds.', name));
  }
}

function warn(problem: string): void {
  void vscode.window.showWarningMessage(problem);
}
