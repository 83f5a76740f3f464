import * as vscode from 'vscode';
import type { ShownFinding } from './findings/shown-finding';

/** As in the Problems panel: the same signs in the theme's same colours. */
const ICONS: Readonly<Record<ShownFinding['severity'], vscode.ThemeIcon>> = {
  error: icon('error', 'problemsErrorIcon.foreground'),
  warning: icon('warning', 'problemsWarningIcon.foreground'),
  info: icon('info', 'problemsInfoIcon.foreground'),
  hint: icon('lightbulb', 'problemsInfoIcon.foreground'),
};

export function severityIcon(severity: ShownFinding['severity']): vscode.ThemeIcon {
  return ICONS[severity];
}

function icon(id: string, color: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, new vscode.ThemeColor(color));
}
