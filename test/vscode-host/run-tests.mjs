// Runs a bundle of tests in the extension host of the VS Code server, through a headless browser.
import {
  closeSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { startServer, workbenchUrl } from './server.mjs';

/**
 * @typedef {object} TestRun
 * @property {import('./install.mjs').Host} host
 * @property {string[]} extensionDevelopmentPath
 * @property {string} extensionTestsPath a module with `run()`
 * @property {string | undefined} folder what the workbench opens
 * @property {string | undefined} dataDir a fresh one unless given
 * @property {string | undefined} extensionsDir a fresh one unless given
 * @property {boolean} disableExtensions installed ones; not the built-in ones, not those under development
 * @property {boolean} trustEverything
 * @property {number} limitMs
 * @property {string | undefined} artifacts folder for server.log, workbench.log and failure.png
 */

/**
 * @param {TestRun} run
 * @returns {Promise<number>} 0 when the tests' `run()` resolved, 1 when it rejected
 * @throws when the server, the browser or the extension host ended before that, or the time is over
 */
export async function runTests(run) {
  const temporary = mkdtempSync(join(tmpdir(), 'vscode-host-'));
  process.once('exit', () => rmSync(temporary, { recursive: true, force: true })); // also after a signal
  const { artifacts } = run;
  if (artifacts !== undefined) mkdirSync(artifacts, { recursive: true });
  const outFile = join(temporary, 'tests.out');
  const resultFile = join(temporary, 'tests.result');
  const entry = writeEntry(temporary, run.extensionTestsPath, outFile, resultFile);
  const stopPrinting = printWhatIsAppended(outFile, process.stdout);
  let server;
  let browser;
  try {
    server = await startServer({
      host: run.host,
      dataDir: run.dataDir ?? join(temporary, 'data'),
      extensionsDir: run.extensionsDir ?? join(temporary, 'extensions'),
      trustEverything: run.trustEverything,
      automation: true,
      env: { TMPDIR: temporary },
      logFile: artifacts && join(artifacts, 'server.log'),
    });
    browser = await launchBrowser(run.host);
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-US' });
    const code = await untilTestsEnd(await context.newPage(), server, entry, run);
    // VS Code reports an extension host that crashed as exit code 0: only our own entry's file counts.
    if (code === 0 && !existsSync(resultFile))
      throw new Error('the extension host ended before the tests did');
    return code;
  } finally {
    server?.child.removeAllListeners('exit');
    await browser?.close().catch(() => {});
    await server?.stop();
    stopPrinting();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * Opens the workbench and waits for what it says at the end of the tests.
 * @param {any} page playwright's Page
 * @param {Awaited<ReturnType<typeof startServer>>} server
 * @param {string} entry
 * @param {TestRun} run
 * @returns {Promise<number>} the exit code that VS Code reports
 */
async function untilTestsEnd(page, server, entry, run) {
  const { artifacts, limitMs } = run;
  const log = artifacts === undefined ? undefined : createWriteStream(join(artifacts, 'workbench.log'));
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  try {
    return await new Promise((resolveWith, rejectWith) => {
      /** @param {string} what */
      const give = (what) => rejectWith(new Error(what));
      timer = setTimeout(() => give(`the tests did not end within ${limitMs / 1000} s`), limitMs);
      server.child.once('exit', (code, signal) => give(`the server ended early (${code ?? signal})`));
      page.once('close', () => give('the page closed'));
      page.on('crash', () => give('the page crashed'));
      // The workbench calls these two; both have to be there before it loads.
      const ready = Promise.all([
        page.exposeFunction(
          'codeAutomationLog',
          (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
            if (log === undefined || log.writableEnded) return; // the page logs on while it closes
            log.write(
              `${type} ${args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' ')}\n`,
            );
          },
        ),
        page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => resolveWith(code)),
      ]);
      const address = workbenchUrl(server.endpoint, {
        folder: run.folder,
        payload: [
          ...run.extensionDevelopmentPath.map(
            (path) => /** @type {[string, { path: string }]} */ (['extensionDevelopmentPath', { path }]),
          ),
          ['extensionTestsPath', { path: entry }],
          ...(run.disableExtensions ? [/** @type {[string, string]} */ (['disableExtensions', 'true'])] : []),
          ['skipWelcome', 'true'],
          ['skipReleaseNotes', 'true'],
        ],
      });
      ready.then(() => page.goto(address)).catch(rejectWith);
    });
  } catch (error) {
    if (artifacts !== undefined)
      await page.screenshot({ path: join(artifacts, 'failure.png') }).catch(() => {});
    throw error;
  } finally {
    clearTimeout(timer);
    page.removeAllListeners('close');
    log?.end();
  }
}

/**
 * Writes the module that the extension host loads in place of the tests. It sends what they print straight
 * to a file, because the workbench mixes it with its own log and the host's stdout ends in the server's.
 * @param {string} folder
 * @param {string} testsPath
 * @param {string} outFile
 * @param {string} resultFile
 * @returns {string} its path
 */
function writeEntry(folder, testsPath, outFile, resultFile) {
  mkdirSync(dirname(outFile), { recursive: true });
  writeFileSync(outFile, '');
  const file = join(folder, 'entry.cjs');
  writeFileSync(
    file,
    `'use strict';
const { appendFileSync, writeFileSync } = require('node:fs');
const { format } = require('node:util');
const print = (text) => appendFileSync(${JSON.stringify(outFile)}, text);
for (const name of ['log', 'info', 'warn', 'error', 'debug']) {
  // VS Code's own accessor ignores a plain assignment.
  Object.defineProperty(console, name, { configurable: true, writable: true, value: (...args) => print(format(...args) + '\\n') });
}
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (data, encoding, done) => { print(data); (typeof encoding === 'function' ? encoding : done)?.(); return true; };
}
exports.run = async () => {
  try {
    await require(${JSON.stringify(resolve(testsPath))}).run();
    writeFileSync(${JSON.stringify(resultFile)}, 'passed');
  } catch (error) {
    print('[tests in VS Code] ' + (error && error.message || error) + '\\n');
    throw error;
  }
};
`,
  );
  return file;
}

/**
 * Copies what is appended to a file to a stream, until stopped.
 * @param {string} file
 * @param {NodeJS.WritableStream} stream
 */
function printWhatIsAppended(file, stream) {
  const source = openSync(file, 'r');
  const buffer = Buffer.alloc(65_536);
  const pump = () => {
    for (let length = readSync(source, buffer); length > 0; length = readSync(source, buffer)) {
      stream.write(Buffer.from(buffer.subarray(0, length)));
    }
  };
  const timer = setInterval(pump, 100);
  return () => {
    clearInterval(timer);
    pump();
    closeSync(source);
  };
}
