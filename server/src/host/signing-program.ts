/** What the kinds of signatures share: a program that is run with limits, and files for it in a folder of its own. */
import type { BoundedResult } from './run-bounded';
import type { SignatureKind } from './signing';

export const PROGRAMS: Readonly<Record<SignatureKind, string>> = { ssh: 'ssh-keygen', openpgp: 'gpg' };

/** Runs the program of a kind of signatures; what it needs as files is in `folder`. */
export type RunProgram = (
  args: readonly string[],
  input: string,
  limits: { readonly mostMilliseconds: number; readonly signal?: AbortSignal | undefined },
) => Promise<BoundedResult>;

/** A folder that only this person can read, for as long as an action takes. */
export type WithFolder = <T>(action: (folder: ScratchFolder) => Promise<T>) => Promise<T>;

export interface ScratchFolder {
  readonly path: string;
  /** @returns the absolute path. */
  write(name: string, text: string): string;
  /** @returns the absolute path of an empty folder. */
  folder(name: string): string;
}

/** Why a program did not answer, in words that may follow a colon. */
export function wordsOfFailure(kind: SignatureKind, result: BoundedResult): string {
  const program = PROGRAMS[kind];
  switch (result.kind) {
    case 'not-started':
      return `${program} was not found on this machine`;
    case 'timed-out':
      return `${program} took too long`;
    case 'too-large':
      return `${program} said too much`;
    case 'cancelled':
      return 'it was called off';
    case 'ended':
      return `${program} failed${result.code === undefined ? '' : ` with exit code ${result.code}`}`;
  }
}
