/**
 * What the evaluation of one item looked at outside the item itself. Findings are kept over an edit for
 * as long as everything that was read still answers the same; nothing has to be declared by rules.
 */
import type { Item } from './item';
import type { SourceFile } from './source-file';

interface Lookup {
  readonly from: Item;
  readonly index: number;
  readonly name: string;
  /** What was found: see `SourceFile.declarationKey`. */
  readonly found: string;
}

export class Reads {
  readonly #self: Item;
  readonly #items = new Map<number, Item>();
  readonly #lookups = new Map<string, Lookup>();
  readonly #assigned = new Map<string, boolean>();

  constructor(self: Item) {
    this.#self = self;
  }

  /** Content of another item was looked at. */
  noteItem(item: Item): void {
    if (item !== this.#self) this.#items.set(item.stamp, item);
  }

  /** A name was looked up from a node, and this was found. */
  noteLookup(from: Item, index: number, name: string, found: string): void {
    this.#lookups.set(`${from.stamp}:${index} ${name}`, { from, index, name, found });
  }

  /** It was asked whether a name is assigned to anywhere in the file. */
  noteAssigned(name: string, value: boolean): void {
    this.#assigned.set(name, value);
  }

  /** Whether everything that was read still answers the same. */
  hold(file: SourceFile): boolean {
    for (const item of this.#items.values()) if (!file.isLive(item)) return false;
    for (const { from, index, name, found } of this.#lookups.values()) {
      if (from !== this.#self && !file.isLive(from)) return false;
      if (file.declarationKey(file.find(name, from, index)) !== found) return false;
    }
    for (const [name, value] of this.#assigned) if (file.isAssigned(name) !== value) return false;
    return true;
  }
}
