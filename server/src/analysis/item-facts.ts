/** What is in one item, as rules ask for it. Made for one evaluation of the item and shared by all rules. */
import type { Item } from './item';
import { type Kind, kindNumber } from './kind';
import type { KindSet } from './kind-set';
import { canonicalName } from './name';
import { hasPassed, type NameTest, nothingPassed, type Passed } from './name-tests';
import {
  CANONICAL,
  type CallTest,
  idOf,
  idsOf,
  METHOD,
  Needs,
  numberOf,
  SORTS,
  sortOf,
  type TestId,
} from './needs';
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
  /** Whether nothing was asked since `watch` but what is not there. */
  #isWatched = false;
  readonly #answers = new Map<unknown, { readonly value: unknown; readonly missing: Needs | undefined }>();
  #missing: Needs | undefined;
  #calls: readonly Call[] | undefined;
  /** Which tests the names of the calls pass, by the sort of the names, and how many tests there were. */
  readonly #passed: ({ readonly tests: number; readonly by: Passed } | undefined)[] = [];

  constructor(item: Item) {
    this.#item = item;
  }

  /** The kinds of the nodes in the item itself; for who chooses the rules that are run. */
  get kinds(): KindSet {
    return this.#item.kinds;
  }

  /** Begins to note what is asked for and not there. */
  watch(): void {
    this.#isWatched = true;
    this.#missing = undefined;
  }

  /** What was asked for since `watch`; undefined where there was any of it, or anything else was asked. */
  get missing(): Needs | undefined {
    return this.#isWatched ? (this.#missing ?? new Needs()) : undefined;
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
        this.#missing ??= new Needs();
        this.#missing.kinds.add(number);
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
    return syntax.shellText ?? file.slice(start, end);
  }

  /**
   * As `ownText` in its pieces, for rules that look for words anywhere, comments and strings included.
   * Together the items hold every character of the file once.
   */
  *pieces(): Generator<TextPiece> {
    const { item } = this;
    const { file } = item;
    let from = item.start;
    for (const inner of [...item.nested.values()].sort((a, b) => a.start - b.start)) {
      if (inner.start > from) yield { from: from - item.start, text: file.slice(from, inner.start) };
      from = inner.end;
    }
    if (item.end > from) yield { from: from - item.start, text: file.slice(from, item.end) };
  }

  /** The node of the whole item, to say where in it something stands. */
  get node(): Node {
    return new Node(this.item, 0);
  }

  /** All calls and `new` expressions. Who looks for some names asks `callsOf`, which costs next to nothing. */
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
    let answer = this.#answers.get(ask);
    const [isWatched, missing] = [this.#isWatched, this.#missing];
    if (!answer) {
      this.watch();
      answer = { value: ask(this), missing: this.missing };
      this.#answers.set(ask, answer);
    }
    this.#isWatched = isWatched && answer.missing !== undefined;
    this.#missing = missing;
    if (this.#isWatched && answer.missing) {
      this.#missing ??= new Needs();
      this.#missing.add(answer.missing);
    }
    return answer.value as T;
  }

  /** The calls of any of these canonical names, a set of them or a map by them: a constant of a module. */
  callsTo(names: NameTest): readonly NamedCall[] {
    const id = idOf(CANONICAL, names);
    if (!this.#mayHave(id)) return NO_CALLS;
    return this.calls.filter((call): call is NamedCall => call.name !== undefined && names.has(call.name));
  }

  /** The calls that a test says yes to. */
  callsOf(test: CallTest): readonly Call[] {
    const ids = idsOf(test);
    let mayHave = !ids;
    for (const id of ids ?? []) if (this.#mayHave(id)) mayHave = true;
    return mayHave ? this.calls.filter((call) => isMeant(call, test)) : NO_CALLS;
  }

  /** The tests of a sort that the name of some call in the item itself passes; of all that there are at present. */
  passedBy(sort: number): Passed {
    const tests = SORTS[sort]?.size ?? 0;
    let passed = this.#passed[sort];
    if (!passed || passed.tests < tests) {
      passed = { tests, by: this.#testsPassed(sort) };
      this.#passed[sort] = passed;
    }
    return passed.by;
  }

  #mayHave(id: TestId | undefined): boolean {
    if (id === undefined) return true;
    const sort = sortOf(id);
    const number = numberOf(id);
    const passed = this.#passed[sort];
    const by = passed && passed.tests > number ? passed.by : this.passedBy(sort);
    if (hasPassed(by, number)) return true;
    if (this.#isWatched) {
      this.#missing ??= new Needs();
      this.#missing.addCall(id);
    }
    return false;
  }

  #testsPassed(sort: number): Passed {
    const passed = nothingPassed();
    // That names are asked for is noted by whoever asks.
    const [isWatched, missing] = [this.#isWatched, this.#missing];
    this.#isWatched = false;
    for (const call of this.calls) {
      const name = sort === CANONICAL ? call.name : sort === METHOD ? call.method : functionName(call);
      if (name !== undefined) SORTS[sort]?.addTo(passed, name);
    }
    this.#isWatched = isWatched;
    this.#missing = missing;
    return passed;
  }
}

/** What is called by a mere name, as written. */
function functionName({ method, callee }: Call): string | undefined {
  return method === undefined && callee.kind === 'identifier' ? callee.text : undefined;
}

function isMeant(call: Call, { to, method, function: called }: CallTest): boolean {
  if (method && call.method !== undefined && method.has(call.method)) return true;
  if (to && call.name !== undefined && to.has(call.name)) return true;
  const name = called && functionName(call);
  return name !== undefined && called?.has(name) === true;
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
