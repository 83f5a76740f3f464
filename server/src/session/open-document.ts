import type { TextDocument, TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';

import type { Finding } from '../analysis/finding';
import type { CheckedText } from '../analysis/fix-check';
import type { Rule } from '../analysis/rule';
import type { SourceFile } from '../analysis/source-file';
import type { PlainSuppression, SuppressionContext } from '../analysis/suppression';
import type { TextFile } from '../analysis/text-file';

export interface OpenDocumentOptions {
  /** Path below the workspace folder, with `/`. */
  readonly path: string;
  readonly rules: readonly Rule[];
  /** Called when a rule throws on a file. */
  readonly onRuleError: (rule: Rule, file: { readonly path: string }, error: unknown) => void;
  readonly suppression: () => SuppressionContext;
}

/**
 * One open document with its findings, kept in step over edits.
 *
 * **Invariant:** `findings` always belong to the present text: they were evaluated for it, or, where that is
 * put off, the former ones have moved with the edits.
 */
export interface OpenDocument {
  /** Path below the workspace folder, with `/`. */
  readonly path: string;
  readonly text: TextDocument;
  /** The present text as rules see it; undefined while it cannot be read. */
  readonly file: SourceFile | TextFile | undefined;
  /** Why `file` is undefined and what to do, for the person. */
  readonly unread: string;
  /** Whether it is checked in another thread: `file` and `checked` are never there. */
  readonly isRemote: boolean;
  /** Whether findings of the present text are still to come, without further edits. */
  readonly isPending: boolean;
  /** Whether checking it took so long that it was given up; then it belongs into another thread. */
  readonly isTooSlow: boolean;
  /** The findings of the present text in its order, suppressed ones left out, before selection. */
  readonly findings: readonly Finding[];
  /** What became of the suppressing comments; undefined while the findings are only moved along. */
  readonly suppressions: readonly PlainSuppression[] | undefined;
  /** Grows whenever `findings` may have changed. */
  readonly revision: number;
  /** Why the findings may be incomplete; undefined when they are not. */
  readonly degradedBy: string | undefined;
  /** Whether `settle` may change anything. */
  readonly isUnsettled: boolean;
  /** Whether the findings are those of a former text, because the present one cannot be read. */
  readonly isHeld: boolean;
  /**
   * The state that a fix is checked against; undefined while the findings are only moved along.
   * Suppressions are left out: a fix must really remove its finding.
   */
  readonly checked: CheckedText | undefined;

  /** @param isDeferred whether to wait with the evaluation until `evaluate` is called. */
  change(version: number, changes: readonly TextDocumentContentChangeEvent[], isDeferred: boolean): void;
  /** Reads afresh what the last edits left open; `isOver` ends a hold. */
  settle(isOver: boolean, isDeferred: boolean): void;
  /** Evaluates the present text if that was put off and it can be read. */
  evaluate(): void;
  /** Analyses another text as if it were the document's, without a trace. */
  recheck(text: string): CheckedText;
  dispose(): void;
}
