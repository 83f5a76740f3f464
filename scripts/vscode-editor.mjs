// The VS Code that tests run in: a downloaded one where it can be had, otherwise the host of
// test/vscode-host. Both take the same options on their command line.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installHost } from '../test/vscode-host/install.mjs';
import { requirePrograms } from '../test/vscode-host/system-packages.mjs';
import { root } from './repository.mjs';
import { findProgram, runCommand } from './run-command.mjs';

const UPDATES = 'https://update.code.visualstudio.com/api/releases/stable';
const PROBE_LIMIT_MS = 5_000;
const DOWNLOAD_LIMIT_MS = 240_000;

/**
 * @typedef {object} Editor
 * @property {string} name for the log
 * @property {(args: string[], env: NodeJS.ProcessEnv, limitMs: number) => Promise<number>} open runs it to its end; resolves to its exit code
 * @property {(args: string[]) => Promise<number>} manage `--install-extension` and the like
 */

/**
 * @returns {Promise<Editor>}
 * @throws {import('./repository.mjs').Refusal} when neither can be had
 */
export async function obtainEditor() {
  const desktop = await downloadedEditor();
  if (desktop !== undefined) return desktop;
  await requirePrograms(['browser']);
  await installHost({ native: 'required' });
  const runner = join(root, 'test', 'vscode-host', 'vscode-host.mjs');
  return {
    name: 'VS Code host (server in a headless browser)',
    open: (args, env, limitMs) =>
      runCommand(process.execPath, [runner, `--host-limit=${limitMs / 1000}`, ...args], { env }),
    manage: (args) =>
      runCommand(process.execPath, [runner, ...args], { stdio: ['ignore', 'ignore', 'inherit'] }),
  };
}

/** @returns {Promise<Editor | undefined>} undefined where VS Code cannot be downloaded or has no display */
async function downloadedEditor() {
  const needsDisplay =
    process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
  const virtualDisplay = needsDisplay ? findProgram('xvfb-run') : undefined;
  if (needsDisplay && virtualDisplay === undefined) {
    console.log('No display and no xvfb-run: VS Code desktop is not tried.');
    return undefined;
  }
  const executable = await downloadedExecutable();
  if (executable === undefined) return undefined;
  const { resolveCliArgsFromVSCodeExecutablePath } = await import('@vscode/test-electron');
  const [cli, ...cliArgs] = resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
  if (cli === undefined) return undefined;
  const shell = process.platform === 'win32'; // code.cmd is a script there
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return {
    name: `VS Code desktop (${executable})`,
    open: (args, { ELECTRON_RUN_AS_NODE: _, ...env }, limitMs) => {
      const all = ['--no-sandbox', '--disable-gpu-sandbox', '--disable-updates', ...args];
      const options = { env, timeout: limitMs, killSignal: /** @type {const} */ ('SIGKILL') };
      return virtualDisplay === undefined
        ? runCommand(executable, all, options)
        : runCommand(virtualDisplay, ['-a', executable, ...all], options);
    },
    manage: (args) => runCommand(cli, [...cliArgs, ...asRoot, ...args], { shell }),
  };
}

/** @returns {Promise<string | undefined>} path of a VS Code in .vscode-test/, downloaded unless it is there */
async function downloadedExecutable() {
  const cachePath = join(root, '.vscode-test');
  if (!existsSync(cachePath) && !(await answers(UPDATES))) {
    console.log('The download of VS Code does not answer.');
    return undefined;
  }
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('the time for it is over')), DOWNLOAD_LIMIT_MS);
  });
  try {
    const download = downloadAndUnzipVSCode({ version: 'stable', cachePath, timeout: 30_000 });
    return await /** @type {Promise<string>} */ (Promise.race([download, limit]));
  } catch (error) {
    console.log(`VS Code could not be downloaded: ${error instanceof Error ? error.message : error}`);
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** @param {string} url */
async function answers(url) {
  // Node's fetch knows no proxy: where one is set, the download itself is the only test.
  if (process.env['HTTPS_PROXY'] || process.env['https_proxy']) return true;
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(PROBE_LIMIT_MS) })).ok;
  } catch {
    return false;
  }
}
