import type { OriginRun } from '../../server/src/origin/lines/text-origins';

/** `state source tool` of each line. */
export function said(runs: readonly OriginRun[]): string[] {
  return runs.flatMap(({ start, end, origin: { state, deciding } }) => {
    const words = [state, deciding?.source, deciding?.tool].filter((word) => word !== undefined);
    return new Array<string>(end - start).fill(words.join(' '));
  });
}
