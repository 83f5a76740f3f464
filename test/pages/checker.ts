// What the pages need to know about the engine: a function from files to findings, and nothing else.
// The engine's own types may grow; the tests of the rules see only this.

/** A file of an example. `name` is relative and uses `/`. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}

/** A range of a file. Offsets are 0-based UTF-16, `end` is exclusive. */
export interface CheckedPlace {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** Replaces a range by `text`; an empty range inserts. */
export interface CheckedEdit extends CheckedPlace {
  readonly text: string;
}

/** One of the fixes of a finding. */
export interface CheckedFix {
  readonly title: string;
  readonly safety: 'safe' | 'unsafe' | 'choice';
  readonly edits: readonly CheckedEdit[];
}

/** A place that explains a finding: a step of a flow, a sibling. */
export interface CheckedRelated extends CheckedPlace {
  readonly message: string;
}

/** A finding as the engine reports it. */
export interface CheckedFinding extends CheckedPlace {
  readonly ruleId: string;
  readonly message: string;
  readonly related: readonly CheckedRelated[];
  readonly fixes: readonly CheckedFix[];
}

/** Runs one rule over a set of files. Offsets are 0-based UTF-16, `end` is exclusive. */
export type Check = (files: readonly SourceText[]) => readonly CheckedFinding[];
