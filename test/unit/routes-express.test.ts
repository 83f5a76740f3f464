// Routes of Express across files: full paths, and what a request passes before the handler, in order.
import assert from 'node:assert/strict';

import { type Files, graphReader, linesOf } from './routes-of';

const AUTH = `
  const jwt = require('jsonwebtoken');
  exports.requireAuth = (req, res, next) => {
    const token = req.headers.authorization?.split(' ')[1];
    if (!token) return res.status(401).json({ error: 'Unauthorized' });
    req.user = jwt.verify(token, process.env.JWT_SECRET);
    next();
  };
  exports.requireRole = (...roles) => (req, res, next) => {
    if (!roles.includes(req.user.role)) return res.status(403).json({ error: 'Forbidden' });
    next();
  };
  exports.logRequest = (req, res, next) => { console.log(req.method); next(); };
`;

const CASES: readonly (readonly [title: string, files: Files, expected: readonly string[]])[] = [
  [
    'a guard on the route, in a list, and through a variable',
    {
      'auth.js': AUTH,
      'app.js': `
        const express = require('express');
        const { requireAuth, requireRole, logRequest } = require('./auth');
        const app = express();
        const onlyAdmins = [requireAuth, requireRole('admin')];
        app.get('/', (req, res) => res.send('ok'));
        app.get('/me', requireAuth, (req, res) => res.json(req.user));
        app.delete('/users/:id', onlyAdmins, (req, res) => res.end());
        app.put(['/a', '/b'], logRequest, (req, res) => res.end());
        app.get('port');
      `,
    },
    [
      "DELETE /users/:id: requireAuth(authenticates) requireRole('admin')(authorises admin)",
      'GET /:',
      'GET /me: requireAuth(authenticates)',
      'PUT /a:',
      'PUT /b:',
    ],
  ],
  [
    'a `use` guards what is registered behind it, and only below its path',
    {
      'auth.js': AUTH,
      'app.js': `
        const express = require('express');
        const auth = require('./auth');
        const app = express();
        app.use(express.json());
        app.get('/before', (req, res) => res.end());
        app.use('/api', auth.requireAuth);
        app.get('/api/users', (req, res) => res.end());
        app.get('/apiary', (req, res) => res.end());
        app.get('/other', (req, res) => res.end());
      `,
    },
    ['GET /api/users: auth.requireAuth(authenticates)', 'GET /apiary:', 'GET /before:', 'GET /other:'],
  ],
  [
    'routers mounted through a barrel, twice, and nowhere',
    {
      'auth.ts': `export { requireAuth as guard } from './auth/require-auth';`,
      'auth/require-auth.ts': `
        import type { NextFunction, Request, Response } from 'express';
        export function requireAuth(req: Request, res: Response, next: NextFunction) {
          if (!req.session.userId) return res.redirect('/login');
          return next();
        }
      `,
      'routes/index.ts': `export { default as users } from './users'; export * from './posts';`,
      'routes/users.ts': `
        import { Router } from 'express';
        const router = Router();
        router.route('/:id').get((req, res) => res.end()).delete((req, res) => res.end());
        export default router;
      `,
      'routes/posts.ts': `
        import express from 'express';
        export const posts = express.Router();
        posts.post('/', (req, res) => res.end());
        export const drafts = express.Router();
        drafts.get('/drafts', (req, res) => res.end());
      `,
      'server.ts': `
        import express from 'express';
        import { guard } from './auth';
        import { users, posts } from './routes';
        const app = express();
        app.use('/users', guard, users);
        app.use('/v1/posts', posts);
        app.use('/v2/posts', guard, posts);
        app.listen(3000);
      `,
    },
    [
      'DELETE /users/:id: guard(authenticates)',
      'GET /drafts: unmounted',
      'GET /users/:id: guard(authenticates)',
      'POST /v1/posts:',
      'POST /v2/posts: guard(authenticates)',
    ],
  ],
  [
    'functions that are handed the application, and factories of routers',
    {
      'auth.js': AUTH,
      'routes.js': `
        const { requireAuth } = require('./auth');
        module.exports = function (app, db) {
          app.get('/orders', (req, res) => res.end());
          app.use(requireAuth);
          app.get('/invoices', (req, res) => res.end());
        };
      `,
      'admin.js': `
        const express = require('express');
        const { requireAuth, requireRole } = require('./auth');
        module.exports = (db) => {
          const router = express.Router();
          router.use(requireAuth, requireRole('admin', 'owner'));
          router.get('/stats', (req, res) => res.end());
          return router;
        };
      `,
      'app.js': `
        const express = require('express');
        const app = express();
        require('./routes')(app, {});
        app.use('/admin', require('./admin')({}));
      `,
    },
    [
      "GET /admin/stats: requireAuth(authenticates) requireAuth(authenticates) requireRole('admin', 'owner')(authorises admin|owner)",
      'GET /invoices: requireAuth(authenticates)',
      'GET /orders:',
    ],
  ],
  [
    'classes that hold a router',
    {
      'auth.js': AUTH,
      'user.route.ts': `
        import { Router } from 'express';
        import { requireAuth } from './auth';
        export class UserRoute {
          public router = Router();
          constructor() { this.initializeRoutes(); }
          private initializeRoutes() {
            this.router.get('/users', (req, res) => res.end());
            this.router.post('/users', requireAuth, (req, res) => res.end());
          }
        }
      `,
      'app.ts': `
        import express from 'express';
        import { UserRoute } from './user.route';
        const app = express();
        app.use('/api', new UserRoute().router);
      `,
    },
    ['GET /api/users:', 'POST /api/users: requireAuth(authenticates)'],
  ],
  [
    'same-path registrations, parameters, conditions, computed paths',
    {
      'auth.js': AUTH,
      'app.js': `
        const express = require('express');
        const { requireAuth } = require('./auth');
        const { audit } = require('./nowhere');
        const app = express();
        const PREFIX = process.env.PREFIX;
        if (process.env.AUTH) app.use('/maybe', requireAuth);
        app.all('/admin/*', requireAuth);
        app.param('account', requireAuth);
        app.get('/admin/users', (req, res) => res.end());
        app.get('/maybe/x', audit, (req, res) => res.end());
        app.get('/accounts/:account', (req, res) => res.end());
        for (const name of ['a', 'b']) app.get(\`\${PREFIX}/\${name}\`, (req, res) => res.end());
      `,
    },
    [
      'GET /accounts/:account: requireAuth(authenticates)',
      'GET /admin/users: requireAuth(authenticates)',
      'GET /maybe/x: requireAuth(authenticates sometimes) audit(unknown)',
      'GET /{PREFIX}/{name}: requireAuth(authenticates sometimes) requireAuth(authenticates sometimes)',
    ],
  ],
  [
    'routers that mount each other end',
    {
      'a.js': `const r = require('express').Router(); r.use('/b', require('./b')); r.get('/a', (req, res) => res.end()); module.exports = r;`,
      'b.js': `const r = require('express').Router(); r.use('/a', require('./a')); r.get('/b', (req, res) => res.end()); module.exports = r;`,
      'app.js': `const app = require('express')(); app.use(require('./a'));`,
    },
    ['GET /a:', 'GET /b/b:'],
  ],
  [
    'what is not a route',
    {
      'client.js': `
        const axios = require('axios');
        const request = require('supertest');
        const cache = new Map();
        cache.get('/users', () => 1);
        axios.get('/users', { headers: {} });
        export const load = (api) => api.get('/users', { params: {} });
        request(load).get('/users').expect(200);
      `,
    },
    [],
  ],
];

