// What VS Code loads to run the tests inside it (`extensionTestsPath`). Which suites run and what has to be
// true of the window comes from the environment, which scripts/vscode-tests.mjs sets:
//
//   COUNTERSIGN_TEST_TRUST      "untrusted" runs *.untrusted.test.ts only; otherwise all the others run
//   COUNTERSIGN_TEST_EXTENSION  folder that the tested extension has to lie in
//   COUNTERSIGN_TEST_GREP       only tests whose title matches this regular expression
//   COUNTERSIGN_TEST_RESULT     file for the counts, as JSON
import assert from 'node:assert/strict';
import { readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { extensionUnderTest } from './harness';

const untrusted = process.env['COUNTERSIGN_TEST_TRUST'] === 'untrusted';

/** Runs the suites; rejects when one failed. */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  assertWindowIsAsMeant();
  const grep = process.env['COUNTERSIGN_TEST_GREP'];
  const mocha = new Mocha({
    ui: 'bdd',
    color: false,
    reporter: 'spec',
    timeout: 60_000, // above the limits of the harness, whose messages say more
    forbidPending: true,
    forbidOnly: Boolean(process.env['CI']),
    ...(grep ? { grep } : {}),
  });
  for (const file of suites()) mocha.addFile(file);
  const counts = await new Promise<{ passed: number; failed: number }>((resolve) => {
    const runner = mocha.run((failed) => resolve({ passed: runner.stats?.passes ?? 0, failed }));
  });
  if (counts.passed + counts.failed === 0 && !grep) throw new Error('no test was run');
  const resultFile = process.env['COUNTERSIGN_TEST_RESULT'];
  if (resultFile) writeFileSync(resultFile, JSON.stringify(counts));
  if (counts.failed > 0) throw new Error(`${counts.failed} failed`);
}

function suites(): string[] {
  return readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.cjs') && name.endsWith('.untrusted.test.cjs') === untrusted)
    .sort()
    .map((name) => join(__dirname, name));
}

/** A run that tests another window than it says it does must not pass. */
function assertWindowIsAsMeant(): void {
  assert.equal(vscode.workspace.isTrusted, !untrusted, 'trust of the window');
  const folder = process.env['COUNTERSIGN_TEST_EXTENSION'];
  if (!folder) return;
  const actual = realpathSync(extensionUnderTest().extensionPath);
  assert.ok(
    actual.startsWith(realpathSync(folder)),
    `the tested extension is ${actual}, not one in ${folder}`,
  );
}
