/** Routes of small projects, as tests write them: files by name, and what is found in one line per route. */
import { posix } from 'node:path';

import type { RouteFacts } from '../../server/src/routes/facts';
import type { EffectiveRoute, RouteGraph } from '../../server/src/routes/graph';
import { routeFactsOf } from '../../server/src/routes/route-facts';
import { routeGraph } from '../../server/src/routes/route-graph';
import { syntaxReader } from './syntax-of';

export type Files = Readonly<Record<string, string>>;

/** Makes graphs of projects once the parsers are there; call it in `before`. Facts go through JSON on their way. */
export async function graphReader(): Promise<(files: Files) => RouteGraph> {
  const read = await syntaxReader();
  return (files) => {
    const facts = new Map(
      Object.entries(files).map(([path, text]) => [
        path,
        JSON.parse(JSON.stringify(routeFactsOf(read(text, path)))) as RouteFacts,
      ]),
    );
    return routeGraph(facts, (from, specifier) => {
      if (!/^[.@]\//.test(specifier) && !specifier.startsWith('..')) return undefined;
      const path = specifier.startsWith('@/')
        ? specifier.slice(2)
        : posix.join(posix.dirname(from), specifier);
      const candidates = [
        path,
        `${path}.ts`,
        `${path}.tsx`,
        `${path}.js`,
        `${path}/index.ts`,
        `${path}/index.js`,
        path.replace(/\.js$/, '.ts'),
      ];
      return candidates.find((each) => each in files);
    });
  };
}

/** `GET /api/users: requireAuth(authenticates) requireRole('admin')(authorises admin)`, in alphabetical order. */
export function linesOf(graph: RouteGraph): readonly string[] {
  return graph.routes.map(lineOf).sort();
}

function lineOf({ methods, path, guards, isMounted, isPublic }: EffectiveRoute): string {
  const told = guards
    .filter(({ does }) => does !== 'nothing')
    .map(({ name, does, roles, isConditional }) => {
      const about = does === 'authorises' && roles.length > 0 ? ` ${roles.join('|')}` : '';
      return `${name}(${does}${about}${isConditional ? ' sometimes' : ''})`;
    });
  const notes = [...(isMounted === false ? ['unmounted'] : []), ...(isPublic ? ['public'] : [])];
  return [`${methods.join(',')} ${path}:`, ...told, ...notes].join(' ');
}
