// What ships: a file that nobody expected in the VSIX is as wrong as one that is missing.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { repositoryRoot } from '../repository-root';

const MB = 1024 * 1024;

/** All but the rule pages and the walkthrough's media, which are as many as the repository has. */
const EXPECTED = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/changelog.md',
  'extension/dist/checking.js',
  'extension/dist/cli.js',
  'extension/dist/engine.js',
  'extension/dist/extension.js',
  'extension/dist/language-server.js',
  'extension/dist/loading.js',
  'extension/dist/recording.js',
  'extension/dist/routing.js',
  'extension/dist/scslre.js',
  'extension/dist/server.js',
  'extension/dist/tree-sitter-tsx.wasm',
  'extension/dist/tree-sitter-typescript.wasm',
  'extension/dist/web-tree-sitter.wasm',
  'extension/package.json',
  'extension/package.nls.json',
  'extension/readme.md',
  'extension/schemas/countersignrc.completion.json',
  'extension/schemas/countersignrc.schema.json',
];

/** Bundles that ship once their source exists, as scripts/build.mjs has them. */
const OPTIONAL_BUNDLES = {
  'server/src/workspace/worker.ts': 'worker.js',
};

describe('the VSIX', () => {
  const root = repositoryRoot();
  const folder = mkdtempSync(join(tmpdir(), 'countersign-vsix-'));
  const vsix = join(folder, 'countersign.vsix');

  before(function () {
    this.timeout(60_000);
    const packing = [join(root, 'scripts', 'package.mjs'), '--no-build', '--out', vsix];
    execFileSync(process.execPath, packing, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('holds the expected files and no others', () => {
    const rulePages = filesBelow(root, 'server/src/rules', '.md').map((page) =>
      page.replace('server/src/', 'dist/'),
    );
    const bundles = Object.entries(OPTIONAL_BUNDLES).flatMap(([source, bundle]) =>
      existsSync(join(root, source)) ? [`dist/${bundle}`] : [],
    );
    // The README's pictures are shown from the repository.
    const media = filesBelow(root, 'media', '').filter((path) => !path.startsWith('media/pictures/'));
    const shipped = [...rulePages, ...bundles, ...media].map((path) => `extension/${path}`);
    assert.deepEqual(entriesOf(readFileSync(vsix)).sort(), [...EXPECTED, ...shipped].sort());
  });

  it('is 6 MB at most', () => {
    const { length } = readFileSync(vsix);
    assert.ok(length <= 6 * MB, `${(length / MB).toFixed(2)} MB`);
  });
});

/** Names in a zip's central directory (PKWARE APPNOTE 4.3.12). */
function entriesOf(zip: Buffer): string[] {
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  const names: string[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(at + 28);
    names.push(zip.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return names;
}

/** Files below a folder of the repository, relative to the repository, with `/`. */
function filesBelow(root: string, folder: string, ending: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending) && !entry.name.startsWith('.'))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    );
}
