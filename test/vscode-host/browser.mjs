// The browser that shows the host's workbench.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Refusal } from '../../scripts/repository.mjs';
import { pathOf } from './system-packages.mjs';

const FLAGS = [
  '--no-sandbox', // build machines run as root, and the pages are ours
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  // The workbench names a few hosts on the internet; nothing but loopback is to be asked for.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/**
 * Starts Chromium without a window.
 * @param {import('./install.mjs').Host} host playwright-core is a package of the host, not of the project, hence no types
 * @returns {Promise<any>} playwright's Browser
 */
export async function launchBrowser(host) {
  const executablePath = pathOf('browser');
  if (executablePath === undefined) throw new Refusal('No Chromium or Chrome is on the PATH.');
  const { chromium } = createRequire(join(host.folder, 'package.json'))('playwright-core');
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}
