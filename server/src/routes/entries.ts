/** What one call registers on a router of Express, Fastify, Koa or Hono. */
import { type Call, callAt } from '../analysis/item-facts';
import { unwrap } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import type { Node } from '../analysis/node';
import { constantString, pairOf, resolvedValue } from '../analysis/value';
import { GUARDING_HOOKS, ROUTE_METHODS } from '../models/routers';
import type { Entry, Framework, Part, PathText } from './facts';
import { inLoop } from './loops';
import { isPath, methodsIn, pathsOf, ROOT } from './paths';
import { isConditional, spanOf } from './placing';
import type { References } from './references';

export class Entries {
  readonly #references: References;

  constructor(references: References) {
    this.#references = references;
  }

  /** @param routed the path of `.route('/x')` before the call, as in `router.route('/x').get(…)`. */
  of(call: Call, routed: Node | undefined, framework: Framework | undefined): readonly Entry[] {
    const { method = '', args } = call;
    const span = spanOf(call);
    const [first, ...rest] = args;
    if (!first) return [];
    if (routed && ROUTE_METHODS.has(method))
      return this.#routes(call, pathsOf(routed), args, methodOf(method));
    switch (method) {
      case 'use':
      case 'pre':
        return this.#use(call);
      case 'addHook': {
        const parts = this.#parts(rest, call.node);
        const isGuarding = GUARDING_HOOKS.has(constantString(first) ?? '');
        return isGuarding && parts.length > 0 ? [{ do: 'hook', parts, ...span }] : [];
      }
      case 'param': {
        const name = constantString(first);
        const parts = this.#parts(rest, call.node);
        return name !== undefined && parts.length > 0 ? [{ do: 'param', name, parts, ...span }] : [];
      }
      case 'register':
        return [this.#register(call, first)];
      case 'route':
      case 'mount':
        return rest[0] ? this.#mount(call, first, rest[0]) : this.#wholeRoute(call, first);
      case 'on': {
        const [path, ...handlers] = rest;
        if (framework !== 'hono' || !path || handlers.length === 0) return [];
        return this.#routes(call, pathsOf(path), handlers, methodsIn(first));
      }
      case 'openapi':
        return rest[0] ? this.#openapi(call, first, rest[0]) : [];
    }
    if (!ROUTE_METHODS.has(method)) return [];
    // Koa: `router.get('name', '/path', handler)`
    const isNamed = rest.length > 1 && rest[0] !== undefined && /^\//.test(constantString(rest[0]) ?? '');
    const [path, handlers] = isNamed ? [rest[0] as Node, rest.slice(1)] : [first, rest];
    return handlers.length > 0 ? this.#routes(call, pathsOf(path), handlers, methodOf(method)) : [];
  }

  #routes(
    call: Call,
    paths: readonly PathText[],
    args: readonly Node[],
    methods: readonly string[],
  ): readonly Entry[] {
    const [first] = args;
    const options = first && resolvedValue(first);
    const isWithOptions = options?.kind === 'object';
    const parts = this.#parts(isWithOptions ? args.slice(1) : args, call.node);
    const inOptions = isWithOptions ? this.#optionGuards(options, call.node) : [];
    const written = isWithOptions && parts.length === 0 ? handlerIn(options) : undefined;
    const handler = written ? this.#references.part(written) : parts.at(-1);
    const guards = [...inOptions, ...parts.slice(0, -1)];
    return paths.map((path) => ({ do: 'route', methods, path, guards, handler, ...spanOf(call) }));
  }

