/** Whether two expressions are written alike, apart from layout: `user?.role` and `user!.role` are. */
import { propertyName, stringLiteral, unwrap } from './literal';
import type { Node } from './node';

/** Longer expressions (UTF-16 units) are compared with nothing: the walk below them stays short. */
const LONGEST = 300;

/** Whether both ask for the same value, as far as the text tells. */
export function isSameExpression(a: Node, b: Node): boolean {
  const key = expressionKey(a);
  return key !== undefined && key === expressionKey(b);
}

/** A text that two expressions share when they are written alike; undefined for functions and what is long. */
export function expressionKey(expression: Node): string | undefined {
  if (expression.end - expression.start > LONGEST) return undefined;
  const node = unwrap(expression);
  switch (node.kind) {
    case 'member_expression':
    case 'subscript_expression': {
      const object = node.child('object');
      const owner = object && expressionKey(object);
      const member = memberKey(node);
      return owner === undefined || member === undefined ? undefined : `${owner}.${member}`;
    }
    case 'call_expression':
    case 'await_expression':
    case 'unary_expression':
    case 'binary_expression':
    case 'arguments': {
      const keys = node.parts.filter(({ kind }) => kind !== 'optional_chain').map(expressionKey);
      if (keys.includes(undefined)) return undefined;
      const operator = node.kind.endsWith('_expression') ? node.operator : '';
      return `${node.kind}${operator}(${keys.join()})`;
    }
    case 'string':
      return JSON.stringify(stringLiteral(node));
    case 'identifier':
    case 'this':
    case 'number':
    case 'true':
    case 'false':
    case 'null':
    case 'undefined':
      return node.text;
    default:
      return undefined;
  }
}

function memberKey(node: Node): string | undefined {
  const property = node.child('property');
  if (property) return propertyName(property) ?? property.text;
  const index = node.child('index');
  if (!index) return undefined;
  return stringLiteral(unwrap(index)) ?? `[${expressionKey(index)}]`;
}
