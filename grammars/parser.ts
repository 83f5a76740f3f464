/**
 * What the two runtimes of tree-sitter have in common, as far as it is used here. Offsets are 0-based
 * UTF-16 units in both.
 */
import type { Grammar } from './languages';

/** A position as tree-sitter wants it with edits: 0-based row, column in UTF-16 units. */
export interface Point {
  readonly row: number;
  readonly column: number;
}

/** One replaced stretch of text. */
export interface TreeEdit {
  readonly startIndex: number;
  readonly oldEndIndex: number;
  readonly newEndIndex: number;
  readonly startPosition: Point;
  readonly oldEndPosition: Point;
  readonly newEndPosition: Point;
}

/** Goes over a tree node by node; both runtimes' cursors have this shape. */
export interface Cursor {
  readonly nodeTypeId: number;
  readonly nodeType: string;
  readonly nodeIsNamed: boolean;
  readonly nodeIsMissing: boolean;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly currentFieldName: string | null;
  readonly currentFieldId: number;
  readonly currentNode: { readonly hasError: boolean };
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

export interface Tree {
  /** Whether there is an ERROR or a missing token anywhere. */
  readonly hasError: boolean;
  /** Tells the tree that the text changed; needed before it is given to `parse`. */
  edit(edit: TreeEdit): void;
  /** Calls back with a cursor at the root, which is gone afterwards. */
  read<T>(reader: (cursor: Cursor) => T): T;
  /** Frees the tree's memory. */
  delete(): void;
}

export interface Parser {
  readonly grammar: Grammar;
  readonly runtime: 'wasm' | 'native';
  /**
   * Parses a text, reusing what a former tree (already edited) knows. `isOver` is asked now and then;
   * when it says yes the parse is given up and the answer is undefined. The native runtime does not ask.
   */
  parse(text: string, former?: Tree, isOver?: () => boolean): Tree | undefined;
}

/** Makes parsers; a parser is made once per grammar. */
export interface ParserRuntime {
  readonly name: 'wasm' | 'native';
  parserFor(grammar: Grammar): Promise<Parser>;
}
