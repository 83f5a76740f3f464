// Routes of Fastify, Koa, Hono, NestJS, Next.js and tRPC across files, each as its framework runs them.
import assert from 'node:assert/strict';

import { type Files, graphReader, linesOf } from './routes-of';

const NEST_GUARDS = `
  import { CanActivate, ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
  import { AuthGuard } from '@nestjs/passport';
  @Injectable()
  export class JwtAuthGuard extends AuthGuard('jwt') {}
  @Injectable()
  export class RolesGuard implements CanActivate {
    constructor(private reflector: Reflector) {}
    canActivate(context: ExecutionContext): boolean {
      const roles = this.reflector.get('roles', context.getHandler());
      const { user } = context.switchToHttp().getRequest();
      return roles.some((role) => user.roles?.includes(role));
    }
  }
`;

const CASES: Readonly<
  Record<string, readonly (readonly [title: string, files: Files, expected: readonly string[]])[]>
> = {
  Fastify: [
    [
      'hooks hold in their plugin, and for plugins in it',
      {
        'auth.ts': `
          export async function authenticate(request, reply) {
            try { await request.jwtVerify(); } catch { return reply.code(401).send({ error: 'Unauthorized' }); }
          }
        `,
        'private.ts': `
          import type { FastifyInstance } from 'fastify';
          import { authenticate } from './auth';
          export default async function (app: FastifyInstance) {
            app.get('/orders', async () => []);
            app.addHook('preHandler', authenticate);
            app.register(async (inner) => { inner.get('/deep', async () => []); }, { prefix: '/inner' });
          }
        `,
        'app.ts': `
          import Fastify from 'fastify';
          import cors from '@fastify/cors';
          import secret from './private';
          const app = Fastify();
          app.register(cors);
          app.register(secret, { prefix: '/api' });
          app.get('/health', async () => 'ok');
          app.listen({ port: 3000 });
        `,
      },
      [
        'GET /api/inner/deep: authenticate(authenticates)',
        'GET /api/orders: authenticate(authenticates)',
        'GET /health:',
      ],
    ],
    [
      'plugins without walls, decorations, options of routes',
      {
        'plugins/auth.js': `
          const fp = require('fastify-plugin');
          module.exports = fp(async function (fastify) {
            fastify.decorate('authenticate', async function (request, reply) {
              try { await request.jwtVerify(); } catch (err) { reply.code(401).send(err); }
            });
            fastify.addHook('onRequest', async (request, reply) => { request.startedAt = 1; });
          });
        `,
        'routes/users.js': `
          module.exports = async function (fastify, opts) {
            fastify.get('/', { preHandler: [fastify.authenticate] }, async () => []);
            fastify.route({ method: ['PUT', 'PATCH'], url: '/:id', onRequest: fastify.authenticate, handler: async () => 1 });
            fastify.delete('/:id', { schema: {} }, async () => 1);
          };
        `,
        'app.js': `
          const fastify = require('fastify')({ logger: true });
          const AutoLoad = require('@fastify/autoload');
          const path = require('path');
          fastify.register(require('./plugins/auth'));
          fastify.register(AutoLoad, { dir: path.join(__dirname, 'routes') });
        `,
        'routes/nested/index.js': `module.exports = async (fastify) => { fastify.get('/x', async () => 1); };`,
      },
      [
        'DELETE /:id: (request, reply) => …(unknown)',
        'GET /: (request, reply) => …(unknown) fastify.authenticate(authenticates)',
        'GET /nested/x: (request, reply) => …(unknown)',
        'PUT,PATCH /:id: (request, reply) => …(unknown) fastify.authenticate(authenticates)',
      ],
    ],
  ],
  Koa: [
    [
      'routers with a prefix, and what stands before them',
      {
        'auth.js': `
          module.exports = async (ctx, next) => {
            if (!ctx.state.user) ctx.throw(401, 'Login required');
            await next();
          };
        `,
        'router.js': `
          const Router = require('@koa/router');
          const auth = require('./auth');
          const router = new Router({ prefix: '/posts' });
          router.get('list', '/', async (ctx) => {});
          router.use(auth);
          router.post('/', async (ctx) => {});
          module.exports = router;
        `,
        'app.js': `
          const Koa = require('koa');
          const router = require('./router');
          const app = new Koa();
          app.use(async (ctx, next) => { const start = Date.now(); await next(); ctx.set('X-Time', Date.now() - start); });
          app.use(router.routes()).use(router.allowedMethods());
        `,
      },
      ['GET /posts:', 'POST /posts: auth(authenticates)'],
    ],
  ],
  Hono: [
    [
      'middleware by path, routes in routes, a base path',
      {
        'users.ts': `
          import { Hono } from 'hono';
          export const users = new Hono()
            .get('/', (c) => c.json([]))
            .delete('/:id', (c) => c.json({}));
        `,
        'app.ts': `
          import { Hono } from 'hono';
          import { jwt } from 'hono/jwt';
          import { logger } from 'hono/logger';
          import { users } from './users';
          const app = new Hono().basePath('/api');
          app.use(logger());
          app.get('/public', (c) => c.text('ok'));
          app.use('/users/*', jwt({ secret: process.env.SECRET }));
          app.route('/users', users);
          app.get('/usersettings', (c) => c.text('ok'));
          export default app;
        `,
      },
      [
        'DELETE /api/users/:id: jwt({ secret: process.env.SECRET })(authenticates)',
        'GET /api/public:',
        'GET /api/users: jwt({ secret: process.env.SECRET })(authenticates)',
        'GET /api/usersettings:',
      ],
    ],
  ],
  NestJS: [
    [
      'guards of class, method and application, roles, public routes',
      {
        'guards.ts': NEST_GUARDS,
        'decorators.ts': `
          import { SetMetadata, UseGuards, applyDecorators } from '@nestjs/common';
          import { JwtAuthGuard } from './guards';
          export const Public = () => SetMetadata('isPublic', true);
          export const Roles = (...roles: string[]) => SetMetadata('roles', roles);
          export function Auth() { return applyDecorators(UseGuards(JwtAuthGuard)); }
        `,
        'users.controller.ts': `
          import { Controller, Delete, Get, Post, UseGuards } from '@nestjs/common';
          import { RolesGuard } from './guards';
          import { Public, Roles } from './decorators';
          @Controller('users')
          @UseGuards(RolesGuard)
          export class UsersController {
            @Public() @Get('count') count() { return 1; }
            @Roles('admin') @Delete(':id') remove() {}
          }
        `,
        'users.module.ts': `
          import { Module } from '@nestjs/common';
          import { UsersController } from './users.controller';
          @Module({ controllers: [UsersController] })
          export class UsersModule { static forRoot() { return { module: UsersModule }; } }
        `,
        'app.module.ts': `
          import { Module } from '@nestjs/common';
          import { APP_GUARD } from '@nestjs/core';
          import { JwtAuthGuard } from './guards';
          import { UsersModule } from './users.module';
          @Module({ imports: [UsersModule.forRoot()], providers: [{ provide: APP_GUARD, useClass: JwtAuthGuard }] })
          export class AppModule {}
        `,
        'main.ts': `
          import { NestFactory } from '@nestjs/core';
          import { AppModule } from './app.module';
          async function bootstrap() {
            const app = await NestFactory.create(AppModule);
            app.setGlobalPrefix('api');
            await app.listen(3000);
          }
          bootstrap();
        `,
        'other/other.controller.ts': `
          import { Controller, Get } from '@nestjs/common';
          import { Auth } from '../decorators';
          @Controller()
          export class OtherController { @Auth() @Get('other') other() {} @Get('open') open() {} }
        `,
        'other/other.module.ts': `
          import { Module } from '@nestjs/common';
          import { OtherController } from './other.controller';
          @Module({ controllers: [OtherController] })
          export class OtherModule {}
        `,
        'other/main.ts': `
          import { NestFactory } from '@nestjs/core';
          import { OtherModule } from './other.module';
          NestFactory.create(OtherModule).then((app) => app.listen(3001));
        `,
      },
      [
        'DELETE /api/users/:id: JwtAuthGuard(authenticates) RolesGuard(authorises admin)',
        'GET /api/users/count: JwtAuthGuard(authenticates sometimes) RolesGuard(authorises sometimes) public',
        'GET /open:',
        'GET /other: Auth()(authenticates)',
      ],
    ],
    [
      'middleware of modules',
      {
        'auth.middleware.ts': `
          import { HttpException, Injectable, NestMiddleware } from '@nestjs/common';
          @Injectable()
          export class AuthMiddleware implements NestMiddleware {
            async use(req: Request, res: Response, next: NextFunction) {
              if (!req.headers.authorization) throw new HttpException('Not authorized.', 401);
              next();
            }
          }
        `,
        'tags.controller.ts': `
          import { Controller, Get, Post } from '@nestjs/common';
          @Controller('tags')
          export class TagsController { @Get() list() {} @Post() add() {} }
        `,
        'app.module.ts': `
          import { MiddlewareConsumer, Module, RequestMethod } from '@nestjs/common';
          import { AuthMiddleware } from './auth.middleware';
          import { TagsController } from './tags.controller';
          @Module({ controllers: [TagsController] })
          export class AppModule {
            configure(consumer: MiddlewareConsumer) {
              consumer.apply(AuthMiddleware).forRoutes({ path: 'tags', method: RequestMethod.POST });
            }
          }
        `,
      },
      ['GET /tags:', 'POST /tags: AuthMiddleware(authenticates)'],
    ],
  ],
  'Next.js': [
    [
      'route handlers, API routes, server actions, wrappers, middleware by its matcher',
      {
        'src/middleware.ts': `
          import { NextResponse } from 'next/server';
          export async function middleware(request) {
            const session = await getSession(request);
            if (!session) return NextResponse.redirect(new URL('/login', request.url));
            return NextResponse.next();
          }
          export const config = { matcher: ['/api/admin/:path*', '/((?!api|_next/static|favicon.ico).*)'] };
        `,
        'src/lib/with-auth.ts': `
          import { NextResponse } from 'next/server';
          export const withAuth = (handler) => async (request) => {
            const session = await getSession(request);
            if (!session) return NextResponse.json({ error: 'Unauthorized' }, { status: 401 });
            return handler(request, session);
          };
        `,
        'src/app/api/(shop)/items/[id]/route.ts': `
          import { withAuth } from '@/src/lib/with-auth';
          export async function GET() { return Response.json({}); }
          export const DELETE = withAuth(async (request) => Response.json({}));
        `,
        'src/app/api/admin/stats/route.ts': `export const GET = async () => Response.json({});`,
        'src/pages/api/files/[...path].ts': `export default async function handler(req, res) { res.json({}); }`,
        'src/app/actions.ts': `
          'use server';
          export async function createPost(form) { await db.post.create({ data: { title: form.get('title') } }); }
        `,
        'other/app/api/x/route.ts': `export function GET() { return Response.json({}); }`,
      },
      [
        'ACTION createPost:',
        'ALL /api/files/:path*:',
        'DELETE /api/items/:id: withAuth(authenticates)',
        'GET /api/admin/stats: middleware(authenticates)',
        'GET /api/items/:id:',
        'GET /api/x:',
      ],
    ],
  ],
  tRPC: [
    [
      'procedures that are built on each other, routers in routers',
      {
        'trpc.ts': `
          import { initTRPC, TRPCError } from '@trpc/server';
          const t = initTRPC.context<Context>().create();
          const isAuthed = t.middleware(({ ctx, next }) => {
            if (!ctx.session?.user) throw new TRPCError({ code: 'UNAUTHORIZED' });
            return next({ ctx });
          });
          export const router = t.router;
          export const publicProcedure = t.procedure;
          export const protectedProcedure = t.procedure.use(isAuthed);
          export const adminProcedure = protectedProcedure.use(({ ctx, next }) => {
            if (ctx.session.user.role !== 'admin') throw new TRPCError({ code: 'FORBIDDEN' });
            return next();
          });
        `,
        'post.ts': `
          import { router, publicProcedure, protectedProcedure, adminProcedure } from './trpc';
          import { z } from 'zod';
          export const postRouter = router({
            list: publicProcedure.query(() => []),
            add: protectedProcedure.input(z.object({})).mutation(({ input }) => input),
            remove: adminProcedure.mutation(() => {}),
            odd: someProcedure.mutation(() => {}),
          });
        `,
        'root.ts': `
          import { router } from './trpc';
          import { postRouter } from './post';
          export const appRouter = router({ post: postRouter });
        `,
      },
      [
        'MUTATION post.add: protectedProcedure.input(z.object({}))(authenticates)',
        'MUTATION post.odd: someProcedure(unknown)',
        'MUTATION post.remove: adminProcedure(authenticates) adminProcedure(authorises admin)',
        'QUERY post.list:',
      ],
    ],
  ],
};

describe('routes of other frameworks', () => {
  let graphOf: Awaited<ReturnType<typeof graphReader>>;
  before(async () => {
    graphOf = await graphReader();
  });

  for (const [framework, cases] of Object.entries(CASES)) {
    describe(framework, () => {
      for (const [title, files, expected] of cases) {
        it(title, () => assert.deepEqual(linesOf(graphOf(files)), [...expected].sort()));
      }
    });
  }
});
