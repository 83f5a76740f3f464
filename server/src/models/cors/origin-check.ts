/** Checks of an origin, and whether addresses of others pass them. */
import type { Confidence } from '../../analysis/finding';
import { callAt } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import { constantString, resolvedValue } from '../../analysis/value';

export interface OriginCheck {
  readonly node: Node;
  /** How sure it is that others pass; undefined for a check that holds, or that is not known. */
  readonly weak: Confidence | undefined;
  /** The argument that decides. */
  readonly pattern?: Node;
}

/** All checks of an origin in some code. */
export function checksIn(code: Node, isOrigin: (node: Node) => boolean): readonly OriginCheck[] {
  return [...code.walk()].flatMap((node) => checkAt(node, isOrigin) ?? []);
}

function checkAt(node: Node, isOrigin: (node: Node) => boolean): OriginCheck | undefined {
  if (node.kind === 'binary_expression') return comparison(node, isOrigin);
  if (node.kind === 'switch_statement') {
    const tested = node.child('value');
    return tested && isOrigin(tested) ? { node, weak: undefined } : undefined;
  }
  const call = callAt(node);
  if (!call || node.kind !== 'call_expression') return undefined;
  const object = call.callee.child('object');
  const method = call.method ?? '';
  const [pattern] = call.args;
  const isAsked = object !== undefined && isOriginPart(object, isOrigin);
  if (isAsked && pattern) {
    const weak = weakness(method, pattern);
    return weak === 'none' ? undefined : { node, weak, pattern };
  }
  if (!call.args.some((arg) => isOriginPart(arg, isOrigin)) || isReading(call.callee)) return undefined;
  const regex = object && resolvedValue(object);
  const source = regex && patternSource(regex);
  if (source !== undefined && /^(?:test|exec)$/.test(method)) {
    return { node, weak: weakPattern(source), pattern: regex as Node };
  }
  // A list, a set, or a function: these compare whole origins, or nobody can tell.
  return { node, weak: undefined };
}

/** The origin itself, its lower case, or its host: `new URL(origin).hostname`. */
function isOriginPart(expression: Node, isOrigin: (node: Node) => boolean): boolean {
  if (isOrigin(expression)) return true;
  const node = resolvedValue(expression);
  if (isOrigin(node)) return true;
  if (node.kind === 'new_expression') {
    const [first] = node.child('arguments')?.parts ?? [];
    return node.child('constructor')?.text === 'URL' && first !== undefined && isOriginPart(first, isOrigin);
  }
  const inner =
    node.kind === 'call_expression' ? node.child('function')?.child('object') : node.child('object');
  return (
    inner !== undefined && /^(?:call|member)_expression$/.test(node.kind) && isOriginPart(inner, isOrigin)
  );
}

/** `callback(null, origin)`, `log(origin)`, `new URL(origin)`, `res.setHeader(name, origin)` check nothing. */
function isReading(callee: Node): boolean {
  const name = (callee.child('property') ?? callee).text;
  return /^(?:log|info|warn|error|debug|trace|URL|parse|setHeader|set|header|append|add|push|writeHead|String|next|done)$|callback|cb$/i.test(
    name,
  );
}

/** Comparing with a text is a check; with nothing, or with `null`, only whether there is an origin. */
function comparison(node: Node, isOrigin: (node: Node) => boolean): OriginCheck | undefined {
  const [left, right] = [node.child('left'), node.child('right')];
  if (!left || !right || !/^[!=]==?$/.test(node.operator)) return undefined;
  const other = isOriginPart(left, isOrigin) ? right : isOriginPart(right, isOrigin) ? left : undefined;
  if (!other || /^(?:null|undefined)$/.test(resolvedValue(other).kind) || other.text === 'undefined')
    return undefined;
  const text = constantString(other);
  return text === '' || text === 'null' ? undefined : { node, weak: undefined };
}

/** What a method of the origin's own asks: `none` where it checks nothing. */
function weakness(method: string, pattern: Node): Confidence | undefined | 'none' {
  const text = constantString(pattern);
  switch (method) {
    case 'endsWith':
      if (text === undefined) return 'medium';
      return /^(?:\.|:?\/\/|[a-z]+:\/\/)/i.test(text) ? undefined : 'high';
    case 'includes':
    case 'indexOf':
    case 'search':
      return 'high';
    case 'startsWith':
      if (text === undefined) return 'medium';
      if (!/^https?:\/\//i.test(text)) return undefined;
      return /^https?:\/\/[^/:]*$/i.test(text) ? 'high' : undefined;
    case 'match': {
      const source = patternSource(resolvedValue(pattern));
      return source === undefined ? undefined : weakPattern(source);
    }
    default:
      return 'none';
  }
}

/** A name that a domain ends with, its dot escaped or not. */
const DOMAIN = /[a-z\d-]+\\?\.[a-z]{2,}|localhost/i;

/** The text of `/…/` and of `new RegExp('…')`. */
export function patternSource(node: Node): string | undefined {
  if (node.kind === 'regex') return node.text.replace(/^\/|\/[a-z]*$/g, '');
  const [first] = node.kind === 'new_expression' ? (node.child('arguments')?.parts ?? []) : [];
  return first && node.child('constructor')?.text === 'RegExp' ? constantString(first) : undefined;
}

/** Whether a regular expression for origins lets look-alikes pass. Judged by its text, never run. */
export function weakPattern(source: string): Confidence | undefined {
  if (/^\^?(?:\.\*|\.\+|https\?:\\\/\\\/(?:\.[*+])?)\$?$/.test(source)) return 'high';
  if (!DOMAIN.test(source)) return undefined;
  const hasEnd = /(?<!\\)\$|\\\/$/.test(source);
  const hasStart = /(?<!\[)\^|^(?:\(\?:)?\\\.|\\\/\\\//.test(source);
  if (!hasEnd || !hasStart) return 'high';
  // `.*example\.com` without a dot between: everything that ends like it.
  if (
    /(?:\.[*+]|\\w[*+]|\][*+])\??\)?[a-z\d-]+\\?\.[a-z]+\)?\$?$/i.test(source) &&
    !/\\\.[a-z\d-]+\\?\.[a-z]+\)?\$?$/i.test(source)
  )
    return 'high';
  return /[a-z\d]\.[a-z]{2,}/i.test(source) ? 'medium' : undefined;
}
