/**
 * Starts work on items before the results of those before it are taken, in order; so whoever takes the results and
 * whoever makes them are both busy.
 *
 * @param count how many may be started and not taken.
 */
export async function* ahead<T, R>(
  items: Iterable<T>,
  start: (item: T) => Promise<R>,
  count: number,
): AsyncGenerator<R> {
  const started: Promise<R>[] = [];
  for (const item of items) {
    const result = start(item);
    // Its failure is told when its turn comes.
    result.catch(() => {});
    started.push(result);
    if (started.length >= count) yield await (started.shift() as Promise<R>);
  }
  for (const result of started) yield await result;
}
