/** Secrets that no name has to stand beside: in headers, addresses, commands, statements, calls, and as hashes. */
import type { Confidence } from '../../analysis/finding';
import type { Span } from '../../analysis/span';
import { lookOfValue } from './secret-value';

export interface TextSecret extends Span {
  /** As a person calls it: the name beside it, or what it is. */
  readonly name: string;
  readonly confidence: Confidence;
}

const HEADER =
  /\b(Bearer|Basic|Token token=|token|Bot|ApiKey|SSWS)[ ]\\?["']?([\w.~+/=-]{16,500})(?![\w.~+/=-]*[({$<])/g;

/** `Authorization: Bearer …` */
function* headersIn(text: string): Generator<TextSecret> {
  if (!/\b(?:Bearer|Basic|token|Bot|ApiKey|SSWS) /.test(text)) return;
  for (const { index, 0: whole, 1: scheme = '', 2: value = '' } of text.matchAll(HEADER)) {
    // Signed tokens are told by their form.
    if (value.startsWith('eyJ') || lookOfValue(value, 'token') !== 'random') continue;
    const before = text.slice(Math.max(0, index - 40), index);
    if (!/authorization|auth|header|["'`]$/i.test(before)) continue;
    const end = index + whole.length;
    yield {
      start: end - value.length,
      end,
      name: `${scheme} header`.replace(' token=', ''),
      confidence: 'medium',
    };
  }
}

export const HASH_NAME = 'hash of a password';
const HASH =
  /\$2[abxy]?\$\d\d\$[./A-Za-z\d]{53}(?![./A-Za-z\d])|\$argon2(?:id|i|d)\$v=\d{1,4}\$[\w=,]{5,60}\$[\w+/]{8,100}\$[\w+/]{16,200}|\$(?:1|5|6|y|7)\$[./\w$=]{2,40}\$[./A-Za-z\d]{20,120}|\bpbkdf2[_:]sha\d{1,3}[$:]\d{1,8}[$:][^\s"'$:]{4,80}[$:][\w+/=]{20,120}|\{S?SHA(?:\d{3})?\}[\w+/=]{20,200}|\*[\dA-F]{40}\b/g;
const SQL =
  /\b(?:IDENTIFIED\s{1,4}BY|(?:WITH|ENCRYPTED)\s{1,4}PASSWORD|SET\s{1,4}PASSWORD\s{0,4}=)\s{1,4}(?:PASSWORD\s{0,4}\(?\s{0,4})?\\?'([^'\\\n]{3,200})\\?'/gi;
const USER = /\bcurl\b[^\n]{0,200}?\s(?:-u|--user)[ =]?["']?([\w.@+-]{1,80}):([^\s"'`$<{[]{4,200})/g;
const SSHPASS =
  /\bsshpass\s+-p\s*["']?([^\s"'`$<{]{4,200})|\bmysql(?:dump|admin)?\b[^\n|]{0,80}?\s-p(?=[^\s-])["']?([^\s"'`$<{]{4,200})/g;
const ADDRESS = /\b[a-z][a-z\d+.-]{1,30}:\/\/([^\s/:@"'`<>${}()]{0,64}):([^\s/@"'`<>{}()]{3,128})@([\w.-]+)/g;

/** Forms that say by themselves that they are a secret. */
export function* formedSecretsIn(text: string): Generator<TextSecret> {
  yield* headersIn(text);
  yield* positionalIn(text);
  if (/\$2|\$argon2|\$[156y7]\$|pbkdf2|SHA|\*[\dA-F]{40}/.test(text)) {
    for (const { index, 0: hash } of text.matchAll(HASH))
      yield { start: index, end: index + hash.length, name: HASH_NAME, confidence: 'medium' };
  }
  if (/identified\s|password\s/i.test(text)) yield* captured(text, SQL, 1, 'password');
  if (text.includes('curl')) yield* captured(text, USER, 2, 'password');
  if (/sshpass|mysql/.test(text)) {
    yield* captured(text, SSHPASS, 1, 'password');
    yield* captured(text, SSHPASS, 2, 'password');
  }
  if (!text.includes('://')) return;
  for (const { index, 0: whole, 1: user = '', 2: password = '', 3: host = '' } of text.matchAll(ADDRESS)) {
    if (
      !lookOfValue(password, user) ||
      password.toLowerCase() === user.toLowerCase() ||
      /example|^(?:user|test|foo|host)|\.test$/i.test(host)
    )
      continue;
    if (lookOfValue(password, '') === 'plain') continue;
    const end = index + whole.length - host.length - 1;
    yield { start: end - password.length, end, name: `password for ${host}`, confidence: 'medium' };
  }
}

function* captured(text: string, pattern: RegExp, group: number, name: string): Generator<TextSecret> {
  for (const match of text.matchAll(pattern)) {
    const value = match[group];
    const look = value === undefined ? undefined : lookOfValue(value, name);
    if (value === undefined || !look) continue;
    // In prose, words stand behind `identified by` as well.
    if (pattern === SQL && look === 'plain' && !/^[A-Z]/.test(match[0])) continue;
    const start = match.index + match[0].lastIndexOf(value);
    yield { start, end: start + value.length, name, confidence: 'medium' };
  }
}

const STRING = String.raw`[@bru]?["']([^"'\n]{0,200})["']`;
/** Calls that take a user and a password, or these behind an address. Source: the documentation of each. */
const WITH_USER = new RegExp(
  String.raw`(?:\b(?:HTTPBasicAuth|HTTPDigestAuth|SetBasicAuth|basic_?auth|NetworkCredential|UsernamePasswordCredentials|PasswordAuthentication|BasicAWSCredentials|BasicCredentials|authenticate|login|signin|sign_in|auth\s{0,4}[=:])\s{0,4}[([]\s{0,8}(?:(?:user\w{0,8}|login)\s{0,2}[:=]\s{0,2})?|\bBasicAuth\{)${STRING}\s{0,4},\s{0,12}(?:pass\w{0,8}\s{0,2}[:=]\s{0,2})?${STRING}`,
  'gi',
);
const BEHIND_ADDRESS = new RegExp(
  String.raw`\b(?:mysqli?_p?connect|new\s{1,4}mysqli|new\s{1,4}PDO|getConnection|pymysql\.connect|MySQLdb\.connect|pg_connect|oci_connect|mssql_connect)\s{0,4}\(\s{0,8}[^,()]{1,160},\s{0,8}${STRING}\s{0,4},\s{0,8}${STRING}`,
  'gi',
);

/** `requests.get(url, auth=('shop', 'x'))`, `mysqli_connect('db', 'shop', 'x')` */
function* positionalIn(text: string): Generator<TextSecret> {
  if (!/auth|credential|login|sign_?in|connect|mysqli|PDO/i.test(text)) return;
  for (const pattern of [WITH_USER, BEHIND_ADDRESS]) {
    for (const match of text.matchAll(pattern)) {
      const [whole, user = '', password = ''] = match;
      const look = lookOfValue(password, 'password');
      if (!look || /^(?:user|username|password|name|email)/i.test(user) || /\s/.test(user)) continue;
      if (look === 'plain' && (/^(?:user|test)$/i.test(password) || !/^[\w.@-]+$/.test(user))) continue;
      const end = match.index + whole.length - 1;
      yield { start: end - password.length, end, name: 'password', confidence: 'medium' };
    }
  }
}
