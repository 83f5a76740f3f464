// npm run pictures: draws the pictures of the README and the walkthrough, so that they show what is, not what
// once was. The packaged extension runs in the VS Code host, on a copy of the sample shop.
//
//   npm run pictures                  all scenes, into media/pictures/
//   npm run pictures -- NAME ...      only these
//
// Exit code: 0 drawn, 1 a scene could not be drawn (its window is in out/pictures/), 2 could not start.
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { launchBrowser } from '../test/vscode-host/browser.mjs';
import { installHost } from '../test/vscode-host/install.mjs';
import {
  QUIET_SETTINGS,
  startServer,
  workbenchUrl,
  writeFirstSettings,
} from '../test/vscode-host/server.mjs';
import { requirePrograms } from '../test/vscode-host/system-packages.mjs';
import { packageExtension } from './package.mjs';
import { reviewerWithKey } from './picture-reviewer.mjs';
import { SCENES } from './picture-scenes.mjs';
import { exitCode, parseOptions, Refusal, root, runAsProgram } from './repository.mjs';
import { runCommand } from './run-command.mjs';
import { copyOfShop } from './vscode-tests.mjs';
import { Workbench } from './workbench.mjs';

const SIZE = { width: 1280, height: 800 };
const LIMIT_KB = 300;

const SETTINGS = {
  ...QUIET_SETTINGS,
  'workbench.activityBar.location': 'default',
  'editor.fontSize': 15,
  'editor.minimap.enabled': false,
  'editor.cursorBlinking': 'solid',
  'breadcrumbs.enabled': false,
  // Only Countersign's problems are to be seen.
  'typescript.validate.enable': false,
  'javascript.validate.enable': false,
};

const THEMES = { light: 'Default Light Modern', dark: 'Default Dark Modern' };

/**
 * Draws one scene in a window of its own.
 * @param {any} browser playwright's Browser
 * @param {string} address of the workbench
 * @param {import('./picture-scenes.mjs').Scene} scene
 */
async function draw(browser, address, scene) {
  const context = await browser.newContext({ viewport: SIZE, deviceScaleFactor: 1, locale: 'en-US' });
  const page = await context.newPage();
  const file = join(root, 'media', 'pictures', `${scene.name}.png`);
  try {
    await page.goto(address);
    const workbench = new Workbench(page);
    await workbench.ready();
    await scene.prepare(workbench);
    await workbench.settled();
    await page.screenshot({ path: file });
  } catch (error) {
    const failure = join(root, 'out', 'pictures', `${scene.name}.failure.png`);
    await page.screenshot({ path: failure }).catch(() => {});
    const reason = error instanceof Error ? error.message : error;
    throw new Refusal(
      `${scene.name}: ${reason}\nThe window is in ${relative(root, failure)}`,
      exitCode.failed,
    );
  } finally {
    await context.close();
  }
  const kilobytes = Math.ceil(statSync(file).size / 1024);
  if (kilobytes > LIMIT_KB) {
    throw new Refusal(`${scene.name}.png has ${kilobytes} kB; ${LIMIT_KB} are allowed.`, exitCode.failed);
  }
  console.log(`${relative(root, file)} (${kilobytes} kB)`);
}

/** @param {import('./picture-scenes.mjs').Scene[]} scenes */
async function drawAll(scenes) {
  await requirePrograms(['browser']);
  const host = await installHost({ native: 'where possible' });
  const vsix = await packageExtension();
  const temporary = mkdtempSync(join(tmpdir(), 'countersign-pictures-'));
  let server;
  let browser;
  try {
    const dataDir = join(temporary, 'data');
    const extensionsDir = join(temporary, 'extensions');
    const runner = join(root, 'test', 'vscode-host', 'vscode-host.mjs');
    const installing = [
      `--install-extension=${vsix}`,
      `--user-data-dir=${dataDir}`,
      `--extensions-dir=${extensionsDir}`,
    ];
    await runCommand(process.execPath, [runner, ...installing], { stdio: ['ignore', 'ignore', 'inherit'] });
    mkdirSync(join(root, 'media', 'pictures'), { recursive: true });
    const env = reviewerWithKey(temporary);
    server = await startServer({ host, dataDir, extensionsDir, trustEverything: true, env });
    browser = await launchBrowser(host);
    const folder = copyOfShop(temporary);
    const address = workbenchUrl(server.endpoint, { folder });
    for (const scene of scenes) {
      rmSync(join(dataDir, 'User', 'settings.json'), { force: true });
      writeFirstSettings(dataDir, {
        ...SETTINGS,
        'workbench.colorTheme': THEMES[scene.isDark ? 'dark' : 'light'],
      });
      const takeBack = scene.arrange?.(folder);
      await draw(browser, address, scene);
      takeBack?.();
    }
  } finally {
    server?.child.removeAllListeners('exit');
    await browser?.close();
    await server?.stop();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  }
}

runAsProgram(import.meta.url, async (args) => {
  const { positionals } = parseOptions(args, {}, 'Usage: npm run pictures -- [NAME ...]');
  const names = SCENES.map(({ name }) => name);
  const unknown = positionals.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Refusal(`No scene ${unknown.join(', ')}; there are ${names.join(', ')}.`);
  await drawAll(SCENES.filter(({ name }) => positionals.length === 0 || positionals.includes(name)));
  return exitCode.ok;
});
