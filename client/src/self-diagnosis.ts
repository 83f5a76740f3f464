import { arch, platform, release } from 'node:os';
import * as vscode from 'vscode';
import type { KnownOrigins } from './origin/known-origins';
import { originCounts } from './origin/origin-counts';
import type { ServerPhase } from './server-phase';
import type { ServerProcess } from './server-process';
import { isCheckedDocument, settingsFor } from './settings';
import { shownFindingsOf } from './shown-findings';
import { currentStatus } from './status';

/**
 * How Countersign stands, to be read by a person and to be pasted into a report of a defect. Not
 * translated, so that everybody can read everybody's. Names of open files are in it, their text is not.
 */
export function diagnose({
  extension,
  origins,
  server,
}: {
  readonly extension: vscode.Extension<unknown>;
  readonly origins: KnownOrigins;
  readonly server: ServerProcess;
}): string {
  const front = vscode.window.activeTextEditor?.document;
  return [
    'Status of Countersign',
    ...section('Versions', [
      `Countersign ${extension.packageJSON.version}`,
      `${vscode.env.appName} ${vscode.version}, ${vscode.env.remoteName ? `remote (${vscode.env.remoteName})` : 'local'}`,
      `Node ${process.versions.node}, ${platform()} ${release()} ${arch()}`,
    ]),
    ...section('Server', serverLines(server)),
    ...section('Workspace', workspaceLines()),
    ...section(`Settings in effect for ${front ? front.uri : 'the window'}`, settingLines(front?.uri)),
    ...section('Open files', fileLines(server)),
    ...section('Who wrote the lines of open files', originLines(origins)),
    ...section('Not checked, or not wholly', degradedLines(server.phase)),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return ['', title, ...(lines.length > 0 ? lines : ['none']).map((line) => `  ${line}`)];
}

function serverLines(server: ServerProcess): string[] {
  const { phase, lastFailure, pid } = server;
  const shown = currentStatus(server);
  return [
    `${phase.kind}${pid === undefined ? '' : `, process ${pid}`}${phase.kind === 'running' ? `, since ${new Date(phase.since).toISOString()}` : ''}`,
    `Status bar: ${shown.state}. ${shown.summary}`,
    lastFailure
      ? `Ended by itself at ${new Date(lastFailure.time).toISOString()}: ${lastFailure.reason}`
      : 'Never ended by itself since it was last started by hand',
  ];
}

function workspaceLines(): string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [
    vscode.workspace.isTrusted
      ? 'Trusted'
      : 'Not trusted: open files are parsed and checked, nothing else is started, configuration files are not read',
    ...folders.map((folder) => `Folder ${folder.uri}`),
  ];
}

function settingLines(resource: vscode.Uri | undefined): string[] {
  const { enable, run, profile, ai, rules, origin } = settingsFor(resource);
  return [
    `countersign.enable: ${enable}`,
    `countersign.run: ${run}`,
    `countersign.profile: ${profile}`,
    `countersign.ai: ${ai}${vscode.workspace.isTrusted ? '' : '; the AI switch is off while the workspace is not trusted'}`,
    `countersign.rules.customizations: ${JSON.stringify(rules.customizations)}`,
    `countersign.origin.markers: ${origin.markers}`,
  ];
}

function fileLines({ client }: ServerProcess): string[] {
  const open = vscode.workspace.textDocuments.filter(isCheckedDocument);
  return open.map((document) => {
    const findings = shownFindingsOf(document.uri).length;
    const state = client ? `${findings} findings` : 'not checked';
    return `${document.uri} (${document.languageId}, ${document.lineCount} lines): ${state}`;
  });
}

function originLines(origins: KnownOrigins): string[] {
  const open = vscode.workspace.textDocuments.filter(isCheckedDocument);
  return open.map(({ uri }) => {
    const known = origins.of(uri);
    if (!known?.said) return `${uri}: nothing was told`;
    const { state, cause } = known.said;
    const { exact, perhaps, countersigned } = originCounts(known.runs);
    const lines = `${exact} AI lines, perhaps ${perhaps} more, ${countersigned} countersigned`;
    return `${uri}: ${state}, ${lines}${cause === undefined ? '' : `; ${cause}`}`;
  });
}

function degradedLines(phase: ServerPhase): string[] {
  if (phase.kind !== 'running') return ['everything: the server is not running'];
  return (phase.status?.degraded ?? []).map(({ uri, cause }) => `${uri}: ${cause}`);
}
