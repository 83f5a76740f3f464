/** `auth/middleware-matcher-gap`: routes that Next's middleware does not run for, though it guards their like. */
import type { EffectiveMiddleware, EffectiveRoute, RouteGraph } from './graph';
import { coveredBy } from './next-graph';
import { nextPlace } from './next-place';
import { isChanging, isMeantForAll, isOpen, type Verdict } from './openness';
import { isGuarding } from './resolver';

export interface MatcherGap extends Verdict {
  readonly middleware: EffectiveMiddleware;
  readonly route: EffectiveRoute;
  /**
   * - `below`: a matcher has the address above the route's without what is below it: `/admin` for `/admin/users`.
   * - `beside`: the middleware runs for others of the same folder.
   * - `outside`: it runs for other addresses altogether.
   */
  readonly how: 'below' | 'beside' | 'outside';
}

export function matcherGaps({ routes, middleware }: RouteGraph): readonly MatcherGap[] {
  return middleware.flatMap((each) => {
    const { guard, matchers, root } = each;
    if (!isGuarding(guard.does) || matchers === undefined || matchers.length === 0) return [];
    const own = routes.filter(
      ({ framework, methods, place }) =>
        framework === 'next' && !methods.includes('ACTION') && nextPlace(place.file)?.root === root,
    );
    return own.flatMap((route): readonly MatcherGap[] => {
      if (coveredBy(matchers, route.path) !== false || isMeantForAll(route) || !isOpen(route)) return [];
      const how = howOf(route, matchers, own);
      const doesSomething = isChanging(route) && (route.handler?.writes.length ?? 0) > 0;
      if (how === 'outside' && !doesSomething) return [];
      const confidence = how === 'below' ? 'high' : how === 'beside' ? 'medium' : 'low';
      return [{ middleware: each, route, how, confidence }];
    });
  });
}

function howOf(
  { path }: EffectiveRoute,
  matchers: readonly string[],
  others: readonly EffectiveRoute[],
): MatcherGap['how'] {
  if (matchers.some((matcher) => /^\/[\w/-]+$/.test(matcher) && path.startsWith(`${matcher}/`)))
    return 'below';
  const folder = path.slice(0, path.lastIndexOf('/'));
  const isBeside =
    folder.split('/').length > 2 &&
    others.some(
      (other) =>
        other.path !== path &&
        other.path.startsWith(`${folder}/`) &&
        coveredBy(matchers, other.path) === true,
    );
  return isBeside ? 'beside' : 'outside';
}
