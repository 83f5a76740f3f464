/** The `Origin` of a request: whoever sends it writes it, and a browser writes the address of the website. */
import { propertyName, stringLiteral, unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { constantString, initializerOf, resolvedValue } from '../../analysis/value';

/** `req.headers.origin`, `req.headers['origin']`, `req.get('Origin')`, `c.req.header('origin')`, and variables of these. */
export function isRequestOrigin(expression: Node): boolean {
  const node = resolvedValue(expression);
  if (node.kind === 'identifier' || node.kind === 'shorthand_property_identifier')
    return isTakenFromHeaders(node);
  if (node.kind === 'member_expression' || node.kind === 'subscript_expression') {
    const key = node.child('property') ?? node.child('index');
    const name = key && (stringLiteral(unwrap(key)) ?? propertyName(key));
    return name?.toLowerCase() === 'origin' && isHeaders(node.child('object'));
  }
  if (node.kind === 'binary_expression' && /^(?:\|\||\?\?)$/.test(node.operator)) {
    const left = node.child('left');
    return left !== undefined && isRequestOrigin(left);
  }
  if (node.kind !== 'call_expression') return false;
  const method = node.child('function')?.child('property')?.text ?? '';
  const [first, ...rest] = node.child('arguments')?.parts ?? [];
  const isReader = (method === 'get' || method === 'header') && rest.length === 0;
  return isReader && first !== undefined && constantString(first)?.toLowerCase() === 'origin';
}

/** `const { origin } = req.headers;` */
function isTakenFromHeaders(identifier: Node): boolean {
  const { file } = identifier.item;
  const declaration = file.lookUp(identifier.text, identifier);
  const bound = declaration && initializerOf(declaration, file.nodeOf(declaration));
  if (bound?.path.at(-1) !== 'origin') return false;
  return bound.path.at(-2) === 'headers' || isHeaders(bound.value);
}

function isHeaders(object: Node | undefined): boolean {
  const node = object && resolvedValue(object);
  return /^headers$/i.test((node?.child('property') ?? node)?.text ?? '');
}
