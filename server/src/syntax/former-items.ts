/**
 * The items of a text before its last edits, asked while the new tree is read: which of them can be taken
 * over as they are. An item can, when no edit touched it and the new tree has a node of the same kind at
 * just its range: equal text in an equal place parses alike. That holds for both runtimes and does not
 * rest on the identity of their nodes. With errors it is nearly always so; `settle` makes sure.
 */
import type { Cursor } from '../../../grammars/parser';
import { type Item, type ItemSyntax, STRIDE } from '../analysis/item';
import { KINDS } from '../analysis/kind';

/** A replaced stretch of text: offsets before the edit, and the length of what came in its place. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly insertedLength: number;
}

export class FormerItems {
  /** **Invariant:** their starts ascend, also after edits. */
  readonly #items: readonly Item[];
  readonly #hadErrors: boolean;
  readonly #touched = new Set<Item>();

  /**
   * @param items in document order, outer before inner.
   * @param hadErrors whether any of them has an error.
   */
  constructor(items: readonly Item[], hadErrors: boolean) {
    this.#items = items;
    this.#hadErrors = hadErrors;
  }

  /** All whole items that no edit touched, in document order. */
  untouchedItems(): Item[] {
    return this.#items.filter((item) => !this.#touched.has(item) && !item.hasError);
  }

  /**
   * Shifts the items behind an edit and marks those that it touches; an edit at the very border touches,
   * since it may join the words there. Edits are told in the order in which they were made.
   */
  replace({ start, end, insertedLength }: Replacement): void {
    const shift = insertedLength - (end - start);
    for (const item of this.#items) {
      if (item.end < start) continue;
      if (item.start > end) {
        item.start += shift;
        continue;
      }
      this.#touched.add(item);
      const newStart = item.start < start ? item.start : Math.min(item.start, start);
      const newEnd = item.end > end ? item.end + shift : Math.max(newStart, start + insertedLength);
      item.start = newStart;
      item.length = newEnd - newStart;
    }
  }

  /**
   * The item that can be taken over at a node: both are whole or, in an incremental parse, both have errors.
   *
   * @param cursor at the node; given when the tree has errors.
   * @param isFresh whether the tree was parsed afresh: then nothing with an error is taken over.
   */
  untouched(
    start: number,
    end: number,
    kind: number,
    cursor: Cursor | undefined,
    isFresh: boolean,
  ): Item | undefined {
    for (const item of this.#startingAt(start)) {
      if (item.end !== end || this.#touched.has(item) || item.kindAt(0) !== KINDS[kind]) continue;
      const hasError = cursor?.currentNode.hasError ?? false;
      const hadError = this.#hadErrors && hasErrorWithin(item);
      if (hadError === hasError && !(hasError && isFresh)) return item;
    }
    return undefined;
  }

  /** The touched item of which only the items inside changed: its own text and syntax are the same. */
  sameShell(start: number, syntax: ItemSyntax): Item | undefined {
    if (syntax.shellText === undefined) return undefined;
    for (const item of this.#startingAt(start)) {
      if (this.#touched.has(item) && isSameShell(item.syntax, syntax)) return item;
    }
    return undefined;
  }

  *#startingAt(start: number): Generator<Item> {
    let [low, high] = [0, this.#items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#items[middle] as Item).start < start) low = middle + 1;
      else high = middle;
    }
    for (let at = low; this.#items[at]?.start === start; at++) yield this.#items[at] as Item;
  }
}

function hasErrorWithin(item: Item): boolean {
  return item.withNested().some((inner) => inner.hasError);
}

function isSameShell(a: ItemSyntax, b: ItemSyntax): boolean {
  if (a.shellText !== b.shellText || a.nodes.length !== b.nodes.length) return false;
  for (let at = 0; at < a.nodes.length; at += STRIDE) {
    if (
      a.nodes[at] !== b.nodes[at] ||
      a.nodes[at + 3] !== b.nodes[at + 3] ||
      a.nodes[at + 4] !== b.nodes[at + 4]
    ) {
      return false;
    }
  }
  for (const slot of a.nested.keys()) if (!b.nested.has(slot)) return false;
  return a.nested.size === b.nested.size;
}
