// Bundles the extension, the language server, the command line and the tests.
//
//   node scripts/build.mjs            everything, into dist/ and out/test/
//   node scripts/build.mjs --watch    the same again after each change, until Ctrl-C
//
// Bundles are CommonJS because the editor loads extensions so. Files are overwritten in place and only
// stale ones removed, so that an editor or a test that runs meanwhile never sees an empty dist/.
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, watch } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import * as esbuild from 'esbuild';
import { exitCode, parseOptions, Refusal, root, runAsProgram } from './repository.mjs';

const require = createRequire(import.meta.url);

/** What the VSIX's bundles are made from. Optional ones are built as soon as their source exists. */
const PROGRAMS = [
  { source: 'client/src/extension.ts', bundle: 'extension', optional: false },
  { source: 'server/src/start.ts', bundle: 'server', optional: false },
  { source: 'server/src/main.ts', bundle: 'language-server', optional: false },
  { source: 'server/src/cli/main.ts', bundle: 'cli', optional: false },
  { source: 'server/src/cli/engine.ts', bundle: 'engine', optional: false },
  { source: 'server/src/cli/checking.ts', bundle: 'checking', optional: false },
  { source: 'server/src/cli/loading.ts', bundle: 'loading', optional: false },
  { source: 'server/src/cli/recording.ts', bundle: 'recording', optional: false },
  { source: 'server/src/cli/routing.ts', bundle: 'routing', optional: false },
  { source: 'server/src/workspace/worker.ts', bundle: 'worker', optional: true },
];

/**
 * A megabyte that is needed only where regular expressions are judged: in a file of its own, so that no program reads
 * it before.
 */
const ANALYSER = 'scslre';

/** @type {esbuild.Plugin} */
const analyserApart = {
  name: 'analyser apart',
  setup: ({ onResolve }) => {
    onResolve({ filter: new RegExp(`^${ANALYSER}$`) }, () => ({ path: `./${ANALYSER}.js`, external: true }));
  },
};

/** Native and optional: the VSIX is one for all platforms and goes without them. */
export const NATIVE = ['tree-sitter', 'tree-sitter-typescript'];

/**
 * What all bundles have in common.
 * @type {esbuild.BuildOptions}
 */
export const COMMON = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'linked',
  alias: {
    // The package's exports name its .cjs for `require` only, and esbuild follows `import`.
    'web-tree-sitter': require.resolve('web-tree-sitter'),
    // Its other form finds its parts by a `require` that esbuild cannot follow.
    'jsonc-parser': require.resolve('jsonc-parser/lib/esm/main.js'),
  },
  metafile: true,
  logLevel: 'silent',
};

/** @param {string} path relative to the repository, with `/` */
const inRoot = (path) => join(root, ...path.split('/'));

/**
 * Files below a folder, relative to the repository, with `/`, sorted.
 * @param {string} folder relative to the repository
 * @param {(path: string) => boolean} wanted
 */
