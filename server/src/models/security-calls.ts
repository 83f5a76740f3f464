/** Calls whose failure must not go unnoticed, by the library that they belong to or by their name. */
import { nameByType } from '../analysis/declared-type';
import { type Call, callAt } from '../analysis/item-facts';
import { propertyName, unwrap } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import type { Node } from '../analysis/node';
import { wordsOf } from '../analysis/words';
import { isCheck } from './auth/check';
import { meaningOf } from './auth/guard';
import { TOKEN_VERIFIERS } from './jwt';
import * as known from './security-words';
import { validatorCall } from './validators';

/**
 * - `check`: somebody or something is verified.
 * - `money`: money is moved.
 * - `access`: access is taken away.
 * - `record`: what happened is written down for an audit.
 * - `transaction`: changes are made final.
 */
export type Stake = 'check' | 'money' | 'access' | 'record' | 'transaction';

export interface SecurityCall {
  readonly node: Node;
  readonly stake: Stake;
  /** Whether the library is known, or the name says it plainly. */
  readonly isSure: boolean;
}

/**
 * The ends of canonical names, where the beginning is the module or an instance of it that other files share.
 * Sources: the API references of Stripe, Razorpay, Braintree and PayPal.
 */
const PAYMENTS: readonly { readonly of: RegExp; readonly path: RegExp }[] = [
  {
    of: /stripe/i,
    path: /\.(?:charges\.(?:create|capture)|refunds\.create|paymentIntents\.(?:confirm|capture|cancel)|transfers\.create(?:Reversal)?|payouts\.create|subscriptions\.(?:cancel|del)|invoices\.(?:pay|voidInvoice)|creditNotes\.create)$/,
  },
  {
    of: /razorpay/i,
    path: /\.(?:payments\.(?:capture|refund)|refunds\.create|transfers\.create|payouts\.create)$/,
  },
  { of: /braintree|gateway/i, path: /\.transaction\.(?:sale|refund|void|submitForSettlement)$/ },
  {
    of: /paypal/i,
    path: /\.(?:(?:capture|payment|sale|payout|order)s?\.(?:refund|capture|create|execute)|ordersCapture|capturesRefund)$/,
  },
];

/** Calls that throw where something is not what it says it is. Sources: the documentation of these packages and of Node. */
const CHECKS = new Set([
  ...TOKEN_VERIFIERS.flatMap(({ token, name }) => (token === undefined ? [] : [name])),
  'stripe().webhooks.constructEvent',
  'stripe().webhooks.constructEventAsync',
  'svix.Webhook().verify',
  'standardwebhooks.Webhook().verify',
  'firebase-admin.auth().verifyIdToken',
  'firebase-admin/auth.getAuth().verifyIdToken',
  'google-auth-library.OAuth2Client().verifyIdToken',
  'crypto.verify',
  'crypto.timingSafeEqual',
]);

/** Calls that run a callback as one transaction. Sources: Prisma, Sequelize, Knex, TypeORM, Drizzle, Mongoose. */
const TRANSACTION =
  /^(?:@prisma\/client\.PrismaClient\(\)\.\$transaction|sequelize\.Sequelize\(\)\.transaction|knex\(\)\.transaction|typeorm\.(?:DataSource\(\)|EntityManager\(\)|getManager\(\))\.transaction|drizzle-orm\/[\w-]+\.drizzle\(\)\.transaction|mongoose\.connection\.transaction)$/;

/** What a call has at stake; undefined where its failure matters no more than any other. */
export function securityCall(node: Node): SecurityCall | undefined {
  const call = node.kind === 'call_expression' ? callAt(node) : undefined;
  if (!call) return undefined;
  const found = ofLibrary(call) ?? ofName(call) ?? ofCheck(call);
  return found && { node, ...found };
}

type Found = Pick<SecurityCall, 'stake' | 'isSure'>;

function ofLibrary(call: Call): Found | undefined {
  const name = nameByType(call.callee);
  const path = name ?? call.callee.text;
  if (path.length < 200 && PAYMENTS.some((each) => each.path.test(path) && each.of.test(path)))
    return { stake: 'money', isSure: true };
  if (name === undefined) return undefined;
  if (CHECKS.has(name)) return { stake: 'check', isSure: true };
  return TRANSACTION.test(name) ? { stake: 'transaction', isSure: true } : undefined;
}

/** The words of a call: of the function's own name, and of what it is a method of. */
interface Named {
  readonly verb: string;
  /** Behind the verb, up to the first preposition. */
  readonly rest: readonly string[];
  readonly owner: readonly string[];
  readonly all: readonly string[];
}

function namedOf({ callee }: Call): Named | undefined {
  const member = unwrap(callee);
  const property = member.child('property');
  const own = property
    ? propertyName(property)
    : member.kind === 'identifier'
      ? nameOfFunction(member)
      : undefined;
  if (own === undefined) return undefined;
  const object = property && member.child('object');
  const holder = object && unwrap(object);
  const owner = wordsOf((holder?.child('property') ?? holder)?.text.slice(0, 80) ?? '');
  const words = wordsOf(own.replace(/api[-_]?key/gi, (key) => `${key[0]}pikey`));
  const [verb = '', ...others] = words;
  const end = others.findIndex((word) => known.PREPOSITIONS.has(word));
  return { verb, rest: end < 0 ? others : others.slice(0, end), owner, all: [...owner, ...words] };
}

/** What a function is called where it is declared, if another file tells: `import { charge as pay }`. */
function nameOfFunction(identifier: Node): string {
  const last = /\.([\w$]+)$/.exec(canonicalName(identifier) ?? '')?.[1];
  return last === undefined || identifier.item.file.lookUp(identifier.text, identifier) === undefined
    ? identifier.text
    : last;
}

