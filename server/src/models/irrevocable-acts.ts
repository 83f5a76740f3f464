/** Calls that cannot be taken back: they delete, pay, or send something to people. */

import { nameByType } from '../analysis/declared-type';
import { type Call, callAt } from '../analysis/item-facts';
import { unwrap } from '../analysis/literal';
import type { CallTest } from '../analysis/needs';
import type { Node } from '../analysis/node';
import { rememberedByName } from '../analysis/remembered';
import { constantString, propertyOf, resolvedValue } from '../analysis/value';
import { storeOf } from './data-writes';

export type Act = 'deletes' | 'pays' | 'sends';

/**
 * By canonical name. Sources: the documentation of Node, fs-extra 11, stripe 18, nodemailer 7, resend 4, SendGrid,
 * twilio 5, postmark 4, Slack's and Octokit's clients, the AWS SDK 3.
 */
const NAMES: readonly (readonly [RegExp, Act])[] = [
  [
    /^(?:fs|fs\/promises|fs-extra)\.(?:promises\.)?(?:unlink|rm|rmdir|remove)(?:Sync)?$|^rimraf(?:\.rimraf)?(?:\.sync)?$/,
    'deletes',
  ],
  [
    /^stripe(?:\.Stripe|\.default)?\(\)\.(?:paymentIntents\.(?:create|confirm|capture)|(?:charges|refunds|transfers|payouts|topups|subscriptions)\.create|subscriptions\.(?:cancel|del)|invoices\.pay)$/,
    'pays',
  ],
  [/^stripe(?:\.Stripe|\.default)?\(\)\.(?:customers|products|coupons|accounts)\.del$/, 'deletes'],
  [
    /^(?:nodemailer\.createTransport\(\)\.sendMail|resend\.Resend\(\)\.(?:emails|batch)\.(?:send|create)|@sendgrid\/mail\.send(?:Multiple)?|twilio(?:\.Twilio)?\(\)\.(?:messages|calls)\.create|postmark\.ServerClient\(\)\.sendEmail\w*|@slack\/web-api\.WebClient\(\)\.chat\.postMessage|@aws-sdk\/client-ses(?:v2)?\.SendEmailCommand|googleapis\.google\.gmail\(\)\.users\.messages\.send)$/,
    'sends',
  ],
  [
    /^(?:@octokit\/rest|octokit)\.Octokit\(\)\.(?:rest\.)?(?:repos\.delete(?:File)?|git\.deleteRef|issues\.deleteComment)$/,
    'deletes',
  ],
  [/^@aws-sdk\/client-[\w-]+\.(?:Delete\w+|Terminate\w+)Command$/, 'deletes'],
  [/^axios(?:\.create\(\))?\.delete$/, 'deletes'],
];
const DELETING: ReadonlySet<string> = new Set(
  'delete deleteOne deleteMany destroy findByIdAndDelete findByIdAndRemove findOneAndDelete findOneAndRemove remove drop truncate'.split(
    ' ',
  ),
);
const RUNNING: ReadonlySet<string> = new Set('query execute run exec unsafe $executeRawUnsafe'.split(' '));
/** All last names by which something of this file may be called. */
const LAST: ReadonlySet<string> = new Set([
  ...DELETING,
  ...RUNNING,
  ...(
    'unlink unlinkSync rm rmSync rmdir rmdirSync removeSync rimraf sync create confirm capture cancel del pay sendMail send ' +
    'sendMultiple sendEmail sendEmailWithTemplate postMessage deleteFile deleteRef deleteComment fetch eq'
  ).split(' '),
]);

const actNamed = rememberedByName(
  (name): Act | undefined => NAMES.find(([pattern]) => pattern.test(name))?.[1],
);

/** The calls that `irrevocableAct` may say something of. */
export const ACT_CALLS: CallTest = {
  method: LAST,
  to: { has: (name) => name === 'globalThis.fetch' || actNamed(name) !== undefined },
};

export interface IrrevocableAct {
  readonly does: Act;
  /** What says upon what it acts. */
  readonly given: readonly Node[];
}

export function irrevocableAct(call: Call): IrrevocableAct | undefined {
  const { callee, args, isNew } = call;
  const last = call.method ?? callee.text.slice(0, 40);
  if (args.length === 0 || !(LAST.has(last) || isNew || callee.kind === 'identifier')) return undefined;
  const name = isNew || callee.kind === 'identifier' ? call.name : nameByType(callee);
  const known = name === undefined ? undefined : actNamed(name);
  if (known) return { does: known, given: args };
  if (isNew) return undefined;
  if (name === 'globalThis.fetch')
    return isDeletingRequest(args[1]) ? { does: 'deletes', given: args.slice(0, 1) } : undefined;
  const receiver = callee.child('object');
  if (!receiver || !LAST.has(last)) return undefined;
  if (RUNNING.has(last)) return deletesBySql(args) ? { does: 'deletes', given: args.slice(1) } : undefined;
  if (last === 'eq') return ofSupabase(call);
  return DELETING.has(last) && storeOf(unwrap(receiver), callee)
    ? { does: 'deletes', given: args }
    : undefined;
}

function isDeletingRequest(options: Node | undefined): boolean {
  const object = options && resolvedValue(options);
  const method = object?.kind === 'object' ? propertyOf(object, 'method') : undefined;
  return method !== undefined && constantString(method)?.toUpperCase() === 'DELETE';
}

function deletesBySql([text, values]: readonly Node[]): boolean {
  const sql = text && values ? constantString(text) : undefined;
  return sql !== undefined && /^\s*(?:delete\s+from|drop|truncate)\b/i.test(sql);
}

/** `supabase.from('users').delete().eq('id', id)` */
function ofSupabase({ callee, args }: Call): IrrevocableAct | undefined {
  const before = callee.child('object');
  const call = before && callAt(unwrap(before));
  if (call?.method !== 'delete' || !/^@supabase\//.test(call.name ?? '')) return undefined;
  return { does: 'deletes', given: args.slice(1) };
}
