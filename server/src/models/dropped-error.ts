/** Handlers of errors that do nothing about them: empty, or with nothing in them but lines for the log. */

import type { Place } from '../analysis/finding';
import type { Call, ItemFacts } from '../analysis/item-facts';
import { FUNCTION_KINDS, type Kind } from '../analysis/kind';
import { unwrap } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import type { CallTest } from '../analysis/needs';
import type { Node } from '../analysis/node';
import { isPromise } from '../analysis/promise';
import { resolvedValue } from '../analysis/value';
import { withoutAwait } from './auth/denial';
import { isLogCall, isLogFunction } from './output';

const HANDLING: CallTest = { method: new Set(['catch', 'then']) };

export interface DroppedError {
  /** The word that ends the error: `catch`. */
  readonly caught: Place;
  /** The `catch` clause, or the call of `catch` on a promise. */
  readonly clause: Node;
  /** The function that the rejection is handed to, as written; undefined for a `catch` clause. */
  readonly callback: Node | undefined;
  /** What runs; undefined for a function that is only named. */
  readonly body: Node | undefined;
  /** The `try` statement, or the statement with the promise. */
  readonly statement: Node;
  /** The calls whose errors end there. */
  readonly calls: readonly Node[];
  /** Calls that nobody waits for, which throw there if they are not asynchronous. */
  readonly likelyCalls: readonly Node[];
  readonly isLogged: boolean;
  /** Whether the handler leaves the function, without an answer. */
  readonly leaves: boolean;
  /** Whether a comment, or a line of the log, says that the failure does not matter. */
  readonly isExplained: boolean;
  /** What becomes of a promise: nobody looks at it, it is returned, or its value is used. */
  readonly result: 'discarded' | 'returned' | 'used';
  /** Whether the function waits for what may fail. */
  readonly isAwaited: boolean;
}

export function* droppedErrorsIn(facts: ItemFacts): Generator<DroppedError> {
  for (const statement of facts.nodes('try_statement')) yield* ofTry(statement);
  for (const call of facts.callsOf(HANDLING)) {
    const { method } = call;
    if (method === 'catch' && call.args.length === 1) yield* ofPromise(call, call.args[0]);
    else if (method === 'then' && call.args.length === 2) yield* ofPromise(call, call.args[1]);
  }
}

function* ofTry(statement: Node): Generator<DroppedError> {
  const clause = statement.child('handler');
  const body = clause?.child('body');
  const tried = statement.child('body');
  const drop = body && dropIn(body);
  if (!clause || !body || !tried || !drop) return;
  const last = statement.child('finalizer');
  if (
    last &&
    [...last.walkOwn()].some(({ kind }) => kind === 'throw_statement' || kind === 'return_statement')
  )
    return;
  const calls: Node[] = [];
  const likelyCalls: Node[] = [];
  for (const node of tried.walk((each) => !FUNCTION_KINDS.has(each.kind) || isMapped(each))) {
    const ends = node.kind === 'call_expression' ? endsIn(node, tried) : undefined;
    if (ends) (ends === 'surely' ? calls : likelyCalls).push(node);
  }
  if (calls.length + likelyCalls.length === 0) return;
  const caught = { in: clause, start: 0, end: 'catch'.length };
  const isExplained = isExplaining(body.text) || isExplaining(commentsAround(statement));
  const common = { caught, clause, callback: undefined, body, statement, calls, likelyCalls, isExplained };
  yield { ...common, ...drop, result: 'discarded', isAwaited: true };
}

function* ofPromise(call: Call, handler: Node | undefined): Generator<DroppedError> {
  const caught = call.callee.child('property');
  const promise = call.callee.child('object');
  const callback = handler && unwrap(handler);
  if (!caught || !promise || !callback) return;
  const fn = resolvedValue(callback);
  const body = fn.child('body');
  const drop = body ? (nothingIn(body) ?? dropIn(body)) : dropByName(fn);
  if (!drop) return;
  const statement = statementOf(call.node);
  const isExplained = isExplaining(callback.text) || isExplaining(commentsAround(statement));
  const result = resultOf(call.node);
  const calls = [...rejectingIn(promise)];
  const leaves = false;
  const isAwaited = call.node.parent?.kind === 'await_expression';
  const common = {
    caught,
    clause: call.node,
    callback,
    body,
    statement,
    calls,
    likelyCalls: [],
    isExplained,
  };
  if (calls.length > 0) yield { ...common, ...drop, leaves, result, isAwaited };
}

