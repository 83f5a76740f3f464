// Drives other editors without a window, each with the recipe that docs/other-editors.md gives for it.
//
//   npm run test:editors                  Neovim and Emacs
//   npm run test:editors -- neovim        one of them
//
// npm test runs the same as a stage where CI is set. The last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathOf, requirePrograms } from '../test/vscode-host/system-packages.mjs';
import { installDependencies, requireNodeVersion } from './install.mjs';
import { exitCode, parseOptions, Refusal, root, runAsProgram } from './repository.mjs';

/** @typedef {import('./node-tests.mjs').Counts} Counts */

/**
 * @typedef {object} Editor
 * @property {'neovim' | 'emacs'} name
 * @property {(program: string) => string} heading of the recipe for this version
 * @property {(recipe: string, driver: string) => string[]} args given the paths of two files
 * @property {string} ending of both
 * @property {number} checks how many its driver makes; fewer mean that it ended early
 */

/** @type {Editor[]} */
export const EDITORS = [
  {
    name: 'neovim',
    heading: (program) => {
      const minor = Number(/NVIM v0\.(\d+)/.exec(versionOf(program))?.[1] ?? Number.POSITIVE_INFINITY);
      if (minor >= 11) return '### Neovim 0.11 and newer';
      return minor >= 8 ? '### Neovim 0.8 to 0.10' : '### Neovim 0.7';
    },
    args: (recipe, driver) => ['--headless', '-n', '-i', 'NONE', '-u', recipe, '-c', `luafile ${driver}`],
    ending: 'lua',
    checks: 15,
  },
  {
    name: 'emacs',
    heading: () => '## Emacs',
    args: (recipe, driver) => ['--fg-daemon=test', '--no-init-file', '-l', recipe, '-l', driver],
    ending: 'el',
    checks: 12,
  },
];

const LIMIT_MS = 120_000;

/** What the drivers open. The second line of code has letters of two and of four bytes before its finding. */
const FILES = {
  'app.js': [
    "const [https, ORIGIN] = [require('node:https'), 'https://example.org'];",
    'exports.get = () => https.request(ORIGIN, { rejectUnauthorized: false });',
    "const ä = '🙂' + eval(process.argv[2]);",
    '',
  ].join('\n'),
  'other.js': 'eval(process.argv[2]);\n',
  'other.ts': 'eval(process.argv[2]);\n',
  '.countersignrc.json': '{ "profile": "strict" }\n',
};

/**
 * Runs one editor.
 * @param {Editor} editor
 * @returns {Promise<Counts>}
 * @throws {Refusal} when it is not there
 */
export async function runEditor({ name, heading, args, ending, checks }) {
  await requirePrograms([name]);
  const program = /** @type {string} */ (pathOf(name));
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-editor-')));
  try {
    const project = join(folder, 'project');
    mkdirSync(project);
    spawnSync('git', ['init', '-q', project], { stdio: 'ignore' });
    for (const [path, text] of Object.entries(FILES)) writeFileSync(join(project, path), text);
    const recipe = join(folder, `recipe.${ending}`);
    writeFileSync(recipe, recipeOf(heading(program)));
    console.log(`${versionOf(program)}, with the recipe "${heading(program).replace(/^#+ /, '')}"`);
    const driver = join(root, 'test', 'editors', `${name}.${ending}`);
    const { stdout, stderr, status, error } = spawnSync(program, args(recipe, driver), {
      cwd: project,
      env: { ...process.env, ...ownFolders(folder), PATH: pathWithCountersign(folder) },
      encoding: 'utf8',
      timeout: LIMIT_MS,
    });
    // A daemon has no standard output.
    const said = `${stdout}${stderr}`;
    const lines = said.split('\n').filter((line) => /^(?:not )?ok - /.test(line));
    const passed = lines.filter((line) => line.startsWith('ok')).length;
    // All that is missing counts as one failure: a driver stops at its first.
    const counts = { passed, failed: error || status !== 0 || passed !== checks ? 1 : 0 };
    console.log(lines.join('\n'));
    if (counts.failed > 0) {
      const end = error?.message ?? `exit code ${status}`;
      console.error(`${name} ended (${end}) after ${lines.length} of ${checks} checks. It said:\n${said}`);
    }
    if (await serversEnd(folder)) counts.passed++;
    else {
      console.error(`A server of ${name} is still running after its end.`);
      counts.failed++;
    }
    return counts;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** @param {string} program */
const versionOf = (program) =>
  spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout?.split('\n')[0] ?? program;

/**
 * The first block of code below a heading of the page that people copy from.
 * @param {string} heading
 */
function recipeOf(heading) {
  const page = readFileSync(join(root, 'docs', 'other-editors.md'), 'utf8');
  const start = page.indexOf(`\n${heading}\n`);
  const block = /\n```\w+\n([\s\S]*?)\n```\n/.exec(start < 0 ? '' : page.slice(start))?.[1];
  if (block === undefined) throw new Error(`docs/other-editors.md has no recipe below "${heading}"`);
  return `${block}\n`;
}

/**
 * What belongs to the person is neither read nor written.
 * @param {string} folder
 */
function ownFolders(folder) {
  const names = ['HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_CACHE_HOME'];
  return Object.fromEntries(
    names.map((name) => {
      const own = join(folder, name);
      mkdirSync(own, { recursive: true });
      return [name, own];
    }),
  );
}

/**
 * `npm link` would put `countersign` on the PATH; here a script does, which also leaves the number of its process.
 * @param {string} folder
 */
function pathWithCountersign(folder) {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  mkdirSync(join(folder, 'pids'));
  const script = join(bin, 'countersign');
  const cli = join(root, 'dist', 'cli.js');
  writeFileSync(script, `#!/bin/sh\n: > '${folder}/pids/'$$\nexec '${process.execPath}' '${cli}' "$@"\n`);
  chmodSync(script, 0o755);
  return `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
}

/**
 * Whether every server that an editor started ends, and there was one.
 * @param {string} folder
 */
async function serversEnd(folder) {
  const pids = readdirSync(join(folder, 'pids')).map(Number);
  for (const end = performance.now() + 10_000; performance.now() < end; await pause(50)) {
    if (pids.length > 0 && !pids.some(isRunning)) return true;
  }
  return false;
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** All editors, as a stage of npm test. @param {Editor[]} editors @returns {Promise<Counts>} */
export async function runEditors(editors = EDITORS) {
  await requirePrograms(editors.map(({ name }) => name));
  const total = { passed: 0, failed: 0 };
  for (const editor of editors) {
    const { passed, failed } = await runEditor(editor);
    total.passed += passed;
    total.failed += failed;
  }
  return total;
}

runAsProgram(import.meta.url, async (args) => {
  const usage = `Usage: npm run test:editors -- [${EDITORS.map(({ name }) => name).join('|')}]`;
  const { positionals } = parseOptions(args, {}, usage);
  const unknown = positionals.filter((given) => !EDITORS.some(({ name }) => name === given));
  if (unknown.length > 0) throw new Refusal(`Unknown: ${unknown.join(' ')}. ${usage}`);
  requireNodeVersion();
  await installDependencies();
  const { buildExtension } = await import('./build.mjs');
  await buildExtension();
  const wanted = EDITORS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const { passed, failed } = await runEditors(wanted);
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? exitCode.failed : exitCode.ok;
});
