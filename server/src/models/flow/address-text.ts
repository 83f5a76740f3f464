/** Where in the text of an address a value decides on the host. */
import { type Mask, maskOf, NOTHING } from '../../analysis/flow/capability';
import type { Flow } from '../../analysis/flow/flow';
import type { Hop } from '../../analysis/flow/origin';
import { callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { constantString } from '../../analysis/value';
import { type Joining, type TextPiece, VALUE } from './text-pieces';

/** Whatever is put into a text is text: no object with operators is left. */
const TEXT = maskOf(['nosql']);
const BOTH = maskOf(['ssrf', 'redirect']);
const REQUESTS = maskOf(['ssrf']);

/** What a value behind a text is harmless for: once the host is written, what follows leads to a place on it. */
export function cleanBehind(before: string): Mask {
  if (before === '') return TEXT;
  if (/^\s*[/\\]$/.test(before)) return REQUESTS | TEXT;
  return isBeforeHost(before) ? TEXT : BOTH | TEXT;
}

/** `https:`, `https://`, `https://api.`, `https://api.example.com`: what follows is still a part of the host. */
function isBeforeHost(before: string): boolean {
  return /^\s*(?:[a-z][a-z\d+.-]*:(?:[/\\]{2}[^/?#\\\0]*)?|[/\\]{2}[^/?#\\\0]*)$/i.test(before);
}

/** Parts of a `URL` that say nothing of its host. Source: the URL standard. */
const BEHIND_HOST: ReadonlySet<string> = new Set([
  'searchParams',
  'search',
  'pathname',
  'hash',
  'port',
  'params',
]);

export function cleanInto(path: readonly string[]): Mask {
  return BEHIND_HOST.has(path[0] ?? '') ? BOTH : NOTHING;
}

/** Whether a piece may decide on the host; `'perhaps'` behind a value that may or may not end with a slash. */
export function decidesOnHost({ before }: TextPiece, capability: 'ssrf' | 'redirect'): boolean | 'perhaps' {
  if (before === VALUE) return 'perhaps';
  return before === '' || isBeforeHost(before) || (capability === 'redirect' && /^\s*[/\\]$/.test(before));
}

export const addressOf: Joining = ({ name, args }) =>
  /^path\.(?:posix\.)?join$/.test(name ?? '')
    ? { parts: args, by: '/' }
    : name === 'globalThis.URL' || name === 'url.URL' || name === 'globalThis.String'
      ? { parts: args.slice(0, 1), by: '' }
      : undefined;

/** `location.href.slice(0, end)`, `location.href.split('?')[0]`: the beginning of an address has its host. */
function beginningOf(from: Node): Node {
  const node = unwrap(from);
  const isFirst = node.kind === 'subscript_expression' && isText(node.child('index'), /^0$/);
  const made = isFirst ? unwrap(node.child('object') ?? node) : node;
  const call = made.kind === 'call_expression' ? callAt(made) : undefined;
  const isBeginning = isFirst
    ? call?.method === 'split' && isText(call.args[0], /^[?#]$/)
    : /^(?:substring|slice|substr)$/.test(call?.method ?? '') && isText(call?.args[0], /^0$/);
  return (isBeginning && call?.callee.child('object')) || from;
}

function isText(node: Node | undefined, pattern: RegExp): boolean {
  return node !== undefined && pattern.test(constantString(node) ?? '');
}

/** Whether what was read is the address of the page or request itself, and not a value in its query. */
export function isOwnAddress({ from, hops }: Flow, { node }: TextPiece): boolean {
  const text = beginningOf(from)
    .text.replace(/\/\*[\s\S]*?\*\/|\s/g, '')
    .replaceAll('?.', '.');
  const isAddress =
    /(?:^|\.)(?:url|originalUrl|baseUrl|nextUrl|path|rawPath|pathname|hostname|host|href|origin|URL|querystring)(?:\(\)|\.clone\(\))?$/.test(
      text,
    );
  if (!isAddress || /\.(?:query|body|params|input|searchParams)\b|Parameters\b/.test(text)) return false;
  if (isTakenApart(from, hops)) return false;
  const ways = [
    node,
    ...hops.map((hop) => (hop.how === 'stored' ? (hop.node.enclosing(DECLARATORS) ?? hop.node) : hop.node)),
  ];
  return !ways.some((way) => /searchParams|\bquery|URLSearchParams/.test(way.text.slice(0, 400)));
}

/** `/next=([^&]*)/.exec(location.href)`: what a pattern takes out is a value in the address. */
function isTakenApart(from: Node, hops: readonly Hop[]): boolean {
  const reader = hops.some(({ how }) => how === 'returned') ? from.enclosingFunction : undefined;
  if (reader && /\.\s*(?:exec|match|matchAll)\(/.test(reader.text)) return true;
  for (const outer of from.ancestors()) {
    if (/statement|declarator|declaration|arrow_function/.test(outer.kind)) return false;
    if (outer.kind === 'call_expression' && /^(?:exec|match|matchAll)$/.test(callAt(outer)?.method ?? ''))
      return true;
  }
  return false;
}

const DECLARATORS = new Set(['variable_declarator'] as const);
