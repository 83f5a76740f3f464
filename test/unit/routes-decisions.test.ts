// What rules about routes decide: who comes to what, with the look-alikes that are left alone.
import assert from 'node:assert/strict';

import { matcherGaps } from '../../server/src/routes/matcher-gaps';
import { endpointWithoutAuth, unguardedPrivileged } from '../../server/src/routes/openness';
import { matcherCovers } from '../../server/src/routes/path-cover';
import { type Files, graphReader } from './routes-of';

const AUTH = `
  exports.requireAuth = (req, res, next) => {
    if (!req.session.userId) return res.status(401).end();
    next();
  };
`;
const EXPRESS = `
  const express = require('express');
  const { requireAuth } = require('./auth');
  const Order = require('./models/order');
  const app = express();
  app.get('/orders', requireAuth, async (req, res) => res.json(await Order.find({})));
`;

function expressFiles(routes: string, before = EXPRESS): Files {
  return { 'auth.js': AUTH, 'app.js': `${before}\n${routes}\napp.listen(3000);` };
}

const CREATE = 'async (req, res) => { await Order.create(req.body); res.end(); }';
const LIST = 'async (req, res) => res.json(await Order.find({}))';
const PRISMA = `import { PrismaClient } from '@prisma/client'; const prisma = new PrismaClient();`;
const SIGNED_IN = `
  import { getServerSession } from 'next-auth';
  ${PRISMA}
  export async function PUT(request) {
    const session = await getServerSession();
    if (!session) return Response.json({}, { status: 401 });
    return Response.json(await prisma.user.update({ where: { id: session.user.id }, data: await request.json() }));
  }
`;

/** Expected: what is said of each route that something is said of. */
const CASES: readonly (readonly [title: string, files: Files, expected: readonly string[]])[] = [
  [
    'a route that changes data among guarded ones',
    expressFiles(`app.post('/orders', ${CREATE});`),
    ['endpoint medium POST /orders'],
  ],
  [
    'an application without guards',
    expressFiles(`app.post('/orders', ${CREATE});`, EXPRESS.replace('requireAuth, ', '')),
    [],
  ],
  ['a guard on the way', expressFiles(`app.use(requireAuth); app.post('/orders', ${CREATE});`), []],
  ['something unknown on the way', expressFiles(`app.post('/orders', tenantOf(), ${CREATE});`), []],
  [
    'a check in the handler',
    expressFiles(
      `app.post('/orders', async (req, res) => { if (!req.user) return res.sendStatus(401); await Order.create(req.body); });`,
    ),
    [],
  ],
  [
    'a form for everybody',
    expressFiles(
      `app.post('/contact', ${CREATE}); app.post('/api/register', ${CREATE}); app.post('/stripe/webhook', ${CREATE});`,
    ),
    [],
  ],
  [
    'a router that nobody mounts',
    {
      ...expressFiles(''),
      'old.js': `const r = require('express').Router(); const Order = require('./models/order'); r.post('/orders', ${CREATE}); module.exports = r;`,
    },
    [],
  ],
  [
    'what administrators do',
    expressFiles(
      `app.delete('/admin/orders', ${CREATE}); app.get('/admin', ${LIST}); app.get('/api/internal/state', ${LIST});`,
    ),
    [
      'endpoint medium DELETE /admin/orders',
      'privileged high DELETE /admin/orders',
      'privileged high GET /api/internal/state',
      'privileged medium GET /admin',
    ],
  ],
  [
    'the login of administrators',
    expressFiles(`app.post('/admin/login', ${CREATE}); app.get('/administration-guide', ${LIST});`),
    [],
  ],
  [
    'server actions and route handlers',
    {
      'app/api/me/route.ts': SIGNED_IN,
      'app/api/posts/route.ts': `${PRISMA} export async function POST(request) { return Response.json(await prisma.post.create({ data: await request.json() })); } export async function GET() { return Response.json(await prisma.post.findMany()); }`,
      'app/actions.ts': `'use server'; ${PRISMA} export async function removePost(id) { await prisma.post.delete({ where: { id } }); } export async function subscribe(form) { await prisma.subscriber.create({ data: { email: form.get('email') } }); }`,
    },
    ['endpoint high ACTION removePost', 'endpoint medium POST /api/posts'],
  ],
  [
    'an action that leaves the check to what it calls',
    {
      'app/api/me/route.ts': SIGNED_IN,
      'app/actions.ts': `'use server'; import { removePostImpl } from '@/lib/posts'; export async function removePost(id) { return removePostImpl(id); }`,
      'lib/posts.ts': `${PRISMA} import { requireStaff } from './staff'; export async function removePostImpl(id) { await requireStaff(); await prisma.post.delete({ where: { id } }); }`,
    },
    [],
  ],
  [
    'what middleware leaves out',
    {
      'middleware.ts': `
        import { NextResponse } from 'next/server';
        export async function middleware(request) {
          const token = request.cookies.get('token');
          if (!token) return NextResponse.redirect(new URL('/login', request.url));
          return NextResponse.next();
        }
        export const config = { matcher: ['/api/admin', '/api/team/members', '/dashboard/:path*'] };
      `,
      'app/api/admin/route.ts': `export async function GET() { return Response.json({}); }`,
      'app/api/admin/users/route.ts': `export async function GET() { return Response.json({}); }`,
      'app/api/team/members/route.ts': `export async function GET() { return Response.json({}); }`,
      'app/api/team/invoices/route.ts': `export async function GET() { return Response.json({}); }`,
      'app/api/health/route.ts': `export async function GET() { return Response.json({}); }`,
      'app/api/news/route.ts': `export async function GET() { return Response.json({}); }`,
    },
    [
      'gap high below GET /api/admin/users',
      'gap medium beside GET /api/team/invoices',
      'privileged high GET /api/admin/users',
    ],
  ],
];

