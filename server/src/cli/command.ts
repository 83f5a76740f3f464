/** What a command is. Its description is cheap to load; what it does is loaded when it is run. */
import type { OptionSpec, ParsedArguments } from './arguments/parse-arguments';

/** What a command ends with. */
export const EXIT = {
  clean: 0,
  /** There are findings at or above `--fail-on`. */
  findings: 1,
  /** Wrong use, or a configuration that cannot be read. */
  wrongUse: 2,
  internalFailure: 3,
  /** Whoever read the output went away: what a program that is ended by SIGPIPE answers to its shell. */
  brokenPipe: 141,
} as const;

/** Wrong use: its message is told without a stack. Known by its name, since there is one in each bundle. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A stream of the process, or a file in its place. */
export interface Sink {
  /** Whether a person reads along. */
  readonly isTerminal: boolean;
  /** Resolves when there is room for more. */
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

/** What a command is given of the world. */
export interface Environment {
  /** Where the bundle stands, with `rules/` and the grammars beside it. */
  readonly folder: string;
  readonly version: string;
  readonly homepage: string;
  readonly workingFolder: string;
  readonly out: Sink;
  readonly err: Sink;
  /** Whether the output may have colours where it goes to a terminal. */
  readonly hasColours: boolean;
}

export interface Command {
  readonly name: string;
  /** One line, without a full stop. */
  readonly summary: string;
  /** What may stand behind the name. */
  readonly usage: string;
  readonly options: readonly OptionSpec[];
  /** Further paragraphs of its help. */
  readonly details: string;
  /** @returns the exit code; undefined where the process goes on and ends by itself. */
  run(given: ParsedArguments, environment: Environment): Promise<number | undefined>;
}
