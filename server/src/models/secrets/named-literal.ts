/** Literals of code that a secret's name is given to. */
import type { Kind } from '../../analysis/kind';
import { propertyName, wrapped } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { constantString } from '../../analysis/value';
import { isCredentialText } from '../credential-names';
import { isPlainPasswordName } from '../crypto/passwords';
import { headerLook, type Look, secretLook } from '../literal-secret';
import { isPublicName, isSecretName } from '../secret-names';
import { kindOfName } from './secret-kind';
import { lookOfValue } from './secret-value';

export const NAMED: readonly Kind[] = [
  'variable_declarator',
  'pair',
  'assignment_expression',
  'public_field_definition',
  'assignment_pattern',
];

/** What a name must have in it, so that others need no look. */
export const MAY_NAME = /pass|pwd|secret|token|key|cred|auth|salt|bearer|jwt|pepper/i;

/** What a text looks like that stands beside a name; undefined where it is no secret. */
export function lookBesideName(node: Node, name: string, text: string, literal: Node): Look | undefined {
  if (/^authorization$/i.test(name)) return headerLook(text, literal.kind === 'string');
  const look = isSecretName(name) ? (secretLook(text, name) ?? lookBesideUser(node, name, text)) : undefined;
  return look ?? lookOfAny(text, name);
}

/** As in text of any language, apart from plain words. */
function lookOfAny(text: string, name: string): Look | undefined {
  const kind = kindOfName(name);
  if (!kind || kind === 'perhaps' || (isPublicName(name) && !/test/i.test(name))) return undefined;
  const look = lookOfValue(text, name);
  if (look === 'chosen' && kind === 'secret' && (text.length < 8 || !/\d/.test(text))) return undefined;
  return look === undefined || look === 'plain' ? undefined : 'mixed';
}

/** `{ user: 'shop', password: 'orchard' }`: beside the name of a user, any word is a password. */
function lookBesideUser(pair: Node, name: string, text: string): Look | undefined {
  if (pair.kind !== 'pair' || !isPlainPasswordName(name) || !isCredentialText(text)) return undefined;
  const owner = pair.parent?.parts.find((part) =>
    /^(?:user|user_?name|login|host)$/i.test(nameOf(part) ?? ''),
  );
  const value = owner?.child('value');
  const said = value && constantString(value);
  // Labels and names of fields say what they are called.
  if (
    said === undefined ||
    said.trim() === '' ||
    /user|login|name|host$|\s/i.test(said) ||
    /[^\x20-\x7e]/.test(text) ||
    /passw|^(?:guest|anonymous)$/i.test(text)
  )
    return undefined;
  return 'mixed';
}

export function nameOf(node: Node): string | undefined {
  const target = node.child('key') ?? node.child('name') ?? node.child('left');
  const own =
    target?.kind === 'member_expression'
      ? target.child('property')
      : target?.kind === 'subscript_expression'
        ? target.child('index')
        : target;
  return own && propertyName(own);
}

export function isNamedSecret(literal: Node, text: string): boolean {
  const { parent } = wrapped(literal);
  const name = parent && NAMED.includes(parent.kind) ? nameOf(parent) : undefined;
  return name !== undefined && isSecretName(name) && secretLook(text, name) !== undefined;
}
