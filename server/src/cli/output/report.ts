/** What reporters are given. They answer text piece by piece, so that a big scan is never in memory as a whole. */
import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { PlainFinding, Severity } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { Span } from '../../analysis/span';
import type { SuppressedFinding } from '../../session/check-file';
import type { BaselineSummary } from '../scan/known-findings';
import type { RecordedFinding } from '../scan/resolved-in-scan';

export interface Reporter {
  begin(): string;
  file(file: ReportedFile): string;
  end(summary: ScanSummary): string;
}

export interface ReportedFinding {
  readonly finding: PlainFinding;
  /** Those that passed their check. */
  readonly fixes: readonly Fix[];
}

export interface ReportedSuppressed extends Omit<SuppressedFinding, 'finding'> {
  readonly finding: PlainFinding;
}

export interface ReportedFile {
  /** Below the root, with `/`. */
  readonly path: string;
  readonly text: TextDocument;
  readonly shown: readonly ReportedFinding[];
  readonly suppressed: readonly ReportedSuppressed[];
  /** What is not to be shown of the text; in order, none within another. */
  readonly secrets: readonly Span[];
}

/** What the AI switch did to a finding, in JSON and SARIF; docs/command-line.md describes it. */
export function reportedRaise({ raised }: PlainFinding): object | null {
  if (!raised) return null;
  const { how, words, tool = null, source, commit = null } = raised;
  return { how, why: words, tool, source, commit };
}

/** That a finding was fixed before, in JSON and SARIF. */
export function reportedReturn({ reintroduced }: PlainFinding): object | null {
  if (!reintroduced) return null;
  const { date, commit = null, record } = reintroduced;
  return { fixed: date, commit, record };
}

/** What was not checked, or not wholly. */
export interface Degraded {
  /** Below the root, with `/`. */
  readonly file: string;
  readonly cause: string;
}

export interface ScanSummary {
  /** How many files were checked. */
  readonly files: number;
  readonly filesWithFindings: number;
  readonly counts: Readonly<Record<Severity, number>>;
  readonly suppressed: number;
  readonly ignored: IgnoredSummary;
  /** The AI switch; `off` where it was off for all files, with the reason as a sentence. */
  readonly ai: { readonly state: 'on' | 'off'; readonly reason: string | undefined };
  /** Full id of the commit since which changes were reported; undefined where all was. */
  readonly since: string | undefined;
  readonly baseline: BaselineSummary | undefined;
  /** What was recorded as fixed; undefined where nothing was to be. */
  readonly recorded: readonly RecordedFinding[] | undefined;
  readonly degraded: readonly Degraded[];
  /** Of these, configuration files that could not be read. */
  readonly unreadConfigurations: readonly Degraded[];
  readonly fixes: FixSummary;
  readonly exitCode: number;
}

/** What was found and passed over, because somebody said so. */
export interface IgnoredSummary {
  /** Nobody looked into the folders. */
  readonly byGit: { readonly files: number; readonly folders: number };
  /** Files. */
  readonly byConfiguration: number;
}

export interface FixSummary {
  /** Findings that were fixed, and the files that were changed for it; undefined when nothing was to be fixed. */
  readonly done: { readonly findings: number; readonly files: number } | undefined;
  /** What remains and could be fixed. */
  readonly safe: number;
  readonly unsafe: number;
}

/** 1-based; columns in UTF-16 units, the end exclusive. */
export interface Region {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function regionOf(text: TextDocument, { start, end }: Span): Region {
  const from = text.positionAt(start);
  const to = text.positionAt(end);
  return {
    line: from.line + 1,
    column: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}
