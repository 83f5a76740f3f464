/** Whether a condition decides who may do what: by the names in it, by what it leads to, by where it stands. */
import { wholeCondition } from '../../analysis/condition';
import type { Node } from '../../analysis/node';
import { constantString } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { ACCESS_NAMES, CONVERSATION_ROLES, PAGE_ROLES, ROLE_VALUES } from '../access-names';
import { hasPlainDenial } from './denial';
import { guardAround } from './guard';

/** @param part of a condition. */
export function decidesAccess(part: Node): boolean {
  const condition = wholeCondition(part);
  if (isAboutOtherRoles(condition)) return false;
  if (namesAccess(condition)) return true;
  const statement = askedBy(condition);
  const branches = [statement?.child('consequence'), statement?.child('alternative')];
  if (branches.some((branch) => branch && hasPlainDenial(branch))) return true;
  const says = guardAround(condition)?.says;
  return says === 'insists' || says === 'checks';
}

/** Whether a name or a value in some code is about rights: `user.role`, `isAdmin`, `'owner'`. */
export function namesAccess(code: Node): boolean {
  for (const node of code.walkOwn()) {
    if (isName(node) && wordsOf(node.text).some((word) => ACCESS_NAMES.has(word))) return true;
    if (node.kind === 'string' && ROLE_VALUES.has((constantString(node) ?? '').toLowerCase())) return true;
  }
  return false;
}

/** Roles of messages to a language model, and of elements of a page, have nothing to do with rights. */
function isAboutOtherRoles(condition: Node): boolean {
  const texts = [...condition.walkOwn()]
    .filter((node) => node.kind === 'string' || node.kind === 'identifier')
    .map((node) => constantString(node) ?? '')
    .filter((text) => text !== '');
  const others = texts.filter((text) => CONVERSATION_ROLES.has(text) || PAGE_ROLES.has(text));
  return others.length > 0 && texts.every((text) => others.includes(text) || text === 'user');
}

function askedBy(condition: Node): Node | undefined {
  const { parent } = condition;
  return parent?.kind === 'if_statement' || parent?.kind === 'ternary_expression' ? parent : undefined;
}

function isName({ kind }: Node): boolean {
  return kind === 'identifier' || kind === 'property_identifier' || kind === 'shorthand_property_identifier';
}
