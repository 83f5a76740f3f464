// Compiled code is kept and taken, and whatever may be wrong with it costs time only.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Script } from 'node:vm';

import { isOwnFolder } from '../../server/src/startup/cache-folder';
import { loadBundle } from '../../server/src/startup/load-bundle';

interface Bundle {
  answer(): string;
}

const sourceOf = (word: string) =>
  `const { sep } = require('node:path');\nexports.answer = () => [${JSON.stringify(word)}, sep, __filename].join(' ');\n`;

describe('bundles with kept code', () => {
  let home: string;
  let bundle: string;
  let folder: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'countersign-code-'));
    bundle = join(home, 'bundle.js');
    folder = join(home, 'caches', 'code');
    writeFileSync(bundle, sourceOf('one'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  /** Loads the bundle as a process does, and keeps what it ran; @returns its first word. */
  function run(at: string | undefined = folder): string {
    const { exports, keep } = loadBundle<Bundle>(bundle, at);
    const [word, , file] = exports.answer().split(' ');
    assert.equal(file, bundle);
    keep();
    return word as string;
  }
  const kept = (): string[] => readdirSync(folder).map((name) => join(folder, name));
  const onlyFile = (): string => {
    const [file, ...others] = kept();
    assert.ok(file !== undefined && others.length === 0, 'one file is kept');
    return file;
  };
  const rounds = (): number | undefined => readFileSync(onlyFile())[64];

  it('is kept for the person alone, and added to by the first processes', () => {
    for (const expected of [1, 2, 3]) {
      assert.equal(run(), 'one');
      assert.equal(rounds(), expected, 'it was taken, and added to');
    }
    const before = statSync(onlyFile());
    assert.equal(run(), 'one');
    assert.equal(statSync(onlyFile()).ino, before.ino, 'the fourth only takes it');
    if (process.platform === 'win32') return;
    assert.equal(before.mode & 0o777, 0o600);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
  });

  it('has the functions that were called', () => {
    const { keep } = loadBundle<Bundle>(bundle, folder);
    keep();
    const unused = statSync(onlyFile()).size;
    run();
    assert.ok(statSync(onlyFile()).size > unused);
  });

  it('is kept of the bundles that it requires as well, once they are', () => {
    const other = `let calls = 0;\nexports.next = () => ++calls;\n`;
    writeFileSync(join(home, 'other.js'), other);
    const source = `const other = () => require('./other.js').next();\nexports.answer = () => other() + other();\n`;
    writeFileSync(bundle, source);
    const start = () => loadBundle<{ answer(): number }>(bundle, folder);
    start().keep();
    assert.equal(kept().length, 1);
    const { exports, keep } = start();
    assert.equal(exports.answer(), 3, 'it is loaded once');
    keep();
    assert.deepEqual(
      kept()
        .map((path) => basename(path).replace(/-\w+\.bin$/, ''))
        .sort(),
      ['bundle', 'other'],
    );
    assert.equal(start().exports.answer(), 3);
  });

  it('is not taken for another source, even of the same length', () => {
    run();
    run();
    writeFileSync(bundle, sourceOf('two'));
    assert.equal(run(), 'two');
    assert.equal(rounds(), 1, 'and is replaced');
  });

  it('is not taken where a byte was changed, or some are missing', () => {
    run();
    const whole = readFileSync(onlyFile());
    for (const at of [0, 40, 64, 100, whole.length - 1]) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] as number) ^ 0xff;
      writeFileSync(onlyFile(), damaged);
      assert.equal(run(), 'one');
      assert.equal(rounds(), 1, `replaced after a change at ${at}`);
    }
    for (const length of [0, 10, 64, 65, whole.length - 1]) {
      writeFileSync(onlyFile(), whole.subarray(0, length));
      assert.equal(run(), 'one');
      assert.equal(rounds(), 1, `replaced after all behind ${length} was lost`);
    }
  });

  it('is replaced where V8 does not take it', () => {
    run();
    // Another source, because V8 remembers those that it has compiled in this process.
    const source = sourceOf('two');
    writeFileSync(bundle, source);
    const hashOf = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest();
    const body = Buffer.concat([Buffer.from([2]), new Script('0').createCachedData()]);
    writeFileSync(onlyFile(), Buffer.concat([hashOf(source), hashOf(body), body]));
    assert.equal(run(), 'two');
    assert.equal(rounds(), 1);
  });

  it('is neither taken from a folder that others may write, nor put there', function () {
    if (process.platform === 'win32') this.skip();
    run();
    const before = readFileSync(onlyFile());
    for (const mode of [0o755, 0o770, 0o702]) {
      chmodSync(folder, mode);
      assert.equal(isOwnFolder(folder), false);
      assert.equal(run(), 'one');
      assert.deepEqual(readFileSync(onlyFile()), before);
    }
    chmodSync(folder, 0o700);
    run();
    assert.equal(rounds(), 2, 'it was the mode');
  });

  it("is neither taken from somebody else's folder nor through a link", function () {
    if (process.platform === 'win32') this.skip();
    run();
    const link = join(home, 'link');
    symlinkSync(folder, link);
    assert.equal(run(link), 'one');
    assert.equal(rounds(), 1);
    // Only root may give a folder away.
    if (process.getuid?.() !== 0) return;
    chownSync(folder, 12_345, 12_345);
    assert.equal(run(), 'one');
    assert.equal(rounds(), 1);
  });

  it('goes without where nothing can be written', () => {
    const taken = join(home, 'file');
    writeFileSync(taken, '');
    assert.equal(run(join(taken, 'code')), 'one');
    assert.equal(run(taken), 'one');
    assert.match(loadBundle<Bundle>(bundle, undefined).exports.answer(), /^one /);
    assert.deepEqual(readdirSync(home).sort(), ['bundle.js', 'file']);
  });

  it('leaves no more than a few files, none of other bundles gone', () => {
    run();
    const [others, old] = ['other-1.bin', 'bundle-x.bin'].map((name) => join(folder, name));
    for (const file of [others, old, ...[1, 2, 3, 4].map((i) => join(folder, `bundle-${i}.bin`))]) {
      writeFileSync(file as string, '');
      utimesSync(file as string, 1, file === old ? 1 : 2);
    }
    run();
    const left = readdirSync(folder);
    assert.equal(left.filter((name) => name.startsWith('bundle-')).length, 4);
    assert.ok(left.includes('other-1.bin') && !left.includes('bundle-x.bin'));
  });
});
