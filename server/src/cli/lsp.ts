/** `countersign lsp --stdio`: the language server, for any editor that speaks the LSP. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { type Command, UsageError } from './command';

export const lsp: Command = {
  name: 'lsp',
  summary: 'run the language server, for editors',
  usage: '--stdio',
  options: [{ name: 'stdio', summary: 'speak with the editor over standard input and output' }],
  details: 'It is the server that the extension for VS Code starts, and ends when its client does.',

  async run({ switches, positionals }, { folder }) {
    if (positionals.length > 0) throw new UsageError('`lsp` takes no paths: the editor says what is open.');
    if (!switches.has('stdio'))
      throw new UsageError('`lsp` needs `--stdio`: there is no other way to speak with it.');
    // The server is a bundle of its own, and finds `--stdio` in the arguments of the process.
    createRequire(join(folder, 'cli.js'))('./server.js');
    return undefined;
  },
};
