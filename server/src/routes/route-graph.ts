import type { RouteGraph } from './graph';
import { Mounting } from './mounting';
import { nestRoutes } from './nest-graph';
import { nextMiddleware, nextRoutes } from './next-graph';
import { type FactsByFile, type Resolve, Resolver } from './resolver';

/**
 * The routes of a workspace.
 *
 * @param facts by the path of the file.
 * @param resolve which file a specifier names; undefined for packages.
 */
export function routeGraph(facts: FactsByFile, resolve: Resolve): RouteGraph {
  const resolver = new Resolver(facts, resolve);
  const mounting = new Mounting(resolver);
  mounting.run();
  const middleware = nextMiddleware(resolver);
  const routes = [...mounting.routes, ...nestRoutes(resolver), ...nextRoutes(resolver, middleware)];
  return { routes, middleware, isCut: mounting.isCut };
}