describe('routes of Express', () => {
  let graphOf: Awaited<ReturnType<typeof graphReader>>;
  before(async () => {
    graphOf = await graphReader();
  });

  for (const [title, files, expected] of CASES) {
    it(title, () => assert.deepEqual(linesOf(graphOf(files)), [...expected].sort()));
  }

  it('ends where many routers mount each other', () => {
    const names = Array.from({ length: 24 }, (_, index) => `m${index}`);
    const mounts = names.map((name) => `r.use('/${name}', require('./${name}'));`).join(' ');
    const files = Object.fromEntries(
      names.map((name) => [
        `${name}.js`,
        `const r = require('express').Router(); ${mounts} module.exports = r;`,
      ]),
    );
    const graph = graphOf({ ...files, 'app.js': `require('express')().use(require('./m0'));` });
    assert.deepEqual([graph.routes.length, graph.isCut], [0, true]);
  });

  it('says where guards are put and written', () => {
    const files = {
      'auth.js': AUTH,
      'app.js': `const app = require('express')(); const { requireAuth } = require('./auth'); app.get('/a', requireAuth, (req, res) => res.end());`,
    };
    const [guard] = graphOf(files).routes[0]?.guards ?? [];
    assert.ok(guard?.definition);
    assert.equal(files['app.js'].slice(guard.place.start, guard.place.end), 'requireAuth');
    assert.match(AUTH.slice(guard.definition.start), /^\(req, res, next\) => \{\s*const token/);
  });
});
