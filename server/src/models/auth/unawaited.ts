/** Checks that answer later, where nobody waits for the answer. */
import { testedIn } from '../../analysis/condition';
import { calledFunction } from '../../analysis/flow/trace-call';
import { type Call, callAt, type ItemFacts } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { isPromise } from '../../analysis/promise';
import { functionOf, resultsOf } from '../../analysis/results';
import { usesOf } from '../../analysis/uses';
import { resolvedValue } from '../../analysis/value';
import { decidesAccess } from './access-decision';
import { isCheck } from './check';
import { denialAt } from './denial';
import { meaningOf } from './guard';

export interface Unawaited {
  /** The call that answers a promise. */
  readonly call: Node;
  /** What is called, as named there. */
  readonly name: string;
  /**
   * - `truth`: its truth is asked, and a promise is always true.
   * - `dropped`: it stands alone, so nobody is stopped by what it throws.
   * - `callback`: a search asks the truth of what its callback answers.
   * - `parts`: properties are taken from it that promises do not have.
   */
  readonly how: 'truth' | 'callback' | 'dropped' | 'parts';
  readonly isSure: boolean;
}

/**
 * Checks of libraries that reject what does not pass, and what reads who is there.
 * Sources: the documentation of jose 6, rate-limiter-flexible 7, Supabase 2, Auth.js 5, NextAuth 4, Clerk 6, argon2 0.44.
 */
const REJECTING =
  /^(?:jose\.(?:jwtVerify|jwtDecrypt|compactVerify)|hono\/jwt\.verify|rate-limiter-flexible\.\w+\(\)\.consume|google-auth-library\.OAuth2Client\(\)\.verifyIdToken|firebase-admin(?:\/auth)?\.(?:auth|getAuth)\(\)\.verify(?:IdToken|SessionCookie))$/;
const ANSWERING =
  /^(?:@supabase\/[\w-]+\.\w+\(\)\.auth\.(?:getUser|getSession|getClaims)|next-auth(?:\/next)?\.getServerSession|next-auth\/jwt\.getToken|@clerk\/nextjs\/server\.currentUser)$/;
/** Queries of models from other files: a query is as true as a promise. */
const LOOKING = /\.(?:findOne|findById|findByPk|findUnique|findFirst|exists|countDocuments)$/;
const MODELS =
  /^(?:[.@~#].*(?:models?|entit(?:y|ies)|schemas?|prisma|db)\b|mongoose\.|@prisma\/client\.|sequelize\.)/i;

export function* unawaitedChecks(facts: ItemFacts): Generator<Unawaited> {
  for (const node of testedIn(facts)) {
    const found = node.kind === 'call_expression' || node.kind === 'identifier' ? asked(node) : undefined;
    if (found) yield found;
  }
  for (const statement of facts.nodes('expression_statement')) {
    const found = dropped(statement);
    if (found) yield found;
  }
  for (const pattern of facts.nodes('object_pattern')) {
    const value = pattern.parent?.kind === 'variable_declarator' ? pattern.parent.child('value') : undefined;
    const call = value && unwrap(value);
    const known = call?.kind === 'call_expression' ? callAt(call) : undefined;
    if (!call || !known || !(ANSWERING.test(known.name ?? '') || REJECTING.test(known.name ?? ''))) continue;
    yield { call, name: nameOf(known), how: 'parts', isSure: true };
  }
}

/** `if (!isAdmin(user))`, `const ok = isAdmin(user); if (ok)` */
function asked(node: Node): Unawaited | undefined {
  const value = node.kind === 'identifier' ? resolvedValue(node) : node;
  const call = value.kind === 'call_expression' ? callAt(value) : undefined;
  if (!call) return undefined;
  if (SEARCHING.test(call.method ?? '') && isAsync(call.args[0]) && decidesAccess(node))
    return { call: value, name: nameOf(call), how: 'callback', isSure: true };
  const isQuery = LOOKING.test(call.name ?? '') && MODELS.test(call.name ?? '');
  if (!isQuery && !answersPromise(value, call, 3)) return undefined;
  // Of a library it is known to be a check.
  if ((call.name === undefined || isQuery) && !decidesAccess(node) && !isCheck(value)) return undefined;
  // Asked last, as the whole file is looked at.
  if (node.kind === 'identifier' && isWaitedForLater(node)) return undefined;
  return { call: value, name: nameOf(call), how: 'truth', isSure: !isQuery };
}

const SEARCHING = /^(?:some|every|find|findIndex)$/;

/** `roles.some(async (role) => …)`: the promise is true, whatever comes of it. */
function isAsync(callback: Node | undefined): boolean {
  const fn = callback && functionOf(callback);
  return fn?.hasKeyword('async') === true && !fn.kind.startsWith('generator');
}

/** Whether a variable is waited for somewhere, or handed to somebody who may do that. */
function isWaitedForLater(identifier: Node): boolean {
  const { file } = identifier.item;
  const declaration = file.lookUp(identifier.text, identifier);
  return (declaration ? usesOf(declaration, file) : []).some((use) => {
    const { parent } = use;
    if (parent?.kind === 'member_expression')
      return /^(?:then|catch|finally)$/.test(parent.child('property')?.text ?? '');
    return /^(?:await_expression|arguments|array|return_statement)$/.test(parent?.kind ?? '');
  });
}

/** A call of a library or of an `async` function, or of one that returns such a call. */
function answersPromise(node: Node, call: Call, depth: number): boolean {
  if (isPromise(node)) return true;
  const { name } = call;
  if (name !== undefined) return REJECTING.test(name) || ANSWERING.test(name);
  const fn = calledFunction(call.callee);
  if (!fn || fn.kind.startsWith('generator')) return false;
  if (fn.hasKeyword('async')) return !fn.hasKeyword('*');
  const results = depth > 0 ? resultsOf(fn) : [];
  return (
    results.length > 0 &&
    results.every((result) => {
      const inner = unwrap(result);
      const next = inner.kind === 'call_expression' ? callAt(inner) : undefined;
      return next !== undefined && answersPromise(inner, next, depth - 1);
    })
  );
}

/** `requireAdmin(user);` of an `async` function that throws or refuses. */
function dropped(statement: Node): Unawaited | undefined {
  const [first] = statement.parts;
  const node = first && unwrap(first);
  const call = node?.kind === 'call_expression' ? callAt(node) : undefined;
  if (!node || !call || !node.enclosingFunction) return undefined;
  const name = nameOf(call);
  if (call.name !== undefined)
    return REJECTING.test(call.name) ? { call: node, name, how: 'dropped', isSure: true } : undefined;
  const says = meaningOf(name);
  if (says !== 'insists' && (call.args.length === 0 || (says !== 'checks' && !isCheck(node))))
    return undefined;
  const fn = calledFunction(call.callee);
  if (!fn?.hasKeyword('async') || !throws(fn)) return undefined;
  return { call: node, name, how: 'dropped', isSure: true };
}

/** Whether a function stops whoever waits for it; one that answers the request by itself is another matter. */
function throws(fn: Node): boolean {
  let isThrowing = false;
  for (const node of fn.child('body')?.walkOwn() ?? []) {
    if (node.kind === 'expression_statement' && denialAt(node)) return false;
    isThrowing ||= node.kind === 'throw_statement';
    const call = node.kind === 'call_expression' ? callAt(node) : undefined;
    isThrowing ||= REJECTING.test(call?.name ?? '');
  }
  return isThrowing;
}

function nameOf({ callee }: Call): string {
  return (callee.child('property') ?? callee).text;
}
