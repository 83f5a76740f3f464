// The tests inside VS Code: three windows, each with its own settings, extensions and copy of the shop.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { QUIET_SETTINGS, writeFirstSettings } from '../test/vscode-host/server.mjs';
import { root } from './repository.mjs';

/** @typedef {import('./node-tests.mjs').Counts} Counts */
/** @typedef {import('./vscode-editor.mjs').Editor} Editor */

const LIMIT_MS = 300_000;

/**
 * @typedef {object} VscodeStage
 * @property {string} name
 * @property {boolean} trusted whether the window trusts its folder
 * @property {boolean} installed whether the packaged VSIX is tested, not the files of the repository
 */

/**
 * Restricted mode is tested with the VSIX, because VS Code activates an extension under development there
 * even when its manifest does not say that it may.
 * @type {VscodeStage[]}
 */
export const VSCODE_STAGES = [
  { name: 'in VS Code, development', trusted: true, installed: false },
  { name: 'in VS Code, installed VSIX', trusted: true, installed: true },
  { name: 'in VS Code, restricted mode', trusted: false, installed: true },
];

/**
 * Runs one stage.
 * @param {Editor} editor
 * @param {VscodeStage} stage
 * @param {string} vsix
 * @param {string | undefined} grep
 * @returns {Promise<Counts>}
 */
export async function runVscodeStage(editor, { name, trusted, installed }, vsix, grep) {
  // Short names: the sockets of VS Code lie below and may have paths of 103 characters at most.
  const temporary = mkdtempSync(join(tmpdir(), 'cs-'));
  const logs = join(root, 'out', 'vscode-logs', name.replace(/\W+/g, '-'));
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });
  try {
    const workspace = copyOfShop(temporary);
    const dataDir = join(temporary, 'data');
    const extensionsDir = join(temporary, 'ext');
    const resultFile = join(temporary, 'result.json');
    writeFirstSettings(dataDir, {
      ...QUIET_SETTINGS,
      'security.workspace.trust.enabled': !trusted,
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.banner': 'never',
    });
    const folders = [`--user-data-dir=${dataDir}`, `--extensions-dir=${extensionsDir}`];
    if (installed) {
      const code = await editor.manage([`--install-extension=${vsix}`, '--force', ...folders]);
      if (code !== 0) throw new Error(`VS Code could not install ${vsix} (exit code ${code})`);
    }
    const code = await editor.open(
      [
        `--extensionDevelopmentPath=${installed ? join(root, 'test/vscode-host/dummy-extension') : root}`,
        `--extensionTestsPath=${join(root, 'out/test/extension/index.cjs')}`,
        ...folders,
        ...(installed ? [] : ['--disable-extensions']),
        ...(trusted ? ['--disable-workspace-trust'] : []),
        ...['--skip-welcome', '--skip-release-notes', `--host-artifacts=${logs}`],
        workspace,
      ],
      {
        ...process.env,
        ...homeIn(temporary),
        COUNTERSIGN_TEST_TRUST: trusted ? 'trusted' : 'untrusted',
        COUNTERSIGN_TEST_EXTENSION: installed ? extensionsDir : root,
        COUNTERSIGN_TEST_GREP: grep ?? '',
        COUNTERSIGN_TEST_RESULT: resultFile,
      },
      LIMIT_MS,
    );
    const counts = readCounts(resultFile);
    // A run may also end badly after, or without, its last test: a crash, the limit, a window not as meant.
    if (code !== 0 && counts.failed === 0) {
      console.error(`${name}: VS Code ended with exit code ${code}.`);
      counts.failed = 1;
    }
    if (counts.failed > 0) console.error(`${name}: the logs of VS Code are in ${relative(root, logs)}`);
    return counts;
  } finally {
    rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * Tests write, so they never get the committed folder.
 * @param {string} folder
 * @returns {string} the copy
 */
export function copyOfShop(folder) {
  const copy = join(folder, 'shop');
  cpSync(join(root, 'test', 'workspaces', 'shop'), copy, { recursive: true });
  return copy;
}

/**
 * A home of their own: some tests set up recording, which changes settings there. What was installed stays found.
 * @param {string} folder
 * @returns {NodeJS.ProcessEnv}
 */
function homeIn(folder) {
  const home = join(folder, 'home');
  mkdirSync(home);
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return { HOME: home, USERPROFILE: home, XDG_CACHE_HOME: cache, CLAUDE_CONFIG_DIR: '', CODEX_HOME: '' };
}

/** @param {string} file @returns {Counts} */
function readCounts(file) {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  console.error('VS Code ended before the tests did.');
  return { passed: 0, failed: 1 };
}
