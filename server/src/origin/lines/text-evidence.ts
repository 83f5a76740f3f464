/**
 * The seam for evidence of a text, as opposed to a commit: logs of uncommitted work, traces, marks in the file, what
 * an agent reported, what a person said. Whoever knows such a thing is a `TextEvidenceSource`.
 */
import type { RangeEvidence } from '../evidence';
import type { FileInRepository } from '../repository/repository';

/** A text of the file: as it is open, on disk, or at a commit. */
export interface TextVersion {
  readonly text: string;
  /** See `linesOf` of `origin/mapping`. All lines from 0 here are indices of it. */
  readonly lines: readonly string[];
  /** The line at the commit that it is, from 0 as git counts; undefined where it is not committed like this. */
  committedLine(line: number): number | undefined;
}

export interface TextFacts {
  /** What speaks of the lines as they are. In any order; they may overlap. */
  readonly present: readonly RangeEvidence[];
  /** What speaks of what the lines were before somebody changed more than their white space. */
  readonly former?: readonly RangeEvidence[];
}

/** What one source knows of one file. */
export interface TextEvidence {
  /** Called after edits: in memory, and in milliseconds. */
  of(version: TextVersion): TextFacts;
  /** What could not be read, in words that may follow a colon. */
  readonly missing?: string | undefined;
}

export interface TextQuestion {
  /** Of the file, as it was asked for. */
  readonly uri: string;
  /** Undefined where the file is in no repository, or git does not say. */
  readonly file: FileInRepository | undefined;
  /** Full id of the commit that texts are compared with; undefined where there is none. */
  readonly head: string | undefined;
  /** Texts are those of the work tree; else it is the text at `head`, which may be any commit. */
  readonly isWorkTree: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface TextEvidenceSource {
  /** Reads what there is, within bounds of size and time. Undefined where there is nothing. Never rejects. */
  load(question: TextQuestion): Promise<TextEvidence | undefined>;
}
