/** Where a text becomes the body of a response, and whether a browser reads that as HTML. */

import { bindingOf, parameterAt, parametersOf } from '../../analysis/flow/binding';
import type { Call, ItemFacts } from '../../analysis/item-facts';
import { callAt } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { unwrap } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { argumentHolding } from '../../analysis/results';
import { constantString, propertyOf, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { CONTEXT_NAMES, RESPONSE_CLASSES, RESPONSE_NAMES } from '../refusals';

export interface ResponseSink {
  readonly node: Node;
  readonly body: Node;
  /**
   * - `html`: a browser reads it as HTML.
   * - `sniffed`: no type is sent, so that its beginning decides.
   */
  readonly reading: 'html' | 'sniffed';
}

/** `fastify` sends text as text/plain, `koa` looks at its beginning, `node` sends no type. */
type Framework = 'express' | 'fastify' | 'koa' | 'hono' | 'node';

/** By the declared type of the parameter. */
const TYPES: Readonly<Record<string, Framework>> = {
  'express.Response': 'express',
  'express-serve-static-core.Response': 'express',
  'fastify.FastifyReply': 'fastify',
  'http.ServerResponse': 'node',
  'next.NextApiResponse': 'node',
  'koa.Context': 'koa',
  'koa.ParameterizedContext': 'koa',
  'hono.Context': 'hono',
};

/** By what the handler is registered with, where its request is the first of two, or the context the only one. */
const APPS: Readonly<Record<string, Framework>> = {
  'express()': 'express',
  'express.Router()': 'express',
  'fastify()': 'fastify',
  'fastify.fastify()': 'fastify',
  'koa()': 'koa',
  '@koa/router()': 'koa',
  'koa-router()': 'koa',
  'hono.Hono()': 'hono',
  'restify.createServer()': 'fastify',
  'http.createServer': 'node',
  'https.createServer': 'node',
  'http.createServer()': 'node',
  'polka()': 'node',
};

const SENDING: ReadonlySet<string> = new Set(['send', 'write', 'end', 'html']);

const MAY_ANSWER: CallTest = {
  to: RESPONSE_CLASSES,
  method: new Set([...SENDING, 'response']),
  function: { has: (name) => wordsOf(name).at(-1) === 'reply' },
};

/** Those of an item, for `ItemFacts.once`: several rules ask for them. */
export function responseSinksIn(facts: ItemFacts): readonly ResponseSink[] {
  return [
    ...facts.callsOf(MAY_ANSWER).flatMap((call) => responseSinkOfCall(call) ?? []),
    ...facts.nodes('assignment_expression').flatMap((each) => responseSinkOfAssignment(each) ?? []),
  ];
}

export function responseSinkOfCall(call: Call): ResponseSink | undefined {
  const [first, second] = call.args;
  const ofHapi = first && isAnswerOfHapi(call) ? hapiSink(call, first) : undefined;
  if (ofHapi) return ofHapi;
  // Express 3 took the status first.
  const isStatus = call.method === 'send' && second && /^\d{3}$/.test(first?.text ?? '');
  const body = isStatus ? second : first;
  if (!body || body.kind === 'spread_element') return undefined;
  if (call.isNew) {
    const isResponse = call.name !== undefined && RESPONSE_CLASSES.has(call.name);
    const headers = isResponse && call.args[1] ? headersOf(call.args[1]) : undefined;
    return headers && typeIn(headers) === 'html' ? { node: call.node, body, reading: 'html' } : undefined;
  }
  const { method } = call;
  if (method === undefined || !SENDING.has(method)) return undefined;
  const target = call.callee.child('object');
  const response = target && responseOf(target);
  if (!response) return undefined;
  const { framework } = response;
  if (method === 'html') return framework === 'hono' ? { node: call.node, body, reading: 'html' } : undefined;
  if (framework === 'koa' || framework === 'hono') return undefined;
  const isText = method === 'send' && framework === 'fastify';
  const isHtml = method === 'send' && framework === 'express';
  const reading = typeAt(response, call.node) ?? (isText ? 'other' : isHtml ? 'html' : 'sniffed');
  return reading === 'other' ? undefined : { node: call.node, body, reading };
}

/** `h.response(text)` and, before hapi 17, `reply(text)`: the second parameter of a handler. */
function isAnswerOfHapi({ method, callee, isNew }: Call): boolean {
  if (isNew || (method !== undefined && method !== 'response')) return false;
  const toolkit = method === undefined ? callee : callee.child('object');
  if (toolkit?.kind !== 'identifier') return false;
  const lastWord = (name: string) => wordsOf(name).at(-1) ?? '';
  if (!(method === undefined ? /^reply$/ : /^(?:h|toolkit)$/).test(lastWord(toolkit.text))) return false;
  const { file } = toolkit.item;
  const declaration = file.lookUp(toolkit.text, toolkit);
  const binding = declaration && bindingOf(file.nodeOf(declaration));
  if (binding?.how !== 'parameter' || binding.index !== 1) return false;
  const request = parameterAt(binding.fn, 0);
  return /^(?:req|request)$/.test(lastWord((request?.child('pattern') ?? request)?.text ?? ''));
}

/** Texts are sent as HTML, unless what follows says otherwise: `h.response(text).type('text/plain')`. */
function hapiSink({ node }: Call, body: Node): ResponseSink | undefined {
  for (let outer = node.parent?.parent; outer; outer = outer.parent?.parent) {
    const call = callAt(outer);
    if (!call) break;
    const type = typeSetBy(call);
    if (type) return type === 'html' ? { node, body, reading: 'html' } : undefined;
  }
  return { node, body, reading: 'html' };
}

/** Koa: `ctx.body = text` */
export function responseSinkOfAssignment(assignment: Node): ResponseSink | undefined {
  const left = assignment.child('left');
  const body = assignment.child('right');
  if (left?.kind !== 'member_expression' || left.child('property')?.text !== 'body' || !body)
    return undefined;
  const object = left.child('object');
  const context = object?.child('property')?.text === 'response' ? object.child('object') : object;
  const response = context && responseOf(context);
  if (response?.framework !== 'koa') return undefined;
  const reading = typeAt(response, assignment) ?? 'sniffed';
  return reading === 'other' ? undefined : { node: assignment, body, reading };
}

interface Response {
  readonly framework: Framework;
  /** The handler. */
  readonly fn: Node;
  readonly name: string;
  /** What was called on it in the same chain. */
  readonly chain: readonly Call[];
}

function responseOf(expression: Node): Response | undefined {
  const chain: Call[] = [];
  let node = unwrap(expression);
  while (node.kind === 'call_expression') {
    const call = callAt(node);
    const object = call?.callee.child('object');
    if (!call || !object) return undefined;
    chain.push(call);
    node = unwrap(object);
  }
  if (node.kind !== 'identifier') return undefined;
  const { file } = node.item;
  const declaration = file.lookUp(node.text, node);
  const declared = declaration && file.nodeOf(declaration);
  const fn = declared && functionAround(declared);
  if (!declared || !fn) return undefined;
  const framework = frameworkOf(fn, declared);
  return framework && { framework, fn, name: node.text, chain };
}

/** The function that an identifier is a parameter of. */
function functionAround(declared: Node): Node | undefined {
  for (const outer of declared.ancestors()) {
    if (FUNCTION_KINDS.has(outer.kind)) return outer.child('body')?.contains(declared) ? undefined : outer;
    if (outer.kind === 'statement_block' || outer.kind === 'object_pattern') return undefined;
  }
  return undefined;
}

function frameworkOf(fn: Node, declared: Node): Framework | undefined {
  const type = declared.parent?.child('type');
  if (type) {
    const known = TYPES[typeName(type)];
    if (known) return known;
  }
  const list = fn.child('parameters');
  const count = list ? parametersOf(list).length : 1;
  const index = [0, 1, 2].find((i) => parameterAt(fn, i)?.contains(declared));
  const registered = registeredWith(fn);
  if (registered) {
    const place = registered === 'koa' || registered === 'hono' ? 0 : count === 4 ? 2 : 1;
    return index === place ? registered : undefined;
  }
  if (index === 0) {
    if (declared.text === 'ctx' && count <= 2) return 'koa';
    return CONTEXT_NAMES.has(declared.text) ? 'hono' : undefined;
  }
  if (!RESPONSE_NAMES.has(declared.text) || index === undefined) return undefined;
  if (declared.text === 'reply') return 'fastify';
  const { file } = fn.item;
  return file.says(/['"]fastify['"]/) && !file.says(/['"]express['"]/) ? 'fastify' : 'express';
}

function typeName(type: Node): string {
  const [first = '', ...rest] = /[\w$]+(?:\.[\w$]+)*/.exec(type.text)?.[0].split('.') ?? [];
  const { file } = type.item;
  const declaration = file.lookUp(first, type);
  return [declaration ? (canonicalName(file.nodeOf(declaration)) ?? first) : first, ...rest].join('.');
}

function registeredWith(fn: Node): Framework | undefined {
  const list = argumentHolding(fn)?.parent;
  const call = list?.kind === 'arguments' && list.parent ? callAt(list.parent) : undefined;
  const receiver = call?.callee.child('object');
  if (!call) return undefined;
  const name = receiver && canonicalName(receiver);
  const app = name && APPS[name.replace(/\.route\(\)(?:\.\w+\(\))*$/, '')];
  return app || (call.name === undefined ? undefined : APPS[call.name]);
}

type Reading = 'html' | 'other';

/** The type that is set before a place; undefined where none is. */
function typeAt({ fn, name, chain }: Response, at: Node): Reading | undefined {
  for (const call of chain) {
    const type = typeSetBy(call);
    if (type) return type;
  }
  let last: Reading | undefined;
  for (const node of fn.child('body')?.walk() ?? []) {
    if (node.start >= at.start) break;
    const type =
      node.kind === 'call_expression'
        ? ofCall(node, name)
        : node.kind === 'assignment_expression'
          ? ofAssignment(node, name)
          : undefined;
    // What is set in another branch says nothing.
    if (type && blockOf(node, fn)?.contains(at)) last = type;
  }
  return last;
}

function blockOf(node: Node, fn: Node): Node | undefined {
  for (const outer of node.ancestors()) {
    if (/^(?:statement_block|switch_case|switch_default|else_clause|if_statement)$/.test(outer.kind))
      return outer;
    if (outer.is(fn)) return outer;
  }
  return undefined;
}

function ofCall(node: Node, name: string): Reading | undefined {
  const call = callAt(node);
  if (!call) return undefined;
  let root = call.callee.child('object');
  while (root && root.kind !== 'identifier') {
    root = root.kind === 'call_expression' ? root.child('function') : root.child('object');
  }
  return root?.text === name ? typeSetBy(call) : undefined;
}

/** `ctx.type = 'html'` */
function ofAssignment(node: Node, name: string): Reading | undefined {
  const left = node.child('left');
  const value = node.child('right');
  const isType = /^(?:type|contentType)$/.test(left?.child('property')?.text ?? '');
  return isType && left?.child('object')?.text.split('.')[0] === name && value ? readingOf(value) : undefined;
}

function typeSetBy({ method, args }: Call): Reading | undefined {
  const [first, second] = args;
  switch (method) {
    case 'type':
    case 'contentType':
      return first && readingOf(first);
    case 'attachment':
      return 'other';
    case 'set':
    case 'header':
    case 'setHeader':
    case 'append': {
      if (first && !second) return typeIn(first);
      const name = first && constantString(first)?.toLowerCase();
      if (name === 'content-disposition') return second && dispositionOf(second);
      return name === 'content-type' && second ? readingOf(second) : undefined;
    }
    case 'writeHead': {
      const headers = args.slice(1).at(-1);
      return headers && typeIn(headers);
    }
    default:
      return undefined;
  }
}

function dispositionOf(value: Node): Reading | undefined {
  return /attachment/i.test(value.text) ? 'other' : undefined;
}

function headersOf(init: Node): Node | undefined {
  const object = resolvedValue(init);
  return object.kind === 'object' ? propertyOf(object, 'headers') : undefined;
}

/** What headers that are written in the code say. */
function typeIn(headers: Node): Reading | undefined {
  let object = resolvedValue(headers);
  if (object.kind === 'new_expression') object = resolvedValue(callAt(object)?.args[0] ?? object);
  if (object.kind !== 'object') return undefined;
  for (const name of ['Content-Type', 'content-type', 'Content-type', 'contentType']) {
    const value = propertyOf(object, name);
    if (value) return readingOf(value);
  }
  return undefined;
}

/** A type that is not known is taken for a harmless one. */
function readingOf(value: Node): Reading {
  const text = constantString(value);
  return text !== undefined && /\bhtml?\b/i.test(text) ? 'html' : 'other';
}
