/** What statements of a guard decide: whether they let somebody pass or not. */
import { type Call, callAt } from '../../analysis/item-facts';
import { propertyName, unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { constantBoolean, constantString, propertyOf, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { NOBODY, REFUSING, RESPONSES, SENDING, USER_KEYS, VERDICTS, WHO } from '../guards';
import { type Guard, isNext } from './guard';

export type Decision = 'grants' | 'denies' | 'unclear';

/** The decision of a simple statement in a guard; undefined where it decides nothing and code goes on. */
export function decisionOf(statement: Node, form: Guard['form']): Decision | undefined {
  const [expression] = statement.parts;
  switch (statement.kind) {
    case 'throw_statement':
      return 'denies';
    case 'return_statement':
      if (expression) return valueDecision(expression, form);
      return form === 'hook' ? 'grants' : 'denies';
    case 'expression_statement':
      return expression && effectOf(withoutAwait(expression), form);
    default:
      return undefined;
  }
}

/** Whether a statement plainly refuses: it throws, answers or passes an error on. */
export function isRefusal(statement: Node, form: Guard['form']): boolean {
  const [expression] = statement.parts;
  if (statement.kind === 'throw_statement') return true;
  if (!expression || (statement.kind !== 'return_statement' && statement.kind !== 'expression_statement'))
    return false;
  if (statement.kind === 'return_statement' && form === 'predicate')
    return valueDecision(expression, form) === 'denies';
  return effectOf(withoutAwait(expression), form) === 'denies';
}

/** The decision that a value is when a guard returns it. */
export function valueDecision(expression: Node, form: Guard['form']): Decision {
  const effect = effectOf(withoutAwait(expression), form);
  if (effect) return effect;
  const value = resolvedValue(withoutAwait(expression));
  const isPredicate = form === 'predicate';
  switch (value.kind) {
    case 'false':
    case 'null':
    case 'undefined':
      return form === 'hook' ? 'grants' : 'denies';
    case 'true':
      return isPredicate ? 'grants' : 'unclear';
    case 'object':
      return isPredicate ? objectDecision(value) : 'unclear';
    case 'call_expression': {
      // `Promise.resolve(true)`, `of(true)`
      const [first, ...rest] = callAt(value)?.args ?? [];
      const callee = value.child('function');
      const isWrapper = /^(?:resolve|of)$/.test((callee?.child('property') ?? callee)?.text ?? '');
      return isWrapper && first && rest.length === 0 ? valueDecision(first, form) : 'unclear';
    }
    default:
      return 'unclear';
  }
}

/** Whether an expression calls the next handler without an error. */
export function isGrantingCall(expression: Node): boolean {
  const call = callAt(withoutAwait(expression));
  return call !== undefined && callDecision(call) === 'grants';
}

function withoutAwait(expression: Node): Node {
  let node = unwrap(expression);
  while (node.kind === 'await_expression' || (node.kind === 'unary_expression' && node.operator === 'void')) {
    const [inner] = node.parts;
    if (!inner) break;
    node = unwrap(inner);
  }
  return node;
}

function effectOf(expression: Node, form: Guard['form']): Decision | undefined {
  if (expression.kind === 'assignment_expression') return assignmentDecision(expression, form);
  const call = callAt(expression);
  return call && callDecision(call);
}

/** `allowed = true` decides as `return true` does; `res.statusCode = 401` refuses. */
function assignmentDecision(assignment: Node, form: Guard['form']): Decision | undefined {
  const [left, right] = [assignment.child('left'), assignment.child('right')];
  if (!left || !right) return undefined;
  if (/\.(?:status(?:Code)?|body)$/.test(left.text)) return 'denies';
  const isVerdict = left.kind === 'identifier' && wordsOf(left.text).some((word) => VERDICTS.has(word));
  return form === 'predicate' && isVerdict && constantBoolean(right) === true ? 'grants' : undefined;
}

function callDecision(call: Call): Decision | undefined {
  if (call.name === 'next/server.NextResponse.next') return 'grants';
  if (call.callee.kind === 'identifier' && isNext(call.callee.text) && isParameter(call.callee)) {
    return isGoingOn(call.args) ? 'grants' : 'denies';
  }
  if (isWrapped(call)) return 'grants';
  if (isSending(call)) return 'denies';
  const last = call.callee.child('property') ?? call.callee;
  return wordsOf(last.text).some((word) => REFUSING.has(word)) ? 'denies' : undefined;
}

/** `next()`, `next(null)`; of tRPC also `next({ ctx })`. With anything else an error is passed on. */
function isGoingOn(args: readonly Node[]): boolean {
  const [first, second] = args;
  if (!first) return true;
  const value = resolvedValue(first);
  if (value.kind === 'null' || value.kind === 'undefined')
    return !second || resolvedValue(second).kind === 'true';
  return propertyOf(value, 'ctx') !== undefined;
}

/** The handler that a guard is put around: `const withAuth = (handler) => (req, res) => handler(req, res)`. */
function isWrapped({ callee, node }: Call): boolean {
  if (callee.kind !== 'identifier' || !wordsOf(callee.text).includes('handler')) return false;
  const own = node.enclosingFunction;
  return own !== undefined && isParameter(callee) && !ownParameter(callee, own);
}

function ownParameter(identifier: Node, fn: Node): boolean {
  const { file } = identifier.item;
  const declaration = file.lookUp(identifier.text, identifier);
  return declaration !== undefined && fn.contains(file.nodeOf(declaration));
}

function isParameter(identifier: Node): boolean {
  const { file } = identifier.item;
  const declaration = file.lookUp(identifier.text, identifier);
  if (!declaration) return false;
  for (const outer of file.nodeOf(declaration).ancestors()) {
    if (outer.kind === 'formal_parameters') return true;
    if (outer.kind === 'arrow_function') return true;
    if (outer.kind === 'statement_block' || outer.kind === 'program') return false;
  }
  return false;
}

/** `res.status(401).json(…)`, `reply.send(…)`, and what is handed the response: `sendError(res, 401)`. */
function isSending(call: Call): boolean {
  const members: string[] = [];
  let node = unwrap(call.callee);
  for (let steps = 24; steps > 0; steps--) {
    const inner = node.child(node.kind === 'call_expression' ? 'function' : 'object');
    const property = node.child('property');
    if (property) members.push(property.text.toLowerCase());
    if (!inner) break;
    node = unwrap(inner);
  }
  if (members.length > 0 && isResponse(node)) return members.some((member) => SENDING.has(member));
  return (
    call.args.some((arg) => isResponse(unwrap(arg))) && !/cookie|clear|locals|log/i.test(call.callee.text)
  );
}

function isResponse(node: Node): boolean {
  return node.kind === 'identifier' && RESPONSES.has(wordsOf(node.text).at(-1) ?? '');
}

/** An answer such as `{ valid: true }`, or a user. */
function objectDecision(object: Node): Decision {
  let decision: Decision = 'unclear';
  for (const part of object.parts) {
    const key = part.child('key');
    const value = part.child('value');
    const name = (key && propertyName(key)?.toLowerCase().replace(/[_-]/g, '')) ?? '';
    const said = value && resolvedValue(value);
    if (!said) continue;
    if (VERDICTS.has(name)) {
      const verdict = constantBoolean(said);
      if (verdict !== undefined) return verdict ? 'grants' : 'denies';
    }
    if (said.kind === 'null' || said.kind === 'undefined') continue;
    if (NOBODY.test(constantString(said) ?? '') || /^error|^status|anonymous|guest/.test(name))
      return 'denies';
    if (USER_KEYS.has(name) && !isEmpty(said)) decision = 'grants';
  }
  return decision;
}

function isEmpty(value: Node): boolean {
  return (
    constantString(value) === '' ||
    ((value.kind === 'array' || value.kind === 'object') && value.parts.length === 0)
  );
}

/** Whether a statement says who is logged in: `req.user = …`. */
export function assignsWho(node: Node): Node | undefined {
  const left = node.kind === 'assignment_expression' ? node.child('left') : undefined;
  const property = left?.kind === 'member_expression' ? left.child('property') : undefined;
  const name = property?.text.toLowerCase() ?? '';
  return WHO.has(name) ? node.child('right') : undefined;
}
