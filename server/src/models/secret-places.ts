/** Places in calls where a secret belongs: the key of a token, the password of a connection. */

import { type Call, callAt } from '../analysis/item-facts';
import { wrapped } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import type { CallTest } from '../analysis/needs';
import type { Node } from '../analysis/node';
import { constantString, pairOf, resolvedValue } from '../analysis/value';

interface Place {
  /** The number of the argument, or the path of options inside of one. */
  readonly at: number | readonly string[];
  /** The environment variable that it usually stands in. */
  readonly variable: string;
  /** Of a connection, which may be to this machine. */
  readonly isConnection?: boolean;
}

const JWT = 'JWT_SECRET';
const SESSION = 'SESSION_SECRET';
const DATABASE = 'DATABASE_PASSWORD';
const database: Place = { at: ['password'], variable: DATABASE, isConnection: true };

/** Source: the documentation of each package. */
const PLACES: ReadonlyMap<string, Place> = new Map<string, Place>([
  ['jsonwebtoken.sign', { at: 1, variable: JWT }],
  ['jsonwebtoken.verify', { at: 1, variable: JWT }],
  ['jwt-simple.encode', { at: 1, variable: JWT }],
  ['jwt-simple.decode', { at: 1, variable: JWT }],
  ['hono/jwt.sign', { at: 1, variable: JWT }],
  ['hono/jwt.verify', { at: 1, variable: JWT }],
  ['hono/jwt.jwt', { at: ['secret'], variable: JWT }],
  ['@nestjs/jwt.JwtModule.register', { at: ['secret'], variable: JWT }],
  ['passport-jwt.Strategy', { at: ['secretOrKey'], variable: JWT }],
  ['express-jwt', { at: ['secret'], variable: JWT }],
  ['express-jwt.expressjwt', { at: ['secret'], variable: JWT }],
  ['koa-jwt', { at: ['secret'], variable: JWT }],
  ['express-session', { at: ['secret'], variable: SESSION }],
  ['cookie-session', { at: ['secret'], variable: SESSION }],
  ['client-sessions', { at: ['secret'], variable: SESSION }],
  ['next-auth', { at: ['secret'], variable: 'NEXTAUTH_SECRET' }],
  ['cookie-parser', { at: 0, variable: 'COOKIE_SECRET' }],
  ['crypto.createHmac', { at: 1, variable: 'HMAC_KEY' }],
  ...['mysql.createConnection', 'mysql.createPool', 'mysql2.createConnection', 'mysql2.createPool'].map(
    (name): [string, Place] => [name, database],
  ),
  ...[
    'mysql2/promise.createConnection',
    'mysql2/promise.createPool',
    'pg.Pool',
    'pg.Client',
    'mssql.connect',
  ].map((name): [string, Place] => [name, database]),
  ['mariadb.createPool', database],
  ['mariadb.createConnection', database],
  ['sequelize', { at: 2, variable: DATABASE, isConnection: true }],
  ['sequelize.Sequelize', { at: 2, variable: DATABASE, isConnection: true }],
  ['ioredis', { at: ['password'], variable: 'REDIS_PASSWORD', isConnection: true }],
  ['redis.createClient', { at: ['password'], variable: 'REDIS_PASSWORD', isConnection: true }],
  ['nodemailer.createTransport', { at: ['auth', 'pass'], variable: 'SMTP_PASSWORD', isConnection: true }],
]);
const PLUGINS: ReadonlyMap<string, Place> = new Map<string, Place>([
  ['@fastify/jwt', { at: ['secret'], variable: JWT }],
  ['@fastify/cookie', { at: ['secret'], variable: 'COOKIE_SECRET' }],
  ['@fastify/session', { at: ['secret'], variable: SESSION }],
]);

export interface SecretPlace {
  /** What stands in the place. */
  readonly value: Node;
  readonly variable: string;
  /** Whether it is the password of a connection to this machine. */
  readonly isLocal: boolean;
}

/** Names that may lead to a place, so that others need no look. */
const MAY = /^(?:sign|verify|encode|decode|jwt|register|create\w+|connect)$/;

/** What calls are called of which `secretPlaceOf` says anything. */
export const MAY_HOLD_SECRET: CallTest = { to: PLACES, method: new Set(['register']) };

export function secretPlaceOf(call: Call): SecretPlace | undefined {
  const { method, args } = call;
  if (method !== undefined && !MAY.test(method) && !call.isNew) return undefined;
  const plugin = method === 'register' && args[0] ? PLUGINS.get(canonicalName(args[0]) ?? '') : undefined;
  const place = plugin ?? (call.name === undefined ? undefined : PLACES.get(call.name));
  if (!place) return undefined;
  const value = typeof place.at === 'number' ? args[place.at] : optionIn(args, place.at);
  if (!value) return undefined;
  const isLocal =
    place.isConnection === true && args.some((argument) => isLocalConnection(resolvedValue(argument)));
  return { value, variable: place.variable, isLocal };
}

function optionIn(args: readonly Node[], path: readonly string[]): Node | undefined {
  for (const argument of args) {
    let value: Node | undefined = argument;
    for (const name of path) value = value && pairOf(resolvedValue(value), name)?.value;
    const list = value && resolvedValue(value);
    if (value) return list?.kind === 'array' ? list.parts[0] : value;
  }
  return undefined;
}

function isLocalConnection(options: Node): boolean {
  const host = pairOf(options, 'host')?.value ?? pairOf(options, 'server')?.value;
  const name = host && constantString(host);
  return name !== undefined && /^(?:localhost|127\.|0\.0\.0\.0|::1)/.test(name);
}

/** Whether an expression stands in such a place. */
export function isInSecretPlace(node: Node): boolean {
  for (let steps = 0, inner = wrapped(node); steps < 8; steps++) {
    const { parent } = inner;
    const call = parent?.kind === 'arguments' && parent.parent ? callAt(parent.parent) : undefined;
    if (call) return isHolding(secretPlaceOf(call)?.value, node);
    if (!parent || !/^(?:pair|object|array)$/.test(parent.kind)) return false;
    inner = wrapped(parent);
  }
  return false;
}

function isHolding(place: Node | undefined, node: Node): boolean {
  return place?.contains(node) === true;
}

/** The name of the environment variable for what is called so: `jwtSecret` is `JWT_SECRET`. */
export function variableFor(name: string): string {
  return (propertyNameWords(name) || 'SECRET').toUpperCase();
}

function propertyNameWords(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .replace(/^_+|_+$/g, '');
}