function ofName(call: Call): Found | undefined {
  const named = namedOf(call);
  if (!named || /^(?:is|has|can|get|should|use|on|handle|render|format|parse|to)$/.test(named.verb))
    return undefined;
  return ofRecord(named) ?? ofTransaction(named, call) ?? ofMoney(named) ?? ofAccess(named);
}

function ofRecord({ verb, rest, owner, all }: Named): Found | undefined {
  const isAudit = all.includes('audit');
  if (isAudit && known.RECORDING.has(verb)) {
    const isPlain = all.some((word) => /^(?:log|logs|logger|trail|event|events|entry)$/.test(word));
    const isWritten = isPlain || owner.includes('audit') || /^(?:log|record|write|track)$/.test(verb);
    if (!isWritten && (verb !== 'audit' || owner.length > 0)) return undefined;
    return { stake: 'record', isSure: isPlain || (verb === 'record' && rest[0] === 'audit') };
  }
  const isEvent = rest.at(-1) === 'event' && rest.includes('security');
  const isLog = owner[0] === 'security' && owner.at(-1) === 'log';
  return (isEvent || isLog) && known.RECORDING.has(verb) ? { stake: 'record', isSure: true } : undefined;
}

function ofTransaction({ verb, rest, owner }: Named, { callee, args }: Call): Found | undefined {
  if (owner.length === 0) return undefined;
  const isCommit = verb === 'commit' && (rest.length === 0 || rest[0] === 'transaction');
  if (isCommit && owner.some((word) => known.TRANSACTIONS.has(word)) && args.length === 0)
    return { stake: 'transaction', isSure: rest.length > 0 || owner.includes('transaction') };
  const isRun = verb === 'transaction' && rest.length === 0 && args.length > 0;
  if (!isRun || !owner.some((word) => known.DATABASES.has(word))) return undefined;
  return { stake: 'transaction', isSure: /\$transaction$/.test(callee.text) };
}

function ofMoney({ verb, rest, owner }: Named): Found | undefined {
  const last = rest.at(-1);
  if (last !== undefined && known.ABOUT_MONEY.has(last)) return undefined;
  const isOwned = owner.some((word) => known.MONEY.has(word));
  const isOther =
    last === undefined &&
    owner.some((word) => !known.FILLERS.has(word) && !known.PAYERS.has(word)) &&
    !isOwned;
  if (known.PAYING.has(verb) && isOther) return undefined;
  if (known.PAYING.has(verb)) return { stake: 'money', isSure: last !== undefined || isOwned };
  if (!known.MOVING.has(verb)) return undefined;
  const what = last ?? owner.filter((word) => !known.FILLERS.has(word)).at(-1) ?? '';
  const isVague = known.MOVING_VAGUELY.has(verb);
  // `db.payment.create` writes a row.
  if (!known.MONEY.has(what) || (isVague && last === undefined)) return undefined;
  return { stake: 'money', isSure: !isVague };
}

function ofAccess({ verb, rest, owner, all }: Named): Found | undefined {
  if (all.some((word) => known.OTHER_CREDENTIALS.has(word))) return undefined;
  const plain = rest.filter((word) => !/^(?:many|one|all|every)$/.test(word));
  const what = (plain.length > 0 ? plain : owner.filter((word) => !known.FILLERS.has(word))).at(-1) ?? '';
  const isCredential = known.CREDENTIALS.has(what);
  if (known.REVOKING.has(verb) && isCredential) return { stake: 'access', isSure: true };
  if (verb === 'revoke') return { stake: 'access', isSure: false };
  if (known.REMOVING.has(verb) && isCredential) {
    const isTheirs = all.some((word) => known.CREDENTIALS_OF.has(word));
    return /^keys?$/.test(what) && !isTheirs ? undefined : { stake: 'access', isSure: isTheirs };
  }
  const isLock = known.LOCKING.has(verb) && known.LOCKED.has(rest.at(-1) ?? '');
  const isRotation =
    known.ROTATING.has(verb) &&
    /^(?:apikeys?|keys?|secrets?|tokens?|credentials?|passwords?)$/.test(rest.at(-1) ?? '');
  const isSetting = known.SETTING.has(verb) && rest.at(-1) === 'password';
  return isLock || isRotation || isSetting ? { stake: 'access', isSure: false } : undefined;
}

function isAboutProof(call: Call): boolean {
  const named = namedOf(call);
  if (!named || named.owner.some((word) => known.CONNECTIONS.has(word) && named.rest.length === 0))
    return false;
  return named.all.some((word) => known.PROVEN.has(word));
}

/** `ensureUser` makes one, `ensureAdmin` throws. */
const CHECKING =
  /^(?:check|validate|confirm|authenticate|introspect)|^ensure.*(?:Auth|Admin|Owner|Permission|Role|Access)/;
const INSISTING = /^(?:verify|authori[sz]e|require|assert|enforce)/;

/** A call that throws where something is not right, judged by its name. */
function ofCheck(call: Call): Found | undefined {
  const validator = validatorCall(call);
  if (validator)
    return validator.way === 'answers' ? undefined : { stake: 'check', isSure: validator.isSure };
  const own = unwrap(call.callee);
  const name = (own.child('property') ?? own).text;
  if (!isCheck(call.node) || !isAboutProof(call)) return undefined;
  if (INSISTING.test(name)) return { stake: 'check', isSure: true };
  const isCalledSo = CHECKING.test(name) || (!/^ensure/.test(name) && meaningOf(name) === 'insists');
  return isCalledSo ? { stake: 'check', isSure: false } : undefined;
}
