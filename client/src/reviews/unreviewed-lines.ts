import type { OriginRun } from '../../../protocol/origin';

/** Lines that AI tools wrote by evidence and that nobody countersigned; from 0, ascending. */
export function unreviewedLines(runs: readonly OriginRun[]): number[] {
  return runs
    .filter(({ state, marker }) => marker !== 'tick' && state !== 'human' && state !== 'unknown')
    .flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index));
}
