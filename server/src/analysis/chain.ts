/** Whole chains of one operator, `a && b && c`, as the list of their operands. */
import { isWholeChain, operandsOf } from './condition';
import type { Node } from './node';

export interface Chain {
  readonly node: Node;
  readonly operator: '&&' | '||';
  readonly operands: readonly Node[];
}

/** The chain that a node is the whole of; undefined for a part of a longer one, and for all that is none. */
export function chainAt(node: Node): Chain | undefined {
  const { operator } = node;
  if ((operator !== '&&' && operator !== '||') || !isWholeChain(node)) return undefined;
  return { node, operator, operands: operandsOf(node, operator) };
}
