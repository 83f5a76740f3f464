// When to start the server again after it ended by itself. Pure: times come in, a wait goes out.

/** This many failures within `FAILURE_WINDOW_MS` end the attempts: the next one would most likely fail too. */
export const MAX_FAILURES = 5;

/** Failures further apart than this have nothing to do with each other. */
export const FAILURE_WINDOW_MS = 3 * 60_000;

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/**
 * How long to wait before the next start, or undefined to give up until a person asks.
 * The wait doubles with each failure and is short again once the server has run for `FAILURE_WINDOW_MS`.
 * @param failures times of all failures in milliseconds, ascending; the last one has just happened
 */
export function waitAfter(failures: readonly number[]): number | undefined {
  const now = failures.at(-1);
  if (now === undefined) return 0;
  if (failures.filter((time) => now - time < FAILURE_WINDOW_MS).length >= MAX_FAILURES) return undefined;
  return Math.min(FIRST_WAIT_MS * 2 ** (recentFailures(failures).length - 1), LONGEST_WAIT_MS);
}

/** The failures that belong together: the last ones, up to a pause in which the server ran well. */
export function recentFailures(failures: readonly number[]): readonly number[] {
  const gapBefore = failures.findLastIndex(
    (time, index) => index > 0 && time - failures[index - 1]! >= FAILURE_WINDOW_MS,
  );
  return gapBefore === -1 ? failures : failures.slice(gapBefore);
}
