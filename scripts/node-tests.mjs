// Runs the test bundles that need no VS Code, in a process of their own, and sends the counts to its parent.
//
//   node scripts/node-tests.mjs [--grep X]    (npm test -- --node builds first)
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { exitCode, parseOptions, Refusal, root, runAsProgram } from './repository.mjs';

/** @typedef {{ passed: number, failed: number }} Counts */

/** Bundles in out/test, without those that run inside VS Code. */
function testBundles() {
  const folder = join(root, 'out', 'test');
  if (!existsSync(folder)) throw new Refusal('out/test is missing. Run: npm run build');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.cjs') && !/^extension[/\\]/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * @param {string | undefined} grep regular expression
 * @returns {Promise<Counts>}
 */
function runMocha(grep) {
  const mocha = new Mocha({
    ui: 'bdd',
    // The dots of a build machine's log say less than names, and a person wants failures at the end: spec has both.
    reporter: 'spec',
    timeout: 20_000,
    forbidPending: true, // a test that does not run is no passed test
    forbidOnly: Boolean(process.env['CI']),
    ...(grep === undefined ? {} : { grep }),
  });
  for (const file of testBundles()) mocha.addFile(file);
  return new Promise((resolve) => {
    const runner = mocha.run((failed) => resolve({ passed: runner.stats?.passes ?? 0, failed }));
  });
}

runAsProgram(import.meta.url, async (args) => {
  const { values } = parseOptions(args, { grep: { type: 'string' } }, 'The only option is --grep X.');
  process.setSourceMapsEnabled(true);
  const counts = await runMocha(typeof values['grep'] === 'string' ? values['grep'] : undefined);
  await new Promise((sent) => (process.send ? process.send(counts, sent) : sent(undefined)));
  // A test that leaves a timer or a server behind must not hold the run.
  process.exit(counts.failed > 0 || counts.passed === 0 ? exitCode.failed : exitCode.ok);
});
