/** Findings and fixes as the LSP says them; the only place where offsets become lines and characters. */
import {
  type Diagnostic,
  DiagnosticSeverity,
  type Range,
  TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { DiagnosticData } from '../../../protocol/regeneration';
import type { HiddenFinding } from '../../../protocol/suppressions';
import type { Finding, PlainFinding, Severity } from '../analysis/finding';
import type { Edit } from '../analysis/fix';
import type { Span } from '../analysis/span';
import type { ClientAbilities } from './context';

export const SOURCE = 'countersign';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function toRange(document: TextDocument, { start, end }: Span): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

export function toSpan(document: TextDocument, { start, end }: Range): Span {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

export function toDiagnostic(document: TextDocument, finding: Finding): Diagnostic {
  const { ruleId, message, severity, related, fingerprint } = finding;
  return {
    range: toRange(document, finding),
    severity: SEVERITIES[severity],
    source: SOURCE,
    code: ruleId,
    message,
    data: { fingerprint } satisfies DiagnosticData,
    // Related places are in the same file until there is an index of the others.
    ...(related.length > 0 && {
      relatedInformation: related.map((place) => ({
        location: { uri: document.uri, range: toRange(document, place) },
        message: place.message,
      })),
    }),
  };
}

/** A finding that a suppression hides. */
export function toHidden(document: TextDocument, finding: PlainFinding): HiddenFinding {
  const { ruleId, message, severity } = finding;
  return { uri: document.uri, range: toRange(document, finding), ruleId, message, severity };
}

/**
 * Edits of one document; they name its version where the client understands that, and are refused when it moved on.
 *
 * @param version null for a file that is not open.
 */
export function toWorkspaceEdit(
  document: TextDocument,
  edits: readonly Edit[],
  client: ClientAbilities,
  version: number | null = document.version,
): WorkspaceEdit {
  const { uri } = document;
  const textEdits: TextEdit[] = edits.map((edit) => ({ range: toRange(document, edit), newText: edit.text }));
  if (!client.hasDocumentChanges) return { changes: { [uri]: textEdits } };
  return { documentChanges: [TextDocumentEdit.create({ uri, version }, textEdits)] };
}
