/** What `countersign routes` does. A bundle of its own: it has the parser in this thread, which no other command waits for. */
import { join } from 'node:path';

import { startWasmRuntime } from '../../../grammars/wasm-runtime';
import type { Environment } from './command';
import { type RoutesOptions, runRoutes } from './routes/run-routes';

export function showRoutes(options: RoutesOptions, environment: Environment): Promise<number> {
  return runRoutes(options, environment, () => startWasmRuntime((file) => join(environment.folder, file)));
}
