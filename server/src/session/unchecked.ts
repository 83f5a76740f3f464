/** Why a text was not checked though it was tried, and what to do about it: for the editor and the command line. */
import { CHECK_MS } from './size-limits';

const ADVICE =
  'Split it, or leave it out with `ignore` in .countersignrc.json if nobody maintains it by hand.';

/**
 * @param failure what ended the thread that checked it.
 * @param log where its message is.
 */
export function whyUnchecked(
  failure: 'time' | 'memory' | 'error',
  log: 'on standard error' | 'in the log',
): string {
  switch (failure) {
    case 'time':
      return `Checking it takes longer than ${CHECK_MS / 1000} s, so it was not checked. ${ADVICE}`;
    case 'memory':
      return `Checking it takes too much memory, so it was not checked. ${ADVICE}`;
    case 'error':
      return `Checking it failed. Please report that, with the message ${log}.`;
  }
}
