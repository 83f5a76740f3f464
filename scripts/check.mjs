// Lints and type checks. Nothing is written unless asked.
//
//   node scripts/check.mjs            Biome's formatting and lint rules, types, the pure folders' types
//   node scripts/check.mjs --write    first formats and applies Biome's safe fixes
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { exitCode, parseOptions, root, runAsProgram } from './repository.mjs';

const require = createRequire(import.meta.url);

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} bin path of the tool's JavaScript
 * @property {string[]} args
 * @property {string} remedy what to do when it fails
 */

/** @param {boolean} write @returns {Step[]} */
function steps(write) {
  const tsc = require.resolve('typescript/bin/tsc');
  const biome = require.resolve('@biomejs/biome/bin/biome');
  // Output is collected, so the tools cannot see by themselves whether a person reads it; `biome ci` colours always.
  const color = Boolean(process.stderr.isTTY) && !process.env['NO_COLOR'];
  const biomeOptions = [`--colors=${color ? 'force' : 'off'}`, '.'];
  return [
    {
      name: 'format and lint',
      bin: biome,
      args: write ? ['check', '--write', ...biomeOptions] : ['ci', ...biomeOptions],
      remedy: 'Run: npm run check -- --write   (it formats and applies safe fixes; mend the rest by hand)',
    },
    {
      name: 'types',
      bin: tsc,
      args: ['-p', 'tsconfig.json', '--pretty', String(color)],
      remedy: 'Mend the types above; no configuration loosens them.',
    },
    {
      name: 'pure folders',
      bin: tsc,
      args: ['-p', 'tsconfig.pure.json', '--pretty', String(color)],
      remedy:
        'server/src/analysis, models and rules may use the language only: no Node, no packages, no editor. ' +
        'Move what needs more to syntax/, host/ or lsp/.',
    },
  ];
}

/** How many checks there are. */
export const CHECKS = steps(false).length;

/**
 * Runs every check, also after a failed one, and prints what failed and how to mend it.
 * @param {{ write?: boolean }} [options]
 * @returns {string[]} names of the failed checks
 */
export function check({ write = false } = {}) {
  return steps(write)
    .filter(({ name, bin, args, remedy }) => {
      const started = performance.now();
      const run = spawnSync(process.execPath, [bin, ...args], { cwd: root, encoding: 'utf8' });
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      if (run.status === 0) {
        console.log(`check: ${name} ok (${seconds} s)`);
        return false;
      }
      console.error(`${run.stdout}${run.stderr}`.trimEnd() || String(run.error));
      console.error(`check: ${name} failed (${seconds} s). ${remedy}`);
      return true;
    })
    .map(({ name }) => name);
}

runAsProgram(import.meta.url, async (args) => {
  const { values } = parseOptions(args, { write: { type: 'boolean' } }, 'The only option is --write.');
  return check({ write: values['write'] === true }).length > 0 ? exitCode.failed : exitCode.ok;
});
