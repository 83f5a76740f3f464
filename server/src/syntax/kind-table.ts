import { KINDS, type Kind, kindNumber } from '../analysis/kind';

/** A table with 1 at the number of each of the kinds. */
export function kindTable(kinds: readonly Kind[]): Uint8Array {
  const table = new Uint8Array(KINDS.length);
  for (const kind of kinds) table[kindNumber(kind)] = 1;
  return table;
}
