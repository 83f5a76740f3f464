/**
 * The one walk over a tree of the parser: it copies what the engine keeps into the compact arrays of
 * items. Every step of the cursor is a call out of JavaScript and costs more than all that is done with
 * the answer, so nothing is asked twice, and the insides of strings, types and comments are not visited.
 *
 * The walk is a loop: trees of a hundred thousand levels are read like any other.
 */
import type { Cursor } from '../../../grammars/parser';
import { Item, type ItemSyntax, STRIDE } from '../analysis/item';
import { fieldNumber, KINDS, type Kind, kindNumber } from '../analysis/kind';
import type { SourceFile } from '../analysis/source-file';
import type { FormerItems } from './former-items';

/**
 * An item longer than this (UTF-16 units) is opened: the statements and members in it become items too.
 * One keystroke reads at most about this much again, which takes less than a millisecond.
 */
const OPENED_FROM = 2_000;
/** Statements and members shorter than this stay with the item around them. */
const ITEM_FROM = 80;

const CONTAINERS = flags([
  'program',
  'statement_block',
  'class_body',
  'object',
  'array',
  'switch_body',
  'arguments',
]);
/** Kinds whose inside is never visited: their text is enough. */
const LEAVES: ReadonlySet<Kind> = new Set<Kind>([
  ...([
    'hash_bang_line',
    'comment',
    'html_comment',
    'import',
    'accessibility_modifier',
    'override_modifier',
  ] as const),
  ...(['optional_chain', 'identifier', 'property_identifier', 'private_property_identifier'] as const),
  ...([
    'shorthand_property_identifier',
    'shorthand_property_identifier_pattern',
    'statement_identifier',
  ] as const),
  ...([
    'string',
    'string_fragment',
    'escape_sequence',
    'number',
    'true',
    'false',
    'null',
    'undefined',
  ] as const),
  ...(['regex', 'this', 'super', 'meta_property', 'jsx_text', 'html_character_reference'] as const),
  ...(['interface_declaration', 'type_alias_declaration', 'type_annotation', 'type_arguments'] as const),
  ...([
    'type_parameters',
    'type_identifier',
    'predefined_type',
    'generic_type',
    'asserts_annotation',
  ] as const),
  ...([
    'type_predicate_annotation',
    'function_signature',
    'abstract_method_signature',
    'method_signature',
  ] as const),
  ...(['index_signature', 'implements_clause', 'nested_identifier', 'empty_statement'] as const),
]);
/** Types that the grammars name apart; they are kept as `other` and not entered. */
const TYPE_NODES = /(?:^|_)type$|^type_query$|^constraint$|^infer_type$|^literal_type$|^default_type$/;
/** Kinds whose children's fields nobody asks for. */
const WITHOUT_FIELDS = flags([
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
const ERROR = kindNumber('ERROR');
const COMMENT = kindNumber('comment');
const PROGRAM = kindNumber('program');

/** What is known of a grammar's node type, by its number there. */
interface NodeType {
  readonly isNamed: boolean;
  readonly isLeaf: boolean;
  readonly kind: number;
}

/** Numbers of a grammar's types and fields, learned while walking; one per grammar and runtime. */
export class GrammarNumbers {
  readonly #types: (NodeType | undefined)[] = [];
  readonly #fields: (number | undefined)[] = [];

  typeAt(cursor: Cursor): NodeType {
    const id = cursor.nodeTypeId;
    return this.#types[id] ?? this.#learnType(id, cursor);
  }

  fieldAt(cursor: Cursor): number {
    const id = cursor.currentFieldId;
    return this.#fields[id] ?? this.#learnField(id, cursor);
  }

  #learnType(id: number, cursor: Cursor): NodeType {
    const name = cursor.nodeType;
    const isNamed = cursor.nodeIsNamed;
    const kind = isNamed ? kindNumber(name) : 0;
    const isLeaf = !isNamed || LEAVES.has(name as Kind) || TYPE_NODES.test(name);
    const type = { isNamed, isLeaf, kind };
    this.#types[id] = type;
    return type;
  }

  #learnField(id: number, cursor: Cursor): number {
    const field = fieldNumber(cursor.currentFieldName ?? '');
    this.#fields[id] = field;
    return field;
  }
}

