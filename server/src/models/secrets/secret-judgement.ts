/** Whether a value is a secret, by its name, its look, the way it stands there, and the kind of file. */
import type { Assigned } from './assigned';
import type { TextKind } from './file-kind';
import type { NameKind } from './secret-kind';
import type { ValueLook } from './secret-value';

export interface Judged {
  readonly kind: NameKind;
  readonly look: ValueLook;
  readonly file: TextKind;
}

export function isSecret(text: string, found: Assigned, judged: Judged): boolean {
  const { kind, look, file } = judged;
  const { form } = found;
  if (look === 'random') return kind !== 'perhaps' || isSecretOfAnyName(found);
  // In pages, what stands in calls and lists belongs to forms.
  if (kind === 'perhaps' || (file.kind === 'markup' && form !== 'element' && form !== 'assigned'))
    return false;
  return look === 'chosen' ? isChosenSecret(found, judged) : isPlainSecret(text, found, judged);
}

/** Beside `auth` and `key`, which name other things as well. */
function isSecretOfAnyName({ text, form, name }: Assigned): boolean {
  if (text.length < 20 || form === 'listed') return false;
  return /hash|digest/i.test(name) || !/^[\da-f]+$/i.test(text);
}

function isChosenSecret({ text, form }: Assigned, { kind, file }: Judged): boolean {
  if (kind !== 'password')
    return file.kind !== 'document' && form !== 'listed' && text.length >= 8 && /\d/.test(text);
  return form !== 'listed' || /[\d!@#$%^&*]/.test(text);
}

/** Of a plain word or number, the place says whether it is a secret. */
function isPlainSecret(text: string, found: Assigned, { kind, file }: Judged): boolean {
  const { form, name } = found;
  if (file.kind === 'document' || file.kind === 'markup' || !PLAIN_FORMS.has(form)) return false;
  const isSetting = file.kind === 'settings' && form === 'assigned';
  if (kind === 'secret') return isSetting && isUsualSecret(found.text, name);
  if (!/(?:pass|password|passwd|pwd|pw)$/i.test(name)) return false;
  if (isSetting) return !/[-_]/.test(found.text);
  if (form === 'connection') return true;
  if (!found.isQuoted) return false;
  return /^\d+$/.test(found.text) || (!ROLES.test(found.text) && isBesideUser(text, found));
}

const PLAIN_FORMS: ReadonlySet<Assigned['form']> = new Set([
  'assigned',
  'spaced',
  'passed',
  'connection',
  'element',
  'option',
] as const);
/** In code these are the names of what is told apart. */
const ROLES = /^(?:user|test|system|manager|secret)$/i;

/** `CLIENT_SECRET: shop-secret`, `JWT_SECRET: supersecret`: what is called a secret inside as well. */
function isUsualSecret(text: string, name: string): boolean {
  if (/(?:salt|secret)$/i.test(name) && /^\d{6,}$/.test(text)) return true;
  return text.length >= 8 && /secret/i.test(text) && OWN_SECRET.test(name);
}

const OWN_SECRET =
  /(?:jwt|client|app|session|cookie|sign|auth|shared|hash|encrypt|token|rpc|webhook)\w{0,20}[-_.]?(?:secret|key)$|^[A-Z_]{0,40}SECRET(?:_KEY)?$/i;

/** Whether the name of a user, or of a host, has a value on the lines around. */
function isBesideUser(text: string, { nameAt, end }: Assigned): boolean {
  return USER.test(text.slice(Math.max(0, nameAt - 160), nameAt)) || USER.test(text.slice(end, end + 160));
}

const USER =
  /(?:user|user_?name|login|host|email|account)["'`\])]{0,3}\s{0,8}(?:=>|:=|[:=(,])\s{0,8}["'`][^"'`\s]{1,80}["'`]/i;
