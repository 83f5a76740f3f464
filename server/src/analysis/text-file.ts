/**
 * A file that is not code of ours: configuration, documents, whatever else is text. Rules see its text, and,
 * where its format has them, its settings; both are plain data, so no rule knows a parser.
 */
import type { Span } from './span';

/** `text` is every file that nothing more is known of. */
export type Format = 'json' | 'yaml' | 'env' | 'dockerfile' | 'markdown' | 'text';

/** One setting: a scalar, and where it stands. */
export interface Entry {
  /** The keys that lead to it, from the outside; elements of lists by their number. */
  readonly path: readonly string[];
  /** Its innermost key as written; undefined for elements of lists. */
  readonly key: Span | undefined;
  /** Its value as written, with quotes. */
  readonly value: Span;
  /** What the value means: without quotes and escapes. */
  readonly text: string;
  /** Whether it is a string; numbers, booleans and null are not. Everything is one in formats without types. */
  readonly isString: boolean;
}

/** Reads what a format knows; made in `syntax`. Never throws. */
export interface FormatReader {
  entries(text: string): ReadEntries;
  /** Comments with their signs, in the order of the text. */
  comments(text: string): readonly Span[];
}

export interface ReadEntries {
  readonly entries: readonly Entry[];
  /** How many faults the syntax has; a fix must not add to them. */
  readonly faults: number;
  /** Why entries may be missing, for the person; undefined when they are not. */
  readonly cause?: string | undefined;
}

export class TextFile {
  /** Path below the workspace folder, with `/`. */
  readonly path: string;
  readonly format: Format;
  readonly text: string;
  readonly #reader: FormatReader;
  #read: ReadEntries | undefined;
  #comments: readonly Span[] | undefined;

  constructor(path: string, format: Format, text: string, reader: FormatReader) {
    this.path = path;
    this.format = format;
    this.text = text;
    this.#reader = reader;
  }

  /** The settings, in the order of the text. Parsed when first asked for: look for a telling word in `text` before. */
  get entries(): readonly Entry[] {
    return this.#parsed.entries;
  }

  get faults(): number {
    return this.#parsed.faults;
  }

  get comments(): readonly Span[] {
    this.#comments ??= this.#reader.comments(this.text);
    return this.#comments;
  }

  /** Why entries that a rule asked for may be missing. */
  get cause(): string | undefined {
    return this.#read?.cause;
  }

  get #parsed(): ReadEntries {
    this.#read ??= this.#reader.entries(this.text);
    return this.#read;
  }
}
