// npm start: opens VS Code with this Countersign in it.
//
//   npm start [FOLDER]              the sample shop unless a folder is given
//   npm start -- --browser          VS Code in the browser, although the `code` command is there
//   npm start -- --port 8123        the browser's port; any free one unless given
//
// Exit code: 0 opened (in the browser: and ended by Ctrl-C), 1 the build failed, 2 could not start.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installHost } from '../test/vscode-host/install.mjs';
import { startServer, workbenchUrl, writeFirstSettings } from '../test/vscode-host/server.mjs';
import { installDependencies, requireNodeVersion } from './install.mjs';
import { exitCode, parseOptions, Refusal, root, runAsProgram } from './repository.mjs';
import { findProgram, runCommand } from './run-command.mjs';

/** Settings and extensions of the VS Code in the browser: apart from those of any other VS Code. */
const DATA = join(root, '.cache', 'vscode-data');

/** What a first start sets; the person may change it there. Workspace trust is left as it is: on. */
const FIRST_SETTINGS = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'files.autoSave': 'off', // VS Code in a browser would save the shop by itself
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true, // its panel would cover a third of the window
  'extensions.ignoreRecommendations': true,
};

const USAGE = 'Usage: npm start [FOLDER], or npm start -- [--browser] [--port N] [FOLDER]';

/**
 * @param {string[]} args
 * @throws {Refusal} when they make no sense
 */
function parse(args) {
  const { values, positionals } = parseOptions(
    args,
    { browser: { type: 'boolean' }, port: { type: 'string' } },
    USAGE,
  );
  const port = Number(values['port'] ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Refusal(`${values['port']} is no port. ${USAGE}`);
  if (positionals.length > 1) throw new Refusal(`npm start opens one folder. ${USAGE}`);
  // npm runs scripts in the repository; a relative folder is meant from where the person is.
  const from = process.env['INIT_CWD'] ?? process.cwd();
  const folder = resolve(from, positionals[0] ?? join(root, 'test', 'workspaces', 'shop'));
  if (!existsSync(folder)) throw new Refusal(`There is no folder ${folder}. ${USAGE}`);
  if (!statSync(folder).isDirectory())
    throw new Refusal(`${folder} is a file; npm start opens a folder. ${USAGE}`);
  return { folder, port, browser: values['browser'] === true || values['port'] !== undefined };
}

/**
 * Opens the person's own VS Code.
 * @param {string} code path of its command
 * @param {string} vsix
 * @param {string} folder
 */
async function openDesktop(code, vsix, folder) {
  const shell = process.platform === 'win32'; // code.cmd is a script there
  for (const args of [['--install-extension', vsix, '--force'], [folder]]) {
    console.log(`code ${args.join(' ')}`);
    const status = await runCommand(
      shell ? `"${code}"` : code,
      shell ? args.map((arg) => `"${arg}"`) : args,
      { shell },
    );
    if (status !== 0) {
      throw new Refusal(
        `code ended with exit code ${status}. Without it: npm start -- --browser`,
        exitCode.failed,
      );
    }
  }
  console.log(
    'Opened VS Code. To remove Countersign again: code --uninstall-extension countersign.countersign',
  );
}

/**
 * Serves VS Code to this machine's browsers until Ctrl-C.
 * @param {string} vsix
 * @param {string} folder
 * @param {number} port
 */
async function serveBrowser(vsix, folder, port) {
  const host = await installHost({ native: 'where possible' });
  const extensionsDir = join(DATA, 'extensions');
  const dataOptions = ['--server-data-dir', DATA, '--user-data-dir', DATA, '--extensions-dir', extensionsDir];
  const installing = [
    '--accept-server-license-terms',
    '--install-extension',
    vsix,
    '--force',
    ...dataOptions,
  ];
  const installed = await runCommand(host.node, [join(host.server, 'out/server-main.js'), ...installing], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (installed !== 0) throw new Refusal(`The VS Code server could not install ${vsix}.`, exitCode.failed);

  writeFirstSettings(DATA, FIRST_SETTINGS);
  const stopped = askedToStop();
  // Whoever reaches the port could read and write files with this person's rights: hence the token, and loopback.
  const token = randomBytes(24).toString('base64url');
  const server = await startServer({ host, dataDir: DATA, extensionsDir, token, port });
  const ended = new Promise((_, reject) => {
    server.child.once('exit', (code) =>
      reject(new Refusal(`The VS Code server ended (${code}).`, exitCode.failed)),
    );
  });
  const address = new URL(workbenchUrl(server.endpoint, { folder }));
  address.searchParams.set('tkn', token);
  console.log(`\nOpen this address in a browser on this machine:\n\n  ${address.href}\n\nCtrl-C ends it.`);
  try {
    await Promise.race([stopped, ended]);
  } finally {
    server.child.removeAllListeners('exit');
    await server.stop();
  }
  console.log('Ended.');
}

/** @returns {Promise<void>} */
function askedToStop() {
  return new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => stop());
    // npm starts scripts through a shell: when npm is ended, no signal reaches this process.
    if (process.env['npm_lifecycle_event'] === undefined) return;
    const before = ancestors();
    setInterval(() => ancestors() !== before && stop(), 500).unref();
  });
}

/** The processes that started this one: the shell and, where the system says so, npm. */
function ancestors() {
  try {
    const status = readFileSync(`/proc/${process.ppid}/status`, 'utf8');
    return `${process.ppid} ${/^PPid:\s*(\d+)/m.exec(status)?.[1]}`;
  } catch {
    return String(process.ppid); // no /proc
  }
}

runAsProgram(import.meta.url, async (args) => {
  const { folder, port, browser } = parse(args);
  requireNodeVersion();
  await installDependencies();
  const { packageExtension } = await import('./package.mjs');
  console.log('Building Countersign …');
  const vsix = await packageExtension();
  const code = browser ? undefined : findProgram('code');
  if (code === undefined) await serveBrowser(vsix, folder, port);
  else await openDesktop(code, vsix, folder);
  return exitCode.ok;
});
