/** Defaults that decide what somebody may do: of roles, permissions and answers such as `isAdmin`. */

import { defaultValues } from '../analysis/default-value';
import type { ItemFacts } from '../analysis/item-facts';
import { FUNCTION_KINDS, type Kind } from '../analysis/kind';
import { propertyName, unwrap } from '../analysis/literal';
import type { CallTest } from '../analysis/needs';
import type { Node } from '../analysis/node';
import { usesOf } from '../analysis/uses';
import { constantBoolean, constantString, resolvedValue } from '../analysis/value';
import { wordsOf } from '../analysis/words';
import {
  CLEAR_ANSWERS,
  DEMANDED,
  EVERYTHING,
  PEOPLE,
  PERMISSION_NAMES,
  POWERFUL_ROLES,
  STAND_INS,
  VAGUE_ANSWERS,
} from './access-names';
import { meaningOf, nameOfFunction } from './auth/guard';

const DEFAULTING: CallTest = { method: new Set(['default']) };

export interface PrivilegeDefault {
  /** Of what is missing. */
  readonly name: string;
  readonly value: Node;
  readonly grants: 'role' | 'everything' | 'yes';
  /** Whether it is plain that this is what somebody may do, and not what is asked of somebody. */
  readonly isSure: boolean;
}

interface Candidate {
  /** What may be missing. */
  readonly tried: Node;
  readonly value: Node;
  /** Where the default stands. */
  readonly node: Node;
}

/** The defaults of an item that give more than the least. */
export function* privilegeDefaults(facts: ItemFacts): Generator<PrivilegeDefault> {
  for (const candidate of candidates(facts)) {
    const found = judged(candidate);
    if (found) yield found;
  }
}

function* candidates(facts: ItemFacts): Generator<Candidate> {
  for (const { tried, value, node } of defaultValues(facts)) {
    const last = tried.at(-1);
    if (last) yield { tried: last, value, node };
  }
  for (const node of facts.nodesOf(['required_parameter', 'optional_parameter'])) {
    const value = node.child('value');
    const tried = value && node.child('pattern');
    if (tried && value) yield { tried, value, node };
  }
  for (const pair of facts.nodes('pair')) {
    const key = pair.child('key');
    const name = key && propertyName(key);
    const value = name === 'default' || name === 'defaultValue' ? pair.child('value') : undefined;
    if (!value) continue;
    const tried = columnAround(pair);
    if (tried) yield { tried, value, node: pair };
  }
  for (const { args, node } of facts.callsOf(DEFAULTING)) {
    const [value] = args;
    if (!value || args.length > 1) continue;
    const tried = columnAround(node);
    if (tried) yield { tried, value, node };
  }
}

const IN_COLUMN: ReadonlySet<Kind> = new Set<Kind>([
  'object',
  'call_expression',
  'member_expression',
  'arguments',
]);

/** The field of a schema or a table that an option of it, or a call in its chain, is about. */
function columnAround(part: Node): Node | undefined {
  for (const outer of part.ancestors()) {
    if (outer.kind === 'pair') return outer.child('key');
    if (outer.kind === 'decorator') {
      const field = outer.parent?.kind === 'public_field_definition' ? outer.parent : undefined;
      return field?.child('name');
    }
    if (outer.kind === 'variable_declarator') {
      const name = outer.child('name');
      const declaration = name && outer.item.file.lookUp(name.text, name);
      const [use, ...others] = declaration ? usesOf(declaration, outer.item.file) : [];
      return use && others.length === 0 ? columnAround(use) : undefined;
    }
    if (!IN_COLUMN.has(outer.kind)) return undefined;
  }
  return undefined;
}

function judged(candidate: Candidate): PrivilegeDefault | undefined {
  const { tried, value, node } = candidate;
  const name = nameOf(tried);
  const words = wordsOf(name);
  if (words.length === 0 || words.some((word) => DEMANDED.has(word))) return undefined;
  const grants = grantOf(words, tried, value);
  if (!grants || isDemanded(node, grants) || isForThem(node, value)) return undefined;
  return { name, value, grants, isSure: isSure(candidate, words, grants) };
}

function grantOf(words: readonly string[], tried: Node, value: Node): PrivilegeDefault['grants'] | undefined {
  const last = words.at(-1) ?? '';
  if (/^roles?$/.test(last)) return isPowerful(value) ? 'role' : undefined;
  if (PERMISSION_NAMES.has(last) && isEverything(value)) return 'everything';
  if (constantBoolean(value) !== true) return undefined;
  return isOneOf(CLEAR_ANSWERS, words) || isOneOf(VAGUE_ANSWERS, words) || isOfPermissions(tried)
    ? 'yes'
    : undefined;
}

/** Whether a name is one of some answers, with other words before it or a word behind: `userIsAdmin`, `isAdminFlag`. */
function isOneOf(answers: ReadonlySet<string>, words: readonly string[]): boolean {
  const isTail = words.some((_, from) => answers.has(words.slice(from).join('')));
  return isTail || (ADDED.test(words.at(-1) ?? '') && answers.has(words.slice(0, -1).join('')));
}

