/** Whether a handler asks whose a record is, and what records belong to somebody. */
import { type Call, callAt } from '../analysis/item-facts';
import type { ItemKeys } from '../analysis/item-index';
import { propertyName } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import { Node } from '../analysis/node';
import type { SourceFile } from '../analysis/source-file';
import { resolvedValue } from '../analysis/value';
import { wordsOf } from '../analysis/words';
import { containsActor, isActor, usesActor } from './actor';
import { namesAccess } from './auth/access-decision';
import { meaningOf } from './auth/guard';
import { GUARD_DECORATORS } from './guard-places';
import { type Handler, registeredBefore } from './handler';
import { type RecordAccess, wholeChain } from './record-access';

/** Whether a handler is for people who are logged in, as far as the file tells. */
export function hasActorInSight(handler: Handler, file: SourceFile): boolean {
  if (handler.before.some(isGuard)) return true;
  if (usesActor(handler.function)) return true;
  return isGuardRegistered(file) || /\bprotected\w*Procedure\b/.test(calleeAround(handler));
}

/** Records that are told apart by whom they are about. */
const PERSONAL = words(
  'user customer account order invoice payment transaction message patient employee wallet booking appointment address ' +
    'prescription medicalrecord bankaccount member profile',
);

/**
 * Whether nobody asks who comes to a handler, in a file that is the whole server: nothing can be before it elsewhere.
 * The file speaks of logins, or of administrators in the address, so it is not meant for everybody.
 */
