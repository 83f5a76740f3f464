/** Loads large bundles with what was compiled of them before: in a bundle of its own, since few commands need it. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

import { codeFolder } from '../startup/cache-folder';
import { compileLater } from '../startup/compile-later';
import { type LoadedBundle, loadBundle } from '../startup/load-bundle';

/**
 * The parser is compiled to better code once it has run for a while; for a file or two that never pays, and a process
 * waits at its end until it is done: half of the hook's time, measured.
 */
const NEVER_COMPILED_AGAIN = '--wasm-tiering-budget=1000000000';

/** @param folder where the bundles are. */
export function loadChecking(folder: string): LoadedBundle<typeof import('./checking')> {
  // Before anything is compiled: V8 takes no code that was kept under other flags.
  setFlagsFromString(NEVER_COMPILED_AGAIN);
  compileLater();
  return loadBundle(join(folder, 'checking.js'), keptIn());
}

function keptIn(): string | undefined {
  return codeFolder({ environment: process.env, platform: process.platform, home: homedir() });
}
