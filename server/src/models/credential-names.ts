/** Names and values of what somebody shows to be let in: passwords, keys, tokens, codes, accounts. */
import { wordsOf } from '../analysis/words';
import { isSecretName } from './secret-names';

export type Shown = 'secret' | 'code' | 'likely-secret' | 'likely-code' | 'account';

/** Words of codes that are made for one login. */
const ONE_TIME = words('otp totp mfa passcode pin pincode otpcode');
/** What a code is for when it opens something. */
const CODES_FOR = words(
  'verification verify confirmation otp mfa totp sms factor fa login access security admin secret backup recovery auth pin unlock time',
);
const ACCOUNTS = words('email mail username login useremail adminemail');
/** Words that are used of other things as well: of a parser, of a pass of a compiler. */
const COMMON = words('token tokens pass secret secrets jwt salt pepper credential credentials');
/** What a token or a secret is for, which tells it from those of parsers. */
const QUALIFYING = words(
  'api auth access admin bearer refresh session csrf webhook cron internal service jwt reset login user app master shared root client',
);
/** Words in front of a name that do not change what it is. */
const LEADING = words(
  'the my a given provided submitted entered supplied input received raw incoming request req body header',
);
/** What is said about a credential is none. */
const ABOUT =
  /^(?:errors?|errs?|messages?|i18n|t|types?|fields?|touched|schema|labels?|status|states?|modes?|kinds?|rules?|validation|strength)$/i;

/** What somebody shows whose name this is; undefined where it is something else. */
export function shownBy(name: string): Shown | undefined {
  const said = [...wordsOf(name.replace(/^x-/i, '').replace(/api[-_ ]?key/gi, 'api-key'))];
  while (said.length > 1 && LEADING.has(said[0] ?? '')) said.shift();
  const last = said.at(-1) ?? '';
  if (COMMON.has(last) && !said.some((word) => QUALIFYING.has(word))) return 'likely-secret';
  if (
    said.some((word) => ONE_TIME.has(word)) &&
    (ONE_TIME.has(last) || /^(?:code|value|input|digits)$/.test(last))
  )
    return 'code';
  if (last === 'code') {
    if (said.length === 1) return 'likely-code';
    return said.some((word) => CODES_FOR.has(word)) ? 'code' : undefined;
  }
  if (last === 'authorization' || isSecretName(said.join('-'))) return 'secret';
  return ACCOUNTS.has(last) ? 'account' : undefined;
}

export function isAboutCredentials(name: string): boolean {
  return wordsOf(name).some((word) => ABOUT.test(word));
}

/** Words of protocols, of types, and of states that a credential may be in. Source: RFC 9110, RFC 6749, Fetch. */
const NO_CREDENTIAL =
  /^(?:bearer|basic|digest|negotiate|hmac|token|jwt|oauth2?|apikey|api[-_]key|undefined|null|nil|none|n\/?a|unset|empty|true|false|yes|no|on|off|auto|default|include|omit|same-origin|string|number|object|function|boolean|text|password|passphrase|secret|hidden|required|optional|in?valid|missing|expired|pending|access|refresh|id|any|unknown|disabled|enabled|unchanged|redacted|masked|removed|anonymous|eof|eos|end|start|not[-_ ].*|your[-_ ].*|change[-_ ]?me.*|\[object \w+\])$/i;

/** Whether a text may be a password, a token or a code, as nothing says that it is something else. */
export function isCredentialText(text: string): boolean {
  const said = text.trim().replace(/^(?:bearer|basic|token)\s+(?=\S)/i, '');
  if (said.length < 3 || !/[\p{L}\d]/u.test(said) || NO_CREDENTIAL.test(said)) return false;
  return !/\s/.test(said) && !/^(?:\$|<|%|\{)|[.…]{3}|^__.*__$|^[./]*\//.test(said);
}

/** Whether a text is plainly made up to be a credential: `test-admin-token`, `sk_live_1`, `letmein42`. */
export function isMadeUpCredential(text: string): boolean {
  const isNamed =
    /(?:^|[-_ ])(?:test|demo|admin|secret|debug|dev|magic|master|backdoor|bypass|override|super|root|internal|token|key|letmein)(?:$|[-_ \d])/i;
  return (
    (isNamed.test(text) && /[-_ \d]/.test(text)) ||
    (text.length >= 8 && /\d/.test(text) && /[a-z]/i.test(text))
  );
}

/** Whether a text is a code as they are sent to phones. */
export function isCodeText(text: string): boolean {
  return /^\d{4,8}$/.test(text);
}

export function isAddressOfSomebody(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(text);
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
