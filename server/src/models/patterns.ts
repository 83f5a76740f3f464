/** Regular expressions as they are written: their source, their flags, and what their anchors hold. */
import { callAt } from '../analysis/item-facts';
import type { Node } from '../analysis/node';
import { constantString, resolvedValue } from '../analysis/value';

export interface Pattern {
  /** The literal, or the call that makes it of a text. */
  readonly node: Node;
  readonly source: string;
  readonly flags: string;
}

/** The regular expression that an expression always is; undefined for none, and for one with parts that vary. */
export function patternOf(expression: Node): Pattern | undefined {
  const node = resolvedValue(expression);
  if (node.kind === 'regex') {
    const end = node.text.lastIndexOf('/');
    return { node, source: node.text.slice(1, end), flags: node.text.slice(end + 1) };
  }
  const call = callAt(node);
  if (call?.name !== 'globalThis.RegExp' || !call.args[0]) return undefined;
  const given = resolvedValue(call.args[0]);
  const source = given.kind === 'number' ? undefined : (constantString(given) ?? joinedText(given));
  return source === undefined
    ? undefined
    : { node, source, flags: (call.args[1] && constantString(call.args[1])) ?? '' };
}

/** `['a', 'b'].join('|')` */
function joinedText(node: Node): string | undefined {
  const call = callAt(node);
  const list = call?.method === 'join' ? call.callee.child('object') : undefined;
  const array = list && resolvedValue(list);
  const [between] = call?.args ?? [];
  const by = between && constantString(between);
  if (array?.kind !== 'array' || by === undefined) return undefined;
  const parts = array.parts.map((part) => constantString(part));
  return parts.every((part) => part !== undefined) ? parts.join(by) : undefined;
}

/** The alternatives of a source that no group holds together. */
export function alternativesOf(source: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let isInClass = false;
  let from = 0;
  for (let i = 0; i < source.length; i++) {
    const sign = source[i];
    if (sign === '\\') i++;
    else if (isInClass) isInClass = sign !== ']';
    else if (sign === '[') isInClass = true;
    else if (sign === '(') depth++;
    else if (sign === ')') depth--;
    else if (sign === '|' && depth === 0) {
      found.push(source.slice(from, i));
      from = i + 1;
    }
  }
  return [...found, source.slice(from)];
}

export function beginsAtStart(source: string): boolean {
  return /^\(*(?:\?:)?\^/.test(source);
}

/** Not with a sign for money. */
export function endsAtEnd(source: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*\$\)*$/.test(source);
}

const TOP_LEVEL =
  'com|org|net|io|dev|app|co|edu|gov|me|ai|info|biz|us|uk|de|fr|nl|eu|jp|in|ca|au|ch|tv|cloud|example|internal|local';
/** A host in a text or in the source of a pattern, its dots escaped or not. */
const HOST_IN_PATTERN = new RegExp(`(?:[a-z\\d-]{2,}(?:\\\\?\\.))+(?:${TOP_LEVEL})(?![\\w-])`, 'i');
const OPEN_DOT = new RegExp(
  `(?:^|[^\\\\a-z\\d-])(?:[a-z\\d-]{2,}\\\\?\\.)*[a-z\\d-]{2,}\\.(?:${TOP_LEVEL})(?![\\w-])`,
  'i',
);

/** The host that is written in a pattern, as written; undefined for none. */
export function hostInPattern(source: string): string | undefined {
  return HOST_IN_PATTERN.exec(source.replace(/\\\//g, '/'))?.[0];
}

/** Whether a dot of the host stands for any character. */
export function hasOpenDot(source: string): boolean {
  return OPEN_DOT.test(source.replace(/\\\//g, '/'));
}

/** Whether something that ends the host stands behind it in a pattern: a slash, the end, a group of such. */
export function isHostClosed(source: string): boolean {
  const text = source.replace(/\\\//g, '/');
  const host = HOST_IN_PATTERN.exec(text);
  const rest = host ? text.slice(host.index + host[0].length) : '';
  return /^\)*\??(?:\(\?::\\d\+\)\?|\(:\\d\+\)\?)?(?:[/$#?:]|\\[/?b]|\((?:\?[:=])?(?:[/$?#:]|\\[/?])|\[[^\]]*[/?#:])/.test(
    rest,
  );
}

/** Whether a text is a host by itself, or begins an address with one. */
export function isHostText(text: string): boolean {
  return HOST_TEXT.test(text);
}
const HOST_TEXT = new RegExp(
  `^(?:[a-z]{2,8}://|//|@|\\.)?(?:[a-z\\d-]+\\.)+(?:${TOP_LEVEL})(?::\\d+)?(?:/.*)?$`,
  'i',
);
