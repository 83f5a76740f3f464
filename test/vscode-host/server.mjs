// Starts and stops the host's VS Code server, and names what its workbench should open.
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Refusal } from '../../scripts/repository.mjs';

/** Settings for sessions that nobody sits at: nothing that moves, asks, or looks for something by itself. */
export const QUIET_SETTINGS = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'files.simpleDialog.enable': true,
  'files.autoSave': 'off', // the web workbench saves after a delay by default
};

/**
 * Writes settings.json of a data folder unless it has one.
 * @param {string} dataDir
 * @param {Record<string, unknown>} settings
 */
export function writeFirstSettings(dataDir, settings) {
  const file = join(dataDir, 'User', 'settings.json');
  if (existsSync(file)) return;
  mkdirSync(join(dataDir, 'User'), { recursive: true });
  writeFileSync(file, `${JSON.stringify(settings, null, 2)}\n`);
}

/**
 * @typedef {object} ServerOptions
 * @property {import('./install.mjs').Host} host
 * @property {string} dataDir settings and state
 * @property {string} extensionsDir
 * @property {string | undefined} [token] what the address has to carry; without one anybody on this machine may come in
 * @property {number} [port] 0 is any free one
 * @property {boolean} [trustEverything] turns workspace trust off
 * @property {boolean} [automation] lets a page start extension tests
 * @property {Record<string, string>} [env]
 * @property {string | undefined} [logFile]
 */

/**
 * Starts the server on loopback and waits until it listens.
 * @param {ServerOptions} options
 */
export async function startServer(options) {
  const { host, dataDir, extensionsDir, token, port = 0, logFile } = options;
  mkdirSync(dataDir, { recursive: true });
  mkdirSync(extensionsDir, { recursive: true });
  const args = [
    join(host.server, 'out/server-main.js'),
    ...['--host', '127.0.0.1', '--port', String(port)],
    ...tokenOptions(dataDir, token),
    ...[
      '--accept-server-license-terms',
      '--disable-telemetry',
      '--disable-experiments',
      '--force-disable-user-env',
    ],
    // A built server silently ignores extensionTestsPath in the address without this.
    ...(options.automation ? ['--enable-smoke-test-driver'] : []),
    ...(options.trustEverything ? ['--disable-workspace-trust'] : []),
    ...['--server-data-dir', dataDir, '--user-data-dir', dataDir, '--extensions-dir', extensionsDir],
  ];
  const child = spawn(host.node, args, {
    detached: true, // its own process group: server, extension hosts, language servers
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { EXTENSIONS_GALLERY: '{}', ...process.env, ...options.env }, // no marketplace: nothing is looked up
  });
  /** @param {NodeJS.Signals} signal */
  const signalGroup = (signal) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // already gone
    }
  };
  const lastResort = () => signalGroup('SIGKILL');
  process.once('exit', lastResort);

  const stop = async () => {
    process.off('exit', lastResort);
    if (child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((done) => child.once('exit', done));
      signalGroup('SIGTERM');
      const impatience = setTimeout(lastResort, 5_000);
      await gone;
      clearTimeout(impatience);
    }
    signalGroup('SIGKILL'); // whatever the group still holds
  };
  try {
    return { endpoint: await listening(child, logFile), child, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {string} dataDir
 * @param {string | undefined} token
 */
function tokenOptions(dataDir, token) {
  if (token === undefined) return ['--without-connection-token'];
  // In a file, because everybody on the machine may read the arguments of a process.
  const file = join(dataDir, 'connection-token');
  rmSync(file, { force: true });
  writeFileSync(file, token, { mode: 0o600 });
  return ['--connection-token-file', file];
}

/**
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} child
 * @param {string | undefined} logFile
 * @returns {Promise<URL>} the server's address
 */
function listening(child, logFile) {
  const log = logFile === undefined ? undefined : createWriteStream(logFile);
  /** @type {string[]} */
  const tail = [];
  const limitMs = 60_000;
  return new Promise((resolveWith, rejectWith) => {
    /** @param {string} what */
    const give = (what) => rejectWith(new Refusal(`${what}:\n${tail.join('')}`));
    const timer = setTimeout(
      () => give(`The VS Code server did not listen within ${limitMs / 1000} s`),
      limitMs,
    );
    /** @param {Buffer} data */
    const read = (data) => {
      log?.write(data);
      if (tail.push(String(data)) > 200) tail.shift();
      const address = /Web UI available at (\S+)/.exec(String(data))?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      const endpoint = new URL(address);
      endpoint.hostname = '127.0.0.1'; // it says "localhost" whatever --host is
      resolveWith(endpoint);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      give(`The VS Code server ended (${code ?? signal})`);
    });
    child.once('error', rejectWith);
  });
}

/**
 * The workbench's address for a folder, with what VS Code calls its payload: paths are named by the remote's
 * authority, which has to be exactly the host and port of the address bar.
 * @param {URL} endpoint
 * @param {{ folder?: string | undefined, payload?: [key: string, value: string | { path: string }][] }} open
 */
export function workbenchUrl(endpoint, { folder, payload = [] }) {
  const url = new URL(endpoint);
  if (folder !== undefined) {
    url.searchParams.set(extname(folder) === '.code-workspace' ? 'workspace' : 'folder', resolve(folder));
  }
  if (payload.length > 0) {
    /** @param {string} path */
    const remote = (path) => `vscode-remote://${endpoint.host}${pathToFileURL(resolve(path)).pathname}`;
    const values = payload.map(([key, value]) => [
      key,
      typeof value === 'string' ? value : remote(value.path),
    ]);
    url.searchParams.set('payload', JSON.stringify(values));
  }
  return url.href;
}