interface Drop {
  readonly isLogged: boolean;
  readonly leaves: boolean;
}

/** How a handler drops the error; undefined where it does anything else. */
function dropIn(body: Node): Drop | undefined {
  if (body.kind !== 'statement_block') {
    const value = unwrap(body);
    if (isLogCall(value)) return { isLogged: true, leaves: false };
    return isNothing(value) ? { isLogged: false, leaves: false } : undefined;
  }
  let isLogged = false;
  for (const statement of body.parts) {
    const [expression] = statement.parts;
    switch (statement.kind) {
      case 'empty_statement':
        break;
      case 'lexical_declaration':
        // The text of the error is put together; what is waited for does something.
        if ([...statement.walkOwn()].some(({ kind }) => kind === 'await_expression')) return undefined;
        break;
      case 'expression_statement': {
        const call = expression && withoutAwait(expression);
        if (!call) return undefined;
        if (isLogCall(call)) isLogged = true;
        else if (!isUndoing(call)) return undefined;
        break;
      }
      case 'if_statement': {
        const branches = [statement.child('consequence'), statement.child('alternative')?.parts[0]];
        const drops = branches.flatMap((branch) => (branch ? [dropIn(branchOf(branch))] : []));
        if (drops.some((drop) => !drop || drop.leaves)) return undefined;
        isLogged ||= drops.some((drop) => drop?.isLogged);
        break;
      }
      case 'return_statement':
        return !expression || isNothingAtAll(expression) ? { isLogged, leaves: true } : undefined;
      default:
        return undefined;
    }
  }
  return { isLogged, leaves: false };
}

/** A branch without braces is judged as its expression. */
function branchOf(branch: Node): Node {
  return (branch.kind === 'expression_statement' && branch.parts[0]) || branch;
}

/** `.catch(function () { return null; })` */
function nothingIn(body: Node): Drop | undefined {
  const [only, ...more] = body.kind === 'statement_block' ? body.parts : [];
  const value = only?.kind === 'return_statement' && more.length === 0 ? only.parts[0] : undefined;
  return value && dropIn(value);
}

/** `.catch(noop)`, `.catch(logError)` */
function dropByName(fn: Node): Drop | undefined {
  const name = canonicalName(fn) ?? '';
  if (/^globalThis\.console\.\w+$/.test(name) || isLogFunction(fn)) return { isLogged: true, leaves: false };
  const own = fn.child('property') ?? fn;
  return /^_*no_?op$/i.test(own.text) || /(?:^|[./])noop$/.test(name)
    ? { isLogged: false, leaves: false }
    : undefined;
}

function isNothing(value: Node): boolean {
  return value.kind === 'null' || value.kind === 'false' || isNothingAtAll(value);
}

function isNothingAtAll(value: Node): boolean {
  const node = unwrap(value);
  return node.kind === 'undefined' || (node.kind === 'unary_expression' && node.operator === 'void');
}

/** What tidies up behind a failure: `await transaction.rollback()`. */
function isUndoing(expression: Node): boolean {
  const callee = expression.kind === 'call_expression' ? expression.child('function') : undefined;
  const method = (callee?.child('property') ?? callee)?.text ?? '';
  return /^(?:rollback|rollbackTransaction|abort|abortTransaction|endSession|release)$/.test(method);
}

/** Whether a text says that a failure does not matter, or is meant. */
export function isExplaining(text: string): boolean {
  return EXPLAINED.test(text);
}

