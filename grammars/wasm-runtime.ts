/** tree-sitter as WebAssembly: the same files on every platform, memory-safe, nothing to compile. */
import * as treeSitter from 'web-tree-sitter';

import { type Grammar, wasmFileOf } from './languages';
import type { Cursor, Parser, ParserRuntime, Tree, TreeEdit } from './parser';
import { cursorFunctions, readWithCursor } from './wasm-cursor';

/** The package has one WebAssembly, and puts its functions into the object that it was first started with. */
const WEB_ASSEMBLY: { locateFile?: (file: string) => string } = {};

/**
 * Starts the runtime. `locate` answers the path of a file that stands beside the bundles:
 * `web-tree-sitter.wasm` and the grammars.
 *
 * @throws when a file is missing or is no WebAssembly.
 */
export async function startWasmRuntime(locate: (file: string) => string): Promise<ParserRuntime> {
  WEB_ASSEMBLY.locateFile = locate;
  await treeSitter.Parser.init(WEB_ASSEMBLY);
  const parsers = new Map<Grammar, Promise<Parser>>();
  return {
    name: 'wasm',
    parserFor(grammar) {
      const parser = parsers.get(grammar) ?? load(grammar, locate(wasmFileOf(grammar)));
      parsers.set(grammar, parser);
      return parser;
    },
  };
}

/**
 * The text is copied to the parser in pieces. A parse that reuses a former tree looks at little of it here and
 * there, so the pieces are small: this many UTF-16 units. One from scratch takes what the runtime takes at most.
 */
const PIECE = 128;

async function load(grammar: Grammar, file: string): Promise<Parser> {
  const parser = new treeSitter.Parser();
  parser.setLanguage(await treeSitter.Language.load(file));
  return {
    grammar,
    runtime: 'wasm',
    parse(text, former, isOver) {
      const old = former instanceof WasmTree ? former.tree : null;
      const options = isOver ? { progressCallback: () => isOver() } : undefined;
      const input = old ? (index: number) => text.slice(index, index + PIECE) : text;
      const tree = parser.parse(input, old, options);
      if (tree) return new WasmTree(tree);
      // Without a reset the next parse would go on with this text.
      parser.reset();
      return undefined;
    },
  };
}

class WasmTree implements Tree {
  readonly tree: treeSitter.Tree;

  constructor(tree: treeSitter.Tree) {
    this.tree = tree;
  }

  get hasError(): boolean {
    return this.tree.rootNode.hasError;
  }

  edit(edit: TreeEdit): void {
    this.tree.edit(new treeSitter.Edit(edit));
  }

  read<T>(reader: (cursor: Cursor) => T): T {
    const functions = cursorFunctions(WEB_ASSEMBLY);
    if (functions) return readWithCursor(functions, this.tree, reader);
    const cursor = this.tree.walk();
    try {
      return reader(cursor);
    } finally {
      cursor.delete();
    }
  }

  delete(): void {
    this.tree.delete();
  }
}
