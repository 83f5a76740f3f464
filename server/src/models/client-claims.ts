/** Places where a program believes what a client says of itself: who it is, or what it may do. */
import { comparisonOf, testedIn, wholeCondition } from '../analysis/condition';
import { bindingOf } from '../analysis/flow/binding';
import { type Flow, flowsInto } from '../analysis/flow/flow';
import { type Call, callAt, type ItemFacts } from '../analysis/item-facts';
import type { Kind } from '../analysis/kind';
import { propertyName, stringLiteral, unwrap } from '../analysis/literal';
import type { CallTest } from '../analysis/needs';
import type { Node } from '../analysis/node';
import { constantString, resolvedValue } from '../analysis/value';
import { wordsOf } from '../analysis/words';
import { POWERFUL_ROLES, ROLE_VALUES } from './access-names';
import { isKept, usesActor } from './actor';
import { outcomeOf } from './auth/outcome';
import { type Claim, claimOf } from './claimed-names';
import { type DataWrite, dataWrite, isSensitiveEntity, MAY_STORE } from './data-writes';
import { FLOW_MODEL } from './flow/model';
import { type Handler, handlerAround, isForPrivileged, isValidatedBefore } from './handler';

export interface BelievedClaim {
  /** The value that is believed. */
  readonly at: Node;
  readonly flow: Flow;
  /** What the request calls it. */
  readonly name: string;
  /**
   * - `decides`: whether somebody may pass is decided by it. `kept`: it goes into a session or into the request's user.
   * - `signed`: it goes into a token. `stored`: it is written to the data store.
   */
  readonly how: 'decides' | 'kept' | 'signed' | 'stored';
  readonly isSure: boolean;
}

export function* believedClaims(facts: ItemFacts): Generator<BelievedClaim> {
  yield* deciding(facts);
  yield* kept(facts);
  for (const call of facts.callsTo(SIGNING)) yield* signed(call);
  for (const call of facts.callsOf(MAY_STORE)) {
    const write = dataWrite(call);
    if (write) yield* stored(call, write);
  }
  for (const call of facts.callsOf(ADDING)) {
    const write = listWrite(call);
    if (write) yield* stored(call, write);
  }
}

const ADDING: CallTest = { method: new Set(['push', 'unshift']) };

/** `users.push({ name, role })` of a list of the file. */
function listWrite({ callee, args }: Call): DataWrite | undefined {
  const list = callee.child('object');
  if (list?.kind !== 'identifier' || !PEOPLE.test(list.text) || resolvedValue(list).kind !== 'array')
    return undefined;
  return { data: args, entity: list.text, isKnown: false };
}

const SIGNING: ReadonlySet<string> = new Set(['jsonwebtoken.sign']);

/** `if (req.headers['x-role'] !== 'admin') return res.sendStatus(403);`, `if (req.query.admin) …` */
function* deciding(facts: ItemFacts): Generator<BelievedClaim> {
  const seen = new Set<number>();
  for (const tested of testedIn(facts)) {
    const comparison = comparisonOf(tested);
    if (comparison && !mayClaim(comparison.left) && !mayClaim(comparison.right)) continue;
    const value = comparison ? claimedSide(comparison.left, comparison.right) : tested;
    if (!value || nameClaims(value) !== 'right' || isAskedForForm(value, tested)) continue;
    const outcome = outcomeOf(tested, comparison?.isEqual ?? true);
    const whole = wholeCondition(tested).start;
    const found = outcome && !seen.has(whole) ? claimIn(value, tested) : undefined;
    if (!found || found.claim !== 'right' || (!comparison && !FLAG.test(found.name))) continue;
    seen.add(whole);
    const isSure = outcome?.how === 'denies-others' && !isHeader(found.flow);
    yield { at: value, ...found, how: 'decides', isSure };
  }
}

