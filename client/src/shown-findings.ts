import * as vscode from 'vscode';
import type { DiagnosticData } from '../../protocol/regeneration';
import type { ShownFinding } from './findings/shown-finding';

const SEVERITIES: Readonly<Record<vscode.DiagnosticSeverity, ShownFinding['severity']>> = {
  [vscode.DiagnosticSeverity.Error]: 'error',
  [vscode.DiagnosticSeverity.Warning]: 'warning',
  [vscode.DiagnosticSeverity.Information]: 'info',
  [vscode.DiagnosticSeverity.Hint]: 'hint',
};

/**
 * Countersign's findings as the editor has them: whatever counts or lists findings asks here, so that views,
 * status bar and Problems panel agree. Documents without a tab are open in the server as well, and not in there.
 */
export function shownFindings(): ShownFinding[] {
  return vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) => findingsAmong(uri, diagnostics));
}

/** Countersign's findings in one document. */
export function shownFindingsOf(uri: vscode.Uri): ShownFinding[] {
  return findingsAmong(uri, vscode.languages.getDiagnostics(uri));
}

/** The range of a finding, or of anything else that has these. */
export function rangeOf({ start, end }: ShownFinding['range']): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function findingsAmong(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]): ShownFinding[] {
  const own = diagnostics.filter(({ source }) => source === 'countersign');
  if (own.length === 0) return [];
  const path = vscode.workspace.asRelativePath(uri);
  return own.map((diagnostic) => {
    const { range, message, severity, code } = diagnostic;
    const { start, end } = range;
    return {
      uri: uri.toString(),
      path,
      ruleId: String(typeof code === 'object' ? code.value : code),
      message,
      severity: SEVERITIES[severity],
      range: {
        start: { line: start.line, character: start.character },
        end: { line: end.line, character: end.character },
      },
      // The language client hands on what the server attached; the editor's own type does not know of it.
      fingerprint: (diagnostic as { data?: Partial<DiagnosticData> }).data?.fingerprint,
    };
  });
}
