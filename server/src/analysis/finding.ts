/** The words for what rules report, before and after the engine has worked on it. */
import type { Raised } from './ai-code';
import type { Fix } from './fix';
import type { Node } from './node';
import type { Reintroduced } from './reintroduced';
import type { Span } from './span';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** How sure a finding is: high is at least 90 % expected precision, medium 60 to 90 %, low less. */
export type Confidence = 'high' | 'medium' | 'low';

/** A stretch of text in terms of syntax, so that edits elsewhere move it along. */
export type Place =
  | Node
  /** From the start of one node to the end of another. */
  | { readonly from: Node; readonly to: Node }
  /** A part of a node: offsets from its start in UTF-16 units, end exclusive. */
  | { readonly in: Node; readonly start: number; readonly end: number };

/** What a rule yields. */
export interface Report {
  /** What the editor underlines: the smallest stretch that carries the decision. */
  readonly at: Place;
  /** What is wrong, then what to do: one sentence each. Never contains a secret. */
  readonly message: string;
  /** Lower than the rule's when this one is less sure. */
  readonly confidence?: Confidence;
  /** Other than the rule's when this one weighs less. */
  readonly severity?: Severity;
  readonly related?: readonly RelatedReport[];
  /** Made when somebody asks for them, not on the typing path. */
  readonly fixes?: () => readonly Fix[];
}

export interface RelatedReport {
  readonly at: Place;
  readonly message: string;
  /** Of the way that something takes to the finding; steps stand in their order. */
  readonly isStep?: true;
}

/** What is shown. Its offsets belong to one version of the text. */
export interface Finding extends Span {
  readonly ruleId: string;
  readonly message: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly cwe: readonly string[];
  readonly related: readonly RelatedPlace[];
  /** Stays the same when the file changes elsewhere; two alike findings of one file differ in it. */
  readonly fingerprint: string;
  /** What the AI switch did to it; undefined where it did nothing. */
  readonly raised?: Raised;
  /** That it was fixed before; undefined where nobody recorded that. */
  readonly reintroduced?: Reintroduced;
  /**
   * The fixes that the rule proposes, not yet checked; see `fix-check.ts`. Only to be called while the
   * file has the text that the finding belongs to.
   */
  readonly fixes: () => readonly Fix[];
}

/** A finding without what belongs to one thread. */
export type PlainFinding = Omit<Finding, 'fixes'>;

export function toPlain({ fixes, ...plain }: Finding): PlainFinding {
  return plain;
}

export interface RelatedPlace extends Span {
  /** The file's path below the workspace folder. */
  readonly path: string;
  readonly message: string;
  /** Of the way that something takes to the finding; steps stand in their order. */
  readonly isStep?: true;
}

/** The stretch that a place covers in the file's present text. */
export function spanOf(place: Place): Span {
  if ('from' in place) return { start: place.from.start, end: place.to.end };
  if ('in' in place) return { start: place.in.start + place.start, end: place.in.start + place.end };
  return { start: place.start, end: place.end };
}

/** Whether two lists of findings look the same to a person; their fixes may differ. */
export function areAlike(some: readonly Finding[], others: readonly Finding[]): boolean {
  const looks = (findings: readonly Finding[]) =>
    JSON.stringify(findings.map(({ fixes, ...shown }) => shown));
  return some === others || looks(some) === looks(others);
}
