// Programs that npm cannot install. On a build machine they are installed; on somebody's own machine
// the command is said and the run ends, because installing system packages is the person's decision.
import { existsSync } from 'node:fs';
import { Refusal } from '../../scripts/repository.mjs';
import { findProgram, runCommand } from '../../scripts/run-command.mjs';

/** What is needed, as Debian's packages, and the programs of which one has to be on the PATH. */
const PROGRAMS = {
  browser: {
    debian: ['chromium'],
    names: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
  },
  compiler: { debian: ['g++'], names: ['g++', 'c++'] },
  make: { debian: ['make'], names: ['make', 'gmake'] },
  python: { debian: ['python3'], names: ['python3', 'python'] },
  neovim: { debian: ['neovim'], names: ['nvim'] },
  // Eglot is part of Emacs since 29 only.
  emacs: { debian: ['emacs-nox', 'elpa-eglot'], names: ['emacs'] },
};

/** @typedef {keyof typeof PROGRAMS} Program */

/** node-gyp's needs. @type {Program[]} */
export const COMPILING = ['compiler', 'make', 'python'];

/** @param {Program} program @returns {string | undefined} absolute path */
export const pathOf = (program) => findProgram(...PROGRAMS[program].names);

/** @param {Program[]} programs */
export const arePresent = (programs) => programs.every((program) => pathOf(program) !== undefined);

/**
 * Makes sure that the programs are there.
 * @param {Program[]} programs
 * @throws {Refusal} naming the command to run, unless this is root on a build machine (`CI` is set)
 */
export async function requirePrograms(programs) {
  const packages = programs
    .filter((program) => !arePresent([program]))
    .flatMap((program) => PROGRAMS[program].debian);
  if (packages.length === 0) return;
  const install = ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages];
  const isRoot = process.getuid?.() === 0;
  const mayInstall = process.env['CI'] && isRoot && existsSync('/usr/bin/apt-get');
  if (!mayInstall) {
    throw new Refusal(
      `These programs are missing: ${packages.join(', ')}. On Debian or Ubuntu run:\n\n` +
        `  ${isRoot ? '' : 'sudo '}${install.filter((word) => word !== '-qq').join(' ')}\n\n` +
        'and then the same command again. (With CI=1 and as root this is done for you.)',
    );
  }
  console.log(`Installing system packages: ${packages.join(', ')} …`);
  /** @type {import('node:child_process').SpawnOptions} */
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  await runCommand('apt-get', ['update', '-qq'], quiet);
  const code = await runCommand('apt-get', install.slice(1), quiet);
  if (code !== 0 || !arePresent(programs)) {
    throw new Refusal(`${install.join(' ')} failed (exit code ${code}); its own message is above.`);
  }
}
