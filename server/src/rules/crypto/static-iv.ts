import type { Confidence, Report } from '../../analysis/finding';
import { type Call, callAt, type ItemFacts } from '../../analysis/item-facts';
import type { Kind } from '../../analysis/kind';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { constantString, pairOf, resolvedValue } from '../../analysis/value';
import { fixedBytes } from '../../models/crypto/fixed-bytes';
import { isLegacy } from '../../models/crypto/passwords';

/** Calls that encrypt or decrypt, by the places of key and vector; an option has a name. */
interface Places {
  readonly key?: number;
  readonly iv: number | string;
}
const NODE: Places = { key: 1, iv: 2 };
const CRYPTO_JS: Places = { key: 1, iv: 'iv' };
const SUBTLE: Places = { iv: 'iv' };
const CALLS: ReadonlyMap<string, Places> = new Map([
  ['crypto.createCipheriv', NODE],
  ['crypto.createDecipheriv', NODE],
  ...['crypto-js', 'globalThis.CryptoJS'].flatMap((module) =>
    ['AES', 'DES', 'TripleDES'].flatMap((name): [string, Places][] => [
      [`${module}.${name}.encrypt`, CRYPTO_JS],
      [`${module}.${name}.decrypt`, CRYPTO_JS],
    ]),
  ),
  ['crypto-js/aes.encrypt', CRYPTO_JS],
  ['crypto-js/aes.decrypt', CRYPTO_JS],
  ...['crypto.subtle', 'crypto.webcrypto.subtle', 'globalThis.crypto.subtle'].flatMap(
    (module): [string, Places][] => [
      [`${module}.encrypt`, SUBTLE],
      [`${module}.decrypt`, SUBTLE],
    ],
  ),
]);

const RANDOM = /^(?:crypto|globalThis\.crypto)\.(?:randomBytes|webcrypto\.getRandomValues|getRandomValues)$/;

export const staticIv: Rule = {
  id: 'crypto/static-iv',
  title: 'A key or an initialisation vector is the same each time',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-329', 'CWE-321'],
  owasp: ['A04:2025'],
  fixable: false,

  *check(facts) {
    yield* uses(facts);
  },
};

function* uses(facts: ItemFacts): Generator<Report> {
  for (const call of facts.callsTo(CALLS)) {
    const places = CALLS.get(call.name);
    const isReading = /decrypt|createDecipher/.test(call.name);
    const confidence: Confidence = isReading ? (isLegacy(call.node) ? 'low' : 'medium') : 'high';
    const key = places?.key === undefined ? undefined : call.args[places.key];
    if (key && fixedBytes(key))
      yield {
        at: key,
        message: 'Whoever has the code has this key. Read it from the environment or a key store.',
        confidence,
      };
    const iv = places && vectorOf(call, places.iv);
    if (!iv || hasNoVector(call)) continue;
    const isFixed = fixedBytes(iv) || fixedBytes(fieldOf(iv));
    if (!isFixed && !(madeOnce(iv) && !isReading)) continue;
    yield {
      at: iv,
      message:
        'With the same vector each time, equal texts look equal. Make one with `randomBytes` for each text, and send it along.',
      confidence,
    };
  }
}

/** `this.iv`, as the class gives it its one value. */
function fieldOf(expression: Node): Node {
  const inner = resolvedValue(unwrap(expression));
  const name = inner.child('object')?.kind === 'this' ? inner.child('property')?.text : undefined;
  const body = name === undefined ? undefined : inner.enclosing(BODIES);
  const values = [...(body?.walk() ?? [])].flatMap((node) => {
    const left = node.kind === 'assignment_expression' ? node.child('left') : undefined;
    const isOwn = left?.child('object')?.kind === 'this' && left.child('property')?.text === name;
    if (isOwn) return node.child('right') ?? [];
    const isField = node.kind === 'public_field_definition' && node.child('name')?.text === name;
    return isField ? (node.child('value') ?? []) : [];
  });
  return (values.length === 1 && values[0]) || expression;
}

const BODIES: ReadonlySet<Kind> = new Set<Kind>(['class_body']);

function vectorOf(call: Call, place: number | string): Node | undefined {
  if (typeof place === 'number') return call.args[place];
  for (const argument of call.args) {
    const pair = pairOf(resolvedValue(argument), place);
    if (pair) return pair.value;
  }
  return undefined;
}

/** In ECB mode there is no vector, and for wrapping keys the standard names one (RFC 3394). */
function hasNoVector({ args }: Call): boolean {
  const [algorithm] = args;
  const text =
    algorithm && `${constantString(algorithm) ?? ''} ${resolvedValue(algorithm).text.slice(0, 80)}`;
  return /ecb\b|\brc4|wrap/i.test(text ?? '');
}

/** A random vector that is made when the file is loaded, and used by a function for all texts. */
function madeOnce(iv: Node): boolean {
  if (unwrap(iv).kind !== 'identifier') return false;
  const value = resolvedValue(iv);
  const name = callAt(value)?.name;
  return (
    name !== undefined && RANDOM.test(name) && !value.enclosingFunction && iv.enclosingFunction !== undefined
  );
}
