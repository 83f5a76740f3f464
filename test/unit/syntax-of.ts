/** The syntax of a text, for tests of what is read off it. */
import { callAt } from '../../server/src/analysis/item-facts';
import { Node } from '../../server/src/analysis/node';
import type { SourceFile } from '../../server/src/analysis/source-file';
import { analyseText } from '../../server/src/session/analyse-text';
import { rethrow, testParsers } from '../engine';

/** Parses texts once the parsers are there; call it in `before`. */
export async function syntaxReader(): Promise<(text: string, path?: string) => SourceFile> {
  const parserOf = await testParsers();
  return (text, path = 'a.ts') =>
    analyseText(text, { path, parser: parserOf(path), rules: [], onRuleError: rethrow }).file;
}

/** The first argument of the call `here(…)`. */
export function argumentOfHere(file: SourceFile): Node {
  for (const node of new Node(file.root, 0).walk()) {
    const call = node.kind === 'call_expression' ? callAt(node) : undefined;
    if (call?.callee.text === 'here' && call.args[0]) return call.args[0];
  }
  throw new Error(`no here(…) in ${file.text}`);
}
