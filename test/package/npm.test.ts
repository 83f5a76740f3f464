// What `npm pack` makes: the command line, whole, without a package beside it.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { EVIL } from '../cli/project';
import { repositoryRoot } from '../repository-root';

/** Rule pages apart. */
const EXPECTED = [
  'LICENSE',
  'README.md',
  'dist/checking.js',
  'dist/cli.js',
  'dist/engine.js',
  'dist/language-server.js',
  'dist/loading.js',
  'dist/recording.js',
  'dist/routing.js',
  'dist/scslre.js',
  'dist/server.js',
  'dist/tree-sitter-tsx.wasm',
  'dist/tree-sitter-typescript.wasm',
  'dist/web-tree-sitter.wasm',
  'dist/worker.js',
  'package.json',
  'schemas/countersignrc.schema.json',
];

describe('the npm package', function () {
  this.timeout(120_000);
  const root = repositoryRoot();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-npm-')));
  const unpacked = join(folder, 'package');

  before(() => {
    // dist/ is there already; in a shell because npm is a script on Windows.
    const packing = 'npm pack --ignore-scripts --silent --offline --pack-destination';
    execFileSync(`${packing} "${folder}"`, { cwd: root, shell: true, stdio: 'ignore' });
    const [archive] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
    execFileSync('tar', ['-xzf', archive ?? assert.fail('npm packed nothing')], { cwd: folder });
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('holds the expected files and no others', () => {
    const names = readdirSync(unpacked, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(unpacked.length + 1)
          .replaceAll('\\', '/'),
      );
    const pages = names.filter((name) => /^dist\/rules\/[^/]+\/[^/]+\.md$/.test(name));
    assert.ok(pages.length > 20);
    assert.deepEqual(names.filter((name) => !pages.includes(name)).sort(), EXPECTED);
  });

  it('scans, explains rules and speaks with editors, with nothing installed beside it', () => {
    const { bin, dependencies } = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
    assert.equal(dependencies, undefined, 'everything is in the bundles');
    assert.equal(existsSync(join(unpacked, 'node_modules')), false);
    writeFileSync(join(folder, 'a.js'), EVIL);
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [join(unpacked, bin.countersign), ...args], {
        ...{ cwd: folder, encoding: 'utf8', input: '' },
        env: { ...process.env, NODE_PATH: '' },
      });
    const scan = run('scan', '--format', 'json', 'a.js');
    assert.equal(scan.stderr, '');
    assert.equal(scan.status, 1);
    const { findings, degraded } = JSON.parse(scan.stdout);
    assert.deepEqual(
      findings.map(({ ruleId }: { ruleId: string }) => ruleId),
      ['injection/eval-dynamic'],
    );
    assert.deepEqual(degraded, []);
    assert.match(run('rules', 'injection/eval-dynamic').stdout, /^# injection\/eval-dynamic/);
    assert.match(run('lsp', '--stdio').stderr, /^$/);
  });
});
