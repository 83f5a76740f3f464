/** Everything outside of the program, as far as it is used: so that the rest can be tested without it. */
import type { FileBytes } from './read-bytes';

export interface Host {
  /** Milliseconds, from a clock that never goes back. */
  now(): number;
  /** The present day as `YYYY-MM-DD`, in local time. */
  today(): string;
  /** Calls back once after some milliseconds, unless cancelled before. */
  after(milliseconds: number, action: () => void): Cancel;
  /**
   * The text of a file by its `file:` URI, read as UTF-8 and without a byte order mark; undefined when there is
   * none. Refused is what is no plain file, cannot be read, or is larger than 1 MB. Never throws.
   */
  readFile(uri: string): FileText | undefined;
  /** As `readFile`, the bytes, and with a limit of the caller's. */
  readBytes(uri: string, mostBytes: number): FileBytes | undefined;
  /** The names in a folder, in no order, 10,000 at most; none where there is no folder or it cannot be read. */
  namesIn(uri: string): readonly string[];
  /**
   * The `file:` URI of a file or folder with all symbolic links followed, without a slash at the end; undefined when
   * nothing is there or its place cannot be told. Never throws.
   */
  realUri(uri: string): string | undefined;
  /** The Markdown page of a rule, or undefined when there is none. */
  rulePage(ruleId: string): string | undefined;
  log(level: 'error' | 'warn' | 'info' | 'debug', message: string): void;
}

export type Cancel = () => void;

/** What a file holds, or why that is not told: words to be put behind a colon. */
export type FileText = { readonly text: string } | { readonly refusal: string };
