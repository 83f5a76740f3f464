/** Entry point of the language server: makes the connection, the host and the parsers, then listens. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startWasmRuntime } from '../../grammars/wasm-runtime';
import { version } from '../../package.json';
import { createNodeGit } from './host/node-git';
import { createNodeHost } from './host/node-host';
import { createNodeSigning } from './host/node-signing';
import { MessageFrames } from './lsp/message-frames';
import { serve } from './lsp/server';
import { RULES } from './rules/index';
import { textRunsInThreads } from './session/text-runs';

const connection = createConnection(ProposedFeatures.all);
const host = createNodeHost(__dirname, (level, message) => connection.console[level](message));

serve({
  connection,
  host,
  rules: RULES,
  git: createNodeGit(),
  recording: {
    home: homedir(),
    environment: process.env,
    platform: process.platform,
    node: process.execPath,
    program: join(__dirname, 'cli.js'),
  },
  signing: createNodeSigning(),
  version,
  startRun: textRunsInThreads(join(__dirname, 'worker.js')),
  loadParsers: async () => {
    const runtime = await startWasmRuntime((file) => join(__dirname, file));
    const [typescript, tsx] = await Promise.all([runtime.parserFor('typescript'), runtime.parserFor('tsx')]);
    return { typescript, tsx };
  },
});
if (process.argv.includes('--stdio')) {
  const frames = new MessageFrames();
  process.stdin.on('data', (bytes) => {
    if (frames.read(bytes)) return;
    process.stderr.write(
      'What came over standard input is no message of the Language Server Protocol, so the server ends. ' +
        'It is to be started by an editor: docs/other-editors.md says how.\n',
    );
    process.exit(2);
  });
}
connection.listen();
