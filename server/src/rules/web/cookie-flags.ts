import type { Confidence, Report } from '../../analysis/finding';
import type { Call, ItemFacts } from '../../analysis/item-facts';
import { propertyName } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { mayRunInProduction } from '../../analysis/production';
import type { Rule } from '../../analysis/rule';
import { stringParts } from '../../analysis/string-parts';
import { constantString, pairOf, resolvedValue } from '../../analysis/value';
import { cookieText, type Flag, flagEdits, flagOf, SHOWN, veiledText } from '../../models/cookie-flags';
import { type CookieSet, cookiesIn, isMark, isSecretCookie } from '../../models/cookies';
import { REGISTERING } from '../../models/registrations';

const SETTING: CallTest = { method: new Set(['setHeader', 'header', 'append', 'set', 'appendHeader']) };

const EFFECT: Readonly<Record<Flag, string>> = {
  httpOnly: 'scripts of the page can read it',
  secure: 'it is sent without encryption, too',
};
const FLAGS: readonly Flag[] = ['httpOnly', 'secure'];

/** Middleware that sets the cookie of a session, and the option that holds the cookie's own. */
const SESSIONS: ReadonlyMap<string, string | undefined> = new Map([
  ['express-session', 'cookie'],
  ['cookie-session', undefined],
  ['client-sessions', 'cookie'],
  ['express.session', 'cookie'],
  ['koa-session', undefined],
  ['koa-generic-session', 'cookie'],
]);
const PLUGINS: ReadonlySet<string> = new Set([
  '@fastify/session',
  '@fastify/secure-session',
  'fastify-session',
]);

export const cookieFlags: Rule = {
  id: 'web/cookie-flags',
  title: 'A cookie that lets somebody in can be read by scripts, or is sent without encryption',
  severity: 'warning',
  aiSeverity: 'warning',
  confidence: 'high',
  cwe: ['CWE-1004', 'CWE-614', 'CWE-1275'],
  owasp: ['A01:2025', 'A02:2025'],
  fixable: true,
  words: ['cookie', 'session'],

  *check(facts) {
    for (const cookie of cookiesIn(facts)) {
      const report = reportOf(cookie);
      if (report && mayRunInProduction(cookie.call.node)) yield report;
    }
    for (const call of facts.callsTo(SESSIONS)) yield* session(call, call.args[0], SESSIONS.get(call.name));
    for (const call of facts.callsOf(REGISTERING)) {
      if (!call.args[0]) continue;
      if (PLUGINS.has(canonicalName(call.args[0]) ?? '')) yield* session(call, call.args[1], 'cookie');
    }
    yield* texts(facts);
  },
};

function reportOf({ call, name, isSecret, isForScripts, options, optionsAt }: CookieSet): Report | undefined {
  if (options === 'unknown') return undefined;
  const lacking = FLAGS.filter(
    (flag) => flagOf(options, flag) !== 'on' && !(flag === 'httpOnly' && isForScripts),
  );
  const isOff = flagOf(options, 'secure') === 'off';
  // Of other cookies, only what is switched off on purpose is worth a word.
  const flags = isSecret ? lacking : lacking.filter((flag) => flag === 'secure' && isOff);
  if (flags.length === 0) return undefined;
  const given = call.args[optionsAt];
  const at = (options && pairOf(options, flags[0] as Flag)?.node) ?? call.args[optionsAt - 2] ?? call.node;
  return {
    at,
    message: messageFor(name, flags),
    confidence: isSecret && (flags.includes('httpOnly') || isOff) ? 'high' : 'medium',
    fixes: () => {
      const last = call.args.length === optionsAt ? call.args.at(-1) : undefined;
      const edits = flagEdits(options, given, last, flags);
      return edits ? [{ title: 'Add the flags', safety: 'unsafe', edits }] : [];
    },
  };
}

function messageFor(name: string | undefined, flags: readonly Flag[]): string {
  const which = name === undefined ? 'This cookie' : `The cookie \`${name}\``;
  const remedy = flags.length > 1 ? 'Set both' : 'Set it';
  return `${which} lacks ${flags.map((flag) => SHOWN[flag]).join(' and ')}: ${flags.map((flag) => EFFECT[flag]).join(', and ')}. ${remedy}.`;
}

/** These are `HttpOnly` unless they say that they are not, and never `Secure` by themselves. */
function* session(call: Call, given: Node | undefined, inside: string | undefined): Generator<Report> {
  const options = given && resolvedValue(given);
  if (options?.kind !== 'object' || !mayRunInProduction(call.node)) return;
  if (options.parts.some(({ kind }) => kind === 'spread_element')) return;
  const pair = inside === undefined ? undefined : pairOf(options, inside);
  const cookie = inside === undefined ? options : pair && resolvedValue(pair.value);
  if (cookie && cookie.kind !== 'object') return;
  const flags = FLAGS.filter(
    (flag) => flagOf(cookie, flag) === 'off' || (flag === 'secure' && flagOf(cookie, flag) === 'missing'),
  );
  const [flag] = flags;
  if (!flag) return;
  const isOff = flags.some((each) => flagOf(cookie, each) === 'off');
  const confidence: Confidence = isOff ? 'high' : 'medium';
  const at = (cookie && pairOf(cookie, flag)?.node) ?? pair?.node ?? call.callee;
  yield {
    at,
    message: messageFor('of the session', flags).replace(
      'The cookie `of the session`',
      'The cookie of the session',
    ),
    confidence,
    fixes: () => {
      const edits = cookie && flagEdits(cookie, inside === undefined ? given : pair?.value, undefined, flags);
      return edits ? [{ title: 'Add the flags', safety: 'unsafe', edits }] : [];
    },
  };
}

/** `document.cookie = 'token=…'`, `res.setHeader('Set-Cookie', 'session=…')` */
function* texts(facts: ItemFacts): Generator<Report> {
  for (const node of facts.nodes('assignment_expression')) {
    const [left, right] = [node.child('left'), node.child('right')];
    if (left?.child('property')?.text !== 'cookie' || canonicalName(left) !== 'globalThis.document.cookie')
      continue;
    const cookie = right && cookieText(veiledText(stringParts(resolvedValue(right))));
    if (!cookie || !isSecretCookie(cookie.name)) continue;
    const message = `Scripts of the page can read the cookie \`${cookie.name}\`. Let the server set it, with \`HttpOnly\` and \`Secure\`.`;
    yield { at: left, message, confidence: 'medium' };
  }
  for (const header of headerValues(facts)) {
    const value = resolvedValue(header);
    const all = value.kind === 'array' ? value.parts.map((part) => resolvedValue(part)) : [value];
    for (const text of all) {
      const cookie = cookieText(veiledText(stringParts(text)));
      if (!cookie || !isSecretCookie(cookie.name) || isMark(cookie.value) || cookie.lacks.length === 0)
        continue;
      const confidence = cookie.lacks.includes('httpOnly') ? 'high' : 'medium';
      if (mayRunInProduction(header))
        yield { at: header, message: messageFor(cookie.name, cookie.lacks), confidence };
    }
  }
}

function* headerValues(facts: ItemFacts): Generator<Node> {
  for (const { args } of facts.callsOf(SETTING)) {
    const [name, value] = args;
    if (name && value && isSetCookie(constantString(name))) yield value;
  }
  for (const pair of facts.nodes('pair')) {
    const [key, value] = [pair.child('key'), pair.child('value')];
    if (key && value && isSetCookie(propertyName(key))) yield value;
  }
}

function isSetCookie(name: string | undefined): boolean {
  return name !== undefined && /^set-cookie$/i.test(name);
}
