/**
 * The language server from the same code, which only parses: what it must cost to start, to load the
 * grammars and to read a text. Each text is parsed whole; what is then read and checked is an empty one.
 */
import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';

import type { Parser } from '../../grammars/parser';
import { startWasmRuntime } from '../../grammars/wasm-runtime';
import { createNodeHost } from '../../server/src/host/node-host';
import { serve } from '../../server/src/lsp/server';
import { RULES } from '../../server/src/rules/index';
import { textRunsInThreads } from '../../server/src/session/text-runs';
import { repositoryRoot } from '../repository-root';

const connection = createConnection(ProposedFeatures.all);
const dist = join(repositoryRoot(), 'dist');
const host = createNodeHost(dist, (level, message) => connection.console[level](message));

function parsesOnly(parser: Parser): Parser {
  return {
    ...parser,
    parse(text) {
      parser.parse(text)?.delete();
      return parser.parse('');
    },
  };
}

serve({
  connection,
  host,
  rules: RULES,
  loadParsers: async () => {
    const runtime = await startWasmRuntime((file) => join(dist, file));
    const [typescript, tsx] = await Promise.all([runtime.parserFor('typescript'), runtime.parserFor('tsx')]);
    return { typescript: parsesOnly(typescript), tsx: parsesOnly(tsx) };
  },
  startRun: textRunsInThreads(join(dist, 'worker.js')),
});
connection.listen();