/** What a walk made. */
export interface ReadItems {
  readonly root: Item;
  /** How many items were read from the tree; the others were taken over. */
  readonly walked: number;
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
  #left: number;

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
      }
      if (this.#left < 0) return undefined;
    } while (this.#advance());
    return { root: this.#root as Item, walked: this.#walked };
  }

  /** Takes the node at the cursor; says whether it is open and its children are wanted. */
  #visit(): boolean {
    this.#left--;
    const cursor = this.#cursor;
    const { numbers, hasError, former, text, isFresh = false } = this.#request;
    const { kind, isNamed, isLeaf } = numbers.typeAt(cursor);
    const outer = this.#building;
    if (!outer) {
      // The grammars let the program begin after leading blanks; ours is the whole text.
      this.#building = new ItemBuilder(undefined, 0, text.length);
      this.#building.open(kind, 0, 0, text.length);
      return true;
    }
    if (!isNamed) {
      if (hasError && cursor.nodeIsMissing) outer.hasError = true;
      return false;
    }
    const start = cursor.startIndex;
    const end = cursor.endIndex;
    const field = WITHOUT_FIELDS[outer.openKind] === 1 ? 0 : numbers.fieldAt(cursor);
    if (kind === ERROR || start === end) outer.hasError ||= hasError;
    outer.open(kind, field, start, end);
    if (isLeaf) {
      outer.close();
      return false;
    }
    if (!beginsItem(outer, kind, end - start)) return true;
    const slot = outer.close();
    const kept = former?.untouched(start, end, kind, hasError ? cursor : undefined, isFresh);
    if (kept) {
      outer.nested.set(slot, kept);
      return false;
    }
    this.#building = new ItemBuilder({ builder: outer, slot }, start, end);
    this.#building.open(kind, 0, start, end);
    return true;
  }

  /** Goes to the node that follows in document order above or beside; says whether there is one. */
  #advance(): boolean {
    while (!this.#cursor.gotoNextSibling()) {
      if (!this.#cursor.gotoParent()) return false;
      this.#close();
    }
    return true;
  }

  #close(): void {
    const done = this.#building as ItemBuilder;
    done.close();
    if (done.isOpen) return;
    const item = this.#finish(done);
    if (done.outer) done.outer.builder.nested.set(done.outer.slot, item);
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
  return length >= ITEM_FROM && outer.end - outer.start >= OPENED_FROM;
}

/** Collects the nodes of one item while the cursor is in it. */
class ItemBuilder {
  readonly outer: { readonly builder: ItemBuilder; readonly slot: number } | undefined;
  readonly start: number;
  readonly end: number;
  readonly nested = new Map<number, Item>();
  hasError = false;
  #nodes = new Int32Array(64 * STRIDE);
  #count = 0;
  readonly #open: number[] = [];

  constructor(outer: ItemBuilder['outer'], start: number, end: number) {
    this.outer = outer;
    this.start = start;
    this.end = end;
  }

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** The kind of the innermost open node. */
  get openKind(): number {
    return this.#kindAt(this.#open[this.#open.length - 1] as number);
  }

  /** The kind of the node around the innermost open one; the item's container for the item itself. */
  get enclosingKind(): number {
    return this.#open.length > 1 ? this.#kindAt(this.#open[this.#open.length - 2] as number) : 0;
  }

  open(kind: number, field: number, start: number, end: number): void {
    const at = this.#count * STRIDE;
    if (at === this.#nodes.length) {
      const larger = new Int32Array(at * 2);
      larger.set(this.#nodes);
      this.#nodes = larger;
    }
    const nodes = this.#nodes;
    nodes[at] = kind | (field << 16);
    nodes[at + 1] = start - this.start;
    nodes[at + 2] = end - this.start;
    nodes[at + 3] = this.#open.length > 0 ? (this.#open[this.#open.length - 1] as number) : -1;
    this.#open.push(this.#count++);
  }

  /** Ends the innermost open node and answers its index. */
  close(): number {
    const index = this.#open.pop() as number;
    this.#nodes[index * STRIDE + 4] = this.#count;
    return index;
  }

  syntax(text: string): ItemSyntax {
    const nodes = this.#nodes.slice(0, this.#count * STRIDE);
    return { nodes, nested: this.nested, hasError: this.hasError, shellText: this.#shellText(text) };
  }

  /** The item's text without the items inside; undefined where there are none. */
  #shellText(text: string): string | undefined {
    if (this.nested.size === 0) return undefined;
    let shell = '';
    let from = this.start;
    for (const item of this.nested.values()) {
      shell += `${text.slice(from, item.start)}\0`;
      from = item.end;
    }
    return shell + text.slice(from, this.end);
  }

  #kindAt(index: number): number {
    return (this.#nodes[index * STRIDE] as number) & 0xffff;
  }
}

/** A table with 1 at the number of each of the kinds. */
function flags(kinds: readonly Kind[]): Uint8Array {
  const table = new Uint8Array(KINDS.length);
  for (const kind of kinds) table[kindNumber(kind)] = 1;
  return table;
}
