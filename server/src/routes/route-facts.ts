import type { SourceFile } from '../analysis/source-file';
import { exportsOf } from './exports';
import type { RouteFacts } from './facts';
import { nestIn } from './nest';
import { nextIn } from './next';
import { References } from './references';
import { registrationsIn } from './registrations';
import { proceduresIn } from './trpc';

/** What a file says about routes. It depends on this file alone, its path included. */
export function routeFactsOf(file: SourceFile): RouteFacts {
  const references = new References(file);
  const { groups: routers, decorations } = registrationsIn(references);
  const groups = [...routers, ...proceduresIn(references)];
  const { exports, reexports } = exportsOf(references);
  const { controllers, modules, nestApps } = nestIn(references);
  const { nextRoutes, nextMiddleware } = nextIn(references, exports);
  return {
    ...{
      groups,
      decorations,
      exports,
      reexports,
      controllers,
      modules,
      nestApps,
      nextRoutes,
      nextMiddleware,
    },
    ...{ functions: references.functions, classes: references.classes },
  };
}
