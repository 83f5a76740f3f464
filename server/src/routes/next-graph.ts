/** Routes of Next.js with the middleware of their application. */

import { guardOf, handlerOf } from './effective';
import type { NextMiddlewareFacts } from './facts';
import type { EffectiveGuard, EffectiveMiddleware, EffectiveRoute } from './graph';
import { nextPlace } from './next-place';
import { matcherCovers } from './path-cover';
import type { Resolver } from './resolver';

export function nextMiddleware(resolver: Resolver): readonly EffectiveMiddleware[] {
  return [...resolver.facts].flatMap(([file, { nextMiddleware }]) => {
    const place = nextPlace(file);
    if (!nextMiddleware || place?.kind !== 'middleware') return [];
    const guard = guardOf(resolver, file, nextMiddleware.guard, 'matcher');
    return [{ guard, root: place.root, matchers: nextMiddleware.matchers }];
  });
}

export function nextRoutes(resolver: Resolver, middleware: readonly EffectiveMiddleware[]): EffectiveRoute[] {
  return [...resolver.facts].flatMap(([file, facts]) => {
    const root = nextPlace(file)?.root;
    return facts.nextRoutes.map((route) => {
      const { start, end, methods } = route;
      const isAction = methods.includes('ACTION');
      const above = isAction
        ? []
        : middleware.filter((each) => each.root === root).flatMap((each) => passed(each, route.path.text));
      const own = route.guards.map((part) => guardOf(resolver, file, part, 'route'));
      return {
        ...{ framework: 'next' as const, methods, path: route.path.text, isComputed: false },
        ...{ place: { file, start, end }, guards: [...above, ...own], isMounted: true },
        handler: route.handler && handlerOf(resolver, file, route.handler),
        ...{ isPublic: false, demands: [], mounts: [] },
      };
    });
  });
}

function passed({ guard, matchers }: EffectiveMiddleware, path: string): readonly EffectiveGuard[] {
  const isCovered = coveredBy(matchers, path);
  if (isCovered === false) return [];
  return [isCovered ? guard : { ...guard, isConditional: true }];
}

/** Whether middleware runs for an address; undefined where that is not known. */
export function coveredBy(matchers: NextMiddlewareFacts['matchers'], path: string): boolean | undefined {
  if (matchers === undefined) return true;
  if (matchers.length === 0) return undefined;
  const answers = matchers.map((matcher) => matcherCovers(matcher, path));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}
