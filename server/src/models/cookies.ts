/** Where cookies are set, whatever the framework, and what their names and values say of them. */

import { type Call, callAt, type ItemFacts } from '../analysis/item-facts';
import { propertyName } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import type { CallTest } from '../analysis/needs';
import type { Node } from '../analysis/node';
import { constantString, pairOf, resolvedValue } from '../analysis/value';
import { wordsOf } from '../analysis/words';
import { namesIn } from './crypto/purpose';
import { RESPONSE_NAMES } from './refusals';
import { isSecretName } from './secret-names';

export interface CookieSet {
  readonly call: Call;
  /** What a message calls it; undefined where the name is not written in the file. */
  readonly name: string | undefined;
  readonly isSecret: boolean;
  /** Read by scripts of the page on purpose, to be sent back in a header. */
  readonly isForScripts: boolean;
  /** The options as an object literal; undefined where there are none, `'unknown'` where they cannot be seen. */
  readonly options: Node | undefined | 'unknown';
  /** The place among the arguments where options belong. */
  readonly optionsAt: number;
}

interface Places {
  readonly name: number;
  readonly options: number;
}

const FIRST: Places = { name: 0, options: 2 };
const SECOND: Places = { name: 1, options: 3 };
/** Source: the documentation of each package. */
const SETTERS: ReadonlyMap<string, Places> = new Map([
  ['cookie.serialize', FIRST],
  ['next/headers.cookies().set', FIRST],
  ['cookies().set', FIRST],
  ['cookies-next.setCookie', FIRST],
  ['hono/cookie.setCookie', SECOND],
  ['nookies.setCookie', SECOND],
]);

const MAY_SET: CallTest = { to: SETTERS, method: new Set(['cookie', 'setCookie', 'set']) };

export function* cookiesIn(facts: ItemFacts): Generator<CookieSet> {
  for (const call of facts.callsOf(MAY_SET)) {
    const places = placesOf(call);
    const set = places && cookieOf(call, places);
    if (set) yield set;
  }
}

function placesOf(call: Call): Places | undefined {
  const { method, callee } = call;
  const object = callee.child('object');
  if (method !== undefined && object && /^(?:cookie|setCookie|set)$/.test(method)) {
    // `ctx.cookies.set(…)`, `response.cookies.set(…)`
    if (
      method === 'set' &&
      object.kind === 'member_expression' &&
      object.child('property')?.text === 'cookies'
    )
      return FIRST;
    if (method !== 'set' && isResponse(object)) return FIRST;
  }
  const isNamed = method === undefined || /^(?:serialize|setCookie|set)$/.test(method);
  return isNamed && call.name !== undefined ? SETTERS.get(call.name) : undefined;
}

/** `res`, `this.response`, `res.status(200)` */
function isResponse(object: Node): boolean {
  let root = object;
  for (let inner: Node | undefined = root; inner; inner = root.child('object') ?? root.child('function')) {
    const own = inner.kind === 'member_expression' ? inner.child('property') : inner;
    if (
      own?.kind !== 'call_expression' &&
      wordsOf(own?.text.slice(0, 40) ?? '').some((word) => RESPONSE_NAMES.has(word))
    )
      return true;
    root = inner;
  }
  return false;
}

function cookieOf(call: Call, { name: at, options: optionsAt }: Places): CookieSet | undefined {
  const { args } = call;
  const named = args[at];
  if (!named || args.some(({ kind }) => kind === 'spread_element')) return undefined;
  const whole = resolvedValue(named);
  if (whole.kind === 'object') return undefined;
  const value = args[at + 1];
  const name = constantString(named);
  // Without a value it is a cookie that is read; an empty one is taken back.
  if (!value || constantString(value) === '') return undefined;
  const given = args[optionsAt];
  const options = given && resolvedValue(given);
  if (options && isTakenBack(options)) return undefined;
  const called = name ?? namesOf(named);
  return {
    call,
    name,
    isSecret:
      !isMark(constantString(value)) &&
      (isSecretCookie(called) || (!isForScripts(called) && holdsSecret(value))),
    isForScripts: isForScripts(called),
    options: options && options.kind !== 'object' ? 'unknown' : options,
    optionsAt,
  };
}

function namesOf(expression: Node): string {
  return expression.kind === 'call_expression' ? '' : ([...namesIn(expression)].at(-1) ?? '');
}

function isTakenBack(options: Node): boolean {
  const age = pairOf(options, 'maxAge')?.value;
  const end = pairOf(options, 'expires')?.value;
  const date = end && callAt(resolvedValue(end));
  const moment = date?.name === 'globalThis.Date' ? date.args[0] : end;
  return (age !== undefined && isPast(age)) || (moment !== undefined && isPast(moment));
}

/** Zero, less, or a text of the year 1970. */
function isPast(moment: Node): boolean {
  const value = resolvedValue(moment);
  return /^-|^[01]$/.test(value.text) || /1970/.test(constantString(value) ?? '');
}

const SECRET =
  /^(?:session|sess|sid|sessid|sessionid|phpsessid|auth|authentication|authorization|token|tokens|jwt|refresh|access|remember|rememberme|login|credential|credentials|password|passwd|pwd|apikey|secret|bearer|sso|impersonate)$/;

/** Whether the name of a cookie says that whoever has it is let in. */
export function isSecretCookie(name: string): boolean {
  return (
    !isForScripts(name) &&
    wordsOf(name).some((word) => SECRET.test(word)) &&
    !/expir|type|consent|name$|(?:redirect|return|callback|next|back)(?:_?(?:to|path|url|uri))?$/i.test(name)
  );
}

/** `logged-in=1`: says that something is so, and lets nobody in. */
export function isMark(value: string | undefined): boolean {
  return value !== undefined && /^\s*(?:\d|true|false|yes|no|on|off)?\s*$/i.test(value);
}

function isForScripts(name: string): boolean {
  return /[cx]srf/i.test(name);
}

const SIGNED = /^(?:jsonwebtoken\.sign|jose\.SignJWT|jwt-simple\.encode)/;

function holdsSecret(value: Node): boolean {
  const call = resolvedValue(value).child('function');
  if (call && SIGNED.test(canonicalName(call) ?? '')) return true;
  const own =
    value.kind === 'identifier' || value.kind === 'member_expression'
      ? (value.child('property') ?? value)
      : undefined;
  const name = own && propertyName(own);
  return name !== undefined && isSecretName(name);
}
