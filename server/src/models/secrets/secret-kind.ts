/** What a name says that its value is, in text of any language. */
import { wordsOf } from '../../analysis/words';

/** `password` is what people type; `secret` what machines show each other; `perhaps` a name of other things as well. */
export type NameKind = 'password' | 'secret' | 'perhaps';

const PASSWORDS = words(
  'password passwords passwd pwd pass passphrase passcode pw passwort kennwort senha contrasena contrasenia passw psw pswd passwordtext requirepass masterauth',
);
const SECRETS = words(
  'secret secrets token tokens credential credentials jwt bearer pepper salt authtoken apikey apitoken accesstoken secretkey accesskey privatekey apisecret clientsecret appsecret authkey sas sastoken',
);
const PERHAPS = words('auth authorization key keys');
const KEYS_TO = words(
  'api secret private access auth session cookie sign signing signature encryption encrypt encrypted crypto cipher aes des hmac master admin service app application jwt token account server shared storage webhook deploy internal csrf hash license subscription primary consumer client security app',
);
/** Behind the noun they change nothing. */
const TAILS = words(
  'value string str text base hex dev development prod production staging stage current previous old new default fallback primary secondary v b raw plain plaintext qa uat live local my main id',
);
/** What is said about a secret, or where it is, in front of the noun. */
const ABOUT = words(
  'forgot reset change update get is has no use check validate verify invalid wrong missing require required need show hide toggle min max num count confirm error type label cancel parse find fetch read next prev csrf xsrf syntax public publishable count total prompt completion input output cached page pagination stop eos bos pad lookup primary foreign sort partition routing cache i18n translation',
);

const NEVER = words(
  'csrf xsrf next prev page max min num count total invalid missing type cancel cancellation syntax stop public wrong incorrect',
);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

/** Undefined where the value is none: `passwordField`, `token_url`, `primary_key`. */
export function kindOfName(name: string): NameKind | undefined {
  const segments = name
    .replace(/ñ/g, 'n')
    .replace(/([Pp])ass_?Word/g, '$1assword')
    .split('.');
  const own = segments.at(-1) ?? '';
  const said = [...wordsOf(/^(?:key|value|keys?)$/i.test(own) ? segments.slice(-2).join('-') : own)];
  while (said.length > 1 && TAILS.has(said.at(-1) ?? '') && !/^(?:id)$/.test(said.at(-1) ?? '')) said.pop();
  const head = said.at(-1) ?? '';
  const first = said[0] ?? '';
  if (
    said.length > 6 ||
    (said.length > 1 && ABOUT.has(first) && !SECRETS.has(head)) ||
    said.includes('public')
  )
    return undefined;
  if (head === 'hash' || head === 'digest')
    return said.some((word) => PASSWORDS.has(word)) ? 'perhaps' : undefined;
  if (PASSWORDS.has(head) || /(?:password|passwd|passphrase)$/.test(head))
    return said.some((word) => NEVER.has(word)) ? undefined : 'password';
  if (head === 'key' || head === 'keys')
    return KEYS_TO.has(said.at(-2) ?? '') && !said.includes('foreign') ? 'secret' : 'perhaps';
  if (SECRETS.has(head) || /(?:secret|token|apikey|secretkey|privatekey|accesskey)$/.test(head)) {
    return said.some((word) => NEVER.has(word)) ? undefined : 'secret';
  }
  return PERHAPS.has(head) ? 'perhaps' : undefined;
}
