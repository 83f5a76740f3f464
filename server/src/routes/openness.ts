/** Whether anybody comes to what a route does: the questions that rules about routes share. */

import { isForAll, isKeptAnyway, privilegeOf } from '../models/public-routes';
import type { EffectiveGuard, EffectiveRoute, RouteGraph } from './graph';
import { isGuarding } from './resolver';

export interface Verdict {
  readonly confidence: 'high' | 'medium' | 'low';
}

const CHANGING: ReadonlySet<string> = new Set('POST PUT PATCH DELETE ALL ACTION MUTATION'.split(' '));
/** Whether a route changes something, by its method. */
export function isChanging({ methods }: EffectiveRoute): boolean {
  return methods.some((method) => CHANGING.has(method));
}

/**
 * Whether nobody is turned away before a route or in it, for all that is known. Where something is not known, such as
 * a guard that was not found or a handler that was not, the answer is no.
 */
export function isOpen({ guards, handler, isPublic }: EffectiveRoute): boolean {
  if (isPublic || !handler?.facts || guards.some((guard) => !isHarmless(guard))) return false;
  return !isGuarding(handler.does) && !handler.asksWho;
}

function isHarmless({ does }: EffectiveGuard): boolean {
  return does === 'nothing';
}

/** Whether a route is meant for everybody by its path or its handler's name. */
export function isMeantForAll({ path, handler, methods }: EffectiveRoute): boolean {
  if (methods.every((method) => method === 'OPTIONS' || method === 'HEAD')) return true;
  const name = handler && /^[\w.]+$/.test(handler.name) ? handler.name : '';
  const segments = path.split(/[/.]/).filter((segment) => segment !== '' && !/^[:{*]/.test(segment));
  return segments.some(isForAll) || isForAll(name);
}

/** Whether some route of the application knows who somebody is: without any, everything is meant for everybody, or not finished. */
export function hasGuards({ routes, middleware }: RouteGraph): boolean {
  return (
    middleware.some(({ guard }) => isGuarding(guard.does)) ||
    routes.some(
      ({ guards, handler }) =>
        guards.some(({ does }) => isGuarding(does)) || (handler && isGuarding(handler.does)),
    )
  );
}

/** `access/endpoint-no-auth`: data is changed for anybody. */
export function endpointWithoutAuth(route: EffectiveRoute, graph: RouteGraph): Verdict | undefined {
  const { handler, framework, methods, isMounted } = route;
  if (isMounted === false || !isChanging(route) || isMeantForAll(route) || !isOpen(ignoringPath(route)))
    return undefined;
  if (!handler || handler.writes.every(isKeptAnyway)) return undefined;
  const isGuardedElsewhere = hasGuards(graph);
  // Middleware of Next that may cover the address is no boundary, but somebody thought of it.
  if (route.guards.some(({ does }) => does !== 'nothing')) return { confidence: 'low' };
  if (!isGuardedElsewhere)
    return framework === 'next' && methods.includes('ACTION') ? { confidence: 'medium' } : undefined;
  return { confidence: methods.includes('ACTION') ? 'high' : 'medium' };
}

/** Without Next's middleware where it is conditional or by its matcher: a request may go around it. */
function ignoringPath(route: EffectiveRoute): EffectiveRoute {
  if (route.framework !== 'next') return route;
  return {
    ...route,
    guards: route.guards.filter(({ from, isConditional }) => from !== 'matcher' || !isConditional),
  };
}

/** `access/unguarded-privileged-route`: what is for administrators is for anybody. */
export function unguardedPrivileged(route: EffectiveRoute, graph: RouteGraph): Verdict | undefined {
  if (route.isMounted === false || isMeantForAll(route) || !isOpen(route)) return undefined;
  const segments = route.path.split(/[/.]/).filter((segment) => segment !== '' && !/^[:{*]/.test(segment));
  const name = route.handler?.name ?? '';
  const named = [...segments, ...(/^[\w.]+$/.test(name) ? name.split('.') : [])].map(privilegeOf);
  const privilege = named.includes('plain') ? 'plain' : named.find((each) => each !== undefined);
  if (privilege === undefined) return undefined;
  const doesSomething = isChanging(route) || (route.handler?.writes.length ?? 0) > 0 || segments[0] === 'api';
  if (!hasGuards(graph)) return doesSomething && privilege === 'plain' ? { confidence: 'medium' } : undefined;
  return { confidence: privilege === 'plain' && doesSomething ? 'high' : 'medium' };
}
