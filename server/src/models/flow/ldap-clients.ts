/** Where filters and names of LDAP are read. */

import type { Call } from '../../analysis/item-facts';
import { namesLike } from '../../analysis/name-tests';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { constantString, propertyOf, resolvedValue } from '../../analysis/value';
import { isHandedOver } from './sql-sinks';

export interface LdapSink {
  readonly text: Node;
  /** Whether the library is known; else the text alone says that it is a filter. */
  readonly isKnown: boolean;
}

/** Sources: the documentation of ldapjs 3, ldapts 7, ldap-client 3, activedirectory2 2. */
const CLIENTS =
  /^(?:ldapjs\.(?:createClient\(\)|Client\(\))|ldapts\.Client\(\)|ldap-client\(\)|ldapjs-client\(\)|simple-ldap-search\(\))\.(?:search|searchAsync)$/;
const PARSERS: ReadonlySet<string> = new Set([
  'ldapjs.parseFilter',
  'ldapjs.filters.parseString',
  'ldap-filter.parse',
]);
const DIRECTORIES = /^(?:activedirectory2?|ad)\(\)\.(?:find|findUsers|findGroups|getUsersForGroup)$/;

const METHOD = /^(?:search|find|getUsers)/;
/** What calls are called of which `ldapSinksOf` says anything. */
export const MAY_BE_LDAP: CallTest = { to: PARSERS, method: namesLike(METHOD) };

export function* ldapSinksOf(call: Call): Generator<LdapSink> {
  const { name, method, args } = call;
  const [first, second] = args;
  if (!first) return;
  if (name !== undefined && PARSERS.has(name)) yield { text: first, isKnown: true };
  if (method === undefined || !METHOD.test(method)) return;
  if (name !== undefined && DIRECTORIES.test(name)) yield* textOf(first, true);
  const isKnown = name !== undefined && CLIENTS.test(name);
  if (isKnown && isDynamic(first)) yield { text: first, isKnown };
  if (!second || !/^search/.test(method)) return;
  const receiver = call.callee.child('object');
  const mayBe = !isOfAnotherLibrary(name) && receiver !== undefined && isHandedOver(receiver);
  if (isKnown || mayBe) yield* textOf(second, isKnown);
}

/** `{ filter: text }`, or the text itself. */
function* textOf(options: Node, isKnown: boolean): Generator<LdapSink> {
  const object = resolvedValue(options);
  const text = object.kind === 'object' ? propertyOf(object, 'filter') : isKnown ? options : undefined;
  if (text && isDynamic(text)) yield { text, isKnown };
}

function isDynamic(node: Node): boolean {
  return constantString(node) === undefined && resolvedValue(node).kind !== 'object';
}

function isOfAnotherLibrary(name: string | undefined): boolean {
  return name !== undefined && !/^(?:[.~@#]*\/|globalThis\.)/.test(name);
}

/** Whether the text in front of a value can only be a filter: `(&(objectClass=person)(uid=`. */
export function readsAsFilter(before: string): boolean {
  return /^\s*\(/.test(before) && /\([\w;.-]+\s*(?:[~<>]?=|:[\w.:]*=)[*\w]*$/.test(before.slice(-200));
}
