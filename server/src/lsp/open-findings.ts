import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { OpenFinding } from '../../../protocol/reviews';
import type { PlainFinding } from '../analysis/finding';
import { toRange } from './to-lsp';

/** Findings that have to be fixed or suppressed before their lines can be countersigned. */
export function openFindings(text: TextDocument, findings: readonly PlainFinding[]): OpenFinding[] {
  return findings.flatMap(({ ruleId, message, severity, start, end }) =>
    severity === 'error' || severity === 'warning'
      ? [{ ruleId, message, severity, range: toRange(text, { start, end }) }]
      : [],
  );
}

/** Those that touch some lines; `end` is excluded. */
export function findingsIn(
  findings: readonly OpenFinding[],
  { start, end }: { readonly start: number; readonly end: number },
): OpenFinding[] {
  return findings.filter(({ range }) => range.start.line < end && range.end.line >= start);
}
