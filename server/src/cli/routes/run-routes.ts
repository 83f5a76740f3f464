import type { ParserRuntime } from '../../../../grammars/parser';
import type { RoutePlace } from '../../routes/graph';
import { routeGraph } from '../../routes/route-graph';
import { protectionOf, routeTree } from '../../routes/route-tree';
import { type Environment, EXIT } from '../command';
import { harmlessPath } from '../output/safe-text';
import { scopeOf } from '../scan/scope';
import { jsonRoutes } from './json-routes';
import { prettyRoutes } from './pretty-routes';
import { readFacts } from './read-facts';
import { siblingFiles } from './sibling-files';

export interface RoutesOptions {
  /** As they were written; the working folder where there is none. */
  readonly paths: readonly string[];
  readonly isJson: boolean;
  /** Whether routes that are guarded, or may be, are left out. */
  readonly isOpenOnly: boolean;
}

/**
 * @returns the exit code.
 * @throws UsageError
 */
export async function runRoutes(
  { paths, isJson, isOpenOnly }: RoutesOptions,
  { workingFolder, out, err, hasColours }: Environment,
  startRuntime: () => Promise<ParserRuntime>,
): Promise<number> {
  const scope = scopeOf(paths, workingFolder);
  const { facts, degraded, lineOf } = await readFacts(scope, await startRuntime());
  const graph = routeGraph(
    facts,
    siblingFiles((path) => facts.has(path)),
  );
  const routes = isOpenOnly ? graph.routes.filter((route) => protectionOf(route) === 'open') : graph.routes;
  const lineOfPlace = ({ file, start }: RoutePlace) => lineOf(file, start);
  if (isJson) {
    await out.write(jsonRoutes(routes, graph, degraded, lineOfPlace));
    return EXIT.clean;
  }
  const isColoured = out.isTerminal && hasColours;
  if (routes.length > 0)
    await out.write(`${prettyRoutes(routeTree(routes), { isColoured, lineOf: lineOfPlace })}\n`);
  const counts = (['guarded', 'open', 'unknown'] as const).map(
    (protection) => `${routes.filter((route) => protectionOf(route) === protection).length} ${protection}`,
  );
  const total = routes.length === 1 ? '1 route' : `${routes.length} routes`;
  await out.write(routes.length === 0 ? 'No routes.\n' : `${total}: ${counts.join(', ')}.\n`);
  for (const { file, cause } of degraded) await err.write(`${harmlessPath(file)}: ${cause}\n`);
  if (graph.isCut) await err.write('There are more routes than are shown.\n');
  return EXIT.clean;
}
