import * as vscode from 'vscode';
import { RECORDING_SETTINGS_NOTIFICATION, type RecordingSettings } from '../../../protocol/recording';
import type { ServerProcess } from '../server-process';
import { settingsFor } from '../settings';

/**
 * Tells each server whether agents are told of findings. The server also takes it as the moment to see whether what
 * agents call still leads to it: the extension may have been updated.
 */
export function tellRecordingSettings(server: ServerProcess): vscode.Disposable {
  let isRunning = false;
  const tell = (isChosen: boolean) => {
    const settings: RecordingSettings = {
      tellsFindings: settingsFor(undefined).recording.findings,
      isChosen,
    };
    const { client } = server;
    void client?.sendNotification(RECORDING_SETTINGS_NOTIFICATION, settings).catch((error: unknown) => {
      client.warn(`The server could not be told the settings of recording: ${error}`, undefined, false);
    });
  };
  return vscode.Disposable.from(
    server.onDidChange(({ kind }) => {
      const hasStarted = kind === 'running' && !isRunning;
      isRunning = kind === 'running';
      if (hasStarted) tell(false);
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('countersign.recording')) tell(true);
    }),
  );
}
