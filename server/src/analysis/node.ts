/**
 * A place in the syntax of a file, as rules see it: plain memory, never a node of the parser. Nodes are
 * made when somebody looks and forgotten afterwards; two nodes are the same place when `is` says so.
 */
import type { Item } from './item';
import { type Field, FUNCTION_KINDS, type Kind } from './kind';

/** What may stand before the keywords of a declaration. */
const BEFORE_KEYWORDS: ReadonlySet<Kind> = new Set<Kind>(['comment', 'decorator', 'accessibility_modifier']);

export class Node {
  readonly item: Item;
  /** Index in the item; a nested item's root is node 0 of that item, never the node that stands for it. */
  readonly index: number;

  constructor(item: Item, index: number) {
    this.item = item;
    this.index = index;
  }

  get kind(): Kind {
    return this.item.kindAt(this.index);
  }

  /** Where the node starts in the file: 0-based UTF-16 offset. */
  get start(): number {
    this.#noteContent();
    return this.item.startAt(this.index);
  }

  /** Where the node ends in the file, exclusive. */
  get end(): number {
    this.#noteContent();
    return this.index === 0 ? this.item.end : this.item.endAt(this.index);
  }

  get text(): string {
    const { item, index } = this;
    if (index > 0 && item.nextAt(index) === index + 1) return item.leafTextAt(index);
    this.#noteItemsInside();
    return this.item.file.slice(this.start, this.end);
  }

  /** The field of the parent that this node fills; `''` for none. */
  get field(): Field {
    if (this.index > 0) return this.item.fieldAt(this.index);
    const outer = this.item.parent;
    if (outer) this.item.file.reads?.noteItem(outer);
    return outer?.fieldAt(this.item.slot) ?? '';
  }

  /** The node around this one; undefined for the program. */
  get parent(): Node | undefined {
    if (this.index > 0) return new Node(this.item, this.item.parentAt(this.index));
    const outer = this.item.parent;
    if (!outer) return undefined;
    this.item.file.reads?.noteItem(outer);
    return new Node(outer, outer.parentAt(this.item.slot));
  }

  /** The named children, comments included, in document order. */
  get children(): readonly Node[] {
    this.#noteContent();
    const { item, index } = this;
    const children: Node[] = [];
    const end = item.nextAt(index);
    for (let child = index + 1; child < end; child = item.nextAt(child)) children.push(this.#at(child));
    return children;
  }

  /** The children without comments. */
  get parts(): readonly Node[] {
    this.#noteContent();
    const { item, index } = this;
    const parts: Node[] = [];
    const end = item.nextAt(index);
    for (let child = index + 1; child < end; child = item.nextAt(child)) {
      if (item.kindAt(child) !== 'comment') parts.push(this.#at(child));
    }
    return parts;
  }

  /** The first child that fills a field. */
  child(field: Field): Node | undefined {
    this.#noteContent();
    const { item, index } = this;
    const end = item.nextAt(index);
    for (let child = index + 1; child < end; child = item.nextAt(child)) {
      if (item.fieldAt(child) === field && item.kindAt(child) !== 'comment') return this.#at(child);
    }
    return undefined;
  }

  /** The first child of a kind. */
  childOf(kind: Kind): Node | undefined {
    this.#noteContent();
    const { item, index } = this;
    const end = item.nextAt(index);
    for (let child = index + 1; child < end; child = item.nextAt(child)) {
      if (item.kindAt(child) === kind) return this.#at(child);
    }
    return undefined;
  }

  /** The node right before this one with the same parent, comments included. */
  get previous(): Node | undefined {
    const { parent } = this;
    if (!parent) return undefined;
    const own = this.index > 0 ? this.index : this.item.slot;
    // What stands right before in document order is the last node in it, or the parent.
    let previous = own - 1;
    if (previous === parent.index) return undefined;
    for (let outer = previous; outer !== parent.index; outer = parent.item.parentAt(outer)) previous = outer;
    return parent.#at(previous);
  }

  /** The nearest node around this one that is of one of these kinds. */
  enclosing(kinds: ReadonlySet<Kind>): Node | undefined {
    let node = this.parent;
    while (node && !kinds.has(node.kind)) node = node.parent;
    return node;
  }

  /** The function around this node, arrows and methods included. */
  get enclosingFunction(): Node | undefined {
    return this.enclosing(FUNCTION_KINDS);
  }

  /** The nodes around this one, from the parent outwards. */
  *ancestors(): Generator<Node> {
    for (let node = this.parent; node; node = node.parent) yield node;
  }

  /**
   * This node and everything below it, in document order. Where `enter` says no, the node itself is still
   * yielded and what is below it is left out.
   */
  *walk(enter: (node: Node) => boolean = () => true): Generator<Node> {
    const open: Node[] = [this];
    for (let node = open.pop(); node; node = open.pop()) {
      yield node;
      if (node !== this && !enter(node)) continue;
      const children = node.children;
      for (let i = children.length - 1; i >= 0; i--) open.push(children[i] as Node);
    }
  }

  /** This node and everything below it, without the insides of functions in it. */
  walkOwn(): Generator<Node> {
    return this.walk((node) => !FUNCTION_KINDS.has(node.kind));
  }

  /** Whether another node is the same place. */
  is(other: Node | undefined): boolean {
    return other !== undefined && this.item === other.item && this.index === other.index;
  }

  /** Whether another node is this one or below it. */
  contains(other: Node): boolean {
    return this.start <= other.start && other.end <= this.end;
  }

  /** The operator of a binary, unary, update or assignment expression, as written: `||`, `typeof`, `??=`. */
  get operator(): string {
    this.#noteContent();
    return this.item.operatorAt(this.index) || (this.kind === 'assignment_expression' ? '=' : '');
  }

  /**
   * The words before a declaration's name or first part: `export default`, `static async`, `const`.
   * Keywords are not nodes, so this is where they are read.
   */
  hasKeyword(keyword: string): boolean {
    this.#noteContent();
    const { item, index } = this;
    const end = item.nextAt(index);
    let first = index + 1;
    while (first < end && BEFORE_KEYWORDS.has(item.kindAt(first))) first = item.nextAt(first);
    const head = item.file.slice(this.start, first < end ? item.startAt(first) : this.end);
    if (!head.includes(keyword)) return false;
    return withoutComments(head)
      .split(/[^\w]+/)
      .includes(keyword);
  }

  /** A node's text is also that of the items in it. */
  #noteItemsInside(): void {
    const { item, index } = this;
    const { reads } = item.file;
    const end = item.nextAt(index);
    if (!reads || end === index + 1 || item.nested.size === 0) return;
    for (const [slot, nested] of item.nested) {
      if (index < slot && slot < end) for (const inner of nested.withNested()) reads.noteItem(inner);
    }
  }

  /**
   * What is in a nested item is looked at from its root on. Of the root itself the kind and the field are known
   * from the item around it, so that looking for a sibling of some kind does not depend on what is in the others.
   */
  #noteContent(): void {
    if (this.index === 0) this.item.file.reads?.noteItem(this.item);
  }

  #at(index: number): Node {
    const nested = this.item.nested.get(index);
    return nested ? new Node(nested, 0) : new Node(this.item, index);
  }
}

function withoutComments(text: string): string {
  return text.includes('/') ? text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ' ').trim() : text.trim();
}
