/** Keys of providers, private keys, signed tokens, and addresses with passwords, in any text. */
import type { Confidence } from '../analysis/finding';
import type { Span } from '../analysis/span';
import { hasRightChecksum } from './secrets/checksum';
import { FORMS, type Form, SIGNS } from './secrets/key-forms';

export interface ProviderKey extends Span {
  /** As a person calls it: "GitHub token". */
  readonly what: string;
  readonly confidence: Confidence;
  /** The environment variable that it usually stands in. */
  readonly variable: string;
  /** Whether anybody can make one without a provider: private keys, signed tokens, passwords. */
  readonly isSelfMade?: boolean;
}

/** One expression for all forms, so that a text is gone through once; the group says which. */
const ANY_FORM = new RegExp(
  `(?<![A-Za-z0-9_-])(?:${FORMS.map(({ pattern }) => `(${pattern})`).join('|')})(?![A-Za-z0-9_-])`,
  'g',
);
const KEY_BEGINS = /-----BEGIN ((?:[A-Z0-9]{1,20} ){0,4})PRIVATE KEY(?: BLOCK)?-----/g;
const KEY_ENDS = /-----END [A-Z0-9 ]{0,80}-----/;
/** Longer than any key, so that a broken file costs no more than a whole one. */
const LONGEST_KEY = 16_000;
/** Lines of a key that say how it is encrypted or what made it. */
const KEY_HEADERS =
  /(?:^|\\n|\n)[^\n\\]{0,8}(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset): [^\n\\]{0,200}/g;
