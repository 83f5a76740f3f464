/** Guards that let everybody pass on every way through them, and how sure it is that they should not. */
import { type Decided, pathsThrough } from '../../analysis/control-flow';
import type { Confidence } from '../../analysis/finding';
import { callAt } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { unwrap } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { pairOf } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { ASKING, HARMLESS_CALLS, INSISTING, UNFINISHED } from '../guards';
import { isShowing } from '../output';
import { isCheck } from './check';
import { assignsWho, type Decision, decisionOf, isGrantingCall, valueDecision } from './decision';
import { commentBefore, type Guard, guardAt, meaningOf, nameOfFunction, namesOfParameters } from './guard';
import { isInTest, isReplaced } from './replaced';

export interface Stub {
  readonly guard: Guard;
  readonly name: string;
  /** The statements, or the body of an arrow, that let pass; none where a guard does nothing at all. */
  readonly grants: readonly Node[];
  /** Whether it looks at something, and lets pass whatever it sees. */
  readonly isTesting: boolean;
  readonly confidence: Confidence;
}

export function stubAt(fn: Node): Stub | undefined {
  const name = nameOfFunction(fn);
  if (!mayBeGuard(name) || isDecorated(fn)) return undefined;
  const body = fn.child('body');
  const guard = body && guardAt(fn);
  if (!guard || !body || !isNamedGuard(guard, name)) return undefined;
  const grants = grantsIn(guard, body);
  if (!grants || grants.some(isAction)) return undefined;
  const reached = reachedIn(body, guard);
  const isTesting = reached.some((part) => [...part.walkOwn()].some(isCondition));
  const surety = suretyOf(guard, reached, isTesting);
  if (!surety || isInTest(fn) || isReplaced(fn)) return undefined;
  // A function that only some come back from, with nothing in it, may be one that others fill in.
  const isLess =
    surety === 'medium' ||
    (grants.length === 0 && guard.form === 'predicate') ||
    guard.says === 'mentions' ||
    guard.says === 'nothing' ||
    isByDefault(guard, name);
  const confidence = isLess ? 'medium' : 'high';
  return { guard, name, grants, isTesting, confidence: isUnfinished(fn) ? 'high' : confidence };
}

/** Asked first, as most functions are called something else. */
function mayBeGuard(name: string): boolean {
  if (name === '') return false;
  return meaningOf(name) !== 'nothing' || INSISTING.has(wordsOf(name)[0] ?? '');
}

/** A method with a decorator is called by a framework, which may have asked for a login before. */
function isDecorated(fn: Node): boolean {
  if (fn.kind !== 'method_definition') return false;
  let { previous } = fn;
  while (previous?.kind === 'comment') previous = previous.previous;
  return previous?.kind === 'decorator';
}

/** A word such as `auth` or `require` in the name makes a guard of middleware, but not of other functions. */
function isNamedGuard({ says, form }: Guard, name: string): boolean {
  if (says === 'insists' || says === 'checks') return true;
  const words = wordsOf(name);
  // What is told of an event, or counts attempts, lets everybody pass.
  if (words[0] === 'on' || words.some((word) => /^(?:rate|limit|limiter|throttle)$/.test(word))) return false;
  if (form !== 'middleware' && form !== 'hook') return false;
  return says === 'mentions' || INSISTING.has(words[0] ?? '');
}

/** What lets pass, where nothing else is decided. */
function grantsIn(guard: Guard, body: Node): readonly Node[] | undefined {
  const { form, says } = guard;
  if (body.kind !== 'statement_block') return isGrant(body, guard) ? [body] : undefined;
  const { decided, completes } = pathsThrough(body.parts, (node) => decideIn(node, guard));
  if (!decided.every(({ decision }: Decided<Decision>) => decision === 'grants')) return undefined;
  // Who calls `assertAdmin(user)` goes on when it comes back.
  const isInsisting = form === 'predicate' && says === 'insists' && isAsserting(guard);
  if (completes && form !== 'hook' && !(isInsisting && decided.length === 0)) return undefined;
  return decided.length > 0 || completes ? decided.map(({ node }) => node) : undefined;
}

/** `{ type: 'AUTHENTICATE', payload }` tells a store what to do. */
function isAction(grant: Node): boolean {
  const value = unwrap((grant.kind === 'return_statement' && grant.parts[0]) || grant);
  return value.kind === 'object' && pairOf(value, 'type') !== undefined;
}

/** The code that runs: what stands behind the first statement that always decides does not. */
function reachedIn(body: Node, guard: Guard): readonly Node[] {
  if (body.kind !== 'statement_block') return [body];
  const reached: Node[] = [];
  for (const part of body.parts) {
    reached.push(part);
    if (!pathsThrough([part], (node) => decideIn(node, guard)).completes) break;
  }
  return reached;
}

function decideIn(statement: Node, guard: Guard): Decision | undefined {
  const [returned] = statement.kind === 'return_statement' ? statement.parts : [];
  return returned && isOwnHandler(returned, guard) ? 'grants' : decisionOf(statement, guard.form);
}

function isGrant(value: Node, guard: Guard): boolean {
  return isOwnHandler(value, guard) || valueDecision(value, guard.form) === 'grants';
}

