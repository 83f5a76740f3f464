/** By which packages and globals it is known whether code runs on a server or in a browser. */

/** Packages that only servers import; Node's own modules count as well. A name ending in `/` is a scope. */
export const SERVER_PACKAGES: readonly string[] = (
  'express fastify @fastify/ koa @koa/ @hapi/ hono @hono/ @nestjs/ next/server next/headers restify polka ' +
  'passport passport-jwt express-jwt koa-jwt fast-jwt @prisma/client pg mysql2 mongoose mongodb ' +
  'ioredis redis bcrypt bcryptjs argon2 @trpc/server @apollo/server graphql-yoga socket.io ws firebase-admin ' +
  'server-only aws-lambda @sveltejs/kit @remix-run/node drizzle-orm knex sequelize typeorm'
).split(' ');

export const NODE_MODULES: ReadonlySet<string> = new Set(
  'crypto fs fs/promises http https http2 net path os child_process stream util worker_threads'.split(' '),
);

/** Packages that only what is shown to a user imports. */
export const CLIENT_PACKAGES: readonly string[] = (
  'react react-dom react-native expo-secure-store expo-router vue vue-router pinia svelte @angular/ preact ' +
  'solid-js react-router-dom zustand @reduxjs/toolkit next/navigation next/router nuxt/app js-cookie ' +
  '@react-native-async-storage/async-storage'
).split(' ');

export const BROWSER_GLOBALS: ReadonlySet<string> = new Set(
  'window document localStorage sessionStorage navigator location'.split(' '),
);
