// Files that somebody else wrote: whatever they are, reading them ends.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readTextFile } from '../../server/src/host/read-text-file';

describe('reading a text file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-read-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const read = (name: string) => readTextFile(pathToFileURL(join(folder, name)).href);
  const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);

  it('answers its text, without a byte order mark', () => {
    write('a b#ü.json', '\uFEFF{ "ü": "🙂" }\r\n');
    assert.deepEqual(read('a b#ü.json'), { text: '{ "ü": "🙂" }\r\n' });
    write('empty', '');
    assert.deepEqual(read('empty'), { text: '' });
  });

  it('answers nothing where there is none', () => {
    write('file', 'x');
    assert.equal(read('missing'), undefined);
    assert.equal(read('missing/too'), undefined);
    assert.equal(read('file/below'), undefined);
  });

  it('refuses what is larger than 1 MB, and what is no file', () => {
    write('most', new Uint8Array(1024 * 1024).fill(65));
    assert.ok('text' in (read('most') ?? {}));
    write('more', new Uint8Array(1024 * 1024 + 1));
    assert.deepEqual(read('more'), { refusal: 'it is larger than 1 MB' });
    mkdirSync(join(folder, 'folder'));
    assert.ok('refusal' in (read('folder') ?? {}));
    for (const uri of ['https://example.com/a', 'file:///a%2Fb', 'nonsense', 'file:///a%00b']) {
      assert.ok('refusal' in (readTextFile(uri) ?? {}), uri);
    }
  });

  it('does not wait for a named pipe', () => {
    if (process.platform === 'win32') return;
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    assert.deepEqual(read('pipe'), { refusal: 'it is no file' });
    symlinkSync('pipe', join(folder, 'link'));
    assert.deepEqual(read('link'), { refusal: 'it is no file' });
    symlinkSync('circle', join(folder, 'circle'));
    assert.deepEqual(read('circle'), { refusal: 'ELOOP' });
  });
});
