/** textDocument/diagnostic: the client pulls the findings of a document. */
import {
  type CancellationToken,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from 'vscode-languageserver';

import type { Context } from './context';
import { raisedIn } from './raised-in';
import { settingsOf } from './settings';
import { toDiagnostic } from './to-lsp';

export async function diagnostic(
  context: Context,
  { textDocument: { uri }, previousResultId }: DocumentDiagnosticParams,
  token: CancellationToken,
): Promise<DocumentDiagnosticReport> {
  const { session } = context;
  const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  const settings = await settingsOf(context, uri);
  const text = session.text(uri);
  if (!text || token.isCancellationRequested) return nothing;

  const shown = session.shown(uri);
  const raised = raisedIn(shown);
  context.raisedTold.set(uri, raised);
  const resultId = `${session.revisionOf(uri)}.${raised}.${JSON.stringify(settings)}`;
  if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  const items = shown.map((finding) => toDiagnostic(text, finding));
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}
