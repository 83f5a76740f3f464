/** Where libraries are told which websites may read answers. */

import type { Call, ItemFacts } from '../../analysis/item-facts';
import { propertyName } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { usesOf } from '../../analysis/uses';
import { constantBoolean, pairOf, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { checksIn } from './origin-check';
import { isRequestOrigin } from './request-origin';

/** Options of one library, or the call that has none. */
export interface CorsOptions {
  /** What to point at where there are no options. */
  readonly call: Node;
  /** The object literal; undefined where everything is left to the defaults. */
  readonly object: Node | undefined;
  /** Whether `origin` may be a list. */
  readonly takesList: boolean;
}

/** Functions whose argument in this place is the options. Source: the README of each. */
const BY_ARGUMENT: ReadonlyMap<string, number> = new Map([
  ['cors', 0],
  ['@koa/cors', 0],
  ['kcors', 0],
  ['hono/cors.cors', 0],
  ['nextjs-cors', 2],
  ['micro-cors', 0],
]);
/** What knows one origin only, or a function. */
const NO_LIST: ReadonlySet<string> = new Set(['@koa/cors', 'kcors', 'micro-cors']);
/** Functions whose last argument has the options in a property `cors`. */
const BY_PROPERTY: ReadonlySet<string> = new Set([
  'socket.io.Server',
  'socket.io',
  '@nestjs/core.NestFactory.create',
  '@nestjs/websockets.WebSocketGateway',
]);
const PLUGINS: ReadonlySet<string> = new Set(['@fastify/cors', 'fastify-cors', '@fastify/cors.fastifyCors']);

const MAY_ALLOW: CallTest = {
  to: new Set([...BY_ARGUMENT.keys(), ...BY_PROPERTY]),
  method: new Set(['enableCors', 'register']),
};

/** All places of an item where a library is told which origins it may answer. */
export function* corsOptionsIn(facts: ItemFacts): Generator<CorsOptions> {
  for (const call of facts.callsOf(MAY_ALLOW)) {
    const given = optionsOf(call);
    if (!given) continue;
    const { options, takesList } = given;
    const value = options && resolvedValue(options);
    if (value?.kind === 'object') yield { call: call.node, object: value, takesList };
    else if (!value || constantBoolean(value) === true) {
      yield { call: options ?? call.node, object: undefined, takesList };
    } else if (/function/.test(value.kind)) yield* answeredOptions(call.node, value);
  }
  for (const node of facts.nodes('variable_declarator')) {
    const object = node.child('value');
    const name = node.child('name');
    if (!object || name?.kind !== 'identifier' || !isNamedForCors(node)) continue;
    const value = resolvedValue(object);
    if (value.kind === 'object' && originIn(value) && !isUsedHere(name))
      yield { call: value, object: value, takesList: true };
  }
}

function optionsOf(call: Call): { options: Node | undefined; takesList: boolean } | undefined {
  const { name, method } = call;
  if (method === 'enableCors') return { options: call.args[0], takesList: true };
  if (method === 'register') {
    const [first, second] = call.args;
    if (first)
      return PLUGINS.has(canonicalName(first) ?? '') ? { options: second, takesList: true } : undefined;
  }
  if (name === undefined) return undefined;
  const place = BY_ARGUMENT.get(name);
  if (place !== undefined) return { options: call.args[place], takesList: !NO_LIST.has(name) };
  const last = BY_PROPERTY.has(name) ? call.args.at(-1) : undefined;
  const pair = last && pairOf(resolvedValue(last), 'cors');
  return pair && { options: pair.value, takesList: true };
}

/** `cors((req, callback) => callback(null, { origin: true, credentials: true }))` */
function* answeredOptions(call: Node, fn: Node): Generator<CorsOptions> {
  if (checksIn(fn, isRequestOrigin).length > 0) return;
  for (const node of fn.walk()) {
    if (node.kind === 'object' && pairOf(node, 'origin')) yield { call, object: node, takesList: true };
  }
}

/** `const corsOptions = { … }`, `const options: CorsOptions = { … }`, for another file to use. */
function isNamedForCors(declarator: Node): boolean {
  const name = declarator.child('name')?.text ?? '';
  return (
    (/cors/i.test(name) && wordsOf(name).includes('cors')) ||
    /\bCors\w*Options|CORSOptions/i.test(declarator.child('type')?.text ?? '')
  );
}

function isUsedHere(name: Node): boolean {
  const { file } = name.item;
  const declaration = file.lookUp(name.text, name);
  const uses = declaration ? usesOf(declaration, file) : [];
  return uses.some((use) => use.parent?.kind === 'arguments' || use.parent?.kind === 'pair');
}

/** What an object literal says of the origin: a value, or a method. */
export function originIn(object: Node): Node | undefined {
  const method = object.parts.find(
    (part) => part.kind === 'method_definition' && part.child('name')?.text === 'origin',
  );
  return pairOf(object, 'origin')?.value ?? method;
}

/** Whether credentials are let through: true, false, or undefined where something else decides. */
export function sendsCredentials(object: Node): boolean | undefined {
  const pair = pairOf(object, 'credentials');
  return pair ? constantBoolean(pair.value) : false;
}

/** Whether an object literal is of a header: `'Access-Control-Allow-Origin': …` */
export function isHeader(key: Node | undefined, name: string): boolean {
  const text = key && propertyName(key);
  return text !== undefined && text.toLowerCase() === name;
}
