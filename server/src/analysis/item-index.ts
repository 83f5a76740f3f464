/**
 * Which items of a file have something: a name, a call of some method, a word in their text. What an item has is
 * read off its own content alone, once, so an edit costs what the items that it touched cost.
 */
import type { Item } from './item';

/** What items are found by. An object per sort of key, made once: who asks with the same one shares an index. */
export interface ItemKeys {
  /** What an item has. **Invariant:** it follows from the item's own kinds, fields and text. */
  of(item: Item): Iterable<string>;
  /** Whether an item has a key, where that is known sooner than all that it has. */
  has?(item: Item, key: string): boolean;
}

/** What came or went with some items, by what it is found by. */
export type ChangedKeys = ReadonlyMap<ItemKeys, ReadonlySet<string>>;

/** So often each item is asked by `has`; then which items have what is found out at once. */
const FEW_QUESTIONS = 100;
const NONE: readonly Item[] = [];

/** All indexes of a file that anybody asked for. */
export class ItemIndexes {
  readonly #indexes = new Map<ItemKeys, Index>();
  readonly #asked = new Map<ItemKeys, number>();

  /**
   * The items that have a key, outer before inner, in document order.
   *
   * @param isFollowed whether edits are expected: then all that items have is worth keeping.
   */
  find(keys: ItemKeys, key: string, items: readonly Item[], isFollowed: boolean): readonly Item[] {
    let index = this.#indexes.get(keys);
    if (!index) {
      const asked = this.#asked.get(keys) ?? 0;
      if (!isFollowed && keys.has && asked < FEW_QUESTIONS) {
        this.#asked.set(keys, asked + 1);
        return items.filter((item) => keys.has?.(item, key));
      }
      index = new Index(keys, items);
      this.#indexes.set(keys, index);
    }
    return index.find(key);
  }

  /** Takes items that came and went; answers what these have. */
  follow(removed: readonly Item[], added: readonly Item[]): ChangedKeys {
    const changed = new Map<ItemKeys, ReadonlySet<string>>();
    for (const [keys, index] of this.#indexes) {
      const touched = index.follow(removed, added);
      if (touched.size > 0) changed.set(keys, touched);
    }
    return changed;
  }

  clear(): void {
    this.#indexes.clear();
    this.#asked.clear();
  }
}

class Index {
  readonly #keys: ItemKeys;
  readonly #items = new Map<string, Item[]>();
  /** What each item has: once its text is gone it can no longer be asked. */
  readonly #ofItem = new Map<Item, readonly string[]>();
  readonly #unsorted = new Set<string>();

  constructor(keys: ItemKeys, items: readonly Item[]) {
    this.#keys = keys;
    for (const item of items) this.#add(item);
  }

  find(key: string): readonly Item[] {
    const items = this.#items.get(key);
    if (!items) return NONE;
    if (this.#unsorted.delete(key)) items.sort(inDocumentOrder);
    return items;
  }

  follow(removed: readonly Item[], added: readonly Item[]): Set<string> {
    const touched = new Set<string>();
    for (const item of removed) {
      for (const key of this.#ofItem.get(item) ?? []) {
        touched.add(key);
        const left = this.#items.get(key)?.filter((each) => each !== item) ?? [];
        if (left.length > 0) this.#items.set(key, left);
        else this.#items.delete(key);
      }
      this.#ofItem.delete(item);
    }
    for (const item of added) {
      for (const key of this.#add(item)) {
        touched.add(key);
        this.#unsorted.add(key);
      }
    }
    return touched;
  }

  #add(item: Item): readonly string[] {
    const keys = [...new Set(this.#keys.of(item))];
    if (keys.length === 0) return keys;
    this.#ofItem.set(item, keys);
    for (const key of keys) {
      const items = this.#items.get(key);
      if (items) items.push(item);
      else this.#items.set(key, [item]);
    }
    return keys;
  }
}

function inDocumentOrder(one: Item, other: Item): number {
  return one.start - other.start || other.length - one.length || depthOf(one) - depthOf(other);
}

function depthOf(item: Item): number {
  let depth = 0;
  for (let outer = item.parent; outer; outer = outer.parent) depth++;
  return depth;
}