describe('decisions about routes', () => {
  let graphOf: Awaited<ReturnType<typeof graphReader>>;
  before(async () => {
    graphOf = await graphReader();
  });

  for (const [title, files, expected] of CASES) {
    it(title, () => {
      const graph = graphOf(files);
      const said = graph.routes.flatMap((route) => {
        const name = `${route.methods.join(',')} ${route.path}`;
        const endpoint = endpointWithoutAuth(route, graph);
        const privileged = unguardedPrivileged(route, graph);
        return [
          ...(endpoint ? [`endpoint ${endpoint.confidence} ${name}`] : []),
          ...(privileged ? [`privileged ${privileged.confidence} ${name}`] : []),
        ];
      });
      const gaps = matcherGaps(graph).map(
        ({ confidence, how, route }) => `gap ${confidence} ${how} ${route.methods} ${route.path}`,
      );
      assert.deepEqual([...said, ...gaps].sort(), [...expected].sort());
    });
  }

  it('knows for which addresses the middleware of Next.js runs', () => {
    const cases: readonly (readonly [matcher: string, path: string, expected: boolean | undefined])[] = [
      ['/dashboard', '/dashboard', true],
      ['/dashboard', '/dashboard/a', false],
      ['/dashboard/:path*', '/dashboard', true],
      ['/dashboard/:path*', '/dashboard/a/b', true],
      ['/dashboard/:path+', '/dashboard', false],
      ['/users/:id', '/users/1', true],
      ['/users/:id', '/users', false],
      ['/api/(.*)', '/api/a/b', true],
      ['/((?!api|_next/static|favicon.ico).*)', '/dashboard', true],
      ['/((?!api|_next/static|favicon.ico).*)', '/api/users', false],
      ['/((?!_next/static|_next/image|.*\\.png$).*)', '/api/users', true],
      ['/(admin|team)/:path*', '/team/a', true],
      ['/(admin|team)/:path*', '/users', false],
      ['/:lang(en|de)/x', '/en/x', undefined],
    ];
    for (const [matcher, path, expected] of cases)
      assert.equal(matcherCovers(matcher, path), expected, `${matcher} for ${path}`);
  });
});
