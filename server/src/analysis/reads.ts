/**
 * What the evaluation of one item looked at outside the item itself. Findings are kept over an edit for
 * as long as everything that was read still answers the same; nothing has to be declared by rules.
 */
import type { Item } from './item';
import type { FileChange, SourceFile } from './source-file';

interface Lookup {
  readonly from: Item;
  readonly index: number;
  /** What was found: see `SourceFile.declarationKey`. */
  readonly found: string;
}

export class Reads {
  readonly #self: Item;
  readonly #items = new Set<Item>();
  readonly #lookups = new Map<string, Lookup[]>();
  readonly #assigned = new Map<string, boolean>();
  #isWholeFile = false;
  /** Dropped after the evaluation. */
  #names: Map<Item, Map<number, string | undefined>> | undefined = new Map();

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
  noteLookup(from: Item, index: number, name: string, found: string): void {
    const others = this.#lookups.get(name);
    if (!others) this.#lookups.set(name, [{ from, index, found }]);
    else if (!others.some((other) => other.from === from && other.index === index))
      others.push({ from, index, found });
  }

  /** It was asked whether a name is assigned to anywhere in the file. */
  noteAssigned(name: string, value: boolean): void {
    this.#assigned.set(name, value);
  }

  /**
   * The canonical names that the evaluation has asked for already, by the index of their node: what was read
   * for them is noted, so they need no second look.
   */
  namesIn(item: Item): Map<number, string | undefined> | undefined {
    let names = this.#names?.get(item);
    if (!names) {
      names = new Map();
      this.#names?.set(item, names);
    }
    return names;
  }

  /** The evaluation is over; what was read is kept. */
  close(): void {
    this.#names = undefined;
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
        if (file.declarationKey(file.find(name, from, index)) !== found) return false;
      }
    }
    return true;
  }
}
