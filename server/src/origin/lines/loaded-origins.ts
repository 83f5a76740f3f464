import { LineMapping } from '../mapping/line-mapping';
import { committedLines, linesOf } from '../mapping/text-lines';
import type { FileInRepository } from '../repository/repository';
import type { FactsPiece } from './committed-facts';
import type { TextEvidence } from './text-evidence';
import { type CommittedFile, type OriginRun, originRuns } from './text-origins';

export interface LoadedParts {
  /** Undefined where the file is in no repository, or git does not say. */
  readonly file?: FileInRepository | undefined;
  /** Full id of the commit that texts are compared with; undefined where there is none. */
  readonly head?: string | undefined;
  /** The file as the commit has it; undefined where it has none, or git does not say. */
  readonly text?: string | undefined;
  readonly pieces?: readonly FactsPiece[];
  readonly sources: readonly TextEvidence[];
  readonly missing: readonly string[];
}

/** What is known of a file, for any text of it. In memory: asking it costs milliseconds, and git nothing. */
export class LoadedOrigins {
  readonly file: FileInRepository | undefined;
  readonly head: string | undefined;
  readonly text: string | undefined;
  /** What is not known, and why: in words. */
  readonly missing: readonly string[];
  readonly #sources: readonly TextEvidence[];
  readonly #committed: CommittedFile | undefined;

  constructor({ file, head, text, pieces = [], sources, missing }: LoadedParts) {
    this.file = file;
    this.head = head;
    this.text = text;
    this.#sources = sources;
    this.#committed = text === undefined ? undefined : { lines: committedLines(text), pieces };
    this.missing = [...missing, ...sources.flatMap((source) => source.missing ?? [])];
  }

  /** Compares a text with that of the commit; undefined where there is none. @param lines see `linesOf`. */
  mappingOf(lines: readonly string[]): LineMapping | undefined {
    return this.#committed && new LineMapping(this.#committed.lines, lines);
  }

  /**
   * Every line of a text once, in order; what stands behind the last line feed is a line, too.
   *
   * @param mapping of these lines, where one was made by `mappingOf` and has followed the edits since.
   */
  runs(text: string, lines = linesOf(text), mapping = this.mappingOf(lines)): OriginRun[] {
    const version = { text, lines, committedLine: (line: number) => mapping?.committedLine(line) };
    const facts = this.#sources.map((source) => source.of(version));
    return originRuns(version, this.#committed, facts);
  }
}
