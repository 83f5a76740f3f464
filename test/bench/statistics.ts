/** The arithmetic of the measurements. All of it on plain numbers, so that it can be tested. */

/**
 * The value below which a share of the values lies (nearest rank).
 *
 * @param share above 0, at most 1.
 */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('There is no percentile of nothing.');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] as number;
}

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[half] as number;
  if (sorted.length === 0) throw new Error('There is no median of nothing.');
  return ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The median of a / b over pairs that were measured one right after the other. */
export function medianRatio(pairs: readonly (readonly [a: number, b: number])[]): number {
  return median(pairs.map(([a, b]) => a / b));
}

/** Several measurements of the same things, as one: the median for each thing. */
export function mediansOf(repetitions: readonly (readonly number[])[]): number[] {
  const [first = []] = repetitions;
  return first.map((_, index) => median(repetitions.map((values) => values[index] as number)));
}

/** At most so many of some things, evenly spread over them all. */
export function spread<T>(things: readonly T[], most: number): T[] {
  if (things.length <= most) return [...things];
  return Array.from({ length: most }, (_, i) => things[Math.floor((i * things.length) / most)] as T);
}
