// Measures what docs/benchmarks.md promises, as ratios within one run, and says what holds.
//
//   npm run bench                       all parts
//   npm run bench -- keystrokes scan    only these
//   npm run bench -- --quick            fewer repetitions, less input: for a first look
//   npm run bench -- --busy             processor time instead of time, where something else runs on the machine
//   npm run bench -- --write            writes the tables into docs/benchmarks.md as well
//   npm run bench -- --trace            writes test/bench/keystrokes.json anew, and measures nothing
//
// Exit code: 0 all budgets met, 1 one was missed or could not be measured, 2 could not start.
import { fork } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, release, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import * as esbuild from 'esbuild';
import { buildExtension, COMMON, NATIVE } from './build.mjs';
import { installBench, installDependencies, requireNodeVersion } from './install.mjs';
import { packageExtension } from './package.mjs';
import { exitCode, parseOptions, Refusal, root, runAsProgram } from './repository.mjs';

const require = createRequire(import.meta.url);

/** @typedef {import('../test/bench/part').PartResult} PartResult */

/** In this order they are run and stand in the documentation. */
const PARTS = ['keystrokes', 'servers', 'start-up', 'scan', 'growth', 'peer-scan'];
const DOCUMENT = join(root, 'docs', 'benchmarks.md');
const TRACE = join(root, 'test', 'bench', 'keystrokes.json');
const OUT = join(root, 'out', 'bench');
const USAGE = `Usage: npm run bench -- [${PARTS.join(' | ')} …] [--quick] [--busy] [--write] [--trace]`;

/** @param {string[]} args */
function parse(args) {
  const flag = /** @type {const} */ ({ type: 'boolean' });
  const options = { quick: flag, busy: flag, write: flag, trace: flag, slowest: flag };
  const { values, positionals } = parseOptions(args, options, USAGE);
  const unknown = positionals.find((part) => !PARTS.includes(part));
  if (unknown !== undefined) throw new Refusal(`There is no part ${unknown}. ${USAGE}`);
  const parts = PARTS.filter((part) => positionals.length === 0 || positionals.includes(part));
  const has = (/** @type {string} */ option) => values[option] === true;
  const handedOn = ['quick', 'busy', 'slowest'].filter(has).map((option) => `--${option}`);
  return { parts, write: has('write'), trace: has('trace'), handedOn };
}

/** The parts as programs, and what this script itself needs of them. */
async function buildBench() {
  const folder = join(root, 'test', 'bench');
  const parts = readdirSync(join(folder, 'parts')).map((name) => join(folder, 'parts', name));
  await esbuild.build({
    ...COMMON,
    entryPoints: [
      ...parts,
      ...['parse-only-server.ts', 'start-parse-only.ts', 'eslint-scan.ts', 'report.ts', 'trace.ts'].map(
        (name) => join(folder, name),
      ),
    ],
    outbase: folder,
    outdir: OUT,
    outExtension: { '.js': '.cjs' },
    external: NATIVE,
    // As in dist/: compiled code is kept of bundles without `import()`.
    supported: { 'dynamic-import': false },
    logLevel: 'warning',
  });
}

/**
 * @param {string} part
 * @param {string[]} args
 * @returns {Promise<PartResult>}
 */
function run(part, args) {
  const child = fork(join(OUT, 'parts', `${part}.cjs`), args, {
    cwd: root,
    execArgv: ['--enable-source-maps'],
  });
  return new Promise((resolve, reject) => {
    /** @type {PartResult | undefined} */
    let result;
    child.once('message', (message) => {
      result = /** @type {PartResult} */ (message);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (result) resolve(result);
      else reject(new Refusal(`The part ${part} ended without a result (${code}).`, exitCode.failed));
    });
  });
}

/** What the numbers depend on. */
function machine() {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${first?.model.trim()}, ${memory} GB, ${process.platform} ${release()}, Node.js ${process.versions.node}.`;
}

runAsProgram(import.meta.url, async (args) => {
  const { parts, write, trace, handedOn } = parse(args);
  requireNodeVersion();
  await installDependencies();
  await installBench();
  await Promise.all([buildBench(), buildExtension()]);
  if (trace) {
    const { makeTrace, traceText } = require(join(OUT, 'trace.cjs'));
    writeFileSync(TRACE, traceText(makeTrace()));
    console.log(`wrote ${basename(TRACE)}`);
    return exitCode.ok;
  }
  if (parts.includes('start-up'))
    await packageExtension({ build: false, out: join(OUT, 'countersign.vsix') });
  /** @type {typeof import('../test/bench/report')} */
  const { tableOf, verdictOf, withSection } = require(join(OUT, 'report.cjs'));
  let hasMissed = false;
  let document = readFileSync(DOCUMENT, 'utf8');
  for (const part of parts) {
    console.log(`\n── ${part}`);
    const { rows, note } = await run(part, handedOn);
    console.log(`${note}\n\n${tableOf(rows)}`);
    if (write) document = withSection(document, `bench:${part}`, `${note}\n\n${tableOf(rows)}`);
    hasMissed ||= rows.some((row) => verdictOf(row) === 'missed');
  }
  if (write) {
    writeFileSync(DOCUMENT, withSection(document, 'bench:machine', machine()));
    console.log(`\nwrote docs/${basename(DOCUMENT)}`);
  }
  return hasMissed ? exitCode.failed : exitCode.ok;
});
