// npm test: everything that has to hold, in the order in which it fails fastest.
//
//   npm test                    all stages
//   npm test -- --node          only the tests that need no VS Code (after their build)
//   npm test -- --vscode        only the tests inside VS Code (after the builds)
//   npm test -- --grep X        only tests whose title matches X, with any of the above
//   npm run ready               all stages as on a build machine: no `.only` left
//
// Later stages run although an earlier one failed, so that one run shows everything. The last line is
// `N passed, N failed` over all stages. Exit code: 0 all passed, 1 something failed, 2 could not start.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { installCorpora, installDependencies, requireNodeVersion } from './install.mjs';
import { exitCode, parseOptions, Refusal, root, runAsProgram } from './repository.mjs';

/** @typedef {import('./node-tests.mjs').Counts} Counts */

/**
 * @typedef {object} Options
 * @property {boolean} node
 * @property {boolean} vscode
 * @property {boolean} ready
 * @property {string | undefined} grep
 */

/** @param {string[]} args @returns {Options} */
function parse(args) {
  const usage = 'Usage: npm test -- [--node] [--vscode] [--ready] [--grep X]';
  const flag = /** @type {const} */ ({ type: 'boolean' });
  const options = { node: flag, vscode: flag, ready: flag, grep: /** @type {const} */ ({ type: 'string' }) };
  const { values, positionals } = parseOptions(args, options, usage);
  if (positionals.length > 0) throw new Refusal(`Unknown: ${positionals.join(' ')}. ${usage}`);
  const { node, vscode, ready, grep } = values;
  return {
    node: node === true,
    vscode: vscode === true,
    ready: ready === true,
    grep: typeof grep === 'string' ? grep : undefined,
  };
}

/** Runs stages one after the other and keeps the totals. */
class Run {
  /** @type {(Counts & { name: string, seconds: string })[]} */
  results = [];

  /**
   * @param {string} name
   * @param {() => Promise<Counts>} stage what it throws counts as one failure
   * @returns {Promise<boolean>} whether nothing failed
   */
  async stage(name, stage) {
    console.log(`\n── ${name}`);
    const started = performance.now();
    /** @type {Counts} */
    let counts = { passed: 0, failed: 1 };
    try {
      counts = await stage();
    } catch (error) {
      console.error(error instanceof Refusal ? error.message : error);
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    this.results.push({ name, seconds, ...counts });
    return counts.failed === 0;
  }

  /** Prints a line for each stage and, last, the totals. @returns {number} the exit code */
  summary() {
    console.log('');
    let [passed, failed] = [0, 0];
    for (const result of this.results) {
      console.log(`${result.name}: ${result.passed} ok, ${result.failed} not ok (${result.seconds} s)`);
      passed += result.passed;
      failed += result.failed;
    }
    console.log(`${passed} passed, ${failed} failed`);
    return failed > 0 || passed === 0 ? exitCode.failed : exitCode.ok;
  }
}

/** One thing that either works or throws. @param {() => unknown} action @returns {() => Promise<Counts>} */
const single = (action) => async () => {
  await action();
  return { passed: 1, failed: 0 };
};

/** @param {string | undefined} grep @returns {Promise<Counts>} */
function nodeTests(grep) {
  const script = join(root, 'scripts', 'node-tests.mjs');
  const child = fork(script, grep === undefined ? [] : ['--grep', grep], { cwd: root });
  return new Promise((resolve, reject) => {
    /** @type {Counts | undefined} */
    let counts;
    child.once('message', (message) => {
      counts = /** @type {Counts} */ (message);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (counts === undefined) reject(new Refusal(`The tests ended before their end (${code ?? signal}).`));
      else if (counts.passed + counts.failed === 0 && grep === undefined)
        reject(new Refusal('No test was run.'));
      else resolve(counts);
    });
  });
}

/** On a build machine only: nobody has to install two editors to work on a rule. @param {Run} run */
async function otherEditorsStage(run) {
  if (!process.env['CI'] || process.platform !== 'linux') return;
  const { runEditors } = await import('./editor-tests.mjs');
  await run.stage('tests in other editors', () => runEditors());
}

/** @param {Run} run @param {string | undefined} grep */
async function vscodeStages(run, grep) {
  const { obtainEditor } = await import('./vscode-editor.mjs');
  const { packageExtension } = await import('./package.mjs');
  const { runVscodeStage, VSCODE_STAGES } = await import('./vscode-tests.mjs');
  /** @type {import('./vscode-editor.mjs').Editor | undefined} */
  let editor;
  await run.stage(
    'VS Code for the tests',
    single(async () => {
      editor = await obtainEditor();
      console.log(editor.name);
    }),
  );
  /** @type {string | undefined} */
  let vsix;
  await run.stage(
    'VSIX for the tests',
    single(async () => {
      vsix = await packageExtension({ build: false });
    }),
  );
  if (editor === undefined) return; // counted as failed above
  for (const stage of VSCODE_STAGES) {
    if (stage.installed && vsix === undefined) continue; // so is this
    const [opened, packed] = [editor, vsix ?? ''];
    await run.stage(`tests ${stage.name}`, () => runVscodeStage(opened, stage, packed, grep));
  }
}

runAsProgram(import.meta.url, async (args) => {
  const { node, vscode, ready, grep } = parse(args);
  const everything = !node && !vscode;
  if (ready) process.env['CI'] ??= 'true'; // inherited by the tests, which then refuse `.only`
  requireNodeVersion();
  const run = new Run();
  if (!(await run.stage('packages', single(installDependencies)))) return run.summary();
  if (everything || node) await run.stage('real code for the tests', single(installCorpora));

  if (everything) {
    const { check, CHECKS } = await import('./check.mjs');
    await run.stage('check', async () => {
      const failed = check().length;
      return { passed: CHECKS - failed, failed };
    });
  }
  const { buildExtension, buildTests } = await import('./build.mjs');
  const testsBuilt = await run.stage('build of the tests', single(buildTests));
  const extensionBuilt = await run.stage('build of the extension', single(buildExtension));
  // Bundles of an earlier build would test what is no longer there.
  if ((everything || node) && testsBuilt) await run.stage('node tests', () => nodeTests(grep));
  if ((everything || vscode) && testsBuilt && extensionBuilt) await vscodeStages(run, grep);
  if (everything && grep === undefined && extensionBuilt) await otherEditorsStage(run);
  return run.summary();
});
