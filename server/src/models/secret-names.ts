/** Which names say that their value is a secret, and which values cannot be one. */
import { wordsOf } from '../analysis/words';

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

/** Nouns that are secrets when a name ends with them: `TOKEN` in `API_TOKEN`, but not in `TOKEN_URL`. */
const HEADS = set(
  'secret secrets token password passwords passwd pwd pass passphrase passcode jwt credential credentials pepper salt',
);
/** The same written in one word. */
const COMPOUND =
  /(?:secret|password|passwd|passphrase|apikey|secretkey|privatekey|accesskey|authtoken|apitoken|accesstoken)$/;
/** A key is a secret when it is a key for this. */
const KEYS_TO = set(
  'api secret private access auth session cookie cookies signing sign signature encryption encrypt crypto cipher aes hmac master admin service app jwt token account server shared webhook deploy internal csrf hash',
);
/** Words behind the noun that do not change what it is. */
const TAILS = set(
  'value string str base hex dev development prod production staging current previous old new default fallback primary secondary v',
);
/** Names with these words are meant for everybody, for tests, or count something. */
const NO_SECRET = set(
  'public publishable anon vite test tests testing mock fake dummy example sample demo storybook cypress playwright ga analytics telemetry tracking max min num count',
);
/** Words of secrets that the program itself checks, signs or encrypts with: any known value opens the door. */
const OWN = set(
  'jwt session sessions cookie cookies csrf signing sign signature hmac encryption encrypt cipher crypto aes hash salt pepper admin root webhook refresh internal master app cron password passwd pwd pass passphrase passcode private nextauth auth',
);

/** Whether a name says that its value is for everybody, for tests, or a number. */
export function isPublicName(name: string): boolean {
  // `PWD` is the shell's working directory.
  return wordsOf(name).some((word) => NO_SECRET.has(word)) || /^(?:REACT_APP_|(?:OLD)?PWD$)|E2E/.test(name);
}

/** Whether a name says that its value is secret: of a variable, a property, or an environment variable. */
export function isSecretName(name: string): boolean {
  if (isPublicName(name)) return false;
  const words = [...wordsOf(name)];
  while (words.length > 1 && TAILS.has(words.at(-1) ?? '')) words.pop();
  const head = words.at(-1) ?? '';
  if (head === 'key' || head === 'keys') return KEYS_TO.has(words.at(-2) ?? '');
  return HEADS.has(head) || COMPOUND.test(head);
}

/** Whether the secret is one that the program itself trusts, not one that it shows to somebody else. */
export function isOwnSecret(name: string): boolean {
  const words = wordsOf(name);
  return words.length < 2 || words.some((word) => OWN.has(word)) || /^(?:secret|api)[ _-]?key$/i.test(name);
}

/** Values that say that there is none. An outside service refuses them, so they open nothing there. */
const PLACEHOLDER =
  /dummy|placeholder|missing|not[-_ ]?(?:set|needed|used|required|configured|provided|found|available)|unset|unused|fake|mock|example|no[-_]?key|^(?:none|null|undefined|empty|unknown|n\/a)$|^x{3,}$|^<.*>$|^your[-_ ]|^replace[-_ ]?(?:me|this|with|by)|^\W*$|^0x0+$/i;

export function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value);
}

const PATH_OR_URL =
  /^(?:[~.]{0,2}[\\/]|[a-z][a-z\d+.-]*:\/\/|[A-Za-z]:\\)|\.(?:json|pem|key|crt|p12|txt|env)$/i;
/** Ticker symbols and addresses of coins are called tokens as well. */
const COIN = /^(?:[A-Z]{2,5}|0x[\da-fA-F]{40})$/;

/** Whether a value is something else than a secret, whatever its name: a number, a switch, a path, an address. */
export function isNoSecretValue(value: string, name: string): boolean {
  const text = value.trim();
  if (/^(?:\d{0,3}|true|false)$/i.test(text) || PATH_OR_URL.test(text)) return true;
  return COIN.test(text) && wordsOf(name).at(-1) === 'token';
}

/** Whether a name is that of a password, for which a database on the developer's machine has a usual one. */
export function isPasswordName(name: string): boolean {
  return /pass|pwd/i.test(name);
}
