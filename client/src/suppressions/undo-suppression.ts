import * as vscode from 'vscode';
import { ResponseError, type WorkspaceEdit } from 'vscode-languageclient/node';
import { UNDO_SUPPRESSION_REQUEST, type UndoSuppressionRequest } from '../../../protocol/suppressions';
import type { ServerProcess } from '../server-process';
import type { SuppressionRow } from './suppression-rows';

/** Removes a suppression from the text. Nothing is asked: the editor's own undo brings it back. */
export async function undoSuppression(server: ServerProcess, { suppression }: SuppressionRow): Promise<void> {
  const { t } = vscode.l10n;
  const { client } = server;
  if (!client) return warn(t('Countersign is not running, so nothing was undone.'));
  const { kind, uri, version, range, ruleId } = suppression;
  const request: UndoSuppressionRequest = {
    ...{ kind, uri, version, start: range.start },
    ...(ruleId !== undefined && { ruleId }),
  };
  try {
    const answer = await client.sendRequest<WorkspaceEdit>(UNDO_SUPPRESSION_REQUEST, request);
    const edit = await client.protocol2CodeConverter.asWorkspaceEdit(answer);
    const document = vscode.workspace.textDocuments.find(
      (open) => open.uri.toString() === vscode.Uri.parse(uri).toString(),
    );
    const isSame = version === null || document?.version === version;
    if (!edit || !isSame || !(await vscode.workspace.applyEdit(edit)))
      warn(t('The file changed meanwhile, so nothing was undone. Try again.'));
  } catch (error) {
    client.error('Undoing a suppression failed', error);
    const reason = error instanceof ResponseError ? error.message : String(error);
    warn(t('Nothing was undone: {0}', reason));
  }
}

function warn(problem: string): void {
  void vscode.window.showWarningMessage(problem);
}
