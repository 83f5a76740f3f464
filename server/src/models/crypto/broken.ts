/** Ciphers, modes, groups and versions that are broken, by the names that libraries give them. */

export interface CipherCall {
  /** The argument that names the cipher. */
  readonly algorithm?: number;
  readonly decrypts: boolean;
}

/** Source: Node's documentation of `crypto`, and the README of node-forge. */
export const CIPHERS: ReadonlyMap<string, CipherCall> = new Map([
  ['crypto.createCipheriv', { algorithm: 0, decrypts: false }],
  ['crypto.createDecipheriv', { algorithm: 0, decrypts: true }],
  ['crypto.createCipher', { algorithm: 0, decrypts: false }],
  ['crypto.createDecipher', { algorithm: 0, decrypts: true }],
  ['node-forge.cipher.createCipher', { algorithm: 0, decrypts: false }],
  ['node-forge.cipher.createDecipher', { algorithm: 0, decrypts: true }],
  ['browserify-cipher.createCipheriv', { algorithm: 0, decrypts: false }],
]);

/** What is wrong with a cipher of OpenSSL's or Forge's list; undefined for nothing. */
export function cipherWeakness(cipher: string): string | undefined {
  const name = cipher.toLowerCase();
  if (name.endsWith('-ecb')) return 'In ECB mode equal blocks look equal.';
  if (/^(?:des|3des|tripledes|desx)(?:$|[-\d])/.test(name)) return 'DES is broken.';
  if (/^(?:rc[245]|arc4|arcfour)(?:$|-)/.test(name)) return 'RC4 and RC2 are broken.';
  return /^(?:bf|blowfish|cast5?|idea|seed)(?:$|-)/.test(name)
    ? 'Ciphers with blocks of 64 bits give plain text away.'
    : undefined;
}

const CRYPTO_JS = ['crypto-js', 'globalThis.CryptoJS'];

/** Calls that are the broken cipher itself. Source: the documentation of crypto-js. */
export const BROKEN_CIPHERS: ReadonlyMap<string, string> = new Map(
  CRYPTO_JS.flatMap((module): [string, string][] =>
    ['DES', 'TripleDES', 'RC4', 'RC4Drop', 'Rabbit', 'RabbitLegacy'].flatMap((name): [string, string][] => [
      [`${module}.${name}.encrypt`, name],
      [`${module}.${name}.decrypt`, name],
      [`${module}/${name.toLowerCase()}.encrypt`, name],
      [`${module}/${name.toLowerCase()}.decrypt`, name],
    ]),
  ).concat(
    // Source: the README of node-forge.
    [
      'des.createEncryptionCipher',
      'des.startEncrypting',
      'rc2.createEncryptionCipher',
      'rc2.startEncrypting',
    ].map((name): [string, string] => [`node-forge.${name}`, name.startsWith('des') ? 'DES' : 'RC2']),
  ),
);

export const BROKEN_MODES: ReadonlySet<string> = new Set(CRYPTO_JS.map((module) => `${module}.mode.ECB`));

/** Hashes with a key. */
export const KEYED_HASHES: ReadonlySet<string> = new Set([
  'crypto.createHmac',
  ...CRYPTO_JS.flatMap((module) => [`${module}.HmacMD5`, `${module}/hmac-md5`, `${module}.HmacRIPEMD160`]),
]);

/** Options that name a version of TLS, and the versions that are broken. Source: RFC 8996. */
export const TLS_VERSION_OPTIONS: ReadonlySet<string> = new Set([
  'minVersion',
  'maxVersion',
  'secureProtocol',
]);
export const OLD_TLS =
  /^(?:TLSv1|TLSv1\.1|SSLv[23]_(?:client_|server_)?method|TLSv1(?:_1)?_(?:client_|server_)?method)$/;

/** Suites that encrypt weakly or not at all, or know nobody, in a list of OpenSSL. */
export function weakSuite(list: string): string | undefined {
  return list
    .split(/[:\s,]+/)
    .find(
      (suite) =>
        /^[^!-]/.test(suite) &&
        /(?:^|[-_+])(?:a?NULL|RC[24]|3?DES|EXP(?:ORT)?\d*|LOW|ADH|AECDH|MD5)(?:[-_+]|$)/i.test(suite),
    );
}

/** Where the size of an RSA key is said: an option, or the number of an argument. */
export const KEY_SIZES: ReadonlyMap<string, string | number> = new Map<string, string | number>([
  ['ursa.generatePrivateKey', 0],
  ['crypto.generateKeyPair', 'modulusLength'],
  ['crypto.generateKeyPairSync', 'modulusLength'],
  ['crypto.subtle.generateKey', 'modulusLength'],
  ['crypto.webcrypto.subtle.generateKey', 'modulusLength'],
  ['globalThis.crypto.subtle.generateKey', 'modulusLength'],
  ['node-rsa', 'b'],
  ['node-forge.pki.rsa.generateKeyPair', 'bits'],
  ['node-forge.rsa.generateKeyPair', 'bits'],
  ['keypair', 'bits'],
  ['crypto.createDiffieHellman', 0],
  ['crypto.createECDH', 'curve'],
  ['crypto.getDiffieHellman', 0],
  ['crypto.createDiffieHellmanGroup', 0],
]);
/** The same calls with the number as an argument. */
export const OR_FIRST: ReadonlySet<string> = new Set([
  'node-forge.pki.rsa.generateKeyPair',
  'node-forge.rsa.generateKeyPair',
]);
/** Source: NIST SP 800-131A. */
export const LEAST_RSA_BITS = 2048;

export function isWeakGroup(group: string): boolean {
  return /^modp(?:1|2|5)$/i.test(group);
}

/** Source: NIST SP 800-186. */
export function isSmallCurve(curve: string): boolean {
  return /^(?:sec[pt]1(?:12|13|28|31|60|63|92|93)|prime192|P-192|sect[12]\d\d|secp224)/i.test(curve);
}
