// The process of the language server keeps what it compiled, where the client says or with the person's caches.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { repositoryRoot } from '../repository-root';

const LIMIT_MS = 40_000;

describe("the server's process", function () {
  this.timeout(60_000);
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'countersign-server-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  /** Runs a server until there is a file in a folder, and a while if none is expected; @returns the folder's files. */
  async function kept(folder: string, args: readonly string[], environment: object): Promise<string[]> {
    const server = spawn(process.execPath, [join(repositoryRoot(), 'dist/server.js'), '--stdio', ...args], {
      cwd: home,
      env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '', ...environment },
    });
    try {
      for (const end = Date.now() + LIMIT_MS; Date.now() < end; await setTimeout(100)) {
        const files = existsSync(folder) ? readdirSync(folder) : [];
        if (files.some((name) => name.endsWith('.bin'))) return files;
        assert.equal(server.exitCode, null, 'the server goes on');
      }
      return [];
    } finally {
      server.kill();
      await once(server, 'exit');
    }
  }

  it('keeps code where the client says, and nowhere else', async () => {
    const folder = join(home, 'storage', 'code');
    const caches = join(home, 'caches');
    const files = await kept(folder, [`--code-cache=${folder}`], { XDG_CACHE_HOME: caches });
    assert.match(files.join(' '), /^language-server-[0-9a-f]{16}\.bin$/);
    assert.deepEqual(readdirSync(home), ['storage']);
  });

  it("keeps code with the person's caches where the client says nothing", async function () {
    if (process.platform !== 'linux') this.skip();
    const caches = join(home, 'caches');
    const files = await kept(join(caches, 'countersign', 'code'), [], { XDG_CACHE_HOME: caches });
    assert.equal(files.length, 1);
    assert.deepEqual(readdirSync(home), ['caches']);
  });
});