/** In comments and quotations, each line begins with these. */
const LINE_STARTS = /\n[ \t]*(?:\/\/|[#*|>;.&_-])+/g;
/** What stands between the lines of a key: line ends, be they escaped, and the signs of strings put together. */
const BETWEEN_LINES = /\\[rn]|[\s"'`+,;\\]/g;
const TOKEN = /(?<![\w-])eyJ[\w-]{10,}\.(eyJ[\w-]{10,})\.[\w-]{20,}/g;
const ADDRESS =
  /\b(postgres(?:ql)?|mysql|mariadb|mssql|mongodb(?:\+srv)?|rediss?|amqps?|https?|ftps?|smtps?|ldaps?):\/\/([^\s/:@"'`<>${}]{0,64}):([^\s/@"'`<>${}]{4,128})@([\w.-]+)/g;

/** All keys in a text, in no order. Examples of documentation and placeholders are none. */
export function* providerKeysIn(text: string): Generator<ProviderKey> {
  if (!SIGNS.test(text)) return;
  for (const match of text.matchAll(ANY_FORM)) {
    const [key] = match;
    const found = FORMS[match.slice(1).findIndex((group) => group !== undefined)];
    if (!found || isMadeUp(key) || isForBrowsers(found, text, match.index)) continue;
    const { what, variable, hasChecksum = false } = found;
    // Some are made up in the right form; somebody may have changed a letter of a live one.
    const confidence = hasChecksum && !hasRightChecksum(key) ? 'medium' : (found.confidence ?? 'high');
    yield { start: match.index, end: match.index + key.length, what, variable, confidence };
  }
  yield* privateKeys(text);
  yield* tokens(text);
  yield* addresses(text);
}

function* privateKeys(text: string): Generator<ProviderKey> {
  if (!text.includes('PRIVATE KEY')) return;
  for (const { index, 0: head, 1: type = '' } of text.matchAll(KEY_BEGINS)) {
    const rest = text.slice(index + head.length, index + head.length + LONGEST_KEY);
    const ends = KEY_ENDS.exec(rest);
    const written = ends ? rest.slice(0, ends.index) : '';
    const body = written.replace(KEY_HEADERS, '').replace(LINE_STARTS, '').replace(BETWEEN_LINES, '');
    if (!ends || !/^[A-Za-z0-9+/=]{32,}$/.test(body) || isSampleKey(body)) continue;
    const end = index + head.length + ends.index + ends[0].length;
    const confidence = type.includes('ENCRYPTED') || /ENCRYPTED/.test(written) ? 'medium' : 'high';
    yield { start: index, end, what: 'private key', variable: 'PRIVATE_KEY', confidence, isSelfMade: true };
  }
}

/** Keys have long runs of `A`, where numbers are small. */
function isSampleKey(body: string): boolean {
  const start = body.slice(0, 400);
  return (
    /example|placeholder|redacted|xxxxx|yourkey|privatekeyhere/i.test(start) ||
    (new Set(start).size < 20 && body.length > 60)
  );
}

/** Signed tokens. Those of Supabase say in their body whether they are for the server or for everybody. */
function* tokens(text: string): Generator<ProviderKey> {
  for (const { index, 0: token, 1: body = '' } of text.matchAll(TOKEN)) {
    const claims = decoded(body);
    if (/"role":\s*"anon"/.test(claims) || isMadeUp(token.slice(-20)) || isSample(claims)) continue;
    const isService = /"role":\s*"service_role"/.test(claims);
    const what = isService ? 'Supabase service key' : 'signed token';
    const variable = isService ? 'SUPABASE_SERVICE_ROLE_KEY' : 'TOKEN';
    // What a token is good for, and whether it has run out, cannot be seen.
    const confidence = isService ? 'high' : 'medium';
    yield { start: index, end: index + token.length, what, variable, confidence, isSelfMade: !isService };
  }
}

/** The token that documentation shows. */
function isSample(claims: string): boolean {
  return /John Doe|"sub":\s*"1234567890"/.test(claims);
}

/** Addresses with a password in them, of hosts that others can reach. */
function* addresses(text: string): Generator<ProviderKey> {
  for (const match of text.matchAll(ADDRESS)) {
    const [whole, scheme = '', user = '', password = '', host = ''] = match;
    if (isNobodysHost(host) || isUsualPassword(password, user)) continue;
    const isDatabase = !/^(?:https?|ftps?)$/.test(scheme);
    const start = match.index + whole.length - host.length - 1 - password.length;
    yield {
      start,
      end: start + password.length,
      what: `password for ${host}`,
      variable: isDatabase ? 'DATABASE_URL' : 'SERVICE_URL',
      confidence: isDatabase && password.length >= 8 ? 'high' : 'medium',
      isSelfMade: true,
    };
  }
}

function isNobodysHost(host: string): boolean {
  return (
    !host.includes('.') ||
    /^(?:127\.|0\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)|(?:^|\.)example(?:\.\w+)?$|\.(?:test|invalid|local|localhost|internal)$|^(?:host|your|my|some)\W|^host\.|docker\.internal$/i.test(
      host,
    )
  );
}

function isUsualPassword(password: string, user: string): boolean {
  return (
    /^(?:pass(?:word|wd)?|pwd|secret|postgres|root|admin|token|key|api[-_]?key|guest|test|user|x-oauth-basic|\*+|x+|\.+|\[.*|%[sd].*)\d*$|your|example|changeme|change[-_]me|placeholder|password|redacted|_here\b|^[A-Z]+(?:_[A-Z]+)*$/i.test(
      password,
    ) || password.toLowerCase() === user.toLowerCase()
  );
}

/** Whether nobody's machine made it: a word of an example, a row of the keyboard, few different characters. */
function isMadeUp(key: string): boolean {
  if (/example|placeholder|your[-_]|redacted|dummy|sample|changeme|x{5}|\.{3}|(.)\1{5}/i.test(key))
    return true;
  if (/012345678|123456789|abcdefghi|qwertyui|(?:0123456|abcdefg|deadbeef){2}/i.test(key)) return true;
  const tail = key.slice(-16);
  return new Set(tail).size < 7;
}

/** The key in the configuration of Firebase is sent to every browser; rules protect what is behind it. */
function isForBrowsers({ what }: Form, text: string, at: number): boolean {
  if (what !== 'Google key') return false;
  return /authDomain|messagingSenderId|maps|youtube/i.test(text.slice(Math.max(0, at - 300), at + 400));
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The text behind base64url; only ASCII is needed here. */
function decoded(base64: string): string {
  let text = '';
  let bits = 0;
  let count = 0;
  for (const character of base64.slice(0, 1_000)) {
    bits = ((bits << 6) | BASE64.indexOf(character)) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    text += String.fromCharCode((bits >> count) & 0xff);
  }
  return text;
}
