// Installs the packages of package-lock.json when node_modules lacks some, for a clean clone's first
// `npm start` or `npm test`. Node's own modules only.
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { manifest, Refusal, root } from './repository.mjs';
import { runNpm } from './run-command.mjs';

/**
 * @typedef {{ version?: string, optional?: boolean, peer?: boolean, devOptional?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lockfile
 */

/** @param {string} path @returns {Lockfile} */
const readLockfile = (path) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * @throws {Refusal} on a Node.js that the tools do not run on
 */
export function requireNodeVersion() {
  const needed = manifest().engines.node.replace('>=', '').split('.').map(Number);
  const present = process.versions.node.split('.').map(Number);
  const first = needed.findIndex((part, index) => part !== present[index]);
  if (first !== -1 && Number(present[first]) < Number(needed[first])) {
    throw new Refusal(
      `This is Node.js ${process.versions.node}; Countersign needs ${needed.join('.')} or newer. ` +
        'Install a newer one and run the same command again.',
    );
  }
}

/**
 * Packages that a folder's lockfile names and its node_modules lacks or has in another version.
 * @param {string} folder
 */
function missingPackages(folder) {
  const wanted = readLockfile(join(folder, 'package-lock.json')).packages;
  // npm's own record of what it has put there
  const record = join(folder, 'node_modules', '.package-lock.json');
  const present = existsSync(record) ? readLockfile(record).packages : {};
  return Object.entries(wanted)
    .filter(([path, { version, optional, devOptional }]) => {
      const isOptional = optional || devOptional; // those of other platforms are never there
      if (path === '' || present[path]?.version === version) return false;
      return !isOptional || present[path] !== undefined;
    })
    .map(([path]) => path);
}

/**
 * Installs what is missing, and nothing (no network) when all is there.
 * @throws {Refusal} when npm is missing or fails
 */
export function installDependencies() {
  return installInto(root, []);
}

/**
 * Installs the real code that tests read. It is never run, so neither are its scripts.
 * @throws {Refusal} when npm is missing or fails
 */
export function installCorpora() {
  return installInto(join(root, 'test', 'corpora'), ['--ignore-scripts']);
}

/**
 * Installs the well-kept packages on which precision is measured. They are never run, so neither are their scripts.
 * @throws {Refusal} when npm is missing or fails
 */
export function installCleanCorpora() {
  return installInto(join(root, 'test', 'corpora', 'clean'), ['--ignore-scripts']);
}

/**
 * Installs what the benchmark measures on and against. Only the linters there are ever run.
 * @throws {Refusal} when npm is missing or fails
 */
export function installBench() {
  return installInto(join(root, 'test', 'bench', 'packages'), ['--ignore-scripts']);
}

/** @param {string} folder @param {string[]} options */
async function installInto(folder, options) {
  const missing = missingPackages(folder);
  if (missing.length === 0) return;
  console.log(
    `Installing ${missing.length} packages that ${join(relative(root, folder), 'package-lock.json')} names …`,
  );
  // Not `npm ci`: it empties node_modules under another running script, and it refuses a lockfile that lacks
  // optional packages of other systems. `--no-save` leaves package.json and the lockfile as they are.
  await runNpm(['install', '--no-save', '--no-audit', '--no-fund', ...options], { cwd: folder });
}
