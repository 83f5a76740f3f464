/**
 * The syntax of one open document over its edits. Most keystrokes are a parse that reuses the former tree
 * and a walk over the items that changed.
 *
 * A stray brace, quote or back-tick is different: the tree loses most of its items for as long as it is
 * there, and the parse can take many times longer. Then the former items are *held*: nothing is read, the
 * file keeps its last whole state and whoever shows findings shifts them with the edits. A hold ends when
 * the text parses again, or when `settle` is told that it lasted long enough.
 */
import type { Parser, Tree, TreeEdit } from '../../../grammars/parser';
import type { CodeReader } from '../analysis/commented-code';
import type { Item } from '../analysis/item';
import type { SourceFile } from '../analysis/source-file';
import { FormerItems } from './former-items';
import { GrammarNumbers } from './grammar-numbers';
import { type ReadItems, type ReadRequest, readItems } from './read-items';

/** A parse on the typing path is given up after this many milliseconds; most take one or two. */
const TYPING_DEADLINE_MS = 7;
/** A walk over a tree with errors is given up after this many nodes on the typing path: some 5 ms. */
const TYPING_MOST_NODES = 6_000;

/** While the text has errors, a parse that took longer than this is tried again only where it may end them. */
const CHEAP_ATTEMPT_MS = 4;
/** What may open or close a stretch of text that was swallowed. */
const STRUCTURAL = /[{}()[\]<>`'"/*\\]/;

/** One replaced stretch of text, with what it replaced. */
export interface TextChange extends TreeEdit {
  /** The text that came and the text that went, one after the other. */
  readonly changedText: string;
}

/** What became of a change: the file has new items, or it still has its former ones. */
export type Outcome = 'read' | 'held';

const numbersByParser = new WeakMap<Parser, GrammarNumbers>();

function numbersOf(parser: Parser): GrammarNumbers {
  const numbers = numbersByParser.get(parser) ?? new GrammarNumbers();
  numbersByParser.set(parser, numbers);
  return numbers;
}

/** Reads code that stands in comments with the parser of the file around it. */
export function codeReader(parser: Parser): CodeReader {
  return (piece, text) => readOnce(piece, parser, text);
}

/** Parses a text that is not edited: the file has its items afterwards. Answers whether it has errors. */
export function readOnce(file: SourceFile, parser: Parser, text: string): boolean {
  const tree = parser.parse(text) as Tree;
  try {
    const { hasError } = tree;
    const request = { file, text, numbers: numbersOf(parser), hasError };
    const read = tree.read((cursor) => readItems(request, cursor));
    if (read) file.update(text, read.root);
    return hasError;
  } finally {
    tree.delete();
  }
}

export class SyntaxDocument {
  readonly file: SourceFile;
  /** Items that were read from the tree by the last change, for measuring. */
  walked = 0;
  readonly #parser: Parser;
  readonly #now: () => number;
  #attemptMs = 0;
  #text: string;
  /** The last tree that was read, with all edits since told to it. */
  #tree: Tree | undefined;
  #former!: FormerItems;
  #isHeld = false;
  #hasError = false;
  #isDisposed = false;
  readonly #patience: number;
  #isTooSlow = false;
  #depth = 0;

  /**
   * Parses the text whole, unless that takes too long.
   *
   * @param now milliseconds, for the deadlines on the typing path.
   * @param patience milliseconds that parsing afresh may take.
   */
  constructor(
    file: SourceFile,
    parser: Parser,
    text: string,
    now: () => number,
    patience = Number.POSITIVE_INFINITY,
  ) {
    this.file = file;
    this.#parser = parser;
    this.#now = now;
    this.#text = text;
    this.#patience = patience;
    const tree = this.#parseAfresh();
    if (tree) this.#accept(tree, this.#readTree(tree, {}) as ReadItems);
  }

  /** Whether parsing afresh took too long: then there is nothing to be had of the text. */
  get isTooSlow(): boolean {
    return this.#isTooSlow;
  }

  /** How deep the syntax that was read last is nested. */
  get depth(): number {
    return this.#depth;
  }

  /** Whether the file still has the items of an earlier text: nobody may look at its nodes then. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Whether the tree that was read last has an ERROR or a missing token. */
  get hasError(): boolean {
    return this.#hasError;
  }

  /** Where the first error starts or the first missing token belongs (offset); undefined when there is none. */
  get firstError(): number | undefined {
    if (!this.#hasError) return undefined;
    let first: number | undefined;
    for (const item of this.file.items) {
      const start = item.hasError ? errorStart(item) : undefined;
      if (start !== undefined && (first === undefined || start < first)) first = start;
    }
    return first;
  }

  /** Whether `settle` may change anything: the text has errors, or is not known to have none. */
  get isUnsettled(): boolean {
    return this.#isHeld || this.#hasError;
  }

  /** Takes edits, in the order in which they were made, and the text after them all. */
  change(text: string, changes: readonly TextChange[]): Outcome {
    for (const change of changes) {
      this.#tree?.edit(change);
      this.#former.replace({
        start: change.startIndex,
        end: change.oldEndIndex,
        insertedLength: change.newEndIndex - change.startIndex,
      });
    }
    this.#text = text;
    // Letters typed while a brace is open hardly close it; the pause after them is soon enough.
    const isCostly = this.isUnsettled && this.#attemptMs > CHEAP_ATTEMPT_MS;
    if (isCostly && !changes.some((change) => STRUCTURAL.test(change.changedText))) return this.#hold();

    const begin = this.#now();
    const tree = this.#parser.parse(text, this.#tree, () => this.#now() - begin > TYPING_DEADLINE_MS);
    const isTaken = tree !== undefined && this.#take(tree, { isFresh: false, mayHold: true });
    this.#attemptMs = this.#now() - begin;
    return isTaken ? 'read' : this.#hold();
  }

  /**
   * Parses the text afresh, off the typing path: incremental trees with errors may differ from fresh ones.
   *
   * @param isOver whether a hold has lasted long enough, and the tree rules whatever it lost.
   */
  settle(isOver: boolean): Outcome {
    if (!this.isUnsettled) return 'read';
    const tree = this.#parseAfresh();
    if (!tree) return this.#hold();
    return this.#take(tree, { isFresh: true, mayHold: this.#isHeld && !isOver }) ? 'read' : this.#hold();
  }

  /** Frees the tree. */
  dispose(): void {
    if (!this.#isDisposed) this.#tree?.delete();
    this.#isDisposed = true;
  }

  #parseAfresh(): Tree | undefined {
    const begin = this.#now();
    const isOver = () => this.#now() - begin > this.#patience;
    const tree = this.#parser.parse(
      this.#text,
      undefined,
      Number.isFinite(this.#patience) ? isOver : undefined,
    );
    this.#isTooSlow = tree === undefined;
    return tree;
  }

  #hold(): 'held' {
    this.#isHeld = true;
    return 'held';
  }

  /** Reads a tree and makes it the current one; refuses when a hold is allowed and items would be lost. */
  #take(tree: Tree, { isFresh, mayHold }: { isFresh: boolean; mayHold: boolean }): boolean {
    const { hasError } = tree;
    const isCareful = hasError && mayHold;
    const mostNodes = isCareful && !isFresh ? TYPING_MOST_NODES : undefined;
    const wanted = isCareful ? this.#former.untouchedItems() : [];
    const read = this.#readTree(tree, { former: this.#former, isFresh, mostNodes });
    if (!read || hasLost(read, wanted)) {
      tree.delete();
      return false;
    }
    this.#tree?.delete();
    this.#accept(tree, read);
    return true;
  }

  #readTree(
    tree: Tree,
    options: Pick<ReadRequest, 'former' | 'isFresh' | 'mostNodes'>,
  ): ReadItems | undefined {
    const numbers = numbersOf(this.#parser);
    const request = { ...options, file: this.file, text: this.#text, numbers, hasError: tree.hasError };
    return tree.read((cursor) => readItems(request, cursor));
  }

  #accept(tree: Tree, read: ReadItems): void {
    this.#tree = tree;
    this.#hasError = tree.hasError;
    this.#isHeld = false;
    this.walked = read.walked;
    this.#depth = read.depth;
    this.file.follow(this.#text, read.root);
    this.#former = new FormerItems(this.file.items, this.#hasError);
  }
}

function hasLost(read: ReadItems, wanted: readonly Item[]): boolean {
  if (wanted.length === 0) return false;
  const found = new Set(read.root.withNested());
  return wanted.some((item) => !found.has(item));
}

/** Where the first ERROR of an item starts, or a missing token belongs; its start where neither is in it. */
function errorStart(item: Item): number {
  const [error] = item.indicesOf('ERROR');
  const { missingAt } = item.syntax;
  const starts = [error && item.startAt(error), missingAt !== undefined && item.start + missingAt];
  const known = starts.filter((start) => typeof start === 'number');
  return known.length > 0 ? Math.min(...known) : item.start;
}
