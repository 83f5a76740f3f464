// Where the repository is and what it says of itself: the one place that every script asks.
// Node's own modules only: start and test run before anything is installed.
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** Absolute path of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @returns {{ name: string, publisher: string, version: string, engines: { vscode: string, node: string } }} */
export function manifest() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

/** Exit codes of all scripts: 0 done, 1 something that was checked failed, 2 cannot start (wrong use, missing tool). */
export const exitCode = { ok: 0, failed: 1, cannotStart: 2 };

/** A failure that the person can mend: scripts print its message without a stack and end with `code`. */
export class Refusal extends Error {
  /**
   * @param {string} message what is wrong, then what to do
   * @param {number} code
   */
  constructor(message, code = exitCode.cannotStart) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

/**
 * @param {string[]} args
 * @param {Record<string, { type: 'boolean' | 'string' }>} options
 * @param {string} usage
 * @returns {{ values: Record<string, string | boolean | undefined>, positionals: string[] }}
 * @throws {Refusal} on an unknown option or a missing value
 */
export function parseOptions(args, options, usage) {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return { values: /** @type {Record<string, string | boolean | undefined>} */ (values), positionals };
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message.split('.')[0] : error}. ${usage}`);
  }
}

/**
 * Runs `main` when the given module is the program that Node was started with, and turns what it
 * throws into a message and an exit code.
 * @param {string} moduleUrl `import.meta.url` of the script
 * @param {(args: string[]) => Promise<number>} main resolves to the exit code
 */
export async function runAsProgram(moduleUrl, main) {
  if (process.argv[1] === undefined || realpathSync(process.argv[1]) !== fileURLToPath(moduleUrl)) return;
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    if (error instanceof Refusal) console.error(error.message);
    else console.error(error);
    process.exitCode = error instanceof Refusal ? error.code : exitCode.failed;
  }
}
