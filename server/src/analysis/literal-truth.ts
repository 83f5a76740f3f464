/** What literals are as conditions. */
import type { Kind } from './kind';
import { unwrap } from './literal';
import type { Node } from './node';
import { constantString, initializerOf } from './value';

const OBJECTS: ReadonlySet<Kind> = new Set<Kind>([
  'object',
  'array',
  'arrow_function',
  'function_expression',
  'regex',
]);

const TEXTS: ReadonlySet<Kind> = new Set<Kind>(['string', 'template_string', 'binary_expression']);

/** What a literal is as a condition; undefined for all that is not known. */
export function constantTruth(expression: Node): boolean | undefined {
  const node = literalOf(expression);
  switch (node.kind) {
    case 'true':
      return true;
    case 'false':
    case 'null':
    case 'undefined':
      return false;
    case 'number':
      return Number(node.text) !== 0;
    case 'unary_expression': {
      const operand = node.operator === '!' ? node.child('argument') : undefined;
      const inner = operand?.kind === 'number' ? constantTruth(operand) : undefined;
      return inner === undefined ? undefined : !inner;
    }
    default: {
      if (OBJECTS.has(node.kind)) return true;
      const text = TEXTS.has(node.kind) ? constantString(node) : undefined;
      return text === undefined ? undefined : text !== '';
    }
  }
}

/** A literal, or that of a variable: properties may be given other values where nobody sees it. */
function literalOf(expression: Node): Node {
  const node = unwrap(expression);
  if (node.kind !== 'identifier') return node;
  const { file } = node.item;
  const declaration = file.lookUp(node.text, node);
  const bound = declaration && initializerOf(declaration, file.nodeOf(declaration));
  return bound && bound.path.length === 0 ? unwrap(bound.value) : node;
}
