/**
 * An item is the unit in which a file is read again after an edit: a statement, a class member or an
 * object member. Its syntax is one typed array; the items inside it are kept apart, so that an edit in one
 * of them leaves the others' arrays alone.
 *
 * What a rule may look at is not limited by items: a `Node` goes from one to the next without saying so,
 * and the reads that cross are recorded (`reads.ts`), which is how findings are kept as long as they hold.
 */
import { cutOut } from './cut-out';
import type { ItemDeclarations } from './declarations';
import { FIELDS, type Field, KINDS, type Kind, kindNumber, OPERATORS } from './kind';
import { KindSet } from './kind-set';
import type { SourceFile } from './source-file';

/** Numbers per node in `ItemSyntax.nodes`: what it is, start, end, parent, the node after the subtree. */
export const STRIDE = 5;
const HEAD = 0;
const START = 1;
const END = 2;
const PARENT = 3;
const NEXT = 4;

/** What a node is, in one number: its kind, its field and, where it has one, its operator. */
const FIELD_SHIFT = 8;
const OPERATOR_SHIFT = 16;
const BYTE = 0xff;

export function headOf(kind: number, field: number): number {
  return kind | (field << FIELD_SHIFT);
}

export function withOperator(head: number, operator: number): number {
  return head | (operator << OPERATOR_SHIFT);
}

export function kindOfHead(head: number): number {
  return head & BYTE;
}

/** Longer leaves are no names: comments, strings, types. */
const LONGEST_NAME = 40;

const NONE: readonly number[] = [];

/** What the reader of syntax hands over for one item. */
export interface ItemSyntax {
  /**
   * `STRIDE` numbers per node in document order: kind, field and operator (`headOf`), start, end (offsets relative
   * to the item's start), index of the parent, index after the last node of the subtree. Node 0 is the item itself.
   */
  readonly nodes: Int32Array;
  /** The items inside, by the index of the node that stands in their place (a node without children). */
  readonly nested: ReadonlyMap<number, Item>;
  /** Whether the item's own syntax, without the items inside, has an ERROR or a missing token. */
  readonly hasError: boolean;
  /** Where the first missing token of the item's own syntax belongs, relative to its start; undefined without one. */
  readonly missingAt: number | undefined;
  /** The item's text with the items inside left out; undefined where there are none. */
  readonly shellText: string | undefined;
}

export class Item {
  /** Where the item starts in the file: 0-based UTF-16 offset. Edits before it shift it. */
  start: number;
  /** Length in UTF-16 units. */
  length: number;
  /** The item around this one; undefined for the program. */
  parent: Item | undefined;
  /** The index in the parent of the node that stands in this item's place. */
  slot = 0;
  /**
   * Changes when the item's own content changes, and only then.
   * **Invariant:** equal stamps mean equal kinds, fields and own text; offsets may differ.
   */
  readonly stamp: number;
  readonly file: SourceFile;
  #syntax: ItemSyntax;
  /** Kept for `declarationsOf`. */
  declarations: ItemDeclarations | undefined;
  #kinds: KindSet | undefined;
  /** The indices of the nodes of a kind, by its number; for those that were asked for. */
  readonly #byKind: (readonly number[] | undefined)[] = [];
  #byName: Map<string, number[]> | undefined;
  /** The texts of nodes without children, for those that were asked for. */
  #leafTexts: (string | undefined)[] | undefined;

  constructor(file: SourceFile, stamp: number, start: number, length: number, syntax: ItemSyntax) {
    this.file = file;
    this.stamp = stamp;
    this.start = start;
    this.length = length;
    this.#syntax = syntax;
  }

  get end(): number {
    return this.start + this.length;
  }

  get syntax(): ItemSyntax {
    return this.#syntax;
  }

  get nested(): ReadonlyMap<number, Item> {
    return this.#syntax.nested;
  }

  get hasError(): boolean {
    return this.#syntax.hasError;
  }

  /** Number of nodes, those that stand for nested items included. */
  get size(): number {
    return this.#syntax.nodes.length / STRIDE;
  }

  /** Takes new offsets for the same content; see the invariant at `stamp`. */
  move(start: number, length: number, syntax: ItemSyntax): void {
    this.start = start;
    this.length = length;
    this.#syntax = syntax;
  }

