/** What is in one item, as rules ask for it. Made for one evaluation of the item and shared by all rules. */
import type { Item } from './item';
import type { Kind } from './kind';
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
  /** The arguments without comments; for a tagged template the template. A spread is one argument. */
  readonly args: readonly Node[];
  readonly isNew: boolean;
}

/** A stretch of an item's own text. */
export interface TextPiece {
  /** Where it begins, from the start of the item. */
  readonly from: number;
  readonly text: string;
}

export class ItemFacts {
  readonly item: Item;
  #calls: readonly Call[] | undefined;
  #callsByName: Map<string, Call[]> | undefined;

  constructor(item: Item) {
    this.item = item;
  }

  get file(): SourceFile {
    return this.item.file;
  }

  /** All nodes of a kind in the item itself, in document order. */
  nodes(kind: Kind): readonly Node[] {
    return this.item.indicesOf(kind).map((index) => new Node(this.item, index));
  }

  /** All nodes of some kinds. */
  nodesOf(kinds: Iterable<Kind>): readonly Node[] {
    return [...kinds].flatMap((kind) => this.nodes(kind));
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
    this.#calls ??= this.nodesOf(['call_expression', 'new_expression']).flatMap((node) => callAt(node) ?? []);
    return this.#calls;
  }

  /** The calls of any of these canonical names. */
  *callsTo(names: Iterable<string>): Generator<Call> {
    if (!this.#callsByName) {
      this.#callsByName = new Map();
      for (const call of this.calls) {
        if (call.name === undefined) continue;
        const others = this.#callsByName.get(call.name);
        if (others) others.push(call);
        else this.#callsByName.set(call.name, [call]);
      }
    }
    for (const name of names) yield* this.#callsByName.get(name) ?? [];
  }
}

/** The call that a node is; undefined for `import(…)`, `super(…)` and what is no call. */
export function callAt(node: Node): Call | undefined {
  const isNew = node.kind === 'new_expression';
  const callee = node.child(isNew ? 'constructor' : 'function');
  if (!callee || callee.kind === 'import' || callee.kind === 'super') return undefined;
  const list = node.child('arguments');
  const args = list?.kind === 'arguments' ? list.parts : list ? [list] : [];
  return { node, callee, name: canonicalName(callee), args, isNew };
}
