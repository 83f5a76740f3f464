/** What a handler of requests answers: the status and the body, in the forms of the common frameworks. */
import { callAt } from '../../analysis/item-facts';
import { propertyName } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { constantString, pairOf, propertyOf, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { chainOf, isResponseName, withoutAwait } from '../auth/denial';
import { CONTEXT_NAMES, RESPONSE_CLASSES, RESPONSE_MAKERS } from '../refusals';

export interface Answer {
  /** The expression that answers. */
  readonly node: Node;
  /** Its status: a number as written, `''` where none is given, undefined where it is not known. */
  readonly status: string | undefined;
  /** What is sent, without `JSON.stringify`; undefined for nothing. */
  readonly body: Node | undefined;
  /** What answers, as written: `res`, `reply`, `c`, `NextResponse`; `''` for what a function returns. */
  readonly by: string;
  readonly form: 'express' | 'fastify' | 'hono' | 'koa' | 'maker' | 'lambda' | 'helper';
}

const SENDING: ReadonlySet<string> = new Set(
  'json jsonp send sendstatus end text body html status'.split(' '),
);
const STATUS_SETTERS: ReadonlySet<string> = new Set(['status', 'code', 'sendstatus', 'writehead']);
/** Makers of answers in the manner of `Response.json(body, { status })` that are not in `RESPONSE_MAKERS`. */
const OTHER_MAKERS: ReadonlySet<string> = new Set(['@sveltejs/kit.json', 'react-router.json']);
const NO_BODY = /\.(?:redirect|rewrite)$/;

/** The names of statuses that say yes, in `http-status-codes`, `http-status`, Nest's `HttpStatus`. */
const SUCCESS_NAMES: ReadonlySet<string> = new Set(['OK', 'CREATED', 'ACCEPTED', 'NO_CONTENT']);

/** The answer that an expression is; undefined for all others. */
export function answerAt(expression: Node): Answer | undefined {
  const node = withoutAwait(expression);
  if (node.kind === 'assignment_expression') return ofKoa(node);
  if (node.kind === 'object') return ofLambda(node);
  return ofMaker(node) ?? ofResponse(node) ?? ofHelper(node);
}

/** Whether an answer says that all went well; undefined where its status is not known. */
export function isSuccessful({ status }: Answer): boolean | undefined {
  return status === undefined ? undefined : status === '' || /^2\d\d$/.test(status);
}

/** `NextResponse.json(body, { status: 201 })`, `new Response(JSON.stringify(body))` */
function ofMaker(node: Node): Answer | undefined {
  const call = callAt(node);
  const name = call?.name ?? '';
  if (!call || NO_BODY.test(name)) return undefined;
  const isMaker = call.isNew
    ? RESPONSE_CLASSES.has(name)
    : RESPONSE_MAKERS.has(name) || OTHER_MAKERS.has(name);
  if (!isMaker) return undefined;
  const [body, init] = call.args;
  const object = call.isNew ? call.callee : (call.callee.child('object') ?? call.callee);
  return { node, status: statusIn(init), body: body && parsed(body), by: object.text, form: 'maker' };
}

function statusIn(init: Node | undefined): string | undefined {
  if (!init) return '';
  const options = resolvedValue(init);
  if (options.kind === 'number') return options.text;
  if (options.kind !== 'object') return undefined;
  const status = propertyOf(options, 'status');
  if (status) return statusOf(status);
  return options.parts.some(({ kind }) => kind === 'spread_element') ? undefined : '';
}

/** `res.status(200).json(body)`, `reply.code(200).send(body)`, `c.json(body, 200)`, `res.sendStatus(200)` */
function ofResponse(node: Node): Answer | undefined {
  const call = callAt(node);
  if (!call || call.isNew) return undefined;
  const { root, members } = chainOf(call);
  const [last] = members;
  if (!last || !SENDING.has(last.name)) return undefined;
  const word = wordsOf(root.text).at(-1) ?? '';
  const isContext = root.kind === 'identifier' && CONTEXT_NAMES.has(word);
  if (!isContext && !isResponseName(root)) return undefined;
  if (last.name === 'status' || (isContext && word !== 'c')) return undefined;
  const setter = members.find(({ name }) => STATUS_SETTERS.has(name));
  const [first, second] = last.args;
  const given = isContext ? second : setter?.args[0];
  const status = given ? (isContext ? statusOfInit(given) : statusOf(given)) : '';
  const isReply = word === 'reply' || members.some(({ name }) => name === 'code');
  return {
    node,
    status,
    body: last.name === 'sendstatus' ? undefined : first && parsed(first),
    by: root.text,
    form: isContext ? 'hono' : isReply ? 'fastify' : 'express',
  };
}

/** `sendJson(res, 200, body)` */
function ofHelper(node: Node): Answer | undefined {
  const call = callAt(node);
  const [response, given, body] = call?.args ?? [];
  if (!call || call.isNew || call.args.length !== 3 || !response || !given || !body) return undefined;
  if (!isResponseName(response) || resolvedValue(body).kind !== 'object') return undefined;
  return { node, status: statusOf(given), body, by: response.text, form: 'helper' };
}

function statusOfInit(given: Node): string | undefined {
  return resolvedValue(given).kind === 'object' ? statusIn(given) : statusOf(given);
}

/** `ctx.body = { … }` */
function ofKoa(node: Node): Answer | undefined {
  const [left, right] = [node.child('left'), node.child('right')];
  const object = left?.child('object');
  if (!right || object?.kind !== 'identifier' || left?.child('property')?.text !== 'body') return undefined;
  if (!CONTEXT_NAMES.has(wordsOf(object.text).at(-1) ?? '')) return undefined;
  return { node, status: '', body: parsed(right), by: object.text, form: 'koa' };
}

/** `{ statusCode: 200, body: JSON.stringify({ … }) }` */
function ofLambda(node: Node): Answer | undefined {
  const status = pairOf(node, 'statusCode');
  const body = pairOf(node, 'body');
  if (!status || !body) return undefined;
  return { node, status: statusOf(status.value), body: parsed(body.value), by: '', form: 'lambda' };
}

/** The status that an expression is, also by name: `HttpStatus.OK`. */
function statusOf(expression: Node): string | undefined {
  const value = resolvedValue(expression);
  if (value.kind === 'number') return value.text;
  const property = value.kind === 'member_expression' ? value.child('property') : undefined;
  const name = (property && propertyName(property)) ?? constantString(value) ?? '';
  return SUCCESS_NAMES.has(name.toUpperCase()) ? '200' : undefined;
}

/** What is behind `JSON.stringify(…)`. */
function parsed(body: Node): Node {
  const call = callAt(resolvedValue(body));
  const [first] = call?.args ?? [];
  return first && call?.name === 'globalThis.JSON.stringify' ? first : body;
}
