/** What becomes of requests in a function, by its own body: whether it turns somebody away, and for what. */
import { type Call, callAt } from '../analysis/item-facts';
import { FUNCTION_KINDS, type Kind } from '../analysis/kind';
import type { Node } from '../analysis/node';
import { constantString } from '../analysis/value';
import { wordsOf } from '../analysis/words';
import { isActor, usesActor } from '../models/actor';
import { isCheck } from '../models/auth/check';
import { isGrantingCall } from '../models/auth/decision';
import { denialAt, isDenyingError, isDenyingStatus } from '../models/auth/denial';
import { isNext, meaningOf, nameOfFunction, namesOfParameters } from '../models/auth/guard';
import { dataWrite, storeOf } from '../models/data-writes';
import { ASKS_WHO, doneByLibrary } from '../models/route-guards';
import type { Does, FunctionFacts } from './facts';

type Findings = Pick<
  FunctionFacts,
  'does' | 'roles' | 'passesOn' | 'asksForPath' | 'asksWho' | 'readsProof' | 'writes'
>;

/** Words by which conditions are about what somebody may do, not only about who they are. */
const RIGHTS: ReadonlySet<string> = new Set(
  (
    'role roles admin admins administrator superadmin superuser moderator permission permissions privilege privileges ' +
    'acl rbac scope scopes ability policy policies rank tier staff'
  ).split(' '),
);
const OWNERS: ReadonlySet<string> = new Set('owner owners ownership belongs author'.split(' '));
/** Words by which conditions are about who somebody is. */
const PROOFS: ReadonlySet<string> = new Set(
  (
    'user token tokens auth authorization authenticated session jwt bearer apikey signature secret credentials decoded ' +
    'payload claims logged login account userid passport principal identity password key hmac verified member'
  ).split(' '),
);
const GUARDING = /^(?:insists|checks|mentions)$/;
const STATEMENTS = /^(?:throw_statement|return_statement|expression_statement)$/;
/** Words of code that looks at who somebody is. */
const WHO: ReadonlySet<string> = new Set([
  ...PROOFS,
  ...RIGHTS,
  ...OWNERS,
  ...'cookie cookies users profile tenant member members guard access allowed permitted ip whitelist allowlist'.split(
    ' ',
  ),
]);
/** Words of what somebody shows to be let in. */
const EVIDENCE: ReadonlySet<string> = new Set(
  (
    'session sessions token tokens auth authorization authenticated authorized authenticate authorize jwt bearer apikey ' +
    'signature signed hmac webhook cookie cookies unauthorized unauthenticated forbidden clerk nextauth guard protect ' +
    'permission permissions captcha turnstile recaptcha otp'
  ).split(' '),
);
const NAMES: ReadonlySet<Kind> = new Set<Kind>([
  'identifier',
  'property_identifier',
  'shorthand_property_identifier',
  'shorthand_property_identifier_pattern',
]);
const MOST_NAMED = 6;
/** Longer functions are looked at as far as this. */
const MOST_NODES = 6_000;
const DELETING =
  /^(?:delete|deleteOne|deleteMany|destroy|findByIdAndDelete|findByIdAndRemove|findOneAndDelete|findOneAndRemove|remove|deleteById|softDelete|increment|decrement)$/;
const WRITING_SQL =
  /^\s*(?:insert\s+into|update\s+\S+\s+set|delete\s+from|replace\s+into|truncate|drop\s+table)\b/i;

