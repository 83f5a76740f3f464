#!/usr/bin/env node
// A stand-in for the executable of VS Code desktop where that cannot be downloaded. It understands the
// options that tests need and ignores the others:
//
//   vscode-host.mjs --extensionDevelopmentPath=DIR --extensionTestsPath=FILE [--disable-extensions]
//                   [--disable-workspace-trust] [--extensions-dir=DIR] [--user-data-dir=DIR]
//                   [--host-limit=SECONDS] [--host-artifacts=DIR] [FOLDER]
//   vscode-host.mjs --install-extension=X.vsix --extensions-dir=DIR [--user-data-dir=DIR]
//
// Exit code: 0 the tests passed, 1 they failed, 2 anything else (time over, a crash, wrong use).
import { join } from 'node:path';
import { exitCode, Refusal, runAsProgram } from '../../scripts/repository.mjs';
import { runCommand } from '../../scripts/run-command.mjs';
import { installedHost } from './install.mjs';
import { runTests } from './run-tests.mjs';

/** @param {string[]} args */
function parse(args) {
  /** @type {Map<string, string[]>} */
  const options = new Map();
  /** @type {string | undefined} */
  let folder;
  for (const arg of args) {
    const option = /^--([^=]+)(?:=(.*))?$/s.exec(arg);
    if (option?.[1] !== undefined)
      options.set(option[1], [...(options.get(option[1]) ?? []), option[2] ?? '']);
    else folder ??= arg;
  }
  /** @param {string} name */
  const value = (name) => options.get(name)?.at(-1);
  return {
    all: (/** @type {string} */ name) => options.get(name) ?? [],
    value,
    has: options.has.bind(options),
    folder,
  };
}

/**
 * Lets the server's own command line install extensions.
 * @param {ReturnType<typeof parse>} options
 */
async function installExtensions(options) {
  const host = installedHost();
  const dataDir = options.value('user-data-dir');
  const extensionsDir = options.value('extensions-dir');
  if (extensionsDir === undefined) throw new Refusal('--install-extension needs --extensions-dir.');
  return runCommand(host.node, [
    join(host.server, 'out/server-main.js'),
    '--accept-server-license-terms',
    ...options.all('install-extension').flatMap((vsix) => ['--install-extension', vsix]),
    ...(options.has('force') ? ['--force'] : []),
    ...(dataDir === undefined ? [] : ['--server-data-dir', dataDir, '--user-data-dir', dataDir]),
    ...['--extensions-dir', extensionsDir],
  ]);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

runAsProgram(import.meta.url, async (args) => {
  const options = parse(args);
  if (options.has('install-extension')) return installExtensions(options);
  const extensionTestsPath = options.value('extensionTestsPath');
  if (extensionTestsPath === undefined) throw new Refusal('--extensionTestsPath is needed.');
  try {
    return await runTests({
      host: installedHost(),
      extensionDevelopmentPath: options.all('extensionDevelopmentPath'),
      extensionTestsPath,
      folder: options.folder,
      dataDir: options.value('user-data-dir'),
      extensionsDir: options.value('extensions-dir'),
      disableExtensions: options.has('disable-extensions'),
      trustEverything: options.has('disable-workspace-trust'),
      limitMs: Number(options.value('host-limit') ?? 300) * 1000,
      artifacts: options.value('host-artifacts'),
    });
  } catch (error) {
    console.error(`VS Code host: ${error instanceof Error ? error.message : error}`);
    return exitCode.cannotStart;
  }
});
