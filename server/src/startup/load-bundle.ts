/** Runs a bundle with what earlier processes have compiled of it. */
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

import { CodeCache } from './code-cache';

export interface LoadedBundle<Exports> {
  readonly exports: Exports;
  /** Keeps what has been compiled until now, for the next process. It takes some 50 ms, and never fails. */
  keep(): void;
}

/**
 * V8 compiles a function when it is first called, so what is kept are the functions that were called. After so many
 * processes that each added theirs, what is missing is not worth the time that writing takes.
 */
const ROUNDS = 3;

type Wrapper = (
  exports: unknown,
  require: NodeJS.Require,
  module: object,
  file: string,
  folder: string,
) => void;

/**
 * The bundle must be CommonJS without `import()`. What it requires by `./` are bundles as well, which are loaded in the
 * same way; all else is loaded as ever.
 *
 * @param file absolute path.
 * @param folder where compiled code is kept; undefined for nowhere.
 */
export function loadBundle<Exports>(file: string, folder: string | undefined): LoadedBundle<Exports> {
  const plainRequire = createRequire(file);
  if (folder === undefined) return { exports: plainRequire(file), keep() {} };
  const source = readFileSync(file);
  const cache = new CodeCache(folder, basename(file, '.js'), source);
  const kept = cache.read();
  const script = new Script(Module.wrap(source.toString()), {
    filename: file,
    ...(kept && { cachedData: kept.code }),
  });
  const rounds = kept && !script.cachedDataRejected ? kept.rounds : 0;
  const beside = new Map<string, LoadedBundle<unknown>>();
  const require = (id: string): unknown => {
    if (!id.startsWith('./')) return plainRequire(id);
    const bundle = beside.get(id) ?? loadBundle(join(dirname(file), id), folder);
    beside.set(id, bundle);
    return bundle.exports;
  };
  const module = { exports: {} as Exports };
  const run = script.runInThisContext() as Wrapper;
  run(module.exports, Object.assign(require, plainRequire), module, file, dirname(file));
  return {
    exports: module.exports,
    keep() {
      if (rounds < ROUNDS) cache.write({ code: script.createCachedData(), rounds: rounds + 1 });
      for (const bundle of beside.values()) bundle.keep();
    },
  };
}
