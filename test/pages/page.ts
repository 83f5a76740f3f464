// Reads the Markdown page of a rule into examples that can be run. The format is told in
// docs/rule-pages.md. Reading never throws: what is wrong with a page is listed in `problems`.

import { ExampleReader } from './example-reader';
import type { Language } from './languages';
import type { Mark, Problem } from './marks';
import { structureProblems } from './page-structure';
import { piecesOf } from './pieces';

/** A rule's page. */
export interface Page {
  /** Where the page lies, as failures name it. */
  readonly path: string;
  /** The id in the page's title; empty where the title is missing. */
  readonly ruleId: string;
  readonly examples: readonly Example[];
  /** Exceptions that stand before `## Flagged` and hold for all flagged examples. */
  readonly exceptions: readonly Exception[];
  readonly problems: readonly Problem[];
}

/** One or more files that are checked together. */
export interface Example {
  readonly kind: 'flagged' | 'silent';
  /** The 1-based line of the first fence. */
  readonly line: number;
  readonly files: readonly ExampleFile[];
  /** What the fixes make of the files; only flagged examples have any. */
  readonly outcomes: readonly Outcome[];
  readonly exceptions: readonly Exception[];
}

/** A file of an example, or its text after a fix. */
export interface ExampleFile {
  readonly name: string;
  readonly language: Language;
  /** The code without marks; each line ends with LF. */
  readonly text: string;
  readonly marks: readonly Mark[];
  /** The block as it is written, with marks. */
  readonly lines: readonly string[];
  /** The 1-based line of the page's fence. */
  readonly line: number;
}

/** The files that a fix changes, after it. Files that are not among them stay as they were. */
export interface Outcome {
  /** The title of the fix; without one the first fix of each finding is meant. */
  readonly title: string | undefined;
  readonly line: number;
  readonly files: readonly ExampleFile[];
}

/** A transformation that does not keep what an example shows, and why. */
export interface Exception {
  readonly transformation: string;
  readonly reason: string;
  readonly line: number;
}

/** Reads a page. `path` is only used to name it. */
export function readPage(path: string, source: string): Page {
  const pieces = piecesOf(source);
  const reader = new ExampleReader();
  for (const piece of pieces) reader.read(piece);
  reader.finish();
  const title = pieces.find((piece) => piece.kind === 'heading' && piece.depth === 1);
  const problems = [...structureProblems(path, pieces, reader.examples), ...reader.problems];
  return {
    path,
    ruleId: title?.kind === 'heading' ? title.text : '',
    examples: reader.examples,
    exceptions: reader.exceptions,
    problems: problems.toSorted((a, b) => a.line - b.line),
  };
}
