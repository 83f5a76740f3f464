/** The routes as `--format json` has them; docs/routes.md describes it. */
import type { EffectiveRoute, RouteGraph, RoutePlace } from '../../routes/graph';
import { protectionOf } from '../../routes/route-tree';

type LineOf = (place: RoutePlace) => number;

export function jsonRoutes(
  routes: readonly EffectiveRoute[],
  { isCut }: RouteGraph,
  degraded: readonly { readonly file: string; readonly cause: string }[],
  lineOf: LineOf,
): string {
  const cut = isCut ? [{ file: '', cause: 'There are more routes than are shown.' }] : [];
  const report = {
    version: 1,
    routes: routes.map((route) => routeOf(route, lineOf)),
    degraded: [...degraded, ...cut],
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function routeOf(route: EffectiveRoute, lineOf: LineOf): object {
  const place = (at: RoutePlace | undefined) => (at ? { file: at.file, line: lineOf(at) } : null);
  const { framework, methods, path, guards, handler, isMounted, isPublic } = route;
  return {
    ...{ methods, path, framework: framework ?? null, ...place(route.place) },
    ...{ protection: protectionOf(route), isMounted: isMounted ?? null, isPublic },
    guards: guards.map((guard) => ({
      ...{
        name: guard.name,
        does: guard.does,
        roles: guard.roles,
        from: guard.from,
        isConditional: guard.isConditional,
      },
      ...{ put: place(guard.place), written: place(guard.definition) },
    })),
    handler: handler ? { name: handler.name, does: handler.does, written: place(handler.definition) } : null,
  };
}