const EXPLAINED =
  /best[- ]?effort|non[- ]?(?:critical|fatal|blocking|essential)|not (?:critical|fatal|essential|a problem|an error|worth|important)|(?:must|should|do|does|need|will|shall|can|let)(?: not|n['’]?t| never) (?:block|break|fail|prevent|stop|affect|matter|abort|throw|crash|interrupt|let)|never (?:block|break|fail|throw|affect|let)|\balready\b|may (?:not )?(?:be|have|exist)|might (?:not )?(?:be|have|exist)|intentional|deliberate|on purpose|optional|swallow|fire[- ]and[- ]forget|safe(?:ly)? to ignore|can be ignored|even if|regardless|continue (?:anyway|with)|fail(?:s|ing)? silently|silently/i;

/** The comments that stand before a statement, behind it on its line, or first in its block. */
function commentsAround(statement: Node): string {
  const siblings = statement.parent?.children ?? [];
  const at = siblings.findIndex((each) => each.is(statement));
  const [before, behind, first] = [siblings[at - 1], siblings[at + 1], statement.child('body')?.children[0]];
  const { file } = statement.item;
  const isOnLine = behind !== undefined && !file.slice(statement.end, behind.start).includes('\n');
  return [before, isOnLine ? behind : undefined, first]
    .map((each) => (each?.kind === 'comment' ? each.text : ''))
    .join(' ');
}

const STATEMENTS: ReadonlySet<Kind> = new Set<Kind>([
  'expression_statement',
  'return_statement',
  'lexical_declaration',
  'variable_declaration',
]);

function statementOf(node: Node): Node {
  return node.enclosing(STATEMENTS) ?? node;
}

/** The calls that a promise comes from: along its chain, and those that `Promise.all` waits for. */
function* rejectingIn(promise: Node, steps = 12): Generator<Node> {
  const call = withoutAwait(promise);
  if (call.kind !== 'call_expression' || steps === 0) return;
  yield call;
  const callee = call.child('function');
  const object = callee?.child('object');
  const method = callee?.child('property')?.text;
  if (method === 'all' && object?.text === 'Promise') {
    const [written] = call.child('arguments')?.parts ?? [];
    const list = written && resolvedValue(written);
    for (const each of list?.kind === 'array' ? list.parts : []) yield* rejectingIn(each, steps - 1);
  } else if (object && (method === 'then' || method === 'finally')) {
    yield* rejectingIn(object, steps - 1);
  }
}

/** `ids.map((id) => revoke(id))`: what the function answers is in the list. */
function isMapped(fn: Node): boolean {
  const list =
    fn.kind === 'arrow_function' && fn.child('body')?.kind !== 'statement_block' ? fn.parent : undefined;
  const callee = list?.kind === 'arguments' ? list.parent?.child('function') : undefined;
  return callee?.child('property')?.text === 'map';
}

/** Whether an error of a call in a `try` block ends in its handler: what is not waited for rejects elsewhere. */
function endsIn(call: Node, tried: Node): 'surely' | 'perhaps' | undefined {
  let isAwaited = false;
  for (let node = call, outer = call.parent; outer && !node.is(tried); node = outer, outer = outer.parent) {
    if (outer.kind === 'await_expression' || outer.kind === 'yield_expression') isAwaited = true;
    if (outer.kind === 'try_statement' && node.field === 'body' && outer.child('handler')) return undefined;
    const handler = outer.kind === 'member_expression' ? outer.child('property')?.text : undefined;
    if (!isAwaited && (handler === 'catch' || handler === 'allSettled')) return undefined;
    if (outer.kind === 'arguments' && outer.parent?.child('function')?.text === 'Promise.allSettled')
      return undefined;
  }
  if (isAwaited || tried.enclosingFunction?.hasKeyword('async') !== true) return 'surely';
  return isPromise(call) ? undefined : 'perhaps';
}

function resultOf(call: Node): DroppedError['result'] {
  let node = call;
  for (let { parent } = node; parent; node = parent, { parent } = node) {
    switch (parent.kind) {
      case 'expression_statement':
        return 'discarded';
      case 'return_statement':
        return 'returned';
      case 'arrow_function':
        return node.field === 'body' ? 'returned' : 'used';
      case 'await_expression':
      case 'parenthesized_expression':
      case 'as_expression':
      case 'satisfies_expression':
      case 'non_null_expression':
      case 'unary_expression':
        if (parent.kind === 'unary_expression' && parent.operator !== 'void') return 'used';
        break;
      case 'array':
      case 'arguments':
        if (
          parent.kind === 'arguments' &&
          !/^Promise\.all(?:Settled)?$/.test(parent.parent?.child('function')?.text ?? '')
        )
          return 'used';
        break;
      case 'call_expression':
        break;
      default:
        return 'used';
    }
  }
  return 'used';
}