export function whatItDoes(fn: Node): Findings {
  const body = fn.child('body');
  const parameters = namesOfParameters(fn);
  const isHandedNext = parameters.some(isNext);
  let passesOn = false;
  const seen = { isAway: false, rights: false, owns: false, proof: false, isPlain401: false };
  let hasLibrary = false;
  let hasCheck = false;
  let asksForPath = false;
  let handsOn = false;
  let looksAtWho = false;
  let readsProof = false;
  const roles = new Set<string>();
  const writes = new Set<string>();
  let left = MOST_NODES;
  for (const node of body?.walk() ?? []) {
    if (left-- === 0) break;
    if (STATEMENTS.test(node.kind) || (node.is(body) && body?.kind !== 'statement_block')) {
      if (turnsAway(node, fn)) note(node, fn, seen, roles);
    } else if (node.kind === 'ternary_expression' && denies(node)) note(node, fn, seen, roles);
    else if (node.kind === 'call_expression') {
      const call = callAt(node);
      if (!call) continue;
      const done = call.name === undefined ? undefined : doneByLibrary(`${call.name}()`);
      hasLibrary ||= done === 'authenticates' || done === 'authorises';
      hasCheck ||= isCheck(node);
      readsProof ||= isAsking(call);
      handsOn ||= isHandedNext && call.args.some((arg) => arg.kind === 'identifier' && isNext(arg.text));
      passesOn ||= handsOn || isGrantingCall(node);
      if (writes.size < MOST_NAMED) for (const write of writesOf(node)) writes.add(write);
    } else if (NAMES.has(node.kind)) {
      asksForPath ||= isAskedPath(node);
      const words = wordsOf(node.text);
      looksAtWho ||= words.some((word) => WHO.has(word));
      readsProof ||= words.some((word) => EVIDENCE.has(word) || RIGHTS.has(word));
    } else if (node.kind === 'member_expression') asksForPath ||= isAskedPath(node);
  }
  const says = meaningOf(nameOfFunction(fn));
  const isNamed = says === 'insists' || says === 'checks';
  const asksWho = usesActor(fn);
  const does = ((): Does => {
    if (seen.isAway) {
      if (seen.rights) return 'authorises';
      if (seen.owns) return 'owns';
      if (seen.proof || seen.isPlain401 || isNamed || hasCheck || hasLibrary) return 'authenticates';
      return 'unknown';
    }
    if (hasLibrary || (hasCheck && isNamed)) return 'authenticates';
    if (!isHandedNext || hasCheck || handsOn) return 'unknown';
    // Who is not looked at is not turned away for who they are.
    const isSeen = left > 0 && passesOn && !looksAtWho && !asksWho && says === 'nothing';
    return isSeen || isPassing(fn) ? 'nothing' : 'unknown';
  })();
  return {
    does,
    roles: [...roles].slice(0, MOST_NAMED),
    passesOn,
    asksForPath,
    asksWho,
    readsProof,
    writes: [...writes],
  };
}

function isAsking({ callee }: Call): boolean {
  const name = (callee.child('property') ?? callee).text.slice(0, 80);
  return ASKS_WHO.test(name) || /^(?:insists|checks)$/.test(meaningOf(name));
}

/** A statement that answers 401 or 403, throws such an error, or says no where a yes or no is asked for. */
function turnsAway(statement: Node, fn: Node): boolean {
  const denial = denialAt(statement);
  if (denial?.isPlain || isKoaDenial(statement)) return true;
  const [value] = statement.kind === 'return_statement' ? statement.parts : [];
  if (value?.kind === 'false') return isPredicate(fn);
  if (value?.kind === 'ternary_expression') return denies(value);
  // `return roles.includes(user.role)`, `return !!user`
  return (
    value !== undefined &&
    isPredicate(fn) &&
    statement.enclosingFunction?.is(fn) === true &&
    asksSomething(value)
  );
}

/** `ctx.throw(401)`, `ctx.assert(ctx.state.user, 401)`, `throw new HTTPException(401)` */
function isKoaDenial(statement: Node): boolean {
  const [expression] = statement.parts;
  const call =
    expression &&
    callAt(expression.kind === 'await_expression' ? (expression.parts[0] ?? expression) : expression);
  if (!call) return false;
  if (statement.kind === 'throw_statement') return call.args.some(isDenyingStatus);
  const owner = call.callee.child('object')?.text ?? '';
  return (
    /^(?:throw|assert)$/.test(call.method ?? '') &&
    /^(?:ctx|context|c|this)$/.test(owner) &&
    call.args.some((arg) => isDenyingStatus(arg) || isDenyingError(arg))
  );
}

function asksSomething(value: Node): boolean {
  return /^(?:binary|unary|call|await)_expression$/.test(value.kind) && !isGrantingCall(value);
}

const ADDRESS = /^(?:pathname|originalUrl|baseUrl|path|url|nextUrl|routerPath|routeOptions)$/;
const ASKING = /^(?:startsWith|endsWith|includes|match|matches|test|some|has|indexOf|search|exec)$/;

/** `request.url.startsWith('/api')`, `pathname === '/login'`, `open.includes(path)`, `isPublicRoute(request)` */
function isAskedPath(node: Node): boolean {
  const { parent } = node;
  if (!parent || !ADDRESS.test((node.child('property') ?? node).text)) return false;
  if (parent.kind === 'binary_expression') return /^[!=]==?$/.test(parent.operator);
  if (parent.kind === 'member_expression') return ASKING.test(parent.child('property')?.text ?? '');
  const call = parent.kind === 'arguments' && parent.parent ? callAt(parent.parent) : undefined;
  return call !== undefined && ASKING.test(call.method ?? '');
}

/** `canActivate`, `hasPermission`: what they answer decides. */
function isPredicate(fn: Node): boolean {
  return nameOfFunction(fn) === 'canActivate';
}

/** `ok ? next() : res.sendStatus(401)` */
function denies(ternary: Node): boolean {
  return [ternary.child('consequence'), ternary.child('alternative')].some((branch) => {
    const call = branch && callAt(branch);
    return call !== undefined && (call.args.some(isDenyingStatus) || /\b40[13]\b/.test(call.callee.text));
  });
}

interface Seen {
  isAway: boolean;
  rights: boolean;
  owns: boolean;
  proof: boolean;
  isPlain401: boolean;
}

