// Makes the VSIX: the one file that people install. No network.
//
//   node scripts/package.mjs                      builds, then writes countersign-<version>.vsix
//   node scripts/package.mjs --no-build --out X   packs dist/ as it is into X
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildExtension } from './build.mjs';
import { exitCode, manifest, parseOptions, Refusal, root, runAsProgram } from './repository.mjs';

const require = createRequire(import.meta.url);

/**
 * Packs dist/ and what .vscodeignore names.
 * @param {{ build?: boolean, out?: string }} [options] `out`: path of the VSIX, countersign-<version>.vsix in the repository unless given
 * @returns {Promise<string>} absolute path of the VSIX
 * @throws {Refusal} with a readable message
 */
export async function packageExtension({ build = true, out } = {}) {
  if (build) await buildExtension();
  const { name, version } = manifest();
  const packagePath = out ?? join(root, `${name}-${version}.vsix`);
  for (const file of ['README.md', 'CHANGELOG.md', 'LICENSE', 'dist/extension.js', 'dist/server.js']) {
    if (existsSync(join(root, file))) continue;
    throw new Refusal(`${file} is missing: a VSIX needs it.`, exitCode.failed);
  }
  /** @type {typeof import('@vscode/vsce')} */
  const vsce = require('@vscode/vsce');
  try {
    await vsce.createVSIX({
      cwd: root,
      packagePath,
      dependencies: false, // everything is in the bundles
      allowPackageAllSecrets: true, // rule pages show made-up secrets, which is what they are about
    });
  } catch (error) {
    throw new Refusal(`vsce: ${error instanceof Error ? error.message : error}`, exitCode.failed);
  }
  return packagePath;
}

runAsProgram(import.meta.url, async (args) => {
  const usage = 'Usage: node scripts/package.mjs [--no-build] [--out FILE]';
  const { values } = parseOptions(args, { 'no-build': { type: 'boolean' }, out: { type: 'string' } }, usage);
  const { out } = values;
  const vsix = await packageExtension({
    build: values['no-build'] !== true,
    ...(typeof out === 'string' ? { out } : {}),
  });
  console.log(`${vsix} (${(statSync(vsix).size / 1024 / 1024).toFixed(2)} MB)`);
  return exitCode.ok;
});
