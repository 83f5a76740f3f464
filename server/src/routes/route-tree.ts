/** Routes as a tree of their paths, for whoever shows them. */
import type { EffectiveGuard, EffectiveRoute } from './graph';

export interface RouteTree {
  /** The part of the path that it adds: `/users`, or several segments where nothing branches off between. */
  readonly segment: string;
  readonly routes: readonly EffectiveRoute[];
  readonly children: readonly RouteTree[];
}

interface Growing {
  readonly routes: EffectiveRoute[];
  readonly children: Map<string, Growing>;
}

/** The tree of some routes, in alphabetical order; in a place they stay in their order. */
export function routeTree(routes: readonly EffectiveRoute[]): RouteTree {
  const root = growing();
  for (const route of routes) {
    let node = root;
    for (const segment of segmentsOf(route.path)) {
      let next = node.children.get(segment);
      if (!next) {
        next = growing();
        node.children.set(segment, next);
      }
      node = next;
    }
    node.routes.push(route);
  }
  return grown('', root);
}

/** Procedures and server actions have a name instead of a path. */
function segmentsOf(path: string): readonly string[] {
  if (!/^[/*]/.test(path)) return [path];
  return path.split('/').flatMap((each) => (each === '' ? [] : [`/${each}`]));
}

function growing(): Growing {
  return { routes: [], children: new Map() };
}

function grown(segment: string, node: Growing): RouteTree {
  const [only] = node.children;
  if (segment !== '' && node.routes.length === 0 && node.children.size === 1 && only)
    return grown(`${segment}${only[0]}`, only[1]);
  const children = [...node.children]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, child]) => grown(name, child));
  return { segment: segment === '' ? '/' : segment, routes: node.routes, children };
}

/** What there is to say of a guard: `requireRole('admin')`, `audit ?`. */
export function guardText(guard: EffectiveGuard): string {
  const { name, does, roles, isConditional } = guard;
  const said =
    roles.length > 0 && does === 'authorises' && !roles.some((role) => name.includes(role))
      ? ` (${roles.join(', ')})`
      : '';
  return `${name}${said}${isConditional ? ', sometimes' : ''}${does === 'unknown' ? ' ?' : ''}`;
}

/**
 * Whether people are turned away before a route's handler: `guarded`, `open`, or `unknown` where something stands
 * there of which it is not known what it does.
 */
export type Protection = 'guarded' | 'open' | 'unknown';

export function protectionOf({ guards, handler }: EffectiveRoute): Protection {
  const isSure = ({ does, isConditional }: EffectiveGuard) =>
    !isConditional && does !== 'unknown' && does !== 'nothing';
  if (guards.some(isSure) || (handler && handler.does !== 'unknown' && handler.does !== 'nothing'))
    return 'guarded';
  return guards.some(({ does, isConditional }) => does === 'unknown' || (isConditional && does !== 'nothing'))
    ? 'unknown'
    : 'open';
}
