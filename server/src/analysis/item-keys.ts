/** What items are found by, for whoever looks for a name all over a file. */
import type { Item } from './item';
import type { ItemKeys } from './item-index';
import type { Kind } from './kind';

/** Variables that are read, written or declared. */
export const VARIABLES: ItemKeys = {
  of: (item) => item.names(),
  has: (item, name) => item.indicesNamed(name).length > 0,
};

/** What stands behind a dot, and names of members: `b` of `a.b`, `{ b: 1 }` and `class { b() {} }`. */
export const MEMBERS: ItemKeys = {
  of: (item) => indicesOfMembers(item).map((index) => item.leafTextAt(index)),
};

const MEMBER_NAMES: readonly Kind[] = ['property_identifier', 'private_property_identifier'];

function indicesOfMembers(item: Item): number[] {
  return MEMBER_NAMES.flatMap((kind) => item.indicesOf(kind));
}

/** Where `MEMBERS` of a name stand in an item. */
export function indicesOfMember(item: Item, name: string): number[] {
  return indicesOfMembers(item).filter((index) => item.leafTextAt(index) === name);
}
