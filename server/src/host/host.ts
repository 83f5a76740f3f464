/** Everything outside of the program, as far as it is used: so that the rest can be tested without it. */

export interface Host {
  /** Milliseconds, from a clock that never goes back. */
  now(): number;
  /** The present day as `YYYY-MM-DD`, in local time. */
  today(): string;
  /** Calls back once after some milliseconds, unless cancelled before. */
  after(milliseconds: number, action: () => void): Cancel;
  /** The Markdown page of a rule, or undefined when there is none. */
  rulePage(ruleId: string): string | undefined;
  log(level: 'error' | 'warn' | 'info' | 'debug', message: string): void;
}

export type Cancel = () => void;
