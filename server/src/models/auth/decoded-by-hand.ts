/** Tokens that are taken apart by hand: `JSON.parse(atob(token.split('.')[1]))`. */
import { callAt } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import { constantString, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';

export interface DecodedByHand {
  /** What is split. */
  readonly token: Node;
  /** Whether that was done with what only servers have. */
  readonly onServer: boolean;
}

/** Methods that only change how the text is written. */
const ADJUSTING: ReadonlySet<string> = new Set(
  'toString replace replaceAll padEnd trim concat split map join'.split(' '),
);
const PASSING: ReadonlySet<string> = new Set([
  'globalThis.decodeURIComponent',
  'globalThis.escape',
  'globalThis.TextDecoder().decode',
  'globalThis.String',
]);
/** Longer chains of calls are not followed. */
const MOST_STEPS = 16;

/** The token whose payload a text is; undefined when it is something else. */
export function decodedByHand(text: Node): DecodedByHand | undefined {
  let node = resolvedValue(text);
  let decoder: 'none' | 'any' | 'server' = 'none';
  for (let steps = MOST_STEPS; steps > 0; steps--) {
    if (decoder !== 'none') {
      const token = splitInto(node);
      if (token) return { token, onServer: decoder === 'server' };
    }
    const call = callAt(node);
    const property = call?.method ?? '';
    const [first, second] = call?.args ?? [];
    let next: Node | undefined;
    if (call?.name === 'buffer.Buffer.from' && /^base64/.test((second && constantString(second)) ?? '')) {
      next = first;
      decoder = 'server';
    } else if (call && (call.name === 'globalThis.atob' || isBase64(call.callee))) {
      next = first;
      if (decoder === 'none') decoder = 'any';
    } else if (call && ADJUSTING.has(property)) next = call.callee.child('object');
    else if (call && PASSING.has(call.name ?? '')) next = first;
    else if (node.kind === 'binary_expression') next = node.operator === '+' ? node.child('left') : undefined;
    if (!next) return undefined;
    node = resolvedValue(next);
  }
  return undefined;
}

/** `base64url.decode(…)`, `base64UrlDecode(…)` */
function isBase64(callee: Node): boolean {
  const object = callee.child('object');
  const names =
    object?.kind === 'identifier' ? `${object.text} ${callee.child('property')?.text}` : callee.text;
  return (!object || object.kind === 'identifier') && wordsOf(names).some((word) => /^base64/.test(word));
}

/** What is split where a node is the second part: `token.split('.')[1]`, `const [, payload] = token.split('.')`. */
function splitInto(node: Node): Node | undefined {
  if (node.kind === 'subscript_expression') {
    const [object, index] = [node.child('object'), node.child('index')];
    return object && index && constantString(index) === '1' ? splitAtDots(object) : undefined;
  }
  if (node.kind !== 'identifier') return undefined;
  const { file } = node.item;
  const declaration = file.lookUp(node.text, node);
  const name = declaration && file.nodeOf(declaration);
  const pattern = name?.parent;
  if (!name || pattern?.kind !== 'array_pattern') return undefined;
  const before = file.slice(pattern.start, name.start);
  const value = pattern.parent?.kind === 'variable_declarator' ? pattern.parent.child('value') : undefined;
  return value && before.split(',').length === 2 ? splitAtDots(value) : undefined;
}

function splitAtDots(expression: Node): Node | undefined {
  const call = callAt(resolvedValue(expression));
  const [separator] = call?.args ?? [];
  if (call?.method !== 'split' || !separator) return undefined;
  return constantString(separator) === '.' ? call.callee.child('object') : undefined;
}
