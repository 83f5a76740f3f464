// What can be done about a row of the view of findings.
import * as vscode from 'vscode';
import type { SuppressRequest } from '../../../protocol/messages';
import type { CommandId } from '../command-ids';
import { rangeOf } from '../shown-findings';
import type { FindingRow } from './finding-tree';
import type { ShownFinding } from './shown-finding';

/** Goes to the place and opens the quick fixes there. */
export async function showQuickFixes({ finding }: FindingRow): Promise<void> {
  await show(finding);
  await vscode.commands.executeCommand('editor.action.quickFix');
}

/** Asks for line or file, then for reason and last day as the light bulb does. */
export async function suppressFinding({ finding }: FindingRow): Promise<void> {
  const { t } = vscode.l10n;
  const rows: (vscode.QuickPickItem & Pick<SuppressRequest, 'scope'>)[] = [
    { label: t('In this line'), description: t('line {0}', finding.range.start.line + 1), scope: 'line' },
    { label: t('In the entire file'), description: finding.path, scope: 'file' },
  ];
  const picked = await vscode.window.showQuickPick(rows, {
    title: t('Suppress {0}', finding.ruleId),
    placeHolder: t('Where is this acceptable?'),
  });
  if (!picked) return;
  const { document } = await show(finding);
  const request: Omit<SuppressRequest, 'reason'> = {
    uri: finding.uri,
    version: document.version,
    ruleId: finding.ruleId,
    line: finding.range.start.line,
    scope: picked.scope,
  };
  await vscode.commands.executeCommand('countersign.suppress' satisfies CommandId, request);
}

/** Copies a finding as one line, as compilers write it. */
export async function copyFinding({ finding }: FindingRow): Promise<void> {
  const { path, range, severity, message, ruleId } = finding;
  const place = `${path}:${range.start.line + 1}:${range.start.character + 1}`;
  await vscode.env.clipboard.writeText(`${place}: ${severity}: ${message} (${ruleId})`);
}

async function show({ uri, range }: ShownFinding): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const { start } = rangeOf(range);
  return vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
}
