/** What is registered on routers of Express, Fastify, Koa, Hono, and of what is written like them. */
import { type Call, callAt } from '../analysis/item-facts';
import type { ItemKeys } from '../analysis/item-index';
import { FUNCTION_KINDS } from '../analysis/kind';
import { unwrap } from '../analysis/literal';
import { Node } from '../analysis/node';
import { constantString, pairOf } from '../analysis/value';
import { ITSELF, ROUTE_METHODS, ROUTER_METHODS } from '../models/routers';
import { Entries } from './entries';
import type { Ref, RouteFacts } from './facts';
import { joined } from './graph';
import { Groups } from './groups';
import { isPath, pathsOf } from './paths';
import { isConditional, isInitial, spanOf } from './placing';
import type { References } from './references';

const MOST_ENTRIES = 3_000;
const MOST_CHAINED = 200;
const MOST_PROPERTIES = 12;
const HAS = 'registration';
const FRAMEWORK = /\b(?:express|fastify|koa|hono|restify|polka)\b/i;

const REGISTERING: ItemKeys = {
  of: (item) =>
    item.indicesOf('property_identifier').some((index) => isRegistering(item.leafTextAt(index))) ? [HAS] : [],
};
const CALLING: ItemKeys = { of: (item) => (item.indicesOf('arguments').length > 0 ? [HAS] : []) };

function isRegistering(method: string): boolean {
  return ROUTE_METHODS.has(method) || ROUTER_METHODS.has(method);
}

/** The routers of a file, and what it puts into applications of Fastify. */
export function registrationsIn(references: References): Pick<RouteFacts, 'groups' | 'decorations'> {
  const reader = new Registrations(references);
  reader.read();
  return { groups: reader.groups.all(), decorations: reader.decorations };
}

class Registrations {
  readonly groups: Groups;
  readonly decorations: Record<string, Ref> = {};
  readonly #references: References;
  readonly #entries: Entries;
  #count = 0;

  constructor(references: References) {
    this.#references = references;
    this.groups = new Groups(references);
    this.#entries = new Entries(references);
  }

  read(): void {
    const { file } = this.#references;
    const members: Node[] = [];
    for (const item of file.itemsWith(REGISTERING, HAS)) {
      for (const index of item.indicesOf('property_identifier')) {
        if (!isRegistering(item.leafTextAt(index))) continue;
        const node = new Node(item, index);
        if (node.field === 'property' && node.parent?.field === 'function') members.push(node);
      }
    }
    // A chain is called from its first member on.
    members.sort((one, other) => one.start - other.start);
    for (const { parent: callee } of members) {
      const call = callee?.parent && callAt(callee.parent);
      if (call?.callee.is(callee) && this.#count < MOST_ENTRIES) this.#registration(call);
    }
    if (this.groups.size > 0 || file.says(FRAMEWORK)) this.#handedOn();
  }

  #registration(call: Call): void {
    const { method = '', args } = call;
    const object = call.callee.child('object');
    const [first] = args;
    if (!object || !first) return;
    const { root, routed } = chainBefore(object);
    const group = this.groups.at(root, () => this.#looksLikeOne(call, routed));
    if (!group) return;
    if (method === 'decorate') {
      const [name, value] = [constantString(first), args[1]];
      if (name !== undefined && value) this.decorations[name] = this.#references.of(value);
      return;
    }
    if (method === 'prefix' || method === 'basePath') {
      const [path] = pathsOf(first);
      if (path && (root.is(unwrap(object)) || isInitial(call))) group.prefix = joined(group.prefix, path);
      return;
    }
    for (const entry of this.#entries.of(call, routed, group.facts.framework)) {
      group.entries.push(entry);
      this.#count++;
    }
  }

  /** `cache.get('key')`, `axios.post('/x', data)`: what is registered has a function in it. */
  #looksLikeOne({ method = '', args }: Call, routed: Node | undefined): boolean {
    const [first, ...rest] = args;
    if (!first) return false;
    if (routed) return args.some((arg) => this.#isHandler(arg));
    if (!ROUTE_METHODS.has(method) && method !== 'route')
      return isPath(first) || args.some((arg) => this.#isHandler(arg));
    if (rest.length === 0) return first.kind === 'object' && pairOf(first, 'url') !== undefined;
    const [path] = pathsOf(first);
    const isBegun = path !== undefined && (/^[/*]/.test(path.text) || path.isComputed === true);
    return isBegun && rest.some((arg) => this.#isHandler(arg));
  }

  #isHandler(arg: Node): boolean {
    const node = unwrap(arg);
    if (FUNCTION_KINDS.has(node.kind)) return true;
    if (node.kind === 'array') return node.parts.some((part) => this.#isHandler(part));
    return /^(?:function|import|member|call)$/.test(this.#references.of(node).is);
  }

  /** `routes(app)`, `require('./routes')(app, db)`: who is handed a router may register on it. */
  #handedOn(): void {
    for (const item of this.#references.file.itemsWith(CALLING, HAS)) {
      for (const index of item.indicesOf('arguments')) {
        const { parent } = new Node(item, index);
        const call = parent && callAt(parent);
        if (!call || isRegistering(call.method ?? '')) continue;
        for (const [place, arg] of call.args.entries()) this.#handed(call, arg, String(place));
      }
    }
  }

  #handed(call: Call, arg: Node, argument: string): void {
    const node = unwrap(arg);
    if (node.kind === 'object') {
      for (const part of node.parts.slice(0, MOST_PROPERTIES)) {
        const value = part.child('value') ?? part;
        const isName = /identifier$/.test(value.kind);
        if (isName) this.#handed(call, value, `${argument}.${(part.child('key') ?? part).text}`);
      }
      return;
    }
    const isName = node.kind === 'identifier' || node.kind === 'shorthand_property_identifier';
    if (!isName && node.child('object')?.kind !== 'this') return;
    const group = this.groups.handed(node);
    if (!group) return;
    const callee = this.#references.part(call.callee, isConditional(call.node));
    if (callee.ref.is !== 'unknown' && callee.ref.is !== 'group')
      group.entries.push({ do: 'call', callee, argument, ...spanOf(call) });
  }
}

/** The router that a chain of calls begins with, and the path of `.route('/x')` in it. */
function chainBefore(object: Node): { readonly root: Node; readonly routed: Node | undefined } {
  let node = unwrap(object);
  let routed: Node | undefined;
  for (let steps = MOST_CHAINED; node.kind === 'call_expression' && steps > 0; steps--) {
    const call = callAt(node);
    const receiver = call?.callee.child('object');
    const method = call?.method ?? '';
    if (!call || !receiver || !(isRegistering(method) || ITSELF.has(method))) break;
    if (method === 'route' && call.args.length === 1) routed ??= call.args[0];
    node = unwrap(receiver);
  }
  return { root: node, routed };
}
