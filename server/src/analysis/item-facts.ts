/** What is in one item, as rules ask for it. Made for one evaluation of the item and shared by all rules. */
import type { Item } from './item';
import { type Kind, kindNumber } from './kind';
import { KindSet } from './kind-set';
import { canonicalName } from './name';
import { Node } from './node';
import type { SourceFile } from './source-file';

/** A call or a `new`. */
export interface Call {
  readonly node: Node;
  /** What is called, as written. */
  readonly callee: Node;
  /** What is called, as a canonical name; a constructor has no `()`. Undefined when it is not known. */
  readonly name: string | undefined;
  /** The name of the member that is called, as written; undefined where it is none. */
  readonly method: string | undefined;
  /** The arguments without comments; for a tagged template the template. A spread is one argument. */
  readonly args: readonly Node[];
  readonly isNew: boolean;
}

/** A call of which it is known what is called. */
export interface NamedCall extends Call {
  readonly name: string;
}

const CALLS: readonly Kind[] = ['call_expression', 'new_expression'];
const NONE: readonly Node[] = [];
const NO_CALLS: readonly never[] = [];

/** A stretch of an item's own text. */
export interface TextPiece {
  /** Where it begins, from the start of the item. */
  readonly from: number;
  readonly text: string;
}

export class ItemFacts {
  readonly #item: Item;
  /** Those that are there and were asked for, by the number of their kind. */
  readonly #nodes: (readonly Node[] | undefined)[] = [];
  /** Whether nothing was asked since `watch` but kinds that are not there. */
  #isWatched = false;
  readonly #answers = new Map<unknown, unknown>();
  #missing: KindSet | undefined;
  #calls: readonly Call[] | undefined;
  #named: readonly NamedCall[] | undefined;

  constructor(item: Item) {
    this.#item = item;
  }

  /** Begins to note which kinds are asked for and not there. */
  watch(): void {
    this.#isWatched = true;
    this.#missing = undefined;
  }

  /** The kinds that were asked for since `watch`; undefined where there was one of them, or anything else was asked. */
  get missing(): KindSet | undefined {
    return this.#isWatched ? (this.#missing ?? new KindSet()) : undefined;
  }

  get item(): Item {
    this.#isWatched = false;
    return this.#item;
  }

  get file(): SourceFile {
    return this.item.file;
  }

  /** All nodes of a kind in the item itself, in document order. */
  nodes(kind: Kind): readonly Node[] {
    const item = this.#item;
    const number = kindNumber(kind);
    if (!item.kinds.has(number)) {
      if (this.#isWatched) {
        this.#missing ??= new KindSet();
        this.#missing.add(number);
      }
      return NONE;
    }
    this.#isWatched = false;
    let nodes = this.#nodes[number];
    if (!nodes) {
      nodes = item.indicesOf(kind).map((index) => new Node(item, index));
      this.#nodes[number] = nodes;
    }
    return nodes;
  }

  /** All nodes of some kinds, one kind after the other. */
  nodesOf(kinds: Iterable<Kind>): readonly Node[] {
    let found: readonly Node[] = [];
    for (const kind of kinds) {
      const nodes = this.nodes(kind);
      if (nodes.length > 0) found = found.length === 0 ? nodes : found.concat(nodes);
    }
    return found;
  }

  /** The item's text without that of the items in it, run together: to see quickly whether `pieces` hold a word. */
  get ownText(): string {
    const { start, end, file, syntax } = this.item;
    return syntax.shellText ?? file.text.slice(start, end);
  }

  /**
   * As `ownText` in its pieces, for rules that look for words anywhere, comments and strings included.
   * Together the items hold every character of the file once.
   */
  *pieces(): Generator<TextPiece> {
    const { item } = this;
    const { text } = item.file;
    let from = item.start;
    for (const inner of [...item.nested.values()].sort((a, b) => a.start - b.start)) {
      if (inner.start > from) yield { from: from - item.start, text: text.slice(from, inner.start) };
      from = inner.end;
    }
    if (item.end > from) yield { from: from - item.start, text: text.slice(from, item.end) };
  }

  /** The node of the whole item, to say where in it something stands. */
  get node(): Node {
    return new Node(this.item, 0);
  }

  /** All calls and `new` expressions. */
  get calls(): readonly Call[] {
    if (this.#calls) {
      this.#isWatched = false;
      return this.#calls;
    }
    const nodes = this.nodesOf(CALLS);
    if (nodes.length === 0) return NO_CALLS;
    const calls: Call[] = [];
    for (const node of nodes) {
      const call = callAt(node);
      if (call) calls.push(call);
    }
    this.#calls = calls;
    return calls;
  }

  /** The answer to a question about the item that several rules ask, found once for all of them. */
  once<T>(ask: (facts: ItemFacts) => T): T {
    if (this.#answers.has(ask)) this.#isWatched = false;
    else this.#answers.set(ask, ask(this));
    return this.#answers.get(ask) as T;
  }

  /** The calls of any of these canonical names, a set of them or a map by them. */
  callsTo(names: { has(name: string): boolean }): readonly NamedCall[] {
    const { calls } = this;
    if (calls.length === 0) return NO_CALLS;
    this.#named ??= calls.filter((call): call is NamedCall => call.name !== undefined);
    let found: NamedCall[] | undefined;
    for (const call of this.#named) {
      if (!names.has(call.name)) continue;
      found ??= [];
      found.push(call);
    }
    return found ?? NO_CALLS;
  }
}

/** The call that a node is; undefined for `import(…)`, `super(…)` and what is no call. */
export function callAt(node: Node): Call | undefined {
  const isNew = node.kind === 'new_expression';
  if (!isNew && node.kind !== 'call_expression') return undefined;
  const written = node.child(isNew ? 'constructor' : 'function');
  // The grammar reads `await f<T>(x)` as a call of `await f`.
  const callee = written?.kind === 'await_expression' ? written.parts[0] : written;
  if (!callee || callee.kind === 'import' || callee.kind === 'super') return undefined;
  return new CallAt(node, callee, isNew);
}

/** Most who look at a call ask for neither its name nor its arguments. */
class CallAt implements Call {
  readonly node: Node;
  readonly callee: Node;
  readonly isNew: boolean;
  #name: string | undefined;
  #isNamed = false;
  #args: readonly Node[] | undefined;
  #method: string | undefined;
  #hasMethod = false;

  constructor(node: Node, callee: Node, isNew: boolean) {
    this.node = node;
    this.callee = callee;
    this.isNew = isNew;
  }

  get name(): string | undefined {
    if (!this.#isNamed) {
      this.#isNamed = true;
      this.#name = canonicalName(this.callee);
    }
    return this.#name;
  }

  get method(): string | undefined {
    if (!this.#hasMethod) {
      this.#hasMethod = true;
      this.#method = this.callee.child('property')?.text;
    }
    return this.#method;
  }

  get args(): readonly Node[] {
    if (!this.#args) {
      const list = this.node.child('arguments');
      this.#args = list?.kind === 'arguments' ? list.parts : list ? [list] : [];
    }
    return this.#args;
  }
}