const ADDED = /^(?:flag|value|here|now|by|default)$/;

/** `'admin'`, `['admin']`, `Role.ADMIN` */
function isPowerful(value: Node): boolean {
  const node = resolvedValue(value);
  if (node.kind === 'array') return node.parts.some(isPowerful);
  const text = constantString(node);
  if (text !== undefined) return POWERFUL_ROLES.has(text.toLowerCase().replace(/[-_ ]/g, ''));
  const [object, property] = [node.child('object'), node.child('property')];
  if (node.kind !== 'member_expression' || !object || !property) return false;
  const isRoles = wordsOf(object.text).some((word) => /^roles?$/.test(word));
  return isRoles && POWERFUL_ROLES.has(property.text.toLowerCase().replace(/_/g, ''));
}

function isEverything(value: Node): boolean {
  const node = resolvedValue(value);
  if (node.kind === 'array') return node.parts.some(isEverything);
  return EVERYTHING.has(constantString(node)?.toLowerCase() ?? '');
}

/** `permissions[action]`, `permissions.canEdit`, `permissions.get(action)` */
function isOfPermissions(tried: Node): boolean {
  const node = unwrap(tried);
  const callee = node.child('function');
  const object = callee?.child('property')?.text === 'get' ? callee.child('object') : node.child('object');
  const last = object && wordsOf(nameOf(object)).at(-1);
  return last !== undefined && PERMISSION_NAMES.has(last) && !/scopes?/.test(last);
}

function nameOf(node: Node): string {
  const inner = unwrap(node);
  switch (inner.kind) {
    case 'member_expression':
      return inner.child('property')?.text ?? '';
    case 'subscript_expression': {
      const index = inner.child('index');
      return (index && constantString(index)) ?? nameOf(inner.child('object') ?? inner);
    }
    case 'call_expression': {
      const callee = inner.child('function');
      const isGet = callee?.child('property')?.text === 'get';
      return nameOf((isGet ? callee?.child('object') : callee) ?? inner);
    }
    case 'await_expression':
      return inner.parts[0] ? nameOf(inner.parts[0]) : '';
    case 'identifier':
    case 'property_identifier':
    case 'shorthand_property_identifier_pattern':
      return inner.text;
    default:
      return propertyName(inner) ?? '';
  }
}

/** Whether the value is what a guard asks for: `requireRole(role = 'admin')`, `hasPermission(user, permission = '*')`. */
function isDemanded(node: Node, grants: PrivilegeDefault['grants']): boolean {
  if (grants === 'yes') return false;
  return namesAround(node).some((name) => {
    const meaning = meaningOf(name);
    return meaning === 'insists' || meaning === 'checks' || wordsOf(name).some((word) => DEMANDED.has(word));
  });
}

/** Whether it is about those who have the right anyway, `createAdmin({ role = 'admin' })`, or a stand-in for tests. */
function isForThem(node: Node, value: Node): boolean {
  const role = (constantString(value) ?? '').toLowerCase();
  return namesAround(node).some((name) =>
    wordsOf(name).some((word) => STAND_INS.has(word) || (role !== '' && word === role)),
  );
}

/** The names of what a node is in: functions, classes, variables, properties. */
function namesAround(node: Node): readonly string[] {
  return [...node.ancestors()].flatMap((outer) => {
    if (FUNCTION_KINDS.has(outer.kind)) return [nameOfFunction(outer)];
    const named = outer.child(outer.kind === 'pair' ? 'key' : 'name');
    return named && outer.kind !== 'member_expression' ? [named.text] : [];
  });
}

function isSure(
  { tried, node }: Candidate,
  words: readonly string[],
  grants: PrivilegeDefault['grants'],
): boolean {
  if (grants === 'everything') return !/^scopes?$/.test(words.at(-1) ?? '');
  if (grants === 'yes') return isOneOf(CLEAR_ANSWERS, words) || isOfPermissions(tried) || isInGuard(node);
  // A role alone may be the one that is asked for; of somebody, or where accounts are made, it is not.
  const object = unwrap(tried).child('object');
  const owner = object ? wordsOf(nameOf(object)) : words.slice(0, -1);
  if (owner.some((word) => PEOPLE.has(word))) return true;
  if (node.kind === 'pair' || node.kind === 'call_expression') return true;
  return namesAround(node).some((name) =>
    wordsOf(name).some((word) => PEOPLE.has(word) || MAKING.test(word)),
  );
}

const MAKING = /^(?:register|signup|sign|issue|invite|registration)$/;

function isInGuard(node: Node): boolean {
  const fn = node.enclosingFunction;
  const meaning = fn && meaningOf(nameOfFunction(fn));
  return meaning === 'insists' || meaning === 'checks';
}
