/** What a file mentions anywhere, item by item, so that an edit has only what it touched looked through again. */
import type { ItemKeys } from './item-index';

/** The only key: whether there is a match. */
export const MENTIONED = '';

const known = new WeakMap<RegExp, ItemKeys>();

/** Which items have a match of a pattern in their own text. */
export function mentioning(pattern: RegExp): ItemKeys {
  const keys = known.get(pattern) ?? {
    of: ({ start, end, file, syntax }) =>
      pattern.test(syntax.shellText ?? file.slice(start, end)) ? [MENTIONED] : [],
  };
  known.set(pattern, keys);
  return keys;
}
