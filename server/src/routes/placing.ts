/** Where registrations stand, and whether they always happen. */
import type { Call } from '../analysis/item-facts';
import { FUNCTION_KINDS, type Kind } from '../analysis/kind';
import type { Node } from '../analysis/node';
import type { Span } from '../analysis/span';

const CONDITIONS: ReadonlySet<Kind> = new Set<Kind>([
  'if_statement',
  'ternary_expression',
  'switch_case',
  'catch_clause',
]);

/** Whether something runs only sometimes in its function. */
export function isConditional(node: Node): boolean {
  for (const outer of node.ancestors()) {
    if (FUNCTION_KINDS.has(outer.kind) || outer.kind === 'program') return false;
    if (CONDITIONS.has(outer.kind)) return true;
    if (outer.kind === 'binary_expression' && outer.operator === '&&') return true;
  }
  return false;
}

/** From the member's name on where the call is one of a chain, since chains begin at the same place. */
export function spanOf({ node, callee }: Call): Span {
  const object = callee.child('object');
  const property = callee.child('property');
  const start = object?.kind === 'call_expression' && property ? property.start : node.start;
  return { start, end: node.end };
}

/** Whether a call is a part of what a variable is given first: `const app = new Hono().basePath('/api')`. */
export function isInitial({ node }: Call): boolean {
  for (let outer = node.parent; outer; outer = outer.parent) {
    if (outer.kind === 'variable_declarator' || outer.kind === 'export_statement') return true;
    if (outer.kind !== 'member_expression' && outer.kind !== 'call_expression') return false;
  }
  return false;
}
