/**
 * The one walk over a tree of the parser: it copies what the engine keeps into the compact arrays of
 * items. Every step of the cursor is a call out of JavaScript and costs more than all that is done with
 * the answer, so nothing is asked twice, and the insides of strings, types and comments are not visited.
 *
 * The walk is a loop: trees of a hundred thousand levels are read like any other.
 */
import type { Cursor } from '../../../grammars/parser';
import { Item } from '../analysis/item';
import { kindNumber } from '../analysis/kind';
import type { SourceFile } from '../analysis/source-file';
import type { FormerItems } from './former-items';
import type { GrammarNumbers } from './grammar-numbers';
import { ItemBuilder } from './item-builder';
import { kindTable } from './kind-table';

/**
 * An item longer than this (UTF-16 units) is opened: the statements and members in it become items too.
 * One keystroke reads at most about this much again, which takes less than a millisecond.
 */
const OPENED_FROM = 2_000;
/** Statements and members shorter than this stay with the item around them. */
const ITEM_FROM = 80;
/** Items deeper than this are not opened: what goes over the items around each item stays cheap. */
const MOST_DEPTH = 100;

const CONTAINERS = kindTable([
  'program',
  'statement_block',
  'class_body',
  'object',
  'array',
  'switch_body',
  'switch_case',
  'switch_default',
]);
/** Kinds whose children's fields nobody asks for. */
const WITHOUT_FIELDS = kindTable([
  ...(['program', 'statement_block', 'class_body', 'object', 'array', 'arguments', 'named_imports'] as const),
  ...(['formal_parameters', 'template_string', 'template_substitution', 'parenthesized_expression'] as const),
  ...(['expression_statement', 'lexical_declaration', 'variable_declaration', 'array_pattern'] as const),
  ...([
    'object_pattern',
    'await_expression',
    'sequence_expression',
    'as_expression',
    'jsx_expression',
  ] as const),
  ...([
    'return_statement',
    'throw_statement',
    'spread_element',
    'non_null_expression',
    'import_clause',
  ] as const),
]);
const WITH_OPERATOR = kindTable([
  'binary_expression',
  'unary_expression',
  'update_expression',
  'augmented_assignment_expression',
]);
const ERROR = kindNumber('ERROR');
const COMMENT = kindNumber('comment');
const PROGRAM = kindNumber('program');

/** What a walk made. */
export interface ReadItems {
  readonly root: Item;
  /** How many items were read from the tree; the others were taken over. */
  readonly walked: number;
  /** How deep the nodes are nested that were read. */
  readonly depth: number;
}

/** What is to be read. */
export interface ReadRequest {
  readonly file: SourceFile;
  /** The text that the tree was parsed from. */
  readonly text: string;
  readonly numbers: GrammarNumbers;
  /** Whether the tree has an error anywhere; only then missing tokens are looked for. */
  readonly hasError: boolean;
  /** The items of the text before the edits, to be taken over where they are untouched. */
  readonly former?: FormerItems | undefined;
  /** Whether the tree was parsed without a former one. */
  readonly isFresh?: boolean;
  /** Give up after this many nodes. */
  readonly mostNodes?: number | undefined;
}

/** Reads the items of a tree; the cursor stands at its root. Undefined when it was given up. */
export function readItems(request: ReadRequest, cursor: Cursor): ReadItems | undefined {
  return new ItemReader(request, cursor).read();
}

class ItemReader {
  readonly #request: ReadRequest;
  readonly #cursor: Cursor;
  #building: ItemBuilder | undefined;
  #root: Item | undefined;
  #walked = 0;
  #depth = 0;
  #deepest = 0;
  #left: number;
  /** What items that are done were collected in. */
  readonly #rooms: Int32Array<ArrayBuffer>[] = [];

  constructor(request: ReadRequest, cursor: Cursor) {
    this.#request = request;
    this.#cursor = cursor;
    this.#left = request.mostNodes ?? Number.POSITIVE_INFINITY;
  }

  read(): ReadItems | undefined {
    do {
      while (this.#visit()) {
        if (!this.#cursor.gotoFirstChild()) {
          this.#close();
          break;
        }
        if (++this.#depth > this.#deepest) this.#deepest = this.#depth;
      }
      if (this.#left < 0) return undefined;
    } while (this.#advance());
    return { root: this.#root as Item, walked: this.#walked, depth: this.#deepest };
  }

  /** Takes the node at the cursor; says whether it is open and its children are wanted. */
  #visit(): boolean {
    this.#left--;
    const cursor = this.#cursor;
    const { numbers, hasError, former, text, isFresh = false } = this.#request;
    const { kind, isNamed, isLeaf, operator } = numbers.typeAt(cursor);
    const outer = this.#building;
    if (!outer) {
      // The grammars let the program begin after leading blanks; ours is the whole text.
      this.#building = new ItemBuilder(undefined, 0, text.length);
      this.#building.open(kind, 0, 0, text.length);
      // Where nothing makes sense as a whole, as in a file that was cut off, the program itself is an error.
      if (kind === ERROR) this.#building.hasError = true;
      return true;
    }
    if (!isNamed) {
      if (operator !== 0 && WITH_OPERATOR[outer.openKind] === 1) outer.setOperator(operator);
      if (hasError && cursor.nodeIsMissing) outer.miss(cursor.startIndex);
      return false;
    }
    const start = cursor.startIndex;
    const end = cursor.endIndex;
    const field = WITHOUT_FIELDS[outer.openKind] === 1 ? 0 : numbers.fieldAt(cursor);
    if (kind === ERROR) outer.hasError = true;
    else if (hasError && start === end) outer.miss(start);
    outer.open(kind, field, start, end);
    if (isLeaf) {
      outer.close();
      return false;
    }
    if (!beginsItem(outer, kind, end - start)) return true;
    const slot = outer.close();
    const kept = former?.untouched(start, end, kind, hasError ? cursor : undefined, isFresh);
    if (kept) {
      outer.nest(slot, kept);
      return false;
    }
    this.#building = new ItemBuilder({ builder: outer, slot }, start, end, this.#rooms.pop());
    this.#building.open(kind, 0, start, end);
    return true;
  }

  /** Goes to the node that follows in document order above or beside; says whether there is one. */
  #advance(): boolean {
    while (!this.#cursor.gotoNextSibling()) {
      if (!this.#cursor.gotoParent()) return false;
      this.#depth--;
      this.#close();
    }
    return true;
  }

  #close(): void {
    const done = this.#building as ItemBuilder;
    done.close();
    if (done.isOpen) return;
    const item = this.#finish(done);
    this.#rooms.push(done.room);
    if (done.outer) done.outer.builder.nest(done.outer.slot, item);
    else this.#root = item;
    this.#building = done.outer?.builder;
  }

  #finish(done: ItemBuilder): Item {
    const { file, former, text } = this.#request;
    this.#walked++;
    const syntax = done.syntax(text);
    const length = done.end - done.start;
    const same = former?.sameShell(done.start, syntax);
    if (same) {
      same.move(done.start, length, syntax);
      return same;
    }
    return new Item(file, file.nextStamp(), done.start, length, syntax);
  }
}

function beginsItem(outer: ItemBuilder, kind: number, length: number): boolean {
  // A node was just opened: what encloses it is one above.
  const container = outer.enclosingKind;
  if (CONTAINERS[container] !== 1 || kind === COMMENT) return false;
  if (container === PROGRAM) return true;
  return length >= ITEM_FROM && outer.end - outer.start >= OPENED_FROM && outer.depth < MOST_DEPTH;
}
