// Starts other programs for the scripts: npm, and anything whose output the person should see.
// Node's own modules only: start and test run before anything is installed.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { Refusal } from './repository.mjs';

/**
 * Runs a program with the person's terminal.
 * @param {string} file
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code; 1 when a signal ended it
 */
export function runCommand(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/**
 * @param {string[]} names programs that would do, the best first
 * @returns {string | undefined} absolute path of the first that is on the PATH
 */
export function findProgram(...names) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const candidates = names.flatMap((name) =>
    folders.flatMap((dir) => endings.map((end) => join(dir, name + end))),
  );
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Runs npm: the one that started this script when there is one, so that versions do not mix.
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @throws {Refusal} when npm is missing or fails
 */
export async function runNpm(args, options) {
  const cli = process.env['npm_execpath'];
  const startedByNpm = cli !== undefined && basename(cli) === 'npm-cli.js';
  if (!startedByNpm && findProgram('npm') === undefined) {
    throw new Refusal('npm is not on the PATH. It comes with Node.js: install Node.js 20.19 or newer.');
  }
  const code = startedByNpm
    ? await runCommand(process.execPath, [cli, ...args], options)
    : await runCommand('npm', args, { ...options, shell: process.platform === 'win32' });
  if (code !== 0) {
    throw new Refusal(
      `npm ${args.join(' ')} failed in ${options.cwd} (exit code ${code}). ` +
        'Its own message is above; without a network, ask for the proxy settings that npm needs.',
    );
  }
}