/** What somebody is turned away for: by the conditions around, or by those that let others leave before. */
function note(away: Node, fn: Node, seen: Seen, roles: Set<string>): void {
  seen.isAway = true;
  if (/\b401\b|unauthori[sz]ed|unauthenticated|log-?in|sign-?in/i.test(away.text.slice(0, 300)))
    seen.isPlain401 = true;
  const asked: Node[] = [away];
  for (const outer of away.ancestors()) {
    if (outer.is(fn)) break;
    const condition = outer.child('condition');
    if (condition) asked.push(condition);
  }
  // `if (roles.includes(role)) return next(); return res.sendStatus(403);`
  if (asked.length === 1) {
    for (const sibling of away.parent?.parts ?? []) {
      const condition = sibling.end <= away.start ? sibling.child('condition') : undefined;
      if (condition) asked.push(condition);
    }
  }
  for (const condition of asked) {
    for (const node of condition.walk()) {
      if (node.kind === 'string') {
        const text = constantString(node) ?? '';
        if (
          /^[\w:.-]{2,40}$/.test(text) &&
          isAboutRights(condition) &&
          !/^(?:error|message|status|errors)$/i.test(text)
        )
          roles.add(text);
        continue;
      }
      if (node.kind === 'binary_expression' && /^[!=]==?$/.test(node.operator))
        seen.owns ||= comparesOwner(node);
      if (!/identifier$/.test(node.kind)) continue;
      const words = wordsOf(node.text);
      if (condition === away && node.kind !== 'identifier') continue;
      seen.rights ||= words.some((word) => RIGHTS.has(word));
      seen.owns ||= words.some((word) => OWNERS.has(word));
      seen.proof ||= words.some((word) => PROOFS.has(word));
    }
  }
  if (/\badmin|\brole|permission|privilege|\bscope/i.test(away.text.slice(0, 300))) seen.rights = true;
}

function isAboutRights(condition: Node): boolean {
  return /role|admin|permission|scope|privilege|\bcan\b|group/i.test(condition.text.slice(0, 300));
}

/** `post.author !== req.user.id`, not `req.user.role !== 'admin'` */
function comparesOwner(comparison: Node): boolean {
  const [left, right] = [comparison.child('left'), comparison.child('right')];
  if (!left || !right || [left, right].some((side) => CONSTANT.test(side.kind) || side.text === 'undefined'))
    return false;
  if (wordsOf(comparison.text.slice(0, 200)).some((word) => RIGHTS.has(word))) return false;
  return isActor(left) !== isActor(right);
}

const CONSTANT = /^(?:string|number|true|false|null|undefined|unary_expression|template_string)$/;

/** Where code runs only sometimes, or later. */
const SOMETIMES =
  /^(?:if_statement|ternary_expression|switch_case|switch_default|catch_clause|for_in_statement|for_statement|while_statement)$/;

/** Whether a function goes on to the next handler whatever comes, and waits for nothing that is called like a check. */
function isPassing(fn: Node): boolean {
  const body = fn.child('body');
  if (!body) return false;
  if (body.kind !== 'statement_block') return isGrantingCall(body);
  for (const node of body.walkOwn()) {
    if (node.kind === 'throw_statement') return false;
    if (node.kind === 'return_statement' && !(node.parts[0] && isGrantingCall(node.parts[0]))) return false;
    if (node.kind !== 'call_expression') continue;
    if (isGrantingCall(node)) {
      if (isAlways(node, fn)) return true;
      continue;
    }
    const callee = node.child('function');
    if (GUARDING.test(meaningOf((callee?.child('property') ?? callee)?.text.slice(0, 60) ?? '')))
      return false;
  }
  return false;
}

function isAlways(node: Node, fn: Node): boolean {
  for (const outer of node.ancestors()) {
    if (outer.is(fn)) return true;
    if (SOMETIMES.test(outer.kind) || FUNCTION_KINDS.has(outer.kind)) return false;
    if (outer.kind === 'binary_expression') return false;
  }
  return false;
}

function writesOf(node: Node): readonly string[] {
  const call = callAt(node);
  if (!call) return [];
  const written = dataWrite(call);
  if (written) return [`${written.entity}.${call.method ?? 'save'}`];
  const { method, args, callee } = call;
  const receiver = callee.child('object');
  if (method !== undefined && receiver && DELETING.test(method)) {
    const store = storeOf(receiver, callee);
    if (store) return [`${store.entity}.${method}`];
  }
  const [first] = args;
  const text =
    /^(?:query|execute|run|exec|\$executeRaw\w*|raw)$/.test(method ?? '') && first
      ? constantStart(first)
      : undefined;
  return text !== undefined && WRITING_SQL.test(text) ? [text.trim().split(/\s+/).slice(0, 3).join(' ')] : [];
}

function constantStart(expression: Node): string {
  return constantString(expression) ?? expression.text.slice(1, 80);
}
