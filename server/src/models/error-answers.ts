/** Answers to clients that hold what an error says of the inside. */
import { callAt } from '../analysis/item-facts';
import { propertyName, unwrap } from '../analysis/literal';
import type { Node } from '../analysis/node';
import { templateParts } from '../analysis/string-parts';
import { constantString, pairOf, resolvedValue } from '../analysis/value';

/** How much is told: the `stack`, the `whole` error, or its `message`. */
export type Leak = 'stack' | 'whole' | 'message';

export interface LeakedPart {
  readonly node: Node;
  readonly leak: Leak;
}

/** The part of an answer that tells most of an error. */
export function leakedIn(answer: Node, error: string): LeakedPart | undefined {
  const open = [answer];
  let found: LeakedPart | undefined;
  for (let left = 60, next = open.pop(); next && left > 0; left--, next = open.pop()) {
    const node = unwrap(next);
    const leak = leakOf(node, error);
    if (leak === 'stack') return { node, leak };
    if (leak) found = found?.leak === 'whole' ? found : { node, leak };
    else open.push(...partsOf(node));
  }
  return found;
}

const DETAILS = /^(?:stack|sql|sqlMessage|query|detail|cause|config|parameters|trace)$/;

function leakOf(node: Node, error: string): Leak | undefined {
  const isError = (part: Node | undefined) => part !== undefined && unwrap(part).text === error;
  if (node.text === error && (node.kind === 'identifier' || node.kind === 'shorthand_property_identifier'))
    return 'whole';
  const object = node.child('object');
  const name = node.kind === 'member_expression' ? propertyName(node.child('property') ?? node) : undefined;
  if (object && name !== undefined && isError(object)) {
    if (DETAILS.test(name)) return 'stack';
    return name === 'message' ? 'message' : undefined;
  }
  const call = callAt(node);
  const [first] = call?.args ?? [];
  if (call?.method === 'toString' && isError(call.callee.child('object'))) return 'whole';
  const isText =
    call?.name === 'globalThis.String' ||
    call?.name === 'util.inspect' ||
    call?.name === 'globalThis.JSON.stringify';
  return isText && isError(first) ? 'whole' : undefined;
}

function partsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'template_string':
      return templateParts(node).flatMap((part) => (typeof part === 'string' ? [] : [part]));
    case 'binary_expression':
      return [node.child('left'), node.child('right')].flatMap((side) => side ?? []);
    case 'object':
      return node.parts.flatMap((part) => (part.kind === 'pair' ? (part.child('value') ?? []) : [part]));
    case 'ternary_expression':
      return [node.child('consequence'), node.child('alternative')].flatMap((side) => side ?? []);
    case 'spread_element':
    case 'array':
      return node.parts;
    case 'identifier': {
      const value = resolvedValue(node);
      return value.is(node) || value.kind === 'identifier' ? [] : [value];
    }
    default:
      return [];
  }
}

/** The status that an answer has: `res.status(500).json(…)`, `json(…, { status: 500 })`; undefined where it is not written. */
export function statusOf(call: Node): number | undefined {
  for (
    let node: Node | undefined = call.child('function')?.child('object');
    node;
    node = node.child('function')?.child('object')
  ) {
    const inner = callAt(node);
    if (/^(?:status|code|sendStatus)$/.test(inner?.method ?? '') && inner?.args[0])
      return numberOf(inner.args[0]);
  }
  const options = callAt(call)?.args[1];
  const status = options && pairOf(resolvedValue(options), 'status')?.value;
  return (status && numberOf(status)) ?? (options && numberOf(options)) ?? statusBefore(call);
}

/** `res.statusCode = 500`, `res.status(500)` in the lines above. */
function statusBefore(call: Node): number | undefined {
  const block = [...call.ancestors()].find(({ kind }) => kind === 'statement_block');
  const before = block?.text.slice(0, call.start - block.start) ?? '';
  const found = /(?:status(?:Code)?\s*=\s*|\b(?:status|code|writeHead)\(\s*)(\d{3})\b/.exec(before);
  return found ? Number(found[1]) : undefined;
}

function numberOf(expression: Node): number | undefined {
  const text = resolvedValue(expression).kind === 'number' ? constantString(expression) : undefined;
  return text !== undefined && /^\d{3}$/.test(text) ? Number(text) : undefined;
}
