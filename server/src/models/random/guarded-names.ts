/** Names of what nobody may guess. */
import { wordsOf } from '../../analysis/words';
import { isSecretName } from '../secret-names';

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

/** Words after which the name means something about the secret, or something else altogether. */
const OTHER = set(
  'mock fake dummy example sample demo test tests seed faker fixture placeholder color colour delay jitter index idx count length len size limit max min timeout ttl expiry expires expiration expire at time timestamp date age width height position offset price amount usage used cost rate per type label field header css style parser node address mint balance supply input output prompt completion total cancel cancellation lex lexer cache',
);
const CODES = set(
  'verification verify reset recovery confirmation confirm activation login signin security backup otp sms mfa 2fa tfa factor magic passcode device authentication authorization auth access',
);
const LESSER_CODES = set(
  'invite invitation referral coupon voucher gift promo discount redeem license licence pairing join share pickup claim entry door gate unlock redemption',
);
const ONE_TIME = set('otp totp pin pincode passcode csrf xsrf');
const VERBS = set(
  'generate gen create make get new build random secure random compute issue the short unique simple string value hex',
);

/**
 * - `sure`: a secret by its name.
 * - `likely`: a secret as a rule, or one whose guess costs less.
 * - `code`: nothing but "code", so what it looks like has to tell.
 */
export type Guarded = 'sure' | 'likely' | 'code';

/** Whether a name is of something that nobody may guess. */
export function guardedName(name: string): Guarded | undefined {
  const all = wordsOf(name);
  // What `hashPassword` makes is a hash.
  if (/^hash_?(?:password|passwd|pwd|pass)$/i.test(name)) return undefined;
  // `generateIdForToken`: what is made stands before `for`.
  const end = all.findIndex((word, at) => at > 0 && (word === 'for' || word === 'of'));
  const words = (end < 0 ? all : all.slice(0, end)).filter((word) => !VERBS.has(word));
  const head = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  if (words.length === 0 || words.some((word) => OTHER.has(word))) return undefined;
  if (head === 'otp' || head === 'totp' || head === 'csrf' || head === 'xsrf' || head === 'pincode')
    return 'sure';
  if (head === 'code' || head === 'codes') {
    if (before.some((word) => CODES.has(word) || ONE_TIME.has(word))) return 'sure';
    if (before.some((word) => LESSER_CODES.has(word))) return 'likely';
    return before.length === 0 ? 'code' : undefined;
  }
  if (head === 'verifier') return before.includes('code') ? 'sure' : undefined;
  if (head === 'id' || head === 'sid')
    return words.includes('session') || head === 'sid' ? 'likely' : undefined;
  if (head === 'pin' || head === 'nonce' || head === 'iv') return 'likely';
  if (head === 'state')
    return before.some((word) => /^(?:oauth|oidc|auth|login|sso)$/.test(word)) ? 'likely' : undefined;
  if (head === 'key') {
    if (before.some((word) => LESSER_CODES.has(word))) return 'likely';
    // `sessionKey`, `cacheKey`, `sortKey`: most are keys of a map.
    return isSecretName(words.join('-')) ? (before.includes('session') ? 'likely' : 'sure') : undefined;
  }
  return isSecretName(words.join('-')) ? 'sure' : undefined;
}

/** Whether a name says `token` and nothing else, as parsers and channels call what they tell apart by. */
export function isBareToken(name: string): boolean {
  return wordsOf(name).every((word) => word === 'token' || VERBS.has(word));
}

/** Whether a name says that all in it is made up. */
export function isMadeUp(name: string): boolean {
  return wordsOf(name).some((word) =>
    /^(?:mock|mocks|mocked|fake|faker|dummy|sample|demo|fixture|fixtures|seed|seeds|seeder|test|stub)$/.test(
      word,
    ),
  );
}
