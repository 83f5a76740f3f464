/** Where a file's code runs: on a server, in a browser, or nobody can tell. */
import type { Item } from '../analysis/item';
import type { ItemKeys } from '../analysis/item-index';
import { VARIABLES } from '../analysis/item-keys';
import { stringLiteral } from '../analysis/literal';
import { Node } from '../analysis/node';
import type { SourceFile } from '../analysis/source-file';

/** Packages that only servers import; Node's own modules count as well. A name ending in `/` is a scope. */
const SERVER_PACKAGES: readonly string[] = (
  'express fastify @fastify/ koa @koa/ @hapi/ hono @hono/ @nestjs/ next/server next/headers restify polka ' +
  'passport passport-jwt express-jwt koa-jwt fast-jwt @prisma/client pg mysql2 mongoose mongodb ' +
  'ioredis redis bcrypt bcryptjs argon2 @trpc/server @apollo/server graphql-yoga socket.io ws firebase-admin ' +
  'server-only aws-lambda @sveltejs/kit @remix-run/node drizzle-orm knex sequelize typeorm'
).split(' ');

const NODE_MODULES: ReadonlySet<string> = new Set(
  'crypto fs fs/promises http https http2 net path os child_process stream util worker_threads'.split(' '),
);

/** Packages that only what is shown to a user imports. */
const CLIENT_PACKAGES: readonly string[] = (
  'react react-dom react-native expo-secure-store expo-router vue vue-router pinia svelte @angular/ preact ' +
  'solid-js react-router-dom zustand @reduxjs/toolkit next/navigation next/router nuxt/app js-cookie ' +
  '@react-native-async-storage/async-storage'
).split(' ');

const BROWSER_GLOBALS: ReadonlySet<string> = new Set(
  'window document localStorage sessionStorage navigator location'.split(' '),
);

export type Runtime = 'server' | 'client' | 'unknown';

/** To be asked about a file only where something was found. */
export function runtimeOf(file: SourceFile): Runtime {
  return file.ofWholeFile('runtime', () => {
    const directive = directiveOf(new Node(file.root, 0));
    if (directive === 'use client') return 'client';
    if (directive === 'use server') return 'server';
    const modules = modulesOf(file);
    if (modules.some(isServerModule)) return 'server';
    if (modules.some((module) => isOf(CLIENT_PACKAGES, module))) return 'client';
    return /\.[jt]sx$/.test(file.path) || usesBrowser(file) ? 'client' : 'unknown';
  });
}

/** Whether a file imports any of some packages; a name ending in `/` is a scope. */
export function importsAny(file: SourceFile, packages: readonly string[]): boolean {
  return modulesOf(file).some((module) => isOf(packages, module));
}

function directiveOf(root: Node): string | undefined {
  const [first] = root.parts.filter((part) => part.kind !== 'hash_bang_line');
  const text = first?.kind === 'expression_statement' ? first.parts[0] : undefined;
  return text && stringLiteral(text);
}

function isServerModule(module: string): boolean {
  return module.startsWith('node:') || NODE_MODULES.has(module) || isOf(SERVER_PACKAGES, module);
}

function isOf(packages: readonly string[], module: string): boolean {
  return packages.some(
    (name) => module === name || module.startsWith(name.endsWith('/') ? name : `${name}/`),
  );
}

/** All modules that a file imports or requires, in its order. */
function modulesOf(file: SourceFile): readonly string[] {
  return file.ofWholeFile('modules', () =>
    file.itemsWith(MODULES, MODULE).flatMap((item) => [...modulesIn(item)]),
  );
}

/** Whether an item may name a module. */
const MODULES: ItemKeys = {
  of: (item) =>
    item.indicesOf('import_statement').length + item.indicesNamed('require').length > 0 ? [MODULE] : [],
};
const MODULE = 'module';

function* modulesIn(item: Item): Generator<string> {
  for (const index of item.indicesOf('import_statement')) {
    const source = new Node(item, index).child('source');
    const module = source && stringLiteral(source);
    if (module !== undefined) yield module;
  }
  for (const index of item.indicesNamed('require')) {
    const call = new Node(item, index).parent;
    const [first] = call?.kind === 'call_expression' ? (call.child('arguments')?.parts ?? []) : [];
    const module = first && stringLiteral(first);
    if (module !== undefined) yield module;
  }
}

function usesBrowser(file: SourceFile): boolean {
  if (file.itemsWith(MARKUP, JSX).length > 0) return true;
  return [...BROWSER_GLOBALS].some((name) =>
    file
      .itemsWith(VARIABLES, name)
      .some((item) =>
        item
          .indicesNamed(name)
          .some((index) => item.kindAt(index) === 'identifier' && !file.lookUp(name, new Node(item, index))),
      ),
  );
}

const MARKUP: ItemKeys = {
  of: (item) =>
    item.indicesOf('jsx_element').length + item.indicesOf('jsx_self_closing_element').length > 0 ? [JSX] : [],
};
const JSX = 'jsx';
