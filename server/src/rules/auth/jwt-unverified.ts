import { nameByType } from '../../analysis/declared-type';
import type { Confidence, Report } from '../../analysis/finding';
import type { Fix, FixSafety } from '../../analysis/fix';
import { type Call, callAt, type ItemFacts } from '../../analysis/item-facts';
import { canonicalName } from '../../analysis/name';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { withoutElement } from '../../analysis/removal';
import type { Rule } from '../../analysis/rule';
import { constantBoolean, constantString, pairOf, propertyOf, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { ownAlgorithmIn, unsignedIn } from '../../models/auth/algorithms';
import { type ClaimsUse, useOfClaims } from '../../models/auth/claims';
import { decodedByHand } from '../../models/auth/decoded-by-hand';
import { meaningOf, nameOfFunction } from '../../models/auth/guard';
import { isTrustworthy, mayBeFromProvider } from '../../models/auth/token-origin';
import { verifyFixes } from '../../models/auth/verify-fix';
import {
  READING,
  SESSION_ENDING,
  TOKEN_DECODERS,
  TOKEN_VERIFIERS,
  type TokenDecoder,
  type TokenVerifier,
  WHO_IS_THERE,
} from '../../models/jwt';
import { runtimeOf } from '../../models/runtime';

const DECODERS: ReadonlyMap<string, TokenDecoder> = new Map(TOKEN_DECODERS.map((each) => [each.name, each]));
const VERIFIERS: ReadonlyMap<string, TokenVerifier> = new Map(
  TOKEN_VERIFIERS.map((each) => [each.name, each]),
);
const NAMES = ['globalThis.JSON.parse', 'jsonwebtoken.sign', ...DECODERS.keys(), ...VERIFIERS.keys()];
/** A type says what the owner of a member is, so its own name is that of the member. */
const MAY_READ: CallTest = {
  to: new Set(NAMES),
  method: new Set(NAMES.map((name) => name.split('.').at(-1) ?? '')),
};
const UNREAD =
  'This reads the token without checking its signature. Verify it with a fixed list of algorithms.';
const UNSIGNED =
  '`none` stands for tokens that nobody has signed. List only the algorithms that you sign with.';
const CHOSEN = 'Whoever makes a token chooses how it is checked. List the algorithms that you sign with.';
const FORGED = 'Anybody can make a token that nobody signs. Sign with a key, by `HS256` or `RS256`.';
const EXPIRED = 'This accepts tokens for ever, stolen ones as well. Drop `ignoreExpiration`.';
const KEYLESS = 'An empty key makes no signature necessary. Pass the key that tokens are signed with.';

export const jwtUnverified: Rule = {
  id: 'auth/jwt-unverified',
  title: 'A token is believed without a check, or with a check that is switched off',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-347'],
  owasp: ['A04:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsOf(MAY_READ)) {
      const name = nameByType(call.callee);
      const decoder = DECODERS.get(name ?? '');
      const verifier = VERIFIERS.get(name ?? '');
      if (decoder) yield* decoderReports(call, decoder);
      if (verifier) yield* verifierReports(call.args, verifier, call.node);
      if (name === 'globalThis.JSON.parse') yield* handReports(call);
      if (name === 'jsonwebtoken.sign') yield* signerReports(call);
    }
    yield* strategyReports(facts);
  },
};

function* decoderReports(call: Call, decoder: TokenDecoder): Generator<Report> {
  const [token, options] = call.args;
  if (!token || isTrustworthy(token, call.node)) return;
  const isWhole = decoder.whole === 'always' || (decoder.whole === 'complete' && isComplete(call, options));
  const confidence = confidenceOf(useOfClaims(call.node, isWhole), token, call.node);
  const runtime = confidence && runtimeOf(call.node.item.file);
  const isUnsure = runtime !== 'server' && decoder.inBrowsers !== undefined;
  if (!confidence || runtime === 'client' || (isUnsure && decoder.inBrowsers === 'mostly')) return;
  yield {
    at: call.callee,
    message: UNREAD,
    confidence: isUnsure && confidence === 'high' ? 'medium' : confidence,
    fixes: () => verifyFixes(call, decoder.name),
  };
}

/** `decode(token, { complete: true })`, `createDecoder({ complete: true })(token)` */
function isComplete(call: Call, options: Node | undefined): boolean {
  const maker = callAt(resolvedValue(call.callee));
  const given = options ?? maker?.args[0];
  const value = given && propertyOf(resolvedValue(given), 'complete');
  return value !== undefined && constantBoolean(value) !== false;
}

function* handReports(call: Call): Generator<Report> {
  const [text] = call.args;
  const decoded = text && decodedByHand(text);
  if (!decoded || isTrustworthy(decoded.token, call.node)) return;
  const confidence = confidenceOf(useOfClaims(call.node, false), decoded.token, call.node);
  const runtime = confidence && runtimeOf(call.node.item.file);
  if (!confidence || runtime === 'client' || (runtime !== 'server' && !decoded.onServer)) return;
  yield { at: call.callee, message: UNREAD, confidence };
}

