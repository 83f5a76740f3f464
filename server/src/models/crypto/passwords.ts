/** Names of passwords as somebody types them. */
import type { Kind } from '../../analysis/kind';
import type { Node } from '../../analysis/node';
import type { SourceFile } from '../../analysis/source-file';
import { resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { importsAny } from '../runtime';
import { namesAbove, namesIn } from './purpose';

const SLOW = ['bcrypt', 'bcryptjs', 'argon2', '@node-rs/argon2', '@node-rs/bcrypt', 'bcrypt-ts', 'scrypt-js'];

const PASSWORD = /^(?:password|passwd|passwrd|pwd|passphrase|passcode|pin|psw|passw|pw|pswd)$/;
/** Words behind the password after which it is something else. */
const ABOUT =
  /^(?:hash|hashed|hashes|digest|encrypted|encoded|salt|salted|length|id|reset|token|field|fields|input|el|element|error|errors|policy|rule|rules|hint|type|file|path|key|name|url|link|expires|expiry|changed|min|max|strength|manager|store|service|util|utils|helper|schema|validator|repo|repository|model|options|opts|config|prompt|label|ref|form|page|modal|confirmation|iterations|rounds|cost|algorithm|method|mode|history|protected|required|enabled|visible|shown|env|var|variable)$/;

/** Whether a name is that of a password itself, not of its hash or of something about it. */
export function isPlainPasswordName(name: string): boolean {
  const words = wordsOf(name);
  const at = words.findLastIndex((word) => PASSWORD.test(word) || /(?:password|passwd)$/.test(word));
  if (at < 0) return words.length <= 2 && words.at(-1) === 'pass';
  return !words.some((word, i) => i !== at && (ABOUT.test(word) || /^(?:is|has|no|should)$/.test(word)));
}

const TEXTS: ReadonlySet<Kind> = new Set<Kind>(['member_expression', 'binary_expression', 'template_string']);

/** Whether a password is a part of an expression: `password`, `salt + user.password`, `` `${pwd}${pepper}` ``. */
export function holdsPassword(expression: Node): boolean {
  for (const name of namesIn(expression)) if (isPlainPasswordName(name)) return true;
  const value = resolvedValue(expression);
  return !value.is(expression) && TEXTS.has(value.kind) && [...namesIn(value)].some(isPlainPasswordName);
}

/** Words of protocols that say how a password is hashed: digest access, NTLM, LM, the logins of databases. */
const PROTOCOL =
  /\brealm\b|nonce|challenge|scramble|\bha1\b|ntlm|digest.?auth|wsse|cram|sasl|handshake|htpasswd|apop|pwned|haveibeen|hibp|breach|_LM_|\bLM\b|lmhash/i;

/** Whether the file has a slow hash as well: a fast one in front of it only shortens what goes in. */
export function hasSlowHash(node: Node): boolean {
  return importsAny(node.item.file, SLOW);
}

/** Whether names say that something is there only for what was stored long ago. */
export function isLegacy(node: Node): boolean {
  return /legacy|deprecated|migrat|upgrade/i.test(
    `${[...namesAbove(node)].join(' ')} ${node.text.slice(0, 80)}`,
  );
}

/** Whether the code around a hash speaks a protocol that somebody else wrote down. */
export function isOfProtocol(node: Node): boolean {
  const fn = node.enclosingFunction;
  if (isOfNtlm(node.item.file)) return true;
  return PROTOCOL.test(
    `${[...namesAbove(node)].join(' ')} ${(fn ?? node.parent ?? node).text.slice(0, 4_000)}`,
  );
}

/** NTLM is spread over small functions, of which most do not name it. */
function isOfNtlm(file: SourceFile): boolean {
  return file.says(/\bntlm|ntlm(?:hash|response)/i);
}
