import { headOf, type Item, type ItemSyntax, kindOfHead, STRIDE, withOperator } from '../analysis/item';

const FIRST_LENGTH = 256 * STRIDE;
const NOTHING_NESTED: ReadonlyMap<number, Item> = new Map();

/** Collects the nodes of one item while the cursor is in it. */
export class ItemBuilder {
  readonly outer: { readonly builder: ItemBuilder; readonly slot: number } | undefined;
  readonly start: number;
  readonly end: number;
  /** How many items are around this one. */
  readonly depth: number;
  hasError = false;
  missingAt: number | undefined;
  #nested: Map<number, Item> | undefined;
  #nodes: Int32Array<ArrayBuffer>;
  #count = 0;
  readonly #open: number[] = [];

  /** @param room to collect in; `room` has it back, or more, when the item is done. */
  constructor(outer: ItemBuilder['outer'], start: number, end: number, room = new Int32Array(FIRST_LENGTH)) {
    this.#nodes = room;
    this.outer = outer;
    this.depth = outer ? outer.builder.depth + 1 : 0;
    this.start = start;
    this.end = end;
  }

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  get room(): Int32Array<ArrayBuffer> {
    return this.#nodes;
  }

  /** Puts an item in the place of a node. */
  nest(slot: number, item: Item): void {
    this.#nested ??= new Map();
    this.#nested.set(slot, item);
  }

  /** The kind of the innermost open node. */
  get openKind(): number {
    return this.#kindAt(this.#open[this.#open.length - 1] as number);
  }

  /** The kind of the node around the innermost open one; the item's container for the item itself. */
  get enclosingKind(): number {
    return this.#open.length > 1 ? this.#kindAt(this.#open[this.#open.length - 2] as number) : 0;
  }

  /** @param at where a token is missing. */
  miss(at: number): void {
    this.hasError = true;
    this.missingAt ??= at - this.start;
  }

  open(kind: number, field: number, start: number, end: number): void {
    const at = this.#count * STRIDE;
    if (at === this.#nodes.length) {
      const larger = new Int32Array(at * 2);
      larger.set(this.#nodes);
      this.#nodes = larger;
    }
    const nodes = this.#nodes;
    nodes[at] = headOf(kind, field);
    nodes[at + 1] = start - this.start;
    nodes[at + 2] = end - this.start;
    nodes[at + 3] = this.#open.length > 0 ? (this.#open[this.#open.length - 1] as number) : -1;
    this.#open.push(this.#count++);
  }

  /** Says which operator the innermost open node has. */
  setOperator(operator: number): void {
    const at = (this.#open[this.#open.length - 1] as number) * STRIDE;
    this.#nodes[at] = withOperator(this.#nodes[at] as number, operator);
  }

  /** Ends the innermost open node and answers its index. */
  close(): number {
    const index = this.#open.pop() as number;
    this.#nodes[index * STRIDE + 4] = this.#count;
    return index;
  }

  syntax(text: string): ItemSyntax {
    const nodes = this.#nodes.slice(0, this.#count * STRIDE);
    const { hasError, missingAt } = this;
    const nested = this.#nested ?? NOTHING_NESTED;
    return { nodes, nested, hasError, missingAt, shellText: this.#shellText(text) };
  }

  /** The item's text without the items inside; undefined where there are none. */
  #shellText(text: string): string | undefined {
    if (!this.#nested) return undefined;
    let shell = '';
    let from = this.start;
    for (const item of this.#nested.values()) {
      shell += `${text.slice(from, item.start)}\0`;
      from = item.end;
    }
    return shell + text.slice(from, this.end);
  }

  #kindAt(index: number): number {
    return kindOfHead(this.#nodes[index * STRIDE] as number);
  }
}
