/**
 * What a hook needs to answer with findings. In this thread and in a bundle of its own: another thread takes longer to
 * start than the agent should wait.
 */
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

import { startWasmRuntime } from '../../../grammars/wasm-runtime';
import { createNodeHost } from '../host/node-host';
import { RULES } from '../rules/index';
import type { FindOnLines } from './hook/feedback';
import { findOnLines } from './scan/find-on-lines';

/**
 * The parser is compiled to better code once it has run for a while; for a file or two that never pays, and a process
 * waits at its end until it is done: half of the hook's time, measured.
 */
const NEVER_COMPILED_AGAIN = '--wasm-tiering-budget=1000000000';

/** @param folder where the grammars are. */
export function finderIn(folder: string, { isAiOff }: { readonly isAiOff: boolean }): FindOnLines {
  setFlagsFromString(NEVER_COMPILED_AGAIN);
  const host = createNodeHost(folder, () => {});
  return (files) =>
    findOnLines(files, {
      host,
      rules: RULES,
      isAiOff,
      startRuntime: () => startWasmRuntime((file) => join(folder, file)),
    });
}
