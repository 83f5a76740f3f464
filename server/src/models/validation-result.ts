/** What becomes of the result of a validation: whether anybody looks at what it says. */
import { FUNCTION_KINDS } from '../analysis/kind';
import { propertyName, unwrap } from '../analysis/literal';
import type { Node } from '../analysis/node';
import { usesOf } from '../analysis/uses';
import type { ValidatorCall } from './validators';

/**
 * - `dropped`: the call stands alone, or its result is put into a variable that nothing uses.
 * - `assumed`: the value is taken from the result as if it were there; `tested` where that is looked at first.
 */
export type Attention = 'dropped' | 'assumed' | 'looked-at';

/** @param whole the call with what stands around it without changing it: `await`, casts, `void`. */
export function attentionOf(whole: Node, validator: ValidatorCall): Attention {
  const { parent } = whole;
  if (parent?.kind === 'expression_statement') return 'dropped';
  if (parent?.kind === 'member_expression') return ofMember(parent, validator) ?? 'looked-at';
  if (parent?.kind !== 'variable_declarator') return 'looked-at';
  const name = parent.child('name');
  if (!name || parent.parent?.parent?.kind === 'export_statement') return 'looked-at';
  return name.kind === 'identifier' ? ofVariable(name, validator) : ofPattern(name, validator);
}

/** The call with `await` and the like around it. */
export function withWrappers(call: Node): Node {
  let node = call;
  for (let outer = node.parent; outer; outer = node.parent) {
    const isVoid = outer.kind === 'unary_expression' && outer.operator === 'void';
    if (outer.kind !== 'await_expression' && !isVoid && unwrap(outer).is(outer)) break;
    node = outer;
  }
  return node;
}

function ofVariable(name: Node, validator: ValidatorCall): Attention {
  const { file } = name.item;
  const declaration = file.lookUp(name.text, name);
  const question = `attention ${file.declarationKey(declaration)} ${validator.value}`;
  return file.ofWholeFile(question, () => ofUses(declaration ? usesOf(declaration, file) : [], validator));
}

function ofUses(uses: readonly Node[], validator: ValidatorCall): Attention {
  if (uses.length === 0) return 'dropped';
  const found = uses.map((use) => {
    const outer = use.parent;
    return outer?.kind === 'member_expression' && use.field === 'object'
      ? ofMember(outer, validator)
      : undefined;
  });
  return found.every((each) => each === 'assumed') ? 'assumed' : 'looked-at';
}

/** `result.data`, where nobody asks first whether it is there. */
function ofMember(member: Node, { value }: ValidatorCall): Attention | undefined {
  if (value === undefined || member.child('property')?.text !== value) return undefined;
  return isAsked(member) ? 'looked-at' : 'assumed';
}

function ofPattern(pattern: Node, { verdicts = [], value }: ValidatorCall): Attention {
  if (pattern.kind !== 'object_pattern') return 'looked-at';
  const bound = new Map<string, Node>();
  for (const part of pattern.parts) {
    const key = part.child('key') ?? part.child('left') ?? part;
    const name = propertyName(key);
    const target = part.kind === 'pair_pattern' ? part.child('value') : key;
    if (name === undefined || !target || !/identifier/.test(target.kind)) return 'looked-at';
    if (!verdicts.includes(name) && name !== value) return 'looked-at';
    bound.set(name, target);
  }
  let isTaken = false;
  for (const [name, target] of bound) {
    const { file } = target.item;
    const declaration = file.lookUp(target.text, target);
    const uses = declaration ? usesOf(declaration, file) : [];
    if (uses.length === 0) continue;
    if (name !== value || uses.some(isAsked)) return 'looked-at';
    isTaken = true;
  }
  return isTaken ? 'assumed' : 'dropped';
}

/** Whether an expression is held against something, or may be missing without harm. */
function isAsked(expression: Node): boolean {
  let node = expression;
  for (let outer = node.parent; outer; node = outer, outer = node.parent) {
    switch (outer.kind) {
      case 'if_statement':
      case 'while_statement':
      case 'ternary_expression':
        if (node.field === 'condition') return true;
        break;
      case 'binary_expression':
      case 'unary_expression':
        return true;
      case 'member_expression':
      case 'call_expression':
        if (outer.childOf('optional_chain')) return true;
        break;
    }
    if (outer.kind.endsWith('_statement') || FUNCTION_KINDS.has(outer.kind)) return false;
  }
  return false;
}
