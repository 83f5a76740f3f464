/** What a rule is: facts about a defect, and pure generators that find it. */
import type { Confidence, Report, Severity } from './finding';
import type { Fix } from './fix';
import type { ItemFacts } from './item-facts';
import type { Span } from './span';
import type { TextFile } from './text-file';

export interface RuleMeta {
  /** `group/name`; names the defect, never the cure. Its file, page and setting have this name. */
  readonly id: string;
  /** One sentence without a full stop, as shown in a list. */
  readonly title: string;
  readonly severity: Severity;
  /** The severity on lines that an AI is known to have written. */
  readonly aiSeverity: Severity;
  /** The highest confidence that a finding of this rule can have. */
  readonly confidence: Confidence;
  readonly cwe: readonly `CWE-${number}`[];
  readonly owasp: readonly `A${number}:${number}`[];
  /** Whether any finding of this rule comes with a fix. */
  readonly fixable: boolean;
}

/** What a rule yields of a file that is no code; as `Report`, in terms of offsets. */
export interface TextReport {
  readonly at: Span;
  readonly message: string;
  readonly confidence?: Confidence;
  readonly severity?: Severity;
  readonly related?: readonly { readonly at: Span; readonly message: string }[];
  /** The keys of the setting that it is about, so that it is recognised after edits elsewhere. */
  readonly keys?: readonly string[];
  readonly fixes?: () => readonly Fix[];
}

/**
 * A rule has at least one of the two checks. Neither throws nor keeps state, and each gives the same for the
 * same text. Rules that look at a whole file of code or at the workspace come with the index.
 */
export interface Rule extends RuleMeta {
  /**
   * Words of two letters or more, in either case, of which a file has one in its text or its path if `check` finds
   * anything in it; without them that may be any file. **Invariant:** they only save time.
   */
  readonly words?: readonly string[];
  /** Looks at one item of code at a time; it may look further from there, and what it read is remembered. */
  check?(facts: ItemFacts): Iterable<Report>;
  /** Looks at a file that is no code: settings, documents, any other text. */
  checkText?(file: TextFile): Iterable<TextReport>;
}
