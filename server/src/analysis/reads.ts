/**
 * What the evaluation of one item looked at outside the item itself. Findings are kept over an edit for
 * as long as everything that was read still answers the same; nothing has to be declared by rules.
 */
import type { Declaration } from './declarations';
import type { Item } from './item';
import type { FileChange, SourceFile } from './source-file';

interface Lookup {
  readonly from: Item;
  readonly index: number;
  readonly found: Declaration | undefined;
}

export class Reads {
  readonly #self: Item;
  readonly #items = new Set<Item>();
  readonly #lookups = new Map<string, Lookup[]>();
  readonly #assigned = new Map<string, boolean>();
  #isWholeFile = false;

  constructor(self: Item) {
    this.#self = self;
  }

  /** Content of another item was looked at. */
  noteItem(item: Item): void {
    if (item !== this.#self) this.#items.add(item);
  }

  /** Any item may have been looked at. */
  noteWholeFile(): void {
    this.#isWholeFile = true;
  }

  /** A name was looked up from a node, and this was found. */
  noteLookup(from: Item, index: number, name: string, found: Declaration | undefined): void {
    const others = this.#lookups.get(name);
    if (!others) this.#lookups.set(name, [{ from, index, found }]);
    else if (!others.some((other) => other.from === from && other.index === index))
      others.push({ from, index, found });
  }

  /** It was asked whether a name is assigned to anywhere in the file. */
  noteAssigned(name: string, value: boolean): void {
    this.#assigned.set(name, value);
  }

  /** Whether everything that was read still answers the same after a change. */
  hold(file: SourceFile, change: FileChange): boolean {
    if (change.isNothing) return true;
    if (this.#isWholeFile) return false;
    for (const item of this.#items) if (!file.isLive(item)) return false;
    for (const name of change.names) {
      const assigned = this.#assigned.get(name);
      if (assigned !== undefined && file.isAssigned(name) !== assigned) return false;
      for (const { from, index, found } of this.#lookups.get(name) ?? []) {
        if (from !== this.#self && !file.isLive(from)) return false;
        if (!isSame(file.find(name, from, index), found)) return false;
      }
    }
    return true;
  }
}

/** Whether two declarations are the same, of the same content. */
function isSame(one: Declaration | undefined, other: Declaration | undefined): boolean {
  return one === other || (one?.item.stamp === other?.item.stamp && one?.index === other?.index);
}
