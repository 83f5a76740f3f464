import type { SourceFile } from '../analysis/source-file';
import { exportsOf } from './exports';
import type { RouteFacts } from './facts';
import { References } from './references';
import { registrationsIn } from './registrations';

/** What a file says about routes. It depends on this file alone. */
export function routeFactsOf(file: SourceFile): RouteFacts {
  const references = new References(file);
  const groups = registrationsIn(references);
  const { exports, reexports } = exportsOf(references);
  return {
    ...{ groups, exports, reexports },
    ...{ functions: references.functions, classes: references.classes },
    ...{
      controllers: [],
      modules: [],
      nestApps: [],
      nextRoutes: [],
      nextMiddleware: undefined,
      procedures: {},
    },
  };
}