export function isOpenToAll(handler: Handler, entity: string, file: SourceFile): boolean {
  if (handler.before.length > 0 || handler.address === '' || usesActor(handler.function)) return false;
  if (!singular(entity).some((word) => PERSONAL.has(word)) || isGuardRegistered(file)) return false;
  if (ASKING_WHO.test(handler.function.text)) return false;
  const isServer = file.says(MAKING_SERVER) && file.says(/\blisten\s*\(/);
  return isServer && (/\badmin\b/i.test(handler.address) || file.says(LOGGING_IN));
}

const ASKING_WHO = /\b(?:40[13]|authorization|cookies?|token|password|api_?key|unauthorized|forbidden)\b/i;
const MAKING_SERVER = /['"](?:express|fastify|koa|hono|polka)['"]/;
const LOGGING_IN =
  /['"`]\/[\w/-]*(?:login|signin|sign-in|register|signup)['"`]|express-session|jsonwebtoken|passport|bcrypt/i;

/** `router.use(requireAuth)`, by the names outside of strings. */
function isGuardRegistered(file: SourceFile): boolean {
  return file.ofWholeFile('guard registered', () => {
    const code = registeredBefore(file).replace(/'[^'\n]*'|"[^"\n]*"/g, '');
    return [...code.matchAll(/[A-Za-z_$][\w$]*/g)].some(
      ([name]) => AUTHENTICATING.test(name) || /^(?:insists|checks)$/.test(meaningOf(name)),
    );
  });
}

const AUTHENTICATING =
  /\b(?:passport\.authenticate|\w*(?:authenticat|requireAuth|isAuth|verifyToken|protect|requireLogin|checkAuth|ensureAuth)\w*|auth(?:Middleware)?)\b/i;

function isGuard(node: Node): boolean {
  if (node.kind === 'decorator') {
    const written = node.parts[0];
    const name = written && canonicalName(written.child('function') ?? written);
    return GUARD_DECORATORS.test(name?.split('.').at(-1) ?? node.text) && !/Throttle/.test(node.text);
  }
  const callee = node.kind === 'call_expression' ? node.child('function') : node;
  const name = (callee?.child('property') ?? callee)?.text.slice(0, 60) ?? '';
  if (/limit|throttle|csrf/i.test(name)) return false;
  if (/^(?:object|array)$/.test(node.kind)) return AUTHENTICATING.test(node.text.slice(0, 300));
  return meaningOf(name) !== 'nothing' || /^(?:protect|protected|secured?|private)$/i.test(name);
}

function calleeAround({ function: fn }: Handler): string {
  const call = fn.parent?.parent;
  return call?.child('function')?.text.slice(0, 200) ?? '';
}

const EQUALITY = /^(?:equals|isEqual|includes|has|indexOf|some|compare|localeCompare|eq)$/;
/** Functions that decide who may do what, by their names. */
const DECIDING =
  /owner|permi(?:t|ssion)|authori[sz]e|ability|\bcan\b|^can[A-Z]|\.can[A-Z]|belongs|forbid|polic(?:y|ies)|enforce|tenant|\bacl\b|role|scope|access(?!or|token)|isAllowed|member(?:ship)?(?!s)|isAdmin/i;
/** Methods that look something up: with somebody and something in their arguments they ask whether both go together. */
const LOOKING_UP =
  /^(?:find|get|count|exists|is|has|can|check|verify|assert|ensure|query|one|first|select|where|and|validate|require|load|fetch|match|run|all|execute|test|belongs)/i;

/** Whether somewhere in a function it is asked whose the record is, or who may do this. */
export function asksForOwner(fn: Node, access: RecordAccess): boolean {
  const own = access.call.node;
  if (asksInChain(access)) return true;
  for (const node of fn.walk()) {
    if (node.kind === 'binary_expression') {
      if (/^[!=]==?$/.test(node.operator) && comparesActor(node)) return true;
    } else if (node.kind === 'if_statement' || node.kind === 'ternary_expression') {
      const condition = node.child('condition');
      if (condition && namesAccess(condition)) return true;
    } else if (node.kind === 'call_expression' && !node.is(own)) {
      const call = callAt(node);
      if (call && asksByCall(call, own)) return true;
    }
  }
  return false;
}

/** `.find({ _id }).where('user', req.user.id)` */
function asksInChain({ call: { node }, filter }: RecordAccess): boolean {
  if (containsActor(filter)) return true;
  let each = callAt(wholeChain(node));
  for (let steps = 12; each && steps > 0; steps--) {
    if (each.node.is(node)) return false;
    if (each.args.some((argument) => !/function/.test(argument.kind) && containsActor(argument))) return true;
    const object = each.callee.child('object');
    each = object && callAt(object);
  }
  return false;
}

const CONSTANT = /^(?:string|number|true|false|null|undefined|unary_expression)$/;

function comparesActor(comparison: Node): boolean {
  const [left, right] = [comparison.child('left'), comparison.child('right')];
  if (!left || !right) return false;
  const isConstant = [left, right].some(
    (side) => CONSTANT.test(resolvedValue(side).kind) || side.text === 'undefined',
  );
  if (isConstant) return namesAccess(comparison);
  return containsActor(left) || containsActor(right);
}

function asksByCall(call: Call, access: Node): boolean {
  const own = call.method ?? call.callee.text;
  const { callee } = call;
  const args = call.args.map((argument) => {
    const value = resolvedValue(argument);
    return value.kind === 'object' ? value : argument;
  });
  const object = callee.child('object');
  if (EQUALITY.test(own) && [...(object ? [object] : []), ...args].some(containsActor)) return true;
  if (DECIDING.test(callee.text.slice(-80)) && !/^(?:console|logger|res|fs)\b/.test(callee.text)) return true;
  if (!LOOKING_UP.test(own) || call.node.contains(access) || !args.some(containsActor)) return false;
  // `User.findOne({ _id: req.userId, role: 'admin' })`
  return args.some(asksForRole) || args.some((argument) => namesOther(argument, call.node));
}

function asksForRole(argument: Node): boolean {
  const parts = argument.kind === 'object' ? argument.parts : [];
  return parts.some((part) => {
    const [key, value] = [part.child('key'), part.child('value')];
    if (value?.kind === 'object') return asksForRole(value);
    return (
      key !== undefined && value !== undefined && CONSTANT.test(resolvedValue(value).kind) && namesAccess(key)
    );
  });
}

/** Whether something is in an argument that is neither constant nor who is logged in: `{ userId, projectId: req.params.id }`. */
function namesOther(argument: Node, call: Node): boolean {
  if (/function/.test(argument.kind)) return false;
  const parts = argument.kind === 'object' || argument.kind === 'array' ? argument.parts : [argument];
  return parts.some((part) => {
    const value = part.kind === 'pair' ? part.child('value') : part;
    if (!value || value.is(call)) return false;
    if (value.kind === 'object' || value.kind === 'array') return namesOther(value, call);
    return (
      !CONSTANT.test(resolvedValue(value).kind) &&
      !/template|object|array/.test(resolvedValue(value).kind) &&
      !isActor(value) &&
      !containsActor(value)
    );
  });
}

/** Records that are somebody's by their name, and nobody else's business. */
const PRIVATE: ReadonlySet<string> = words(
  'order invoice payment transaction message conversation chat address cart basket card account wallet prescription ' +
    'patient appointment booking reservation ticket document file upload note todo task subscription notification ' +
    'user customer employee contact secret credential apikey device loan salary payroll grade submission resume ' +
    'diary journal draft goal habit expense budget portfolio receipt refund shipment setting preference bill statement ' +
    'medicalrecord healthrecord bankaccount creditcard withdrawal deposit transfer memo bookmark favorite',
);
/** Records that everybody may read and somebody has written. */
const WRITTEN: ReadonlySet<string> = words(
  'post comment review article blog project workspace board list recipe video photo image listing question answer ' +
    'playlist story event item page profile record entry report campaign form survey quiz bug issue gist snippet',
);
/** Words of records that are meant for whoever has their id, or that belong to nobody. */
const OPEN = words(
  'invite invitation share link verification reset otp category product tag country plan coupon',
);

export type Belonging = 'private' | 'written' | undefined;

function singular(entity: string): readonly string[] {
  return wordsOf(entity)
    .filter(
      (word) =>
        !/^(?:model|models|repo|repository|entity|collection|schema|table|db|tbl|s|service|store|data|list)$/.test(
          word,
        ),
    )
    .map((word) => word.replace(/ies$/, 'y').replace(/(?:(ss|sh|ch|x)es|s)$/, '$1'));
}

export function belongingOf(entity: string): Belonging {
  const named = singular(entity);
  if (named.some((word) => OPEN.has(word))) return undefined;
  const last = named.at(-1) ?? '';
  if (PRIVATE.has(last) || PRIVATE.has(named.join(''))) return 'private';
  return WRITTEN.has(last) ? 'written' : undefined;
}

const OWNER =
  /^(?:user|owner|author|creator|seller|customer|account|tenant|org|organization|organisation|workspace|created_?by|posted_?by|uploaded_?by|patient|sender|uid)(?:_?id)?$/i;

/** How the file says elsewhere whose records of a sort are: `{ user: req.user._id }` in a call about `Order`. */
export interface OwnerKey {
  readonly key: string;
  /** Who is logged in, as it is written there. */
  readonly actor: string;
}

/** So far from a condition the call is looked for that it is given to. */
const MOST_AROUND = 8;

export function ownerKeyOf(entity: string, file: SourceFile): OwnerKey | undefined {
  const keys = () => file.ofWholeFile('owner keys', () => ownerKeysIn(file));
  return file.ofWholeFile(`owner of ${entity}`, () => keys().get(entity));
}

/** Whether an item may say who owns something. */
const OWNING: ItemKeys = {
  of: (item) =>
    item.indicesOf('pair').some((index) => OWNER.test(keyAt(new Node(item, index)) ?? '')) ? [OWNED] : [],
};
const OWNED = 'owned';

function keyAt(pair: Node): string | undefined {
  const name = pair.child('key');
  return name && propertyName(name);
}

/** By the name of the model or table, as it stands in front of the call's method. */
function ownerKeysIn(file: SourceFile): ReadonlyMap<string, OwnerKey> {
  const found = new Map<string, OwnerKey>();
  for (const item of file.itemsWith(OWNING, OWNED)) {
    for (const index of item.indicesOf('pair')) {
      const pair = new Node(item, index);
      const [key, value] = [keyAt(pair), pair.child('value')];
      if (key === undefined || !value || !OWNER.test(key) || !isActor(value)) continue;
      const entity = entityAround(pair);
      if (entity !== undefined && !found.has(entity)) found.set(entity, { key, actor: value.text });
    }
  }
  return found;
}

function entityAround(pair: Node): string | undefined {
  let node = pair.parent;
  for (let steps = MOST_AROUND; node && steps > 0; steps--, node = node.parent) {
    const call = node.kind === 'call_expression' || node.kind === 'new_expression' ? callAt(node) : undefined;
    if (!call) continue;
    const receiver = call.isNew ? call.callee : call.callee.child('object');
    return (receiver?.child('property') ?? receiver)?.text;
  }
  return undefined;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
