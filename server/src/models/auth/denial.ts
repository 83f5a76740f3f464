/** Statements that turn somebody away, and how: by an answer, by an error that is passed on, by what they throw. */
import { type Call, callAt } from '../../analysis/item-facts';
import { propertyName, unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { rememberedByNode } from '../../analysis/remembered';
import { constantString, propertyOf, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import {
  ANSWERING,
  CONTEXT_NAMES,
  DENYING_ERROR,
  DENYING_STATUS,
  DENYING_STATUS_NAME,
  DENYING_TEXT,
  ERROR_CLASS,
  ERROR_MAKERS,
  LOGIN_ADDRESS,
  REFUSING_MEMBER,
  RESPONSE_CLASSES,
  RESPONSE_MAKERS,
  RESPONSE_NAMES,
  SETTING_STATUS,
  THROWING_CALLS,
} from '../refusals';
import { isNext } from './guard';

export interface Denial {
  /** The statement. */
  readonly node: Node;
  /** The expression in it that turns away. */
  readonly expression: Node;
  /**
   * - `answers`: the response is sent, and the code goes on.
   * - `passes`: an error is handed to the next handler, and the code goes on.
   * - `makes-answer`, `makes-error`: a response or an error is made, which does nothing by itself.
   * - `throws`, `returns`: the function is left.
   */
  readonly how: 'answers' | 'passes' | 'makes-answer' | 'makes-error' | 'throws' | 'returns';
  /**
   * Whether it says itself that it is about who may pass: 401, 403, an error of that name. Otherwise the condition
   * before it has to say so.
   */
  readonly isPlain: boolean;
  /** Whether another function answers: `sendError(res, 403)`. It may throw as well. */
  readonly isByHelper?: boolean;
}

type Manner = Pick<Denial, 'how' | 'isPlain' | 'isByHelper'>;

/**
 * The denial that a simple statement is; undefined for all others.
 *
 * @param expression the part of it that may turn away, if it is not all of it.
 */
export function denialAt(statement: Node, expression = statement.parts[0]): Denial | undefined {
  if (!expression) return undefined;
  const inner = withoutAwait(expression);
  switch (statement.kind) {
    case 'throw_statement':
      return { node: statement, expression: inner, how: 'throws', isPlain: isDenyingError(inner) };
    case 'return_statement': {
      const found = denialOf(inner);
      return found && { node: statement, expression: inner, how: 'returns', isPlain: found.isPlain };
    }
    case 'expression_statement': {
      const found = ofSetStatus(statement, inner) ?? denialOf(inner);
      return found && { node: statement, expression: inner, ...found };
    }
    default:
      return undefined;
  }
}

/** Whether there is a statement in some code that plainly turns somebody away, functions in it left out. */
export function hasPlainDenial(code: Node): boolean {
  for (const node of code.walkOwn()) if (denialAt(node)?.isPlain) return true;
  return false;
}

function denialOf(expression: Node): Manner | undefined {
  if (expression.kind === 'assignment_expression') return ofAssignment(expression);
  const call = callAt(expression);
  if (!call) return undefined;
  return ofMaker(call) ?? ofNext(call) ?? ofResponse(call) ?? ofHelper(call);
}

/** `res.writeHead(401); res.end();`, `res.statusCode = 403; res.json(…);` */
function ofSetStatus(statement: Node, expression: Node): Manner | undefined {
  const call = callAt(expression);
  if (!call) return undefined;
  const { root, members } = chainOf(call);
  if (!isResponseName(root) || !members.some(({ name }) => ANSWERING.has(name))) return undefined;
  const siblings = statement.parent?.kind === 'statement_block' ? statement.parent.parts : [];
  if (siblings.length < 2) return undefined;
  const isSet = siblings.some((each) => each.end <= statement.start && setsDenyingStatus(each, root.text));
  return isSet ? { how: 'answers', isPlain: true } : undefined;
}

function setsDenyingStatus(statement: Node, response: string): boolean {
  const [inner] = statement.kind === 'expression_statement' ? statement.parts : [];
  if (inner?.kind === 'assignment_expression') {
    const [left, right] = [inner.child('left'), inner.child('right')];
    return left?.text === `${response}.statusCode` && right !== undefined && isDenyingStatus(right);
  }
  const call = inner && callAt(inner);
  if (!call) return false;
  const { root, members } = chainOf(call);
  const status = members.find(({ name }) => SETTING_STATUS.has(name))?.args[0];
  return root.text === response && status !== undefined && isDenyingStatus(status);
}

/** `sendError(res, 403)`, `unauthorized(res)` */
function ofHelper({ callee, args, isNew }: Call): Manner | undefined {
  if (isNew || !args.some((arg) => isResponseName(unwrap(arg)))) return undefined;
  const name = (callee.child('property') ?? callee).text;
  const isNamed = wordsOf(name).some((word) => REFUSING_MEMBER.has(word) || word === 'deny');
  return isNamed || args.some(isDenyingStatus)
    ? { how: 'answers', isPlain: true, isByHelper: true }
    : undefined;
}

/** Koa: `ctx.status = 403` */
function ofAssignment(assignment: Node): Manner | undefined {
  const [left, right] = [assignment.child('left'), assignment.child('right')];
  const object = left?.child('object');
  if (!object || !right || left?.child('property')?.text !== 'status') return undefined;
  if (!isContext(object) || !isDenyingStatus(right)) return undefined;
  return { how: 'answers', isPlain: true };
}

/** What has no effect by itself: `new ForbiddenError()`, `NextResponse.redirect(…)`. */
function ofMaker(call: Call): Manner | undefined {
  const { name = '', isNew, args } = call;
  if (THROWING_CALLS.has(name)) return { how: 'throws', isPlain: args.some(isLoginAddress) };
  if (RESPONSE_MAKERS.has(name) || (isNew && RESPONSE_CLASSES.has(name)))
    return { how: 'makes-answer', isPlain: isDenyingAnswer(args) };
  if (!isNew && ERROR_MAKERS.has(name)) {
    const isNamed = DENYING_STATUS_NAME.test(name.replace(/^.*\./, ''));
    return { how: 'makes-error', isPlain: isNamed || args.some(isDenyingStatus) };
  }
  if (isNew && ERROR_CLASS.test(classNameOf(call)))
    return { how: 'makes-error', isPlain: isDenyingError(call.node) };
  return undefined;
}

/** `next(error)`; a call without one lets pass. */
function ofNext({ callee, args, isNew }: Call): Manner | undefined {
  const [first] = args;
  if (isNew || callee.kind !== 'identifier' || !isNext(callee.text) || !first) return undefined;
  const value = resolvedValue(first);
  const made = callAt(value);
  const isError =
    (made?.isNew && ERROR_CLASS.test(classNameOf(made))) ||
    (value.kind === 'identifier' && /^e$|err(?:or)?$/i.test(value.text)) ||
    ERROR_MAKERS.has(made?.name ?? '');
  return isError ? { how: 'passes', isPlain: isDenyingError(value) } : undefined;
}

/** `res.status(403).json(…)`, `res.sendStatus(401)`, `res.redirect('/login')`, `c.json(…, 403)` */
function ofResponse(call: Call): Manner | undefined {
  const { root, members } = chainOf(call);
  const isResponse = isResponseName(root);
  if (!isResponse && !isContext(root)) return undefined;
  const answer = members.find(({ name }) => ANSWERING.has(name));
  if (!answer) return undefined;
  const status = members.find(({ name }) => SETTING_STATUS.has(name))?.args[0];
  const isRefusing = members.some(({ name }) => REFUSING_MEMBER.has(name));
  if (status && !isRefusing && /^2\d\d$/.test(constantString(status) ?? '')) return undefined;
  const isPlain =
    isRefusing ||
    (status !== undefined && isDenyingStatus(status)) ||
    (answer.name === 'redirect' && answer.args.some(isLoginAddress)) ||
    isDenyingAnswer(answer.args.slice(1));
  // A context of Hono makes a response; others of that kind send it.
  return { how: wordsOf(root.text).at(-1) === 'c' ? 'makes-answer' : 'answers', isPlain };
}

interface Member {
  readonly name: string;
  readonly args: readonly Node[];
}

/** The object that a chain of calls begins with, and the members that are called on it. */
export function chainOf(call: Call): Chain {
  return chainAt(call.node);
}

interface Chain {
  readonly root: Node;
  readonly members: readonly Member[];
}

const chainAt = rememberedByNode((call): Chain => {
  const members: Member[] = [];
  let node = call;
  for (let steps = 24; steps > 0; steps--) {
    const here = callAt(node);
    const member = here && unwrap(here.callee);
    const object = member?.child('object');
    const property = member?.child('property');
    if (!here || !object || !property) break;
    members.push({ name: property.text.toLowerCase(), args: here.args });
    node = unwrap(object);
  }
  return { root: node, members };
});

/** Whether an expression is a response by its name: `res`, `this.res`. */
export function isResponseName(node: Node): boolean {
  const named = node.kind === 'member_expression' ? node.child('property') : node;
  if (named?.kind !== 'identifier' && named?.kind !== 'property_identifier') return false;
  const words = wordsOf(named.text);
  return words.length <= 2 && RESPONSE_NAMES.has(words.at(-1) ?? '');
}

function isContext(node: Node): boolean {
  return node.kind === 'identifier' && CONTEXT_NAMES.has(wordsOf(node.text).at(-1) ?? '');
}

/** Whether an expression is a status of 401 or 403, as a number or by name. */
export function isDenyingStatus(expression: Node): boolean {
  const value = resolvedValue(expression);
  const text = constantString(value);
  if (text !== undefined) return DENYING_STATUS.has(text);
  const property = value.kind === 'member_expression' ? value.child('property') : undefined;
  const name = property && propertyName(property);
  return name !== undefined && DENYING_STATUS_NAME.test(name);
}

/** Whether the arguments of a response turn somebody away: `{ status: 403 }`, `403`, `new URL('/login', …)`. */
function isDenyingAnswer(args: readonly Node[]): boolean {
  return args.some((arg) => {
    const value = resolvedValue(arg);
    const status = value.kind === 'object' ? propertyOf(value, 'status') : arg;
    return (status !== undefined && isDenyingStatus(status)) || isLoginAddress(arg);
  });
}

function isLoginAddress(expression: Node): boolean {
  const value = resolvedValue(expression);
  const [first] = callAt(value)?.args ?? [];
  const text = constantString(value) ?? (first && constantString(first)) ?? '';
  return /^(?:\/|https?:)/.test(text) && LOGIN_ADDRESS.test(text);
}

/** Whether an error says that somebody may not pass, by its class, a status or its text. */
export function isDenyingError(expression: Node): boolean {
  const value = resolvedValue(expression);
  const call = callAt(value);
  if (!call) return false;
  const name = classNameOf(call);
  if (DENYING_ERROR.test(name) || DENYING_STATUS_NAME.test(name)) return true;
  if (ERROR_MAKERS.has(call.name ?? '') && DENYING_STATUS_NAME.test((call.name ?? '').replace(/^.*\./, '')))
    return true;
  return call.args.some((arg) => {
    const given = resolvedValue(arg);
    const texts = given.kind === 'object' ? given.parts.flatMap((part) => part.child('value') ?? []) : [arg];
    return texts.some((text) => isDenyingStatus(text) || DENYING_TEXT.test(constantString(text) ?? ''));
  });
}

/** The name of the class that is made, or of what is called, as its module has it. */
function classNameOf({ name, callee }: Call): string {
  return (name ?? callee.text).replace(/^.*\./s, '');
}

/** The expression behind `await` and `void`, without parentheses and casts. */
export function withoutAwait(expression: Node): Node {
  let node = unwrap(expression);
  while (node.kind === 'await_expression' || (node.kind === 'unary_expression' && node.operator === 'void')) {
    const [inner] = node.parts;
    if (!inner) break;
    node = unwrap(inner);
  }
  return node;
}