/** Undefined where nothing is believed: only the expiry or the key's id is looked at. */
function confidenceOf(use: ClaimsUse, token: Node, reader: Node): Confidence | undefined {
  if (use === 'metadata') return undefined;
  if (use === 'trusted') return mayBeFromProvider(token) ? 'medium' : 'high';
  const name = reader.enclosingFunction ? nameOfFunction(reader.enclosingFunction) : '';
  if (/^(?:insists|checks)$/.test(meaningOf(name))) return 'high';
  const words = wordsOf(name);
  const isAboutWho = words.some((word) => WHO_IS_THERE.has(word)) && !words.some((word) => READING.has(word));
  return isAboutWho ? 'medium' : 'low';
}

/** `class JwtStrategy extends PassportStrategy(Strategy)`, whose options go to `super`. */
function* strategyReports(facts: ItemFacts): Generator<Report> {
  for (const callee of facts.nodes('super')) {
    const node = callee.parent;
    if (node?.kind !== 'call_expression') continue;
    const list = node.child('arguments')?.parts ?? [];
    for (const outer of node.ancestors()) {
      const base = outer.childOf('class_heritage');
      if (!base) continue;
      const extended = [...base.walk()].some((part) => canonicalName(part) === 'passport-jwt.Strategy');
      const verifier = extended ? VERIFIERS.get('passport-jwt.Strategy') : undefined;
      if (verifier) yield* verifierReports(list, verifier, node);
      break;
    }
  }
}

function* verifierReports(args: readonly Node[], verifier: TokenVerifier, call: Node): Generator<Report> {
  const given = verifier.options === undefined ? undefined : args[verifier.options];
  const outer = given && resolvedValue(given);
  const inner = verifier.inside && outer ? propertyOf(outer, verifier.inside) : outer;
  const options = inner && resolvedValue(inner);
  const key = verifier.key === undefined ? undefined : args[verifier.key];
  const unsigned = options && unsignedIn(options);
  if (unsigned) {
    // With a key the library refuses tokens without a signature before it looks at the list.
    const safety = key && !isEmpty(key) ? 'safe' : 'unsafe';
    const fixes = () => removal(unsigned, 'Take `none` off the list', safety);
    yield { at: unsigned, message: UNSIGNED, fixes };
  }
  const own = options && ownAlgorithmIn(options);
  if (own) yield { at: own, message: CHOSEN };
  const endless = options && pairOf(options, 'ignoreExpiration');
  if (endless && constantBoolean(endless.value) === true) {
    const confidence = isExplained(endless.node) ? 'medium' : confidenceWithoutExpiry(args, call);
    const fixes = () => removal(endless.node, 'Drop `ignoreExpiration`', 'unsafe');
    if (confidence) yield { at: endless.node, message: EXPIRED, confidence, fixes };
  }
  const unverified = verifier.unverified === undefined ? undefined : args[verifier.unverified];
  if (unverified && constantBoolean(unverified) === true) yield { at: unverified, message: UNREAD };
  if (key && !unsigned && isEmpty(key)) yield { at: key, message: KEYLESS, confidence: 'medium' };
}

/** `jwt.sign(claims, '', { algorithm: 'none' })` */
function* signerReports({ args: [, key, given] }: Call): Generator<Report> {
  const unsigned = given && unsignedIn(resolvedValue(given));
  if (unsigned) yield { at: unsigned, message: FORGED };
  else if (key && constantString(key) === '') yield { at: key, message: KEYLESS, confidence: 'medium' };
}

/** `// Expiry is looked at below`: another place may do it. */
function isExplained({ previous }: Node): boolean {
  return previous?.kind === 'comment' && /expir/i.test(previous.text);
}

/** Who logs out may hold an expired token, and so may who renews one with another token. */
function confidenceWithoutExpiry([token, key]: readonly Node[], call: Node): Confidence | undefined {
  const fn = call.enclosingFunction;
  const words = fn ? wordsOf(nameOfFunction(fn)) : [];
  if (words.some((word) => SESSION_ENDING.has(word))) return undefined;
  if (fn && [...fn.walk()].some((node) => node.kind === 'member_expression' && /\.exp$/.test(node.text))) {
    return undefined;
  }
  const isRenewed = /^(?:refresh|renew|rotate|reissue)/.test(words[0] ?? '');
  return isRenewed && !/refresh/i.test(`${token?.text} ${key?.text}`) ? 'medium' : 'high';
}

function isEmpty(key: Node): boolean {
  const value = resolvedValue(key);
  if (/^(?:null|undefined|false)$/.test(value.kind)) return true;
  return constantString(value) === '';
}

/** @param safety not safe where honest tokens may have been accepted that no longer are. */
function removal(element: Node, title: string, safety: FixSafety): Fix[] {
  const isOnly = element.parent?.kind === 'array' && element.parent.parts.length === 1;
  const edit = isOnly || element.parent?.kind === 'pair' ? undefined : withoutElement(element);
  return edit ? [{ title, safety, edits: [edit] }] : [];
}
