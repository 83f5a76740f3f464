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
  isSmallCurve,
  isWeakGroup,
  KEY_SIZES,
  LEAST_RSA_BITS,
  OLD_TLS,
  TLS_VERSION_OPTIONS,
} from '../../models/crypto/broken';
import { type HashUse, hashesIn } from '../../models/crypto/hashes';
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

export const weakPrimitive: Rule = {
  id: 'crypto/weak-primitive',
  title: 'A broken hash, cipher, key size or version of TLS is used',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-327', 'CWE-326', 'CWE-328'],
  owasp: ['A04:2025'],
  fixable: true,

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
    yield* keySizes(facts);
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
  if (!value || name === undefined || !TLS_VERSION_OPTIONS.has(name)) return undefined;
  const version = constantString(value);
  if (version === undefined || !OLD_TLS.test(version) || !mayRunInProduction(pair)) return undefined;
  return {
    at: pair,
    message: `\`${version.replace('_method', '')}\` can be broken by whoever is on the path. Allow TLS 1.2 and later only.`,
    fixes: () => replacing(value, 'Ask for TLS 1.2', /^(['"])TLSv1(?:\.1)?\1$/, 'TLSv1.2'),
  };
}

function* keySizes(facts: ItemFacts): Generator<Report> {
  for (const { name, args } of facts.callsTo(KEY_SIZES)) {
    const option = KEY_SIZES.get(name);
    const curve = optionOf(args, 'namedCurve');
    const shown = curve && constantString(curve);
    if (curve && shown !== undefined && isSmallCurve(shown))
      yield { at: curve, message: `Keys on \`${shown}\` can be computed. Use \`P-256\` or \`ed25519\`.` };
    const given =
      typeof option === 'string' ? optionOf(args, option) : option === undefined ? undefined : args[option];
    const value = given && resolvedValue(given);
    if (name === 'crypto.getDiffieHellman' || name === 'crypto.createDiffieHellmanGroup') {
      const group = value && constantString(value);
      if (group !== undefined && isWeakGroup(group) && value)
        yield { at: given, message: `The group \`${group}\` is too small. Use \`modp15\` or larger.` };
      continue;
    }
    const bits = value?.kind === 'number' ? Number(value.text.replace(/_/g, '')) : Number.NaN;
    if (!(bits > 0 && bits < LEAST_RSA_BITS) || !given || !value) continue;
    yield {
      at: given,
      message: `Keys of ${bits} bits can be broken. Use 3072 bits.`,
      fixes: () => [
        {
          title: 'Use 3072 bits',
          safety: 'unsafe',
          edits: [{ start: value.start, end: value.end, text: '3072' }],
        },
      ],
    };
  }
}

function optionOf(args: readonly Node[], option: string): Node | undefined {
  for (const argument of args) {
    const pair = pairOf(resolvedValue(argument), option);
    if (pair) return pair.value;
  }
  return undefined;
}

function replacing(at: Node, title: string, form: RegExp, text: string): Fix[] {
  const { text: written, start, end } = resolvedValue(at);
  const [, quote] = form.exec(written) ?? [];
  // Not safe: what was hashed before is not found again, and old clients stay out.
  return quote ? [{ title, safety: 'unsafe', edits: [{ start, end, text: `${quote}${text}${quote}` }] }] : [];
}