/** `role !== 'user' && role !== 'admin'`: any role will do, and whoever has the least is one of them. */
function isAskedForForm(value: Node, tested: Node): boolean {
  const roles = [...wholeCondition(tested).walk()].flatMap((node) => {
    const comparison = node.kind === 'binary_expression' ? comparisonOf(node) : undefined;
    const isOfValue = comparison && unwrap(comparison.left).text === unwrap(value).text;
    return (isOfValue && constantString(comparison.right)?.toLowerCase()) || [];
  });
  return roles.length > 1 && roles.some((role) => !POWERFUL_ROLES.has(role));
}

/** What is true or false; whether there is a role at all says nothing of it. */
const FLAG = /admin|superuser/i;

/** The side that is no constant, where the other is a role or a yes. */
function claimedSide(left: Node, right: Node): Node | undefined {
  for (const [value, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const text = constantString(other)?.toLowerCase();
    if (resolvedValue(other).kind === 'true') return value;
    if (text === undefined) continue;
    return ROLE_VALUES.has(text) || POWERFUL_ROLES.has(text) || /^(?:true|1|yes)$/.test(text)
      ? value
      : undefined;
  }
  return undefined;
}

/** Asked first, as most comparisons are of something else: a variable may hold anything. */
function mayClaim(side: Node): boolean {
  const node = unwrap(side);
  return node.kind === 'identifier' || (NAMED.has(node.kind) && nameClaims(node) === 'right');
}

const NAMED: ReadonlySet<Kind> = new Set<Kind>([
  'member_expression',
  'subscript_expression',
  'call_expression',
]);

/** By the name of the variable, or of what it holds. */
function nameClaims(expression: Node): Claim | undefined {
  const node = unwrap(expression);
  const name = node.kind === 'identifier' ? node.text : lastStep(node);
  const own = name === undefined ? undefined : claimOf(name);
  if (own || node.kind !== 'identifier') return own;
  const { file } = node.item;
  const declaration = file.lookUp(node.text, node);
  const binding = declaration && bindingOf(file.nodeOf(declaration));
  const held = binding?.path.at(-1) ?? lastStep(resolvedValue(node));
  return held === undefined ? undefined : claimOf(held);
}

function lastStep(node: Node): string | undefined {
  if (node.kind === 'member_expression') {
    const property = node.child('property');
    return property && propertyName(property);
  }
  if (node.kind === 'subscript_expression') {
    const index = node.child('index');
    return index && stringLiteral(unwrap(index));
  }
  const call = callAt(node);
  return call && /^(?:get|header|query)$/.test(call.method ?? '') && call.args[0]
    ? constantString(call.args[0])
    : undefined;
}

/** `req.session.role = req.body.role`, `req.user = { id: req.headers['x-user-id'] }` */
function* kept(facts: ItemFacts): Generator<BelievedClaim> {
  for (const node of facts.nodes('assignment_expression')) {
    const [left, right] = [node.child('left'), node.child('right')];
    if (left?.kind !== 'member_expression' || !right || !isKept(left)) continue;
    const object = resolvedValue(right);
    const own = left.child('property')?.text ?? '';
    const values = object.kind === 'object' ? pairsOf(object) : [{ key: own, value: right }];
    for (const { value } of values) {
      const found = claimIn(value, node);
      if (!found || found.claim === 'state' || isRefusedBefore(node)) continue;
      yield { at: value, ...found, how: 'kept', isSure: found.claim === 'right' && !isHeader(found.flow) };
      break;
    }
  }
}

/** A secret between servers, or a login, stands before it. */
function isRefusedBefore(node: Node): boolean {
  const handler = handlerAround(node);
  return (
    handler !== undefined &&
    /verif|secret|password|signature|compare|timingSafe|trusted|proxy/i.test(handler.function.text)
  );
}

function* signed(call: Call): Generator<BelievedClaim> {
  const claims = call.args[0] && resolvedValue(call.args[0]);
  if (claims?.kind !== 'object') return;
  for (const { key, value } of pairsOf(claims)) {
    if (claimOf(key) === undefined) continue;
    const found = claimIn(value, call.node);
    if (found) yield { at: value, ...found, how: 'signed', isSure: found.claim === 'right' };
  }
}

const PEOPLE =
  /user|account|member|admin|customer|employee|staff|person|profile|teacher|student|seller|vendor|auth/i;
const JOINING = /register|sign_?-?up|create_?-?account|join|enrol/i;
function* stored(call: Call, write: DataWrite): Generator<BelievedClaim> {
  for (const data of write.data) {
    const object = resolvedValue(data);
    if (object.kind !== 'object') continue;
    for (const { key, value } of pairsOf(object)) {
      const claim = claimOf(key);
      const found = claim && claimIn(value, call.node);
      const handler = found && handlerAround(found.flow.from);
      if (!found || !handler || isForPrivileged(call.node, handler) || isValidatedBefore(handler)) continue;
      const sureness = sureOfStored(claim, call, write, handler);
      if (sureness !== undefined) yield { at: value, ...found, how: 'stored', isSure: sureness };
    }
  }
}

/** Undefined where it may be right. */
function sureOfStored(
  claim: Claim,
  call: Call,
  { entity, isKnown }: DataWrite,
  handler: Handler,
): boolean | undefined {
  if (claim === 'author') return false;
  if (claim === 'identity') return usesActor(handler.function) ? undefined : false;
  const isOfPeople = claim === 'state' ? isSensitiveEntity(entity) : PEOPLE.test(entity);
  if (!isOfPeople) return undefined;
  const isJoining = JOINING.test(`${handler.name} ${handler.address}`);
  const isNewRecord =
    call.isNew ||
    /^(?:create|insert|build|save|bulk|push|unshift)/.test(call.method ?? call.name?.split('.').at(-1) ?? '');
  if (isJoining && isNewRecord) return isKnown;
  // Whether others than administrators may call what is registered elsewhere, nobody can tell.
  return handler.address === '' ? undefined : false;
}

interface Pair {
  readonly key: string;
  readonly value: Node;
}

function pairsOf(object: Node): readonly Pair[] {
  return object.parts.flatMap((part) => {
    if (part.kind === 'shorthand_property_identifier') return [{ key: part.text, value: part }];
    const [key, value] = [part.child('key'), part.child('value')];
    const name = key && propertyName(key);
    return name !== undefined && value ? [{ key: name, value }] : [];
  });
}

/** What a client says of itself in a value, as it came. */
function claimIn(
  value: Node,
  sink: Node,
): { readonly flow: Flow; readonly name: string; readonly claim: Claim } | undefined {
  for (const flow of flowsInto(value, sink, 'sql', FLOW_MODEL) ?? []) {
    if (flow.source?.kind !== 'request' || flow.isChecked) continue;
    if (
      flow.path.some((step) =>
        /^(?:params|signedCookies|param\(\)|pathParameters|files?|parsedInput|ctx)$/.test(step),
      )
    )
      continue;
    const name = nameIn(flow);
    const claim = name === undefined ? undefined : claimOf(name);
    if (name !== undefined && claim) return { flow, name, claim };
  }
  return undefined;
}

/** `role` of `req.body.role`, `x-role` of `req.get('x-role')` */
function nameIn({ path, from }: Flow): string | undefined {
  const last = path.at(-1) ?? '';
  if (!last.endsWith('()')) return last;
  for (const outer of [from, ...from.ancestors()].slice(0, 4)) {
    const call = callAt(outer);
    if (call?.args[0] && /^(?:get|header|query)$/.test(call.method ?? ''))
      return constantString(call.args[0]);
  }
  return undefined;
}

function isHeader({ path, from }: Flow): boolean {
  return (
    path.some((step) => /^(?:headers?|get\(\)|header\(\))$/.test(step)) ||
    wordsOf(from.text.slice(-30)).includes('headers')
  );
}
