/** Entry point of the language server: makes the connection, the host and the parsers, then listens. */
import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';

import { startWasmRuntime } from '../../grammars/wasm-runtime';
import { createNodeHost } from './host/node-host';
import { serve } from './lsp/server';
import { RULES } from './rules/index';

const connection = createConnection(ProposedFeatures.all);
const host = createNodeHost(__dirname, (level, message) => connection.console[level](message));

serve({
  connection,
  host,
  rules: RULES,
  loadParsers: async () => {
    const runtime = await startWasmRuntime((file) => join(__dirname, file));
    const [typescript, tsx] = await Promise.all([runtime.parserFor('typescript'), runtime.parserFor('tsx')]);
    return { typescript, tsx };
  },
});
connection.listen();
