/** The statements at the head of a file that bring in modules. */
import { unwrap } from './literal';
import type { Node } from './node';

/** Whether a statement brings in a module: `import …`, `const x = require('x')`. */
export function isLoading(statement: Node): boolean {
  if (statement.kind === 'import_statement') return true;
  if (statement.kind !== 'lexical_declaration' && statement.kind !== 'variable_declaration') return false;
  const value = statement.parts[0]?.child('value');
  return value !== undefined && loads(unwrap(value));
}

/** `require('x')`, `require('x').y`, `require('x')()` */
function loads(value: Node): boolean {
  let node = value;
  while (node.kind === 'call_expression' || node.kind === 'member_expression') {
    const inner = node.child('function') ?? node.child('object');
    if (!inner) return false;
    if (node.kind === 'call_expression' && inner.text === 'require') return true;
    node = inner;
  }
  return false;
}
