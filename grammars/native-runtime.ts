/** tree-sitter as a native addon: faster on the command line, and only where its prebuilt binary loads. */
import { createRequire } from 'node:module';

import type { Grammar } from './languages';
import type { Cursor, Parser, ParserRuntime, Tree, TreeEdit } from './parser';

interface NativeTree {
  readonly rootNode: { readonly hasError: boolean };
  edit(edit: TreeEdit): void;
  walk(): Cursor;
}

interface NativeParser {
  setLanguage(language: unknown): void;
  parse(text: string, former: NativeTree | undefined, options: { bufferSize: number }): NativeTree;
}

/** The native runtime, or undefined where the optional packages are missing or their binary does not load. */
export function loadNativeRuntime(): ParserRuntime | undefined {
  try {
    const require = createRequire(__filename);
    const NativeParser = require('tree-sitter') as new () => NativeParser;
    const languages = require('tree-sitter-typescript') as Record<Grammar, unknown>;
    return {
      name: 'native',
      parserFor: async (grammar) => makeParser(grammar, new NativeParser(), languages),
    };
  } catch {
    return undefined;
  }
}

function makeParser(grammar: Grammar, parser: NativeParser, languages: Record<Grammar, unknown>): Parser {
  parser.setLanguage(languages[grammar]);
  return {
    grammar,
    runtime: 'native',
    parse(text, former) {
      const old = former instanceof AddonTree ? former.tree : undefined;
      // The buffer is what one call into JavaScript may return; the addon refuses texts that are longer.
      return new AddonTree(parser.parse(text, old, { bufferSize: 2 * text.length + 2 }));
    },
  };
}

class AddonTree implements Tree {
  readonly tree: NativeTree;

  constructor(tree: NativeTree) {
    this.tree = tree;
  }

  get hasError(): boolean {
    return this.tree.rootNode.hasError;
  }

  edit(edit: TreeEdit): void {
    this.tree.edit(edit);
  }

  read<T>(reader: (cursor: Cursor) => T): T {
    return reader(this.tree.walk());
  }

  delete(): void {
    // The addon's trees are freed with their JavaScript objects.
  }
}
