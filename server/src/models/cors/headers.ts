/** Headers of CORS that programs set themselves. */
import type { ItemFacts } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import type { Node } from '../../analysis/node';
import { constantBoolean, constantString, propertyOf } from '../../analysis/value';
import { isHeader } from './configuration';

const ORIGIN = 'access-control-allow-origin';
const CREDENTIALS = 'access-control-allow-credentials';

/** A place that sets `Access-Control-Allow-Origin`. */
export interface OriginHeader {
  readonly value: Node;
  readonly hasCredentials: boolean;
}

export function* originHeadersIn(facts: ItemFacts): Generator<OriginHeader> {
  for (const each of settersIn(facts.nodes('call_expression'), ORIGIN)) {
    yield { value: each, hasCredentials: hasCredentials(each) };
  }
  for (const node of facts.nodes('pair')) {
    const value = node.child('value');
    if (value && isHeader(node.child('key'), ORIGIN)) yield { value, hasCredentials: hasCredentials(node) };
  }
  // `{ key: 'Access-Control-Allow-Origin', value: '*' }`, as Next.js has it.
  for (const node of facts.nodes('object')) {
    const key = propertyOf(node, 'key');
    const value = key && propertyOf(node, 'value');
    if (value && constantString(key)?.toLowerCase() === ORIGIN) {
      yield { value, hasCredentials: hasCredentials(node) };
    }
  }
}

/** What methods are called that set a header: Express, Fastify, Koa, Hono, the web's own. */
const SETTING: ReadonlySet<string> = new Set(['set', 'setHeader', 'header', 'append', 'add']);

/** The values of `res.setHeader(name, value)` and the like. */
function* settersIn(nodes: Iterable<Node>, name: string): Generator<Node> {
  for (const node of nodes) {
    const method =
      node.kind === 'call_expression' ? node.child('function')?.child('property')?.text : undefined;
    if (method === undefined || !SETTING.has(method)) continue;
    const [first, second] = node.child('arguments')?.parts ?? [];
    if (first && second && constantString(first)?.toLowerCase() === name) yield second;
  }
}

/** Whether the header that lets credentials through is set in the same function, object or list. */
function hasCredentials(node: Node): boolean {
  const fn = node.enclosing(FUNCTION_KINDS);
  const list =
    node.parent?.kind === 'array' ? node.parent : node.parent?.kind === 'object' ? node.parent : undefined;
  const around = list ?? fn;
  if (!around) return false;
  for (const part of around.walk()) {
    const key = part.kind === 'pair' ? part.child('key') : undefined;
    const value = part.child('value');
    if (key && value && isHeader(key, CREDENTIALS) && isTrue(value)) return true;
    if (part.kind === 'object') {
      const named = propertyOf(part, 'key');
      const given = named && propertyOf(part, 'value');
      if (given && constantString(named)?.toLowerCase() === CREDENTIALS && isTrue(given)) return true;
    }
    for (const set of settersIn([part], CREDENTIALS))
      if (isTrue(set) && !isOtherBranch(set, node)) return true;
  }
  return list !== undefined && fn !== undefined && [...settersIn(fn.walk(), CREDENTIALS)].some(isTrue);
}

/** Whether only one of two places runs: one stands in the `else` of the other. */
function isOtherBranch(some: Node, other: Node): boolean {
  for (const outer of some.ancestors()) {
    if (outer.kind !== 'if_statement' || !outer.contains(other)) continue;
    const branches = [outer.child('consequence'), outer.child('alternative')];
    return (
      branches.some((branch) => branch?.contains(some)) &&
      !branches.some((branch) => branch?.contains(some) && branch.contains(other))
    );
  }
  return false;
}

function isTrue(value: Node): boolean {
  return constantBoolean(value) === true || constantString(value)?.toLowerCase() === 'true';
}
