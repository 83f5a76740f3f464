/** What makes an application or a router, and what their methods do. Sources: the documentation of each package. */

export interface MadeRouter {
  readonly framework: 'express' | 'fastify' | 'koa' | 'hono';
  readonly sort: 'app' | 'router';
}

const express = (sort: MadeRouter['sort']): MadeRouter => ({ framework: 'express', sort });
const koa = (sort: MadeRouter['sort']): MadeRouter => ({ framework: 'koa', sort });
const hono: MadeRouter = { framework: 'hono', sort: 'app' };
const fastify: MadeRouter = { framework: 'fastify', sort: 'app' };

/** By canonical name. */
const MAKERS: Readonly<Record<string, MadeRouter>> = {
  'express()': express('app'),
  'express.createServer()': express('app'),
  'express.application()': express('app'),
  'express.Router()': express('router'),
  'express-promise-router()': express('router'),
  'polka()': express('app'),
  'restify.createServer()': express('app'),
  'json-server.create()': express('app'),
  'next-connect()': express('app'),
  'next-connect.createRouter()': express('app'),
  'fastify()': fastify,
  'fastify.fastify()': fastify,
  'koa()': koa('app'),
  'koa-router()': koa('router'),
  '@koa/router()': koa('router'),
  '@koa/router.Router()': koa('router'),
  'koa-joi-router()': koa('router'),
  'hono.Hono()': hono,
  '@hono/zod-openapi.OpenAPIHono()': hono,
  'hono/tiny.Hono()': hono,
  'hono/quick.Hono()': hono,
};

/** What a call makes, or what it is called on as the last of a chain; undefined where that is no router. @param name canonical, with `()`. */
export function madeRouter(name: string): MadeRouter | undefined {
  let maker = name;
  for (let steps = 200; steps > 0; steps--) {
    if (Object.hasOwn(MAKERS, maker)) return MAKERS[maker];
    const method = CHAINED.exec(maker);
    if (!method || !(ROUTE_METHODS.has(method[1] ?? '') || ROUTER_METHODS.has(method[1] ?? '')))
      return undefined;
    maker = maker.slice(0, method.index);
  }
  return undefined;
}

const CHAINED = /\.([a-zA-Z]+)\(\)$/;

/** What routers are called where another file makes them, or where they are handed over. */
export const ROUTER_NAME =
  /^_?(?:app|router|routes?|server|fastify|instance|\w*(?:App|Router|Routes|Server))$/;
/** Types of parameters and fields. */
export const ROUTER_TYPE =
  /\b(?:(?:express|core|e)\.)?(?:Express|Application|I?Router|FastifyInstance|OpenAPIHono|Hono|Koa|FastifyTypedInstance)\b/;

export const ROUTE_METHODS: ReadonlySet<string> = new Set(
  'get post put patch delete del options head all openapi'.split(' '),
);
/** Methods that change a router in another way. */
export const ROUTER_METHODS: ReadonlySet<string> = new Set(
  'use route register addHook decorate prefix basePath param on mount pre'.split(' '),
);
/** Hooks of Fastify that may turn a request away before its handler runs. */
export const GUARDING_HOOKS: ReadonlySet<string> = new Set(
  'onRequest preParsing preValidation preHandler'.split(' '),
);
/** Members that stand for the router itself: `router.routes()` of Koa, `app.callback()`. */
export const ITSELF: ReadonlySet<string> = new Set(
  'routes middleware callback handler handle fetch middlewares'.split(' '),
);
