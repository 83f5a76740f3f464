/**
 * What a hook needs to answer with findings. In this thread and in a bundle of its own: another thread takes longer to
 * start than the agent should wait.
 */
import { join } from 'node:path';

import { startWasmRuntime } from '../../../grammars/wasm-runtime';
import { createNodeHost } from '../host/node-host';
import { RULES } from '../rules/index';
import type { FindOnLines } from './hook/feedback';
import { findOnLines } from './scan/find-on-lines';

/** @param folder where the grammars are. */
export function finderIn(folder: string, { isAiOff }: { readonly isAiOff: boolean }): FindOnLines {
  const host = createNodeHost(folder, () => {});
  return (files) =>
    findOnLines(files, {
      host,
      rules: RULES,
      isAiOff,
      startRuntime: () => startWasmRuntime((file) => join(folder, file)),
    });
}
