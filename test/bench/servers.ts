/** The servers that are compared, each as a program to start. */
import { join } from 'node:path';

import { repositoryRoot } from '../repository-root';
import { packagesFolder } from './inputs';
import type { ServerProgram } from './stdio-client';

const inRoot = (path: string) => join(repositoryRoot(), path);

/** The server that ships. */
export const COUNTERSIGN: ServerProgram = {
  name: 'Countersign',
  args: [inRoot('dist/server.js'), '--stdio'],
  folder: packagesFolder(),
  settings: {},
};

/** See `parse-only-server.ts`. */
export const PARSE_ONLY: ServerProgram = {
  name: 'Countersign, parsing only',
  args: [inRoot('out/bench/start-parse-only.cjs'), '--stdio'],
  folder: packagesFolder(),
  settings: {},
};

/** ESLint's language server, with the settings that VS Code's extension has unless told otherwise. */
export const ESLINT: ServerProgram = {
  name: "ESLint's language server",
  args: [
    join(packagesFolder(), 'node_modules/vscode-langservers-extracted/bin/vscode-eslint-language-server'),
    '--stdio',
  ],
  folder: packagesFolder(),
  settings: {
    validate: 'on',
    packageManager: 'npm',
    useESLintClass: true,
    useFlatConfig: true,
    experimental: { useFlatConfig: false },
    codeAction: {
      disableRuleComment: { enable: true, location: 'separateLine', commentStyle: 'line' },
      showDocumentation: { enable: true },
    },
    codeActionOnSave: { mode: 'all' },
    format: false,
    quiet: false,
    onIgnoredFiles: 'off',
    options: {},
    rulesCustomizations: [],
    run: 'onType',
    problems: { shortenToSingleLine: false },
    nodePath: null,
    workingDirectory: { mode: 'location' },
    workspaceFolder: { uri: `file://${packagesFolder()}`, name: 'bench' },
  },
};
