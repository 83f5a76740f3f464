/** What a rule is: facts about a defect, and one pure generator that finds it. */
import type { Confidence, Report, Severity } from './finding';
import type { ItemFacts } from './item-facts';

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

/**
 * A rule that looks at one item at a time; it may look further from there, and what it read is remembered.
 * Rules that look at a whole file or at the workspace come with the index.
 */
export interface Rule extends RuleMeta {
  /** Yields what is wrong in an item. Never throws, keeps no state, and gives the same for the same text. */
  check(facts: ItemFacts): Iterable<Report>;
}
