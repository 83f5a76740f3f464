/** What sends a browser to another address, and where the address stands. */

import type { Call, ItemFacts } from '../../analysis/item-facts';
import { propertyName } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { constantString, propertyOf, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { chainOf, isResponseName } from '../auth/denial';

export interface Redirect {
  readonly node: Node;
  readonly to: Node;
}

/** Sources: Next.js 15, React Router 7, Remix 2, SvelteKit 2, h3 1, the Fetch and HTML standards. */
const FUNCTIONS: ReadonlyMap<string, number> = new Map([
  ...(
    'next/navigation.redirect next/navigation.permanentRedirect next/server.NextResponse.redirect ' +
    'globalThis.Response.redirect react-router.redirect react-router-dom.redirect @remix-run/node.redirect ' +
    'next/navigation.useRouter().push next/navigation.useRouter().replace next/router.useRouter().push ' +
    'next/router.useRouter().replace globalThis.location.assign globalThis.location.replace ' +
    'globalThis.document.location.assign globalThis.document.location.replace globalThis.open'
  )
    .split(' ')
    .map((name): [string, number] => [name, 0]),
  ['@sveltejs/kit.redirect', 1],
  ['h3.sendRedirect', 1],
]);
const METHODS: ReadonlySet<string> = new Set(
  'redirect permanentRedirect push replace assign setHeader set header writeHead location open'.split(' '),
);
const MAY_REDIRECT: CallTest = { to: FUNCTIONS, method: METHODS };
const LOCATIONS = /^globalThis\.(?:document\.)?location(?:\.href)?$/;

export function* redirectsIn(facts: ItemFacts): Generator<Redirect> {
  for (const call of facts.callsOf(MAY_REDIRECT)) {
    const to = targetOf(call);
    if (to && constantString(to) === undefined) yield { node: call.node, to };
  }
  for (const node of facts.nodes('assignment_expression')) {
    // `let` and a line break before `location = …`: the parser takes `let` for an expression.
    const before = node.parent?.kind === 'expression_statement' ? node.parent.previous?.text : undefined;
    if (before === 'let') continue;
    const [left, to] = [node.child('left'), node.child('right')];
    const name = left && (left.child('property') ?? left).text;
    if (left && to && /^(?:location|href)$/.test(name ?? '') && LOCATIONS.test(canonicalName(left) ?? ''))
      yield { node, to };
  }
}

function targetOf(call: Call): Node | undefined {
  const { method, callee, args } = call;
  if (method !== undefined ? !METHODS.has(method) : callee.kind !== 'identifier') return undefined;
  const index = call.name === undefined ? undefined : FUNCTIONS.get(call.name);
  if (index !== undefined) return addressIn(args[index]);
  if (method === undefined || !isAnswer(call)) return undefined;
  switch (method) {
    case 'redirect':
      // Express 4 and Fastify 4 take the status first, Hono behind.
      return args.length > 1 && /^\d+$/.test(constantString(args[0] as Node) ?? '') ? args[1] : args[0];
    case 'location':
      return args[0];
    case 'setHeader':
    case 'set':
    case 'header':
      return constantString(args[0] ?? callee)?.toLowerCase() === 'location' ? args[1] : undefined;
    case 'writeHead':
      return locationIn(args.at(-1));
    default:
      return undefined;
  }
}

/** `router.push({ query })` stays on the page; only `pathname` leads somewhere else. */
function addressIn(target: Node | undefined): Node | undefined {
  const value = target && resolvedValue(target);
  if (value?.kind !== 'object') return target;
  return propertyOf(value, 'pathname') ?? propertyOf(value, 'href');
}

/** A response by its name, or the context that Koa and Hono have instead. */
function isAnswer(call: Call): boolean {
  const { root } = chainOf(call);
  if (isResponseName(root)) return true;
  // The toolkit of hapi.
  if (call.method === 'redirect' && root.kind === 'identifier' && wordsOf(root.text).at(-1) === 'h')
    return true;
  return root.kind === 'identifier' && /^(?:ctx|context|c)$/.test(wordsOf(root.text).at(-1) ?? '');
}

function locationIn(headers: Node | undefined): Node | undefined {
  const object = headers && resolvedValue(headers);
  if (object?.kind !== 'object') return undefined;
  for (const part of object.parts) {
    const key = part.kind === 'pair' ? part.child('key') : undefined;
    if (key && propertyName(key)?.toLowerCase() === 'location') return part.child('value');
  }
  return undefined;
}
