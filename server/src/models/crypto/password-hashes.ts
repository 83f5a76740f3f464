/** Functions that hash passwords or make keys of them, and how much work is enough. */

export interface KeyDerivation {
  /** The argument with the password; the first unless said. */
  readonly password?: number;
  readonly salt?: number;
  /** The argument, or the option, that says how much work is done. */
  readonly work?: number | string;
  readonly unit: string;
  /** Less than this is too little; with `disputed`, only what is less than that is so beyond dispute. */
  readonly enough: number;
  readonly disputed?: number;
  readonly advised: number;
  /** Nothing else than passwords goes in there. */
  readonly isForPasswords: boolean;
}

const bcrypt = (work: number, salt?: number): KeyDerivation => ({
  work,
  ...(salt !== undefined && { salt }),
  unit: 'rounds',
  enough: 10,
  advised: 12,
  isForPasswords: true,
});
/** The least for SHA-512; for SHA-256 it is three times as much. */
const pbkdf2 = (salt: number | undefined, work: number | string): KeyDerivation => ({
  ...(salt !== undefined && { salt }),
  work,
  unit: 'iterations',
  enough: 210_000,
  disputed: 50_000,
  advised: 600_000,
  isForPasswords: false,
});
const scrypt: KeyDerivation = {
  salt: 1,
  work: 'N',
  unit: 'rounds',
  enough: 16_384,
  advised: 131_072,
  isForPasswords: false,
};

/** Source: OWASP, Password Storage Cheat Sheet, 2025; the documentation of the packages. */
export const PASSWORD_HASHES: ReadonlyMap<string, KeyDerivation> = new Map([
  ...['bcrypt', 'bcryptjs', 'bcrypt-nodejs', '@node-rs/bcrypt', 'bcrypt-ts', '@types/bcrypt'].flatMap(
    (module): [string, KeyDerivation][] => [
      [`${module}.hash`, bcrypt(1, 1)],
      [`${module}.hashSync`, bcrypt(1, 1)],
      [`${module}.genSalt`, bcrypt(0)],
      [`${module}.genSaltSync`, bcrypt(0)],
    ],
  ),
  ['crypto.pbkdf2', pbkdf2(1, 2)],
  ['crypto.pbkdf2Sync', pbkdf2(1, 2)],
  ['crypto-js.PBKDF2', pbkdf2(1, 'iterations')],
  ['crypto-js/pbkdf2', pbkdf2(1, 'iterations')],
  ['crypto.subtle.deriveKey', pbkdf2(undefined, 'iterations')],
  ['crypto.subtle.deriveBits', pbkdf2(undefined, 'iterations')],
  ['globalThis.crypto.subtle.deriveKey', pbkdf2(undefined, 'iterations')],
  ['globalThis.crypto.subtle.deriveBits', pbkdf2(undefined, 'iterations')],
  ['crypto.scrypt', scrypt],
  ['crypto.scryptSync', scrypt],
]);