/** `const withAuth = (handler) => handler` */
function isOwnHandler(value: Node, { function: fn, form }: Guard): boolean {
  const node = unwrap(value);
  const isWrapper = form === 'predicate' && wordsOf(nameOfFunction(fn))[0] === 'with';
  return isWrapper && node.kind === 'identifier' && namesOfParameters(fn)[0] === node.text;
}

function isAsserting({ function: fn }: Guard): boolean {
  const [first = '', ...rest] = wordsOf(nameOfFunction(fn));
  return INSISTING.has(first) && rest.length > 0;
}

function isCondition(node: Node): boolean {
  return (
    node.kind === 'if_statement' || node.kind === 'ternary_expression' || node.kind === 'switch_statement'
  );
}

/** Undefined where something in the guard may refuse unseen: a call that may throw, a value that is filled in. */
function suretyOf(
  { says, form }: Guard,
  reached: readonly Node[],
  isTesting: boolean,
): Confidence | undefined {
  const nodes = reached.flatMap((part) => [...part.walk()]);
  const isIdle = !nodes.some((node) => node.kind.endsWith('assignment_expression'));
  if (says !== 'insists' && says !== 'checks' && (isTesting || !isIdle)) return undefined;
  if (nodes.some((node) => isFilling(node))) return undefined;
  const unknown = nodes.filter((node) => /^(?:call|new)_expression$/.test(node.kind) && !isHarmless(node));
  if (unknown.length === 0) return 'high';
  const isTried = nodes.some(({ kind }) => kind === 'try_statement');
  const isLookedAt =
    isTesting && !isTried && form !== 'other' && unknown.every((call) => isCheck(call) && isTested(call));
  return isLookedAt ? 'medium' : undefined;
}

/** `req.session = {}` makes what was missing; `req.user = { id: 1 }` makes a user up. */
function isFilling(node: Node): boolean {
  if (!node.kind.endsWith('assignment_expression')) return false;
  const left = node.child('left');
  if (left?.kind !== 'member_expression' && left?.kind !== 'subscript_expression') return false;
  const who = assignsWho(node);
  return !who || valueDecision(who, 'predicate') !== 'grants';
}

function isHarmless(call: Node): boolean {
  const { callee, name } = callAt(call) ?? {};
  if (!callee || isShowing(call) || isGrantingCall(call)) return true;
  if (
    name !== undefined &&
    /^globalThis\.(?:Promise|Date|String|Boolean|Number|setTimeout|JSON\.stringify)\b/.test(name)
  )
    return true;
  const words = wordsOf((callee.child('property') ?? callee).text);
  return HARMLESS_CALLS.has(words.join(''));
}

/** Whether what a check answers is asked for in a condition. */
function isTested(call: Node): boolean {
  for (const outer of call.ancestors()) {
    if (outer.kind === 'variable_declarator') return isAskedFor(outer);
    if (FUNCTION_KINDS.has(outer.kind)) return false;
    const condition = isCondition(outer) ? (outer.child('condition') ?? outer.child('value')) : undefined;
    if (condition?.contains(call)) return true;
  }
  return false;
}

function isAskedFor(declarator: Node): boolean {
  const name = declarator.child('name')?.text;
  const body = declarator.enclosingFunction;
  return [...(body?.walk() ?? [])].some((node) => {
    const condition = isCondition(node) ? node.child('condition') : undefined;
    return (
      condition !== undefined &&
      [...condition.walk()].some((part) => part.kind === 'identifier' && part.text === name)
    );
  });
}

/** Whether the function may well be the answer of one who has no say: a method, a value of an object, `canEdit`. */
function isByDefault({ function: fn, form }: Guard, name: string): boolean {
  if (form === 'middleware' || form === 'hook') return false;
  const isMember =
    fn.kind === 'method_definition' ||
    fn.parent?.kind === 'pair' ||
    fn.parent?.kind === 'public_field_definition';
  if (isMember) return !isFrameworkGuard(fn, name);
  const [first = ''] = wordsOf(name);
  if (first !== 'can' && first !== 'may') return false;
  return !namesOfParameters(fn).some((parameter) => wordsOf(parameter).some((word) => ASKING.has(word)));
}

/** `canActivate` of a class that Nest asks. */
function isFrameworkGuard(fn: Node, name: string): boolean {
  if (name !== 'canActivate' || fn.kind !== 'method_definition') return false;
  for (const outer of fn.ancestors()) {
    if (outer.kind !== 'class_declaration' && outer.kind !== 'class') continue;
    const heritage = outer.childOf('class_heritage');
    return (
      [...(heritage?.walk() ?? [])].some(
        (node) => /identifier$/.test(node.kind) && canonicalName(node) === '@nestjs/common.CanActivate',
      ) || /\bCanActivate\b/.test(heritage?.text ?? '')
    );
  }
  return false;
}

/** Whether a comment in the function, or right before it, says that the check is still to come. */
function isUnfinished(fn: Node): boolean {
  const comments = [...fn.walk()].filter((node) => node.kind === 'comment').map((node) => node.text);
  return [commentBefore(fn), ...comments].some((text) => UNFINISHED.test(text));
}
