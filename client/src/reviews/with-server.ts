import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { ServerProcess } from '../server-process';

/** Does something that is to end in a record, and says so when nothing was stored because it failed. */
export async function withServer(
  server: ServerProcess,
  action: (client: LanguageClient) => Promise<void>,
): Promise<void> {
  const { t } = vscode.l10n;
  const { client } = server;
  const warn = (problem: string) => void vscode.window.showWarningMessage(problem);
  if (!client) return warn(t('Countersign is not running, so nothing was stored.'));
  try {
    await action(client);
  } catch (error) {
    client.error('Storing a record failed', error);
    warn(t('Nothing was stored: {0}', error instanceof Error ? error.message : String(error)));
  }
}
