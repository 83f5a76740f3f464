/** Whether a literal beside a secret's name is a secret, or a label, a name, a path. */
import { wordsOf } from '../analysis/words';
import { isCredentialText } from './credential-names';
import { isNoSecretValue, isPlaceholder } from './secret-names';
import { entropyOf } from './secrets/likely-word';

/** What is typed where a secret has to be, again and again. */
const USUAL =
  /^(?:my|your|super|top|very|our|some|dev|default|app|jwt|session|not)[-_ ]?.*(?:secret|password|passw|key)|secret.*\d|\d.*secret|^secret[-_ ]?(?:key|token|word)?$|change[-_ ]?(?:me|this|it)|keyboard ?cat|^shh+|s3cr|p[a4@]s+w(?:0|o)?r?d?[!@#\d]+|^(?:admin|root|test|user)[@!#]?\d+|letmein|qwerty|^12345|abc123/i;

/** As a person thinks of it: letters of several sorts, or none that make words. */
function isMixed(text: string): boolean {
  const sorts = [/[a-z]/, /[A-Z]/, /\d/, /[^\w\s]|_/].filter((sort) => sort.test(text)).length;
  return sorts >= 3 || (text.length >= 16 && sorts >= 2 && /\d/.test(text) && entropyOf(text) >= 3.3);
}

/** `usual` is what everybody tries first; `mixed` looks like a secret. */
export type Look = 'usual' | 'mixed';

export function secretLook(text: string, name: string): Look | undefined {
  // Labels in other languages.
  if (/[^\x20-\x7e]/.test(text) && !/\d.*\d/s.test(text)) return undefined;
  if (text.length < 6 || text.length > 500 || !isCredentialText(text) || isNoSecretValue(text, name))
    return undefined;
  if (
    /^(?:process\.env|\$|%|#|&|\*|\.|\/|\[|<|\{|@[\w-]+\/)|[{}<>]|\.\w{2,4}$|^\w+\(|^(?:required|min|max|string|nullable)[|:]|^pk_|^[\w-]+:$/.test(
      text,
    )
  )
    return undefined;
  // `passwordField: 'new-password-2'`, `ACCESS_TOKEN: 'access_token'`
  const own = wordsOf(name);
  const words = wordsOf(text);
  if (words.length > 0 && words.every((word) => own.includes(word) || LABELS.has(word))) return undefined;
  if (/dummy|fake|mock|example|sample/i.test(text) || (/^\p{L}+$/u.test(text) && /[^a-z]/i.test(text)))
    return undefined;
  if (USUAL.test(text)) return 'usual';
  if (
    isPlaceholder(text) ||
    /^[a-z]+(?:[A-Z][a-z]+)+\d?$|^[A-Za-z]+(?:[-_.:](?:[A-Za-z]+|\d))*$|^v?\d+(?:\.\d+)+$/.test(text)
  )
    return undefined;
  if (/^(?:#[\da-f]{3,8}|\d{1,2}:\d\d|[\d-]{8,10}|\d+(?:px|ms|s|%))$/i.test(text)) return undefined;
  return isMixed(text) ? 'mixed' : undefined;
}

const LABELS: ReadonlySet<string> = new Set(
  'x the a header field input name id type csrf xsrf auth authorization bearer http https cookie user key token value param query form'.split(
    ' ',
  ),
);

/** Headers that hold a key and nothing else. */
export const KEY_HEADER = /^(?:x-)?(?:api-?key|auth-token|access-token|admin-token|secret)$/i;

/**
 * `Authorization: 'Basic …'`
 *
 * @param isWhole whether the text is one literal: of others, the parts are told where they are written.
 */
export function headerLook(text: string, isWhole: boolean): Look | undefined {
  const [, scheme, given = ''] = /^(Basic|Bearer) ([\w+/=.-]{8,})$/.exec(text) ?? [];
  if (!isWhole || scheme === undefined || !/\d/.test(given)) return undefined;
  return /token|your|xxx|test/i.test(given) ? undefined : 'mixed';
}
