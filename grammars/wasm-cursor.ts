/**
 * A cursor over a tree of web-tree-sitter that leaves its state where the WebAssembly wants it.
 *
 * The package's own cursor copies its state into the WebAssembly's memory before each call, and back after each
 * step: half of what a walk over a tree takes. It has to, since there may be many cursors. During a walk of ours
 * there is one and nothing else is asked, so the state can stay. What is called here are the functions that the
 * package itself calls; it puts them into the object that `Parser.init` was given.
 */
import type { Language, Tree } from 'web-tree-sitter';

import type { Cursor } from './parser';

/** Each takes the address of a tree, and the rest from the *buffer*: a place in memory that they share. */
const FUNCTIONS = [
  '_ts_tree_root_node_wasm',
  '_ts_tree_cursor_new_wasm',
  '_ts_tree_cursor_delete_wasm',
  '_ts_tree_cursor_current_node_wasm',
  '_ts_tree_cursor_current_node_type_id_wasm',
  '_ts_tree_cursor_current_node_is_named_wasm',
  '_ts_tree_cursor_current_node_is_missing_wasm',
  '_ts_tree_cursor_current_field_id_wasm',
  '_ts_tree_cursor_start_index_wasm',
  '_ts_tree_cursor_end_index_wasm',
  '_ts_tree_cursor_goto_first_child_wasm',
  '_ts_tree_cursor_goto_next_sibling_wasm',
  '_ts_tree_cursor_goto_parent_wasm',
  '_ts_node_has_error_wasm',
] as const;

/** 32-bit numbers of a cursor's state in the buffer. */
const STATE_LENGTH = 4;

/** What the package's WebAssembly offers. */
export type CursorFunctions = Readonly<Record<(typeof FUNCTIONS)[number], (tree: number) => number>> & {
  /** Writes into the buffer and answers its address. */
  readonly _ts_init: () => number;
  /** The memory; another object after it grew. */
  readonly HEAP32: Int32Array;
};

/** The functions in an object that `Parser.init` was given; undefined where the package does not put them there. */
export function cursorFunctions(module: object): CursorFunctions | undefined {
  const found = module as Partial<CursorFunctions>;
  const isWhole = FUNCTIONS.every((name) => typeof found[name] === 'function');
  return isWhole && found._ts_init && found.HEAP32 ? (found as CursorFunctions) : undefined;
}

/**
 * Calls back with a cursor at the root of a tree, which is gone afterwards.
 *
 * **Invariant:** nobody else asks the package anything until then.
 */
export function readWithCursor<T>(functions: CursorFunctions, tree: Tree, reader: (cursor: Cursor) => T): T {
  const address = (tree as unknown as { readonly 0: number })[0];
  const buffer = functions._ts_init() / Int32Array.BYTES_PER_ELEMENT;
  functions._ts_tree_root_node_wasm(address);
  functions._ts_tree_cursor_new_wasm(address);
  try {
    return reader(new WasmCursor(functions, { tree: address, buffer }, tree.language));
  } finally {
    functions._ts_tree_cursor_delete_wasm(address);
  }
}

class WasmCursor implements Cursor {
  readonly #functions: CursorFunctions;
  readonly #tree: number;
  readonly #buffer: number;
  readonly #language: Language;

  /** @param at the address of the tree in bytes, and that of the buffer in numbers of `HEAP32`. */
  constructor(
    functions: CursorFunctions,
    at: { readonly tree: number; readonly buffer: number },
    language: Language,
  ) {
    this.#functions = functions;
    this.#tree = at.tree;
    this.#buffer = at.buffer;
    this.#language = language;
  }

  get nodeTypeId(): number {
    return this.#functions._ts_tree_cursor_current_node_type_id_wasm(this.#tree);
  }

  get nodeType(): string {
    return this.#language.types[this.nodeTypeId] || 'ERROR';
  }

  get nodeIsNamed(): boolean {
    return this.#functions._ts_tree_cursor_current_node_is_named_wasm(this.#tree) === 1;
  }

  get nodeIsMissing(): boolean {
    return this.#functions._ts_tree_cursor_current_node_is_missing_wasm(this.#tree) === 1;
  }

  get startIndex(): number {
    return this.#functions._ts_tree_cursor_start_index_wasm(this.#tree);
  }

  get endIndex(): number {
    return this.#functions._ts_tree_cursor_end_index_wasm(this.#tree);
  }

  get currentFieldId(): number {
    return this.#functions._ts_tree_cursor_current_field_id_wasm(this.#tree);
  }

  get currentFieldName(): string | null {
    return this.#language.fields[this.currentFieldId] ?? null;
  }

  /** A node takes the cursor's place in the buffer. */
  get currentNode(): { readonly hasError: boolean } {
    const functions = this.#functions;
    const buffer = this.#buffer;
    const state = functions.HEAP32.slice(buffer, buffer + STATE_LENGTH);
    functions._ts_tree_cursor_current_node_wasm(this.#tree);
    const hasError = functions._ts_node_has_error_wasm(this.#tree) === 1;
    functions.HEAP32.set(state, buffer);
    return { hasError };
  }

  gotoFirstChild(): boolean {
    return this.#functions._ts_tree_cursor_goto_first_child_wasm(this.#tree) === 1;
  }

  gotoNextSibling(): boolean {
    return this.#functions._ts_tree_cursor_goto_next_sibling_wasm(this.#tree) === 1;
  }

  gotoParent(): boolean {
    return this.#functions._ts_tree_cursor_goto_parent_wasm(this.#tree) === 1;
  }
}
