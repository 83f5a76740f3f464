import type { Confidence, Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { ItemFacts } from '../../analysis/item-facts';
import { propertyName } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { mayRunInProduction } from '../../analysis/production';
import type { Rule } from '../../analysis/rule';
import { constantString, pairOf, resolvedValue } from '../../analysis/value';
import {
  BROKEN_CIPHERS,
  BROKEN_MODES,
  CIPHERS,
  cipherWeakness,
  KEYED_HASHES,
  OLD_TLS,
  TLS_VERSION_OPTIONS,
  weakSuite,
} from '../../models/crypto/broken';
import { type HashUse, hashesIn } from '../../models/crypto/hashes';
import { smallKeys } from '../../models/crypto/key-sizes';
import { holdsPassword, isOfProtocol } from '../../models/crypto/passwords';
import { purposeOf } from '../../models/crypto/purpose';

const BROKEN_HASHES = new Map([
  ['md5', 'MD5'],
  ['md4', 'MD4'],
  ['md2', 'MD2'],
  ['sha1', 'SHA-1'],
  ['sha', 'SHA-1'],
  ['ripemd', 'RIPEMD'],
]);

/** Of the names of libraries, functions and options that it knows. */
const WORDS =
  'crypt md5 sha1 sha2 sha3 sha5 create-hash forge cipher minVersion maxVersion secureProtocol min_version ursa node-rsa keypair'.split(
    ' ',
  );

export const weakPrimitive: Rule = {
  id: 'crypto/weak-primitive',
  title: 'A broken hash, cipher, key size or version of TLS is used',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-327', 'CWE-326', 'CWE-328', 'CWE-780'],
  owasp: ['A04:2025'],
  fixable: true,
  words: WORDS,

  *check(facts) {
    for (const use of hashesIn(facts)) {
      const report = reportOfHash(use);
      if (report) yield report;
    }
    yield* ciphers(facts);
    for (const node of facts.nodes('pair')) {
      const report = reportOfOption(node);
      if (report) yield report;
    }
    yield* defaults(facts);
    yield* paddings(facts);
    yield* keyedHashes(facts);
    yield* smallKeys(facts);
  },
};

function reportOfHash({ algorithm, at, call, inputs }: HashUse): Report | undefined {
  const shown = BROKEN_HASHES.get(algorithm);
  // Passwords are the matter of `crypto/weak-password-hash`: for them no fast hash will do.
  if (!shown || inputs.some(holdsPassword) || isOfProtocol(call.node)) return undefined;
  const purpose = purposeOf(call.node, inputs);
  if (purpose === 'harmless') return undefined;
  return {
    at,
    message: `${shown} is broken: two texts with the same hash are cheap to make. Use SHA-256.`,
    confidence: purpose === 'guarding' ? 'high' : purpose === 'wrapper' ? 'low' : 'medium',
    fixes: () =>
      replacing(
        at,
        'Use SHA-256',
        /^(['"])(?:RSA-)?(?:md5|sha-?1)\1$/i,
        call.name?.includes('subtle') ? 'SHA-256' : 'sha256',
      ),
  };
}

function* ciphers(facts: ItemFacts): Generator<Report> {
  for (const { name, callee, args } of facts.callsTo(CIPHERS)) {
    const { algorithm, decrypts } = CIPHERS.get(name) ?? {};
    const at = algorithm === undefined ? undefined : args[algorithm];
    const weakness = at && cipherWeakness(constantString(at) ?? '');
    // What was encrypted long ago must still be read.
    const confidence: Confidence = decrypts ? 'medium' : 'high';
    if (at && weakness && !isOfProtocol(at))
      yield { at, message: `${weakness} Use \`aes-256-gcm\`.`, confidence };
    if (/^crypto\.create(?:De)?[cC]ipher$/.test(name))
      yield {
        at: callee,
        message:
          'This makes the key from the password with MD5 and has no vector of its own. Use `createCipheriv` with a key from `scrypt`.',
        confidence,
      };
  }
  for (const { name, callee } of facts.callsTo(BROKEN_CIPHERS)) {
    const shown = BROKEN_CIPHERS.get(name);
    yield {
      at: callee,
      message: `${shown} is broken. Use AES-GCM.`,
      confidence: name.endsWith('.decrypt') ? 'medium' : 'high',
    };
  }
  for (const node of facts.nodes('member_expression')) {
    if (node.child('property')?.text !== 'ECB' || !BROKEN_MODES.has(canonicalName(node) ?? '')) continue;
    yield { at: node, message: 'In ECB mode equal blocks look equal. Use AES-GCM.' };
  }
}

function reportOfOption(pair: Node): Report | undefined {
  const [key, value] = [pair.child('key'), pair.child('value')];
  const name = key && propertyName(key);
  if (value && name === 'ciphers') return reportOfSuites(pair, value);
  if (!value || name === undefined || !TLS_VERSION_OPTIONS.has(name)) return undefined;
  const version = constantString(value);
  if (version === undefined || !OLD_TLS.test(version) || !mayRunInProduction(pair)) return undefined;
  return {
    at: pair,
    message: `\`${version.replace('_method', '')}\` can be broken by whoever is on the path. Allow TLS 1.2 and later only.`,
    fixes: () => replacing(value, 'Ask for TLS 1.2', /^(['"])TLSv1(?:\.1)?\1$/, 'TLSv1.2'),
  };
}

function reportOfSuites(pair: Node, value: Node): Report | undefined {
  const suite = weakSuite(constantString(value) ?? '');
  if (suite === undefined || !mayRunInProduction(pair)) return undefined;
  const message = `\`${suite}\` does not keep others from reading along. Leave the list to Node.`;
  return { at: pair, message, confidence: 'medium' };
}

/** `crypto.publicEncrypt({ key, padding: crypto.constants.RSA_NO_PADDING }, data)` */
function* paddings(facts: ItemFacts): Generator<Report> {
  for (const { args } of facts.callsTo(RSA_CALLS)) {
    const padding = args[0] && pairOf(resolvedValue(args[0]), 'padding')?.value;
    const name = padding && canonicalName(resolvedValue(padding));
    const kind = /constants\.RSA_(NO|PKCS1)_PADDING$/.exec(name ?? '')?.[1];
    if (!padding || !kind) continue;
    const message =
      kind === 'NO'
        ? 'Without padding RSA gives the text away. Use `RSA_PKCS1_OAEP_PADDING`.'
        : 'With this padding whoever may ask for many decryptions can read the text. Use `RSA_PKCS1_OAEP_PADDING`.';
    yield { at: padding, message, confidence: kind === 'NO' ? 'high' : 'medium' };
  }
}

const RSA_CALLS: ReadonlySet<string> = new Set(['crypto.publicEncrypt', 'crypto.privateDecrypt']);

/** `tls.DEFAULT_MIN_VERSION = 'TLSv1'` */
function* defaults(facts: ItemFacts): Generator<Report> {
  for (const node of facts.nodes('assignment_expression')) {
    const [left, right] = [node.child('left'), node.child('right')];
    if (!right || left?.child('property')?.text !== 'DEFAULT_MIN_VERSION') continue;
    const version = constantString(right) ?? '';
    if (canonicalName(left) !== 'tls.DEFAULT_MIN_VERSION' || !OLD_TLS.test(version)) continue;
    yield {
      at: node,
      message: `\`${version}\` can be broken by whoever is on the path. Allow TLS 1.2 and later only.`,
      fixes: () => replacing(right, 'Ask for TLS 1.2', /^(['"])TLSv1(?:\.1)?\1$/, 'TLSv1.2'),
    };
  }
}

/** A keyed hash is harder to break than the hash in it, so protocols with HMAC-SHA-1 are left alone. */
function* keyedHashes(facts: ItemFacts): Generator<Report> {
  for (const { name, callee, args } of facts.callsTo(KEYED_HASHES)) {
    const at = name === 'crypto.createHmac' ? args[0] : callee;
    const algorithm =
      name === 'crypto.createHmac' ? at && constantString(at) : name.replace(/^.*hmac-?/i, '');
    if (!at || !/^(?:md[245]|ripemd\d*)$/i.test(algorithm ?? '') || isOfProtocol(at)) continue;
    yield {
      at,
      message: `${algorithm?.toUpperCase()} is broken, and only by luck not yet as a keyed hash. Use SHA-256.`,
      confidence: 'medium',
      fixes: () => replacing(at, 'Use SHA-256', /^(['"])md5\1$/i, 'sha256'),
    };
  }
}

function replacing(at: Node, title: string, form: RegExp, text: string): Fix[] {
  const { text: written, start, end } = resolvedValue(at);
  const [, quote] = form.exec(written) ?? [];
  // Not safe: what was hashed before is not found again, and old clients stay out.
  return quote ? [{ title, safety: 'unsafe', edits: [{ start, end, text: `${quote}${text}${quote}` }] }] : [];
}
