/** Routes that a file registers: of Express, and of what is written like it. */
import { type Call, callAt } from '../../analysis/item-facts';
import type { ItemKeys } from '../../analysis/item-index';
import { canonicalName } from '../../analysis/name';
import { Node } from '../../analysis/node';
import type { SourceFile } from '../../analysis/source-file';
import { stringParts } from '../../analysis/string-parts';
import { resolvedValue } from '../../analysis/value';

export interface Route {
  readonly call: Call;
  /** `get`, `post`, `all` … */
  readonly method: string;
  /** What the path begins with, as far as it is constant. */
  readonly path: string;
  /** What runs, middleware of the route included. */
  readonly handlers: readonly Node[];
}

const METHODS: ReadonlySet<string> = new Set('get post put patch delete del all'.split(' '));
/** Methods by which browsers and clients change something. */
export const CHANGING: ReadonlySet<string> = new Set('post put patch delete del'.split(' '));

/** Source: the documentation of each package. */
const MAKERS =
  /^(?:express(?:\.default)?(?:\.Router|\.createServer)?|express-promise-router|restify\.createServer|polka|fastify(?:\.fastify)?|koa-router|@koa\/router|hono\.Hono|json-server\.create)\(\)/;
/** What they are called where another file makes them. */
const ROUTERS = /^(?:app|router|routes?|server|fastify|\w*(?:App|Router|Routes))$/;

const ELSEWHERE = /^(?:globalThis\.|\.{0,2}\/)/;

/** Whether an item may hold a route. */
const ROUTES: ItemKeys = {
  of: (item) =>
    item.indicesOf('property_identifier').some((index) => METHODS.has(item.leafTextAt(index))) ? [ROUTE] : [],
};
const ROUTE = 'route';

/** All routes of a file. */
export function routesOf(file: SourceFile): readonly Route[] {
  return file.ofWholeFile('routes', () =>
    file.itemsWith(ROUTES, ROUTE).flatMap((item) =>
      item.indicesOf('call_expression').flatMap((index) => {
        const call = callAt(new Node(item, index));
        return (call && routeAt(call)) ?? [];
      }),
    ),
  );
}

/** The route that a call registers: `app.post('/login', handler)`, `router.route('/login').post(handler)`. */
export function routeAt(call: Call): Route | undefined {
  const { method, args } = call;
  if (method === undefined || !METHODS.has(method)) return undefined;
  const object = call.callee.child('object');
  if (!object) return undefined;
  const [routed, router] = routeBefore(object);
  const path = routed ?? args[0];
  const handlers = routed ? args : args.slice(1);
  if (!path || handlers.length === 0) return undefined;
  const begin = beginOf(path);
  const name = canonicalName(router);
  if (name === undefined || ELSEWHERE.test(name)) {
    if (router.kind !== 'identifier' || !ROUTERS.test(router.text) || !begin.startsWith('/'))
      return undefined;
  } else if (!MAKERS.test(name)) return undefined;
  return { call, method, path: begin, handlers };
}

/** The path and the router of `router.route('/a').get(…).post(…)`. */
function routeBefore(object: Node): readonly [Node | undefined, Node] {
  for (let node = object, steps = 0; node.kind === 'call_expression' && steps < 8; steps++) {
    const callee = node.child('function');
    const receiver = callee?.child('object');
    if (!callee || !receiver) break;
    if (callee.child('property')?.text === 'route') return [node.child('arguments')?.parts[0], receiver];
    node = receiver;
  }
  return [undefined, object];
}

function beginOf(path: Node): string {
  const value = resolvedValue(path);
  const all = value.kind === 'array' ? value.parts : [value];
  return all
    .map((each) => {
      const [first] = stringParts(resolvedValue(each));
      const text = typeof first === 'string' ? first : first?.text;
      return text?.replace(/^['"`]|['"`]$/g, '') ?? '';
    })
    .join(' ');
}
