/** What is done with the claims of a token that somebody has read. */
import { FUNCTION_KINDS } from '../../analysis/kind';
import { propertyName, unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { usesOf } from '../../analysis/uses';
import { METADATA } from '../jwt';
import { assignsWho } from './decision';

/**
 * - `trusted`: claims are read, or the request's user is made of them.
 * - `handed on`: they go to the caller or to another function.
 * - `metadata`: nothing but expiry, issuer and key is looked at, or they are only logged.
 */
export type ClaimsUse = 'trusted' | 'handed on' | 'metadata';

const ORDER: readonly ClaimsUse[] = ['metadata', 'handed on', 'trusted'];
/** What belongs to one request: `req.user`, `ctx.state.claims`, `res.locals.token`. */
const REQUEST = /^\w*(?:req|request|ctx|context|socket|event|res|c)\b/i;
/** Deeper chains of variables are not followed. */
const MOST_STEPS = 8;

/**
 * What becomes of a decoded token.
 *
 * @param isWhole the value is `{ header, payload }` rather than the claims.
 */
export function useOfClaims(decoded: Node, isWhole: boolean): ClaimsUse {
  return useOf(decoded, isWhole, MOST_STEPS);
}

function useOf(value: Node, isWhole: boolean, steps: number): ClaimsUse {
  const { parent } = value;
  if (!parent || steps === 0) return 'metadata';
  const onwards = () => useOf(parent, isWhole, steps);
  switch (parent.kind) {
    case 'member_expression': {
      if (value.field !== 'object') return 'metadata';
      const name = parent.child('property')?.text ?? '';
      if (isInLog(parent)) return 'metadata';
      return useOfProperty(name, isWhole, () => useOf(parent, false, steps - 1));
    }
    case 'subscript_expression':
      return value.field === 'object' ? 'trusted' : 'metadata';
    case 'variable_declarator': {
      const name = parent.child('name');
      return name ? useOfPattern(name, isWhole, steps) : 'metadata';
    }
    case 'assignment_expression': {
      const left = parent.child('left');
      if (value.field !== 'right' || !left) return 'metadata';
      const target = unwrap(left);
      if (target.kind !== 'member_expression') return useOfPattern(target, isWhole, steps);
      return REQUEST.test(target.text) || assignsWho(parent) ? 'trusted' : 'handed on';
    }
    case 'binary_expression':
      return /^(?:\|\||\?\?)$/.test(parent.operator) || value.field === 'right' ? onwards() : 'metadata';
    case 'ternary_expression':
      return value.field === 'condition' ? 'metadata' : onwards();
    case 'parenthesized_expression':
      return /^(?:if|while)_statement$/.test(parent.parent?.kind ?? '') ? 'metadata' : onwards();
    case 'as_expression':
    case 'satisfies_expression':
    case 'non_null_expression':
    case 'type_assertion':
    case 'await_expression':
      return onwards();
    case 'return_statement':
      return 'handed on';
    case 'arguments':
      return isLog(parent.parent) ? 'metadata' : 'handed on';
    case 'pair':
    case 'object':
    case 'spread_element':
    case 'array':
      return isInLog(parent) ? 'metadata' : 'handed on';
    default:
      return FUNCTION_KINDS.has(parent.kind) ? 'handed on' : 'metadata';
  }
}

function useOfProperty(name: string, isWhole: boolean, onwards: () => ClaimsUse): ClaimsUse {
  if (isWhole && name === 'payload') return onwards();
  return isWhole || METADATA.has(name) ? 'metadata' : 'trusted';
}

function useOfPattern(pattern: Node, isWhole: boolean, steps: number): ClaimsUse {
  if (pattern.kind === 'identifier' || pattern.kind === 'shorthand_property_identifier_pattern') {
    return useOfVariable(pattern, isWhole, steps - 1);
  }
  if (pattern.kind !== 'object_pattern') return 'metadata';
  return most(
    pattern.parts.map((part) => {
      const key = part.child('key') ?? part.child('left') ?? part;
      const target = part.child('value') ?? part;
      const name = propertyName(key) ?? '';
      return useOfProperty(name, isWhole, () => useOfPattern(bound(target), false, steps - 1));
    }),
  );
}

function bound(target: Node): Node {
  return /assignment_pattern$/.test(target.kind) ? (target.child('left') ?? target) : target;
}

function useOfVariable(name: Node, isWhole: boolean, steps: number): ClaimsUse {
  const { file } = name.item;
  const declaration = file.lookUp(name.text, name);
  if (!declaration || steps <= 0) return 'metadata';
  // Asked once: otherwise variables that are given to each other cost a power of their number.
  const question = `claims ${file.declarationKey(declaration)} ${isWhole} ${steps}`;
  return file.ofWholeFile(question, () =>
    most(usesOf(declaration, file).map((use) => useOf(use, isWhole, steps))),
  );
}

function most(uses: readonly ClaimsUse[]): ClaimsUse {
  return ORDER[Math.max(0, ...uses.map((use) => ORDER.indexOf(use)))] ?? 'metadata';
}

function isInLog(node: Node): boolean {
  for (const outer of node.ancestors()) {
    if (outer.kind === 'arguments') return isLog(outer.parent);
    if (/_statement$/.test(outer.kind)) return false;
  }
  return false;
}

function isLog(call: Node | undefined): boolean {
  return /(?:^|\.)(?:console|log|logger|debug)\b/i.test(call?.child('function')?.text ?? '');
}
