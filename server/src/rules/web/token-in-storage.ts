import type { Confidence, Report } from '../../analysis/finding';
import type { ItemFacts } from '../../analysis/item-facts';
import { propertyName } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { isTestPath } from '../../analysis/test-path';
import { constantString } from '../../analysis/value';
import { isSecretCookie } from '../../models/cookies';
import { isPlainPasswordName } from '../../models/crypto/passwords';
import { type Exposed, exposedIn } from '../../models/exposed-secrets';

const SETTING: CallTest = { method: new Set(['cookie']) };

/** Calls that store a value under a key where scripts, or other programs, can read it. Source: MDN, the packages. */
const STORES: ReadonlyMap<string, string> = new Map([
  ['globalThis.localStorage.setItem', 'scripts of the page'],
  ['globalThis.sessionStorage.setItem', 'scripts of the page'],
  ['js-cookie.set', 'scripts of the page'],
  ['globalThis.Cookies.set', 'scripts of the page'],
  ['@react-native-async-storage/async-storage.setItem', 'other programs on a rooted phone'],
  ['react-native.AsyncStorage.setItem', 'other programs on a rooted phone'],
]);
/** Calls that write a file: the place of what is written. */
const FILES: ReadonlySet<string> = new Set(
  ['fs', 'fs/promises', 'fs.promises', 'fs-extra'].flatMap((module) =>
    ['writeFile', 'writeFileSync', 'appendFile', 'appendFileSync'].map((name) => `${module}.${name}`),
  ),
);
/** Calls that store their first argument. */
const STREAMS: ReadonlySet<string> = new Set([
  ...['fs.createWriteStream().write', 'fs.createWriteStream().end'],
  ...['chrome', 'browser'].flatMap((root) =>
    ['local', 'sync'].map((area) => `globalThis.${root}.storage.${area}.set`),
  ),
]);
const AREAS: ReadonlySet<string> = new Set(['globalThis.localStorage', 'globalThis.sessionStorage']);
/** What is worse to lose than a session. */
const PERSONAL =
  /^(?:ssn|social_?security(?:_?number)?|credit_?card(?:_?number)?|card_?number|cvv|cvc|iban)$/i;

export const tokenInStorage: Rule = {
  id: 'web/token-in-storage',
  title: 'A password or a token is stored where others can read it',
  severity: 'hint',
  aiSeverity: 'info',
  confidence: 'high',
  cwe: ['CWE-922', 'CWE-312', 'CWE-313'],
  owasp: ['A01:2025'],
  fixable: false,

  *check(facts) {
    for (const { name, args } of facts.callsTo(STORES)) {
      const [key, value] = args;
      const report = key && value && stored(constantString(key), key, value, STORES.get(name) ?? '');
      if (report) yield report;
    }
    yield* assigned(facts);
    for (const { args } of facts.callsTo(FILES)) {
      const [exposed] = args[1]
        ? [...exposedIn(args[1])].filter(({ what }) => /^(?:password|key|personal)$/.test(what))
        : [];
      if (exposed) yield written(exposed, 'Whoever reads the file has');
    }
    for (const { name, args } of facts.callsTo(STREAMS)) {
      const at =
        args[0] && [...exposedIn(args[0])].find(({ what }) => /^(?:password|key|personal)$/.test(what));
      if (!at) continue;
      yield written(
        at,
        name.includes('chrome') ? 'Whoever can open the profile has' : 'Whoever reads the file has',
      );
    }
    for (const { args } of facts.callsOf(SETTING)) {
      if (!args[1]) continue;
      const [exposed] = [...exposedIn(args[1])].filter(
        ({ what }) => what === 'password' || what === 'personal',
      );
      if (exposed) yield written(exposed, 'Whoever sees the cookie has');
    }
    for (const node of facts.nodes('assignment_expression')) {
      const [left, value] = [node.child('left'), node.child('right')];
      if (left?.child('property')?.text !== 'cookie' || !value) continue;
      if (canonicalName(left) !== 'globalThis.document.cookie') continue;
      const exposed = [...exposedIn(value)].find(({ what }) => what === 'password' || what === 'personal');
      if (exposed) yield written(exposed, 'Whoever sees the cookie has');
    }
  },
};

function* assigned(facts: ItemFacts): Generator<Report> {
  for (const node of facts.nodes('assignment_expression')) {
    const [left, value] = [node.child('left'), node.child('right')];
    const object = left?.child('object');
    const key = left?.child('property') ?? left?.child('index');
    if (!object || !key || !value || !/storage/i.test(object.text.slice(-20))) continue;
    if (!AREAS.has(canonicalName(object) ?? '')) continue;
    const report = stored(propertyName(key), key, value, 'scripts of the page');
    if (report) yield report;
  }
}

function stored(name: string | undefined, key: Node, value: Node, readers: string): Report | undefined {
  const text = constantString(value);
  // What is put there when somebody leaves, and what is written in the code, is no secret.
  if (text !== undefined || /^(?:null|undefined|true|false)$/.test(value.kind)) return undefined;
  const [exposed] = exposedIn(value);
  const isKey =
    name !== undefined && (isSecretCookie(name) || isPlainPasswordName(name) || PERSONAL.test(name));
  const isPassword =
    (name !== undefined && (isPlainPasswordName(name) || PERSONAL.test(name))) ||
    exposed?.what === 'password' ||
    exposed?.what === 'personal';
  if (!isKey && !exposed) return undefined;
  if (
    !isPassword &&
    name !== undefined &&
    /^remember_?(?:me)?$|theme|expan|collapse|tab|lang|sidebar|view|count|expir|type|step|draft/i.test(name)
  )
    return undefined;
  const shown = isKey ? name : (exposed?.name ?? '');
  const remedy = isPassword ? 'Do not store it' : 'Let the server keep it in an `HttpOnly` cookie';
  return {
    at: key,
    message: `\`${shown}\` is there for ${readers} to read. ${remedy}.`,
    confidence: certainty(key, isPassword ? 'high' : 'medium'),
    ...(isPassword && { severity: 'warning' as const }),
  };
}

function written({ node, name }: Exposed, who: string): Report {
  const message = `${who} \`${name}\`. Keep passwords as a slow hash, and keys in a store for keys.`;
  return { at: node, message, confidence: certainty(node, 'medium'), severity: 'warning' };
}

function certainty(node: Node, confidence: Confidence): Confidence {
  return isTestPath(node.item.file.path) ? 'low' : confidence;
}
