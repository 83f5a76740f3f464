import type { AiRegion } from '../../../protocol/reviews';

type Region = Pick<AiRegion, 'start' | 'hash'>;

/**
 * Finds regions again after their document may have changed: those with the same text, the nearest to where each was.
 * @returns in the order of `chosen`; undefined when the text of one is not there any more
 */
export function sameRegions<T extends Region>(
  chosen: readonly Region[],
  present: readonly T[],
): T[] | undefined {
  const left = new Set(present);
  const found: T[] = [];
  for (const { start, hash } of chosen) {
    const nearest = [...left]
      .filter((region) => region.hash === hash)
      .sort((a, b) => Math.abs(a.start - start) - Math.abs(b.start - start))[0];
    if (!nearest) return undefined;
    left.delete(nearest);
    found.push(nearest);
  }
  return found;
}