  /** Tells the items inside where they are. */
  adoptNested(): void {
    for (const [slot, item] of this.#syntax.nested) {
      item.parent = this;
      item.slot = slot;
    }
  }

  kindAt(index: number): Kind {
    return KINDS[kindOfHead(this.#number(index, HEAD))] ?? 'other';
  }

  fieldAt(index: number): Field {
    return FIELDS[(this.#number(index, HEAD) >>> FIELD_SHIFT) & BYTE] ?? '';
  }

  /** The operator of a binary, unary, update or compound assignment expression; `''` for other nodes. */
  operatorAt(index: number): string {
    return OPERATORS[this.#number(index, HEAD) >>> OPERATOR_SHIFT] ?? '';
  }

  /** Start of a node in the file: 0-based UTF-16 offset. */
  startAt(index: number): number {
    return this.start + this.#number(index, START);
  }

  /** End of a node in the file, exclusive. */
  endAt(index: number): number {
    return this.start + this.#number(index, END);
  }

  /**
   * The text of a node without children: one string for all who ask, so that maps by names hash it once.
   * **Invariant:** it is that of the file for as long as the stamp is.
   */
  leafTextAt(index: number): string {
    this.#leafTexts ??= new Array(this.size);
    const known = this.#leafTexts[index];
    if (known !== undefined) return known;
    const text = this.file.slice(this.startAt(index), this.endAt(index));
    if (text.length > LONGEST_NAME) return text;
    const name = cutOut(text);
    this.#leafTexts[index] = name;
    return name;
  }

  /** Index of a node's parent; -1 for node 0. */
  parentAt(index: number): number {
    return this.#number(index, PARENT);
  }

  /** Index of the first node after a node's subtree. */
  nextAt(index: number): number {
    return this.#number(index, NEXT);
  }

  /** The kinds of the nodes in this item alone. */
  get kinds(): KindSet {
    this.#kinds ??= this.#collectKinds();
    return this.#kinds;
  }

  /** The indices of all nodes of a kind in this item alone, in document order. */
  indicesOf(kind: Kind): readonly number[] {
    const number = kindNumber(kind);
    if (!this.kinds.has(number)) return NONE;
    this.#byKind[number] ??= this.#findOfKind(number);
    return this.#byKind[number];
  }

  /** The indices of the variables of a name that are read, written or declared in this item alone, in no order. */
  indicesNamed(name: string): readonly number[] {
    this.#byName ??= this.#groupByName();
    return this.#byName.get(name) ?? NONE;
  }

  /** The names that `indicesNamed` answers. */
  names(): Iterable<string> {
    this.#byName ??= this.#groupByName();
    return this.#byName.keys();
  }

  /** This item and all items inside it, outer before inner, in document order. */
  withNested(): Item[] {
    const items: Item[] = [];
    const open: Item[] = [this];
    for (let item = open.pop(); item !== undefined; item = open.pop()) {
      items.push(item);
      if (item.nested.size === 0) continue;
      const inner = [...item.nested.values()];
      for (let i = inner.length - 1; i >= 0; i--) open.push(inner[i] as Item);
    }
    return items;
  }

  #number(index: number, column: number): number {
    return this.#syntax.nodes[index * STRIDE + column] as number;
  }

  #groupByName(): Map<string, number[]> {
    const groups = new Map<string, number[]>();
    for (const kind of ['identifier', 'shorthand_property_identifier'] as const) {
      for (const index of this.indicesOf(kind)) {
        const name = this.leafTextAt(index);
        const group = groups.get(name);
        if (group) group.push(index);
        else groups.set(name, [index]);
      }
    }
    return groups;
  }

  #collectKinds(): KindSet {
    const { nodes, nested } = this.#syntax;
    const kinds = new KindSet();
    for (let at = 0, index = 0; at < nodes.length; at += STRIDE, index++) {
      if (nested.size === 0 || !nested.has(index)) kinds.add(kindOfHead(nodes[at] as number));
    }
    return kinds;
  }

  #findOfKind(number: number): number[] {
    const { nodes, nested } = this.#syntax;
    const found: number[] = [];
    for (let at = 0, index = 0; at < nodes.length; at += STRIDE, index++) {
      if (kindOfHead(nodes[at] as number) !== number) continue;
      if (nested.size === 0 || !nested.has(index)) found.push(index);
    }
    return found;
  }
}
