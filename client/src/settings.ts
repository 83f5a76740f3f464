import * as vscode from 'vscode';
import { DEFAULT_SETTINGS, type Settings } from '../../protocol/settings';

/** Where a checked file can be: on disk, or not saved yet. */
export const SCHEMES = ['file', 'untitled'];

/** The documents that the server is told of: every text, since secrets and hidden characters can be in any. */
export const DOCUMENTS = SCHEMES.map((scheme) => ({ scheme }));

/** Whether the server is asked about this document. */
export function isCheckedDocument(document: vscode.TextDocument): boolean {
  return vscode.languages.match(DOCUMENTS, document) > 0;
}

/** The settings in effect for a resource, as the server gets them. */
export function settingsFor(resource: vscode.Uri | undefined): Settings {
  const settings = vscode.workspace.getConfiguration('countersign', resource);
  return {
    enable: settings.get('enable', DEFAULT_SETTINGS.enable),
    run: settings.get('run', DEFAULT_SETTINGS.run),
    profile: settings.get('profile', DEFAULT_SETTINGS.profile),
    ai: settings.get('ai', DEFAULT_SETTINGS.ai),
    rules: { customizations: settings.get('rules.customizations', DEFAULT_SETTINGS.rules.customizations) },
    origin: { markers: settings.get('origin.markers', DEFAULT_SETTINGS.origin.markers) },
    recording: {
      findings: settings.get('recording.findings', DEFAULT_SETTINGS.recording.findings),
      fixes: settings.get('recording.fixes', DEFAULT_SETTINGS.recording.fixes),
    },
  };
}

/** Whether any open folder, or the window when it has none, wants its files checked. */
export function isEnabledAnywhere(): boolean {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) return settingsFor(undefined).enable;
  return folders.some((folder) => settingsFor(folder.uri).enable);
}

/** Whether the file in front is to be checked; without such a file, whether any is. */
export function isEnabledInFront(): boolean {
  const document = vscode.window.activeTextEditor?.document;
  return document && isCheckedDocument(document) ? settingsFor(document.uri).enable : isEnabledAnywhere();
}

/** Whether the editor's own extension for JSON is there and tells what is broken. */
export function isJsonUnderlined(): boolean {
  const isThere = vscode.extensions.getExtension('vscode.json-language-features') !== undefined;
  return isThere && vscode.workspace.getConfiguration('json').get('validate.enable', true);
}

/** Turns checks on or off where that has an effect: where the setting is set, else in the workspace. */
export async function toggleEnabled(): Promise<void> {
  const resource = vscode.window.activeTextEditor?.document.uri;
  const settings = vscode.workspace.getConfiguration('countersign', resource);
  const set = settings.inspect<boolean>('enable');
  // Restricted mode ignores what a workspace says about this setting.
  const inWorkspace = vscode.workspace.workspaceFolders !== undefined && vscode.workspace.isTrusted;
  const target =
    inWorkspace && set?.workspaceFolderValue !== undefined
      ? vscode.ConfigurationTarget.WorkspaceFolder
      : inWorkspace && (set?.workspaceValue !== undefined || set?.globalValue === undefined)
        ? vscode.ConfigurationTarget.Workspace
        : vscode.ConfigurationTarget.Global;
  await settings.update('enable', !settingsFor(resource).enable, target);
}