function filesBelow(folder, wanted) {
  if (!existsSync(inRoot(folder))) return [];
  return readdirSync(inRoot(folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.split(sep).join('/')}`)
    .filter((path) => wanted(path) && statSync(inRoot(path)).isFile())
    .sort();
}

/** Test bundles: test files everywhere but in the sample code, and the entry of the tests inside VS Code. */
export function testSources() {
  const tests = filesBelow(
    'test',
    (path) => path.endsWith('.test.ts') && !/\/node_modules\/|^test\/(workspaces|corpora)\//.test(path),
  );
  const entry = 'test/extension/index.ts';
  return existsSync(inRoot(entry)) ? [...tests, entry] : tests;
}

/** @returns {esbuild.BuildOptions} */
function programOptions() {
  const present = PROGRAMS.filter(({ source, optional }) => {
    if (existsSync(inRoot(source))) return true;
    if (optional) return false;
    throw new Refusal(`The build needs ${source}, which is not there.`, exitCode.failed);
  });
  return {
    ...COMMON,
    entryPoints: [
      ...present.map(({ source, bundle }) => ({ in: inRoot(source), out: bundle })),
      { in: require.resolve(ANALYSER), out: ANALYSER },
    ],
    plugins: [analyserApart],
    outdir: inRoot('dist'),
    // The command line loads what is not always needed when it is.
    external: [
      'vscode',
      './checking.js',
      './engine.js',
      './loading.js',
      './recording.js',
      './routing.js',
      ...NATIVE,
    ],
    // By `require`: what Node loads by `import` goes through its other loader first, which takes as long as a command.
    supported: { 'dynamic-import': false },
  };
}

/** @returns {esbuild.BuildOptions} */
function testOptions() {
  return {
    ...COMMON,
    entryPoints: testSources(),
    outbase: 'test',
    outdir: inRoot('out/test'),
    outExtension: { '.js': '.cjs' },
    external: ['vscode', 'mocha', 'typescript', 'esbuild', ...NATIVE],
  };
}

/** The files that go into dist/ as they are: [from, to], both relative to the repository. */
function copies() {
  const rulePages = filesBelow('server/src/rules', (path) =>
    /^server\/src\/rules\/[^/]+\/[^/]+\.md$/.test(path),
  );
  return [
    ['node_modules/web-tree-sitter/web-tree-sitter.wasm', 'dist/web-tree-sitter.wasm'],
    ['node_modules/tree-sitter-typescript/tree-sitter-typescript.wasm', 'dist/tree-sitter-typescript.wasm'],
    ['node_modules/tree-sitter-typescript/tree-sitter-tsx.wasm', 'dist/tree-sitter-tsx.wasm'],
    ...rulePages.map((page) => [page, page.replace('server/src/rules/', 'dist/rules/')]),
  ].map(([from, to]) => ({ from: String(from), to: String(to) }));
}

/** @returns {string[]} the copied files, relative to the repository */
function copyFiles() {
  return copies().map(({ from, to }) => {
    mkdirSync(dirname(inRoot(to)), { recursive: true });
    copyFileSync(inRoot(from), inRoot(to));
    return to;
  });
}

/**
 * Removes what an earlier build left: a deleted test must not run, a deleted page must not ship.
 * @param {string} folder
 * @param {string[]} current
 */
function removeStale(folder, current) {
  const keep = new Set(current);
  for (const path of filesBelow(folder, (file) => !keep.has(file))) rmSync(inRoot(path), { force: true });
}

/** @param {esbuild.BuildResult} result */
const outputsOf = (result) => Object.keys(result.metafile?.outputs ?? {});

/**
 * @param {esbuild.BuildOptions} options
 * @returns {Promise<string[]>} the files written, relative to the repository
 */
async function bundle(options) {
  try {
    return outputsOf(await esbuild.build(options));
  } catch (error) {
    throw new Refusal(await readable(error), exitCode.failed);
  }
}

/**
 * @param {unknown} error what esbuild threw
 * @returns {Promise<string>} file, line and reason of each error
 */
async function readable(error) {
  const { errors } = /** @type {Partial<esbuild.BuildFailure>} */ (error);
  if (!errors?.length) return String(error);
  const color = process.stderr.isTTY && !process.env['NO_COLOR'];
  return (await esbuild.formatMessages(errors, { kind: 'error', color: Boolean(color) })).join('').trimEnd();
}

/** Builds dist/. @throws {Refusal} with a readable message */
export async function buildExtension() {
  const written = await bundle(programOptions());
  removeStale('dist', [...written, ...copyFiles()]);
}

/** Builds out/test/. @throws {Refusal} with a readable message */
export async function buildTests() {
  removeStale('out/test', await bundle(testOptions()));
}

/** Builds again after each change until the process is ended. */
async function watchForChanges() {
  /** @param {string} name @returns {esbuild.Plugin} */
  const report = (name) => ({
    name: 'report',
    setup: ({ onStart, onEnd }) => {
      // The problem matcher of .vscode/tasks.json waits for these lines of the extension.
      onStart(() => console.log(`[watch] ${name}: building`));
      onEnd(async (result) => {
        if (result.errors.length > 0) console.error(await readable(result));
        console.log(`[watch] ${name}: ${result.errors.length > 0 ? 'failed' : 'built'}`);
      });
    },
  });
  copyFiles();
  for (const [name, options] of /** @type {const} */ ([
    ['extension', programOptions()],
    ['tests', testOptions()],
  ])) {
    await (
      await esbuild.context({ ...options, plugins: [...(options.plugins ?? []), report(name)] })
    ).watch();
  }
  // Pages are copied, not bundled, so esbuild does not see them change. New test files need a restart.
  if (existsSync(inRoot('server/src/rules'))) {
    watch(inRoot('server/src/rules'), { recursive: true }, (_, file) => file?.endsWith('.md') && copyFiles());
  }
}

runAsProgram(import.meta.url, async (args) => {
  const { values } = parseOptions(args, { watch: { type: 'boolean' } }, 'The only option is --watch.');
  if (values['watch'] === true) {
    await watchForChanges();
    return exitCode.ok;
  }
  const started = performance.now();
  // Both are tried, so that one run shows every error.
  const failures = (await Promise.allSettled([buildTests(), buildExtension()])).flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason] : [],
  );
  for (const failure of failures) console.error(failure instanceof Refusal ? failure.message : failure);
  if (failures.length > 0) return exitCode.failed;
  const bundles = readdirSync(inRoot('dist')).filter((name) => name.endsWith('.js'));
  const sizes = bundles.map(
    (name) => `${name} ${Math.round(statSync(inRoot(`dist/${name}`)).size / 1024)} kB`,
  );
  console.log(
    `Built dist/ (${sizes.join(', ')}) and ${testSources().length} test bundles in ${relative(root, inRoot('out/test'))} ` +
      `in ${((performance.now() - started) / 1000).toFixed(1)} s.`,
  );
  return exitCode.ok;
});
