// `countersign routes` over a folder on disk: the tree that people read, and the JSON that programs do.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Environment, Sink } from '../../server/src/cli/command';
import { type RoutesOptions, runRoutes } from '../../server/src/cli/routes/run-routes';
import { startTestRuntime } from '../engine';

const FILES: Readonly<Record<string, string>> = {
  'src/auth.js': `
exports.requireAuth = (req, res, next) => {
  if (!req.session.user) return res.status(401).end();
  next();
};
`,
  'src/users.ts': `import { Router } from 'express';
import { requireAuth } from './auth.js';
const users = Router();
users.get('/', (req, res) => res.end());
users.delete('/:id', requireAuth, audit, (req, res) => res.end());
export default users;
`,
  'src/app.ts': `import express from 'express';
import users from '@/users';
const app = express();
app.use('/api/users', users);
`,
  'node_modules/x/index.js': `require('express')().get('/hidden', (req, res) => res.end());`,
};

describe('command line: routes', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'routes-'));
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function run(options: Partial<RoutesOptions>): Promise<string> {
    let written = '';
    const sink = (note: (text: string) => void): Sink => ({
      isTerminal: false,
      write: async (text) => note(text),
      end: async () => {},
    });
    const out = sink((text) => {
      written += text;
    });
    const err = sink((text) => assert.equal(text, ''));
    const environment: Environment = {
      ...{ folder, version: '', homepage: '', workingFolder: folder, out, err, hasColours: false },
    };
    const all = { paths: [], isJson: false, isOpenOnly: false, ...options };
    assert.equal(await runRoutes(all, environment, () => startTestRuntime()), 0);
    return written;
  }

  it('shows a tree with the guards of each route', async () => {
    assert.equal(
      await run({}),
      `/api/users
  ○ GET     open → (req, res) => …  src/users.ts:4
  /:id
    ● DELETE  requireAuth · audit ? → (req, res) => …  src/users.ts:5

2 routes: 1 guarded, 1 open, 0 unknown.
`,
    );
  });

  it('shows what is open alone', async () => {
    assert.match(
      await run({ isOpenOnly: true }),
      /^\/api\/users\n {2}○ GET .*\n\n1 route: 0 guarded, 1 open/,
    );
  });

  it('tells programs the same', async () => {
    const { version, routes, degraded } = JSON.parse(await run({ isJson: true })) as {
      version: number;
      routes: Record<string, unknown>[];
      degraded: unknown[];
    };
    assert.deepEqual([version, degraded, routes.length], [1, [], 2]);
    const { guards, handler, ...removal } = routes.find(({ methods }) => String(methods) === 'DELETE') ?? {};
    assert.deepEqual(removal, {
      ...{ methods: ['DELETE'], path: '/api/users/:id', framework: 'express', file: 'src/users.ts', line: 5 },
      ...{ protection: 'guarded', isMounted: true, isPublic: false },
    });
    assert.deepEqual((guards as unknown[])[0], {
      ...{ name: 'requireAuth', does: 'authenticates', roles: [], from: 'route', isConditional: false },
      ...{ put: { file: 'src/users.ts', line: 5 }, written: { file: 'src/auth.js', line: 2 } },
    });
    assert.equal((handler as { name: string }).name, '(req, res) => …');
  });

  it('says so where there are none', async () => {
    assert.equal(await run({ paths: ['src/auth.js'] }), 'No routes.\n');
  });
});