  /** `{ preHandler: [fastify.authenticate], schema }` */
  #optionGuards(options: Node, at: Node): readonly Part[] {
    return [...GUARDING_HOOKS].flatMap((name) => {
      const value = pairOf(options, name)?.value;
      return value ? this.#parts([value], at) : [];
    });
  }

  /** `fastify.route({ method, url, preHandler, handler })` */
  #wholeRoute(call: Call, first: Node): readonly Entry[] {
    const options = resolvedValue(first);
    const url = (pairOf(options, 'url') ?? pairOf(options, 'path'))?.value;
    const written = handlerIn(options);
    if (!url || !written) return [];
    const methods = methodsIn(pairOf(options, 'method')?.value);
    const guards = this.#optionGuards(options, call.node);
    const handler = this.#references.part(written);
    return pathsOf(url).map((path) => ({ do: 'route', methods, path, guards, handler, ...spanOf(call) }));
  }

  /** Hono: `app.openapi(createRoute({ method, path, middleware }), handler)` */
  #openapi(call: Call, first: Node, last: Node): readonly Entry[] {
    const made = callAt(resolvedValue(first));
    const options = made?.args[0] && resolvedValue(made.args[0]);
    const handler = this.#references.part(last);
    const { start, end } = first;
    const name = first.text.slice(0, 40);
    if (options?.kind !== 'object') {
      // Of another file its path and its middleware are not known.
      const guards: readonly Part[] = [{ start, end, name, ref: { is: 'unknown' } }];
      const path: PathText = { text: `/{${name}}`, isComputed: true };
      return [{ do: 'route', methods: ['ALL'], path, guards, handler, ...spanOf(call) }];
    }
    const path = pairOf(options, 'path')?.value;
    const middleware = pairOf(options, 'middleware')?.value;
    const guards = middleware ? this.#parts([middleware], call.node) : [];
    const methods = methodsIn(pairOf(options, 'method')?.value);
    return (path ? pathsOf(path) : []).map((each) => ({
      ...{ do: 'route' as const, methods, path: each, guards, handler },
      ...spanOf(call),
    }));
  }

  /** `routes.forEach(({ path, router }) => app.use(path, router))`, for each of a list that is written in the file. */
  #useInLoop(call: Call): readonly Entry[] | undefined {
    const [path, ...rest] = call.args;
    const last = rest.at(-1);
    if (!path || !last) return undefined;
    const [paths, routers] = [inLoop(path), inLoop(last)];
    if (!paths || !routers || paths.length !== routers.length) return undefined;
    const guards = this.#parts(rest.slice(0, -1), call.node);
    return routers.flatMap((router, index): readonly Entry[] =>
      pathsOf(paths[index] ?? path).map((each) => ({
        ...{ do: 'use', path: each, parts: [...guards, this.#references.part(router)] },
        ...spanOf(call),
      })),
    );
  }

  #use(call: Call): readonly Entry[] {
    const { args, node } = call;
    const repeated = this.#useInLoop(call);
    if (repeated) return repeated;
    const [first, ...rest] = args;
    const isBelow = first !== undefined && rest.length > 0 && isPath(first);
    const parts = (isBelow ? rest : args).flatMap((arg) => this.#parts([koaMounted(arg) ?? arg], node));
    const mounted = first && koaMounted(first) ? callAt(unwrap(first))?.args : undefined;
    const under = isBelow ? first : mounted && mounted.length > 1 ? mounted[0] : undefined;
    if (parts.length === 0) return [];
    return (under ? pathsOf(under) : [ROOT]).map((path) => ({ do: 'use', path, parts, ...spanOf(call) }));
  }

  #register(call: Call, plugin: Node): Entry {
    const options = call.args[1] && resolvedValue(call.args[1]);
    const prefix = options && pairOf(options, 'prefix')?.value;
    const [path = ROOT] = prefix ? pathsOf(prefix) : [];
    const dir = options && pairOf(options, 'dir')?.value;
    if (dir && AUTOLOAD.test(canonicalName(plugin) ?? ''))
      return { do: 'autoload', path, dir: folderIn(dir), ...spanOf(call) };
    const router = this.#references.part(plugin, isConditional(call.node));
    return { do: 'mount', path, guards: [], router, ...spanOf(call) };
  }

  /** Hono: `app.route('/users', users)` */
  #mount(call: Call, path: Node, router: Node): readonly Entry[] {
    return pathsOf(path).map((each) => ({
      ...{ do: 'mount' as const, path: each, guards: [], router: this.#references.part(router) },
      ...spanOf(call),
    }));
  }

  /** Arguments one by one, those in lists as well. */
  #parts(args: readonly Node[], at: Node): Part[] {
    const isMaybe = isConditional(at);
    return args.flatMap((arg) => {
      const node = unwrap(arg);
      const inner = (node.kind === 'spread_element' ? node.parts[0] : node) ?? node;
      const isName = /^(?:identifier|array|member_expression)$/.test(inner.kind);
      const value = isName ? resolvedValue(inner) : node;
      if (value.kind === 'array') return this.#parts(value.parts, at);
      const isChosen = node.kind === 'ternary_expression' || node.kind === 'binary_expression';
      return [this.#references.part(inner, isMaybe || isChosen)];
    });
  }
}

const AUTOLOAD = /^(?:@fastify\/autoload|fastify-autoload)(?:\.\w+)?$/;

/** `path.join(__dirname, 'routes')`, `./routes` */
function folderIn(dir: Node): string {
  const value = resolvedValue(dir);
  const parts = callAt(value)?.args ?? [value];
  return parts
    .flatMap(
      (part) =>
        constantString(part) ??
        (part.kind === 'template_string' ? part.text.replace(/^`(?:\$\{[^}]*\})?|`$/g, '') : []),
    )
    .join('/');
}

function methodOf(method: string): readonly string[] {
  return [method === 'del' ? 'DELETE' : method.toUpperCase()];
}

/** `{ handler: list }`, `{ handler(request) {} }` */
function handlerIn(options: Node): Node | undefined {
  const own = options.kind === 'object' ? options.parts : [];
  return (
    pairOf(options, 'handler')?.value ??
    own.find((part) => part.kind === 'method_definition' && part.child('name')?.text === 'handler')
  );
}

/** `mount('/admin', admin)` of koa-mount means the application. */
function koaMounted(arg: Node): Node | undefined {
  const call = callAt(unwrap(arg));
  return call?.name === 'koa-mount' ? call.args.at(-1) : undefined;
}
