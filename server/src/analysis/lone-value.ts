/** Values that stand alone among comparisons, where each was to be compared: `role === 'admin' || 'owner'`. */
import type { Chain } from './chain';
import { around, comparisonOf, operandsOf } from './condition';
import { type ConstantCondition, conditionFix, insertion, otherOperator } from './constant-condition';
import type { Edit } from './fix';
import { callAt } from './item-facts';
import { unwrap } from './literal';
import type { Node } from './node';
import { expressionKey } from './same-expression';
import { constantString, resolvedValue } from './value';

/** Between a comparison and what was to be compared as well there are no more operands than this. */
const MOST_BETWEEN = 100;

/** `role === ('admin' || 'owner')`, `hasRole('admin' && 'owner')` */
export function* chosenValue({ node, operator, operands }: Chain): Generator<ConstantCondition> {
  if (!operands.every((operand) => constantString(operand))) return;
  const { outermost: user, parent } = around(node);
  const isCompared = parent !== undefined && comparisonOf(parent) !== undefined;
  const isGiven = parent?.kind === 'arguments' && parent.parts.length === 1;
  if (!isCompared && !isGiven) return;
  const which = operator === '||' ? 'first' : 'last';
  const message = `Only the ${which} of these values is looked at. Compare with each one separately.`;
  const whole = isCompared ? parent : parent?.parent;
  const fix = () => {
    if (!whole || (isGiven && whole.kind !== 'call_expression')) return undefined;
    const { text } = node.item.file;
    const isNegative = comparisonOf(whole)?.isEqual === false;
    const joint = isNegative ? (operator === '||' ? '&&' : '||') : operator;
    const pieces = operands.map(
      (each) => text.slice(whole.start, user.start) + each.text + text.slice(user.end, whole.end),
    );
    // `x === 'a' && x === 'b'` would be no better.
    if (isCompared && joint !== (isNegative ? '&&' : '||')) return undefined;
    const joined = pieces.join(` ${joint} `);
    const isBracketed = whole.parent?.kind === 'parenthesized_expression';
    return conditionFix('Compare with each value', [
      { start: whole.start, end: whole.end, text: isBracketed ? joined : `(${joined})` },
    ]);
  };
  yield { at: node, condition: whole ?? node, message, fix };
}

/** `role === 'admin' || 'editor' && panel` */
export function* uncomparedBeforeAnd({ node, operands }: Chain): Generator<ConstantCondition> {
  for (const [i, operand] of operands.entries()) {
    const inner =
      operand.kind === 'binary_expression' && operand.operator === '&&' ? operandsOf(operand, '&&') : [];
    const [first] = inner;
    const former = operands[i - 1];
    if (!first || !former || !comparisonOf(former) || unwrap(first).kind !== 'string') continue;
    const message =
      'A value alone is always true, so nothing is compared with it. Compare each value separately.';
    yield { at: first, condition: node, message };
  }
}

/** `role === 'admin' && 'owner'` */
export function* uncomparedText({ node, operands }: Chain): Generator<ConstantCondition> {
  const index = operands.findIndex((operand) => (constantString(operand) ?? '') !== '');
  const former = operands[index - 1];
  const operand = operands[index];
  if (!operand || !former || !comparisonOf(former) || resolvedValue(operand).kind === 'number') return;
  const message =
    'A value alone is always true, so nothing is compared with it. Compare each value separately.';
  yield { at: operand, condition: node, message };
}

/** Whether an operand is a value that was to be compared: a text, or a member of the enumeration compared before. */
export function isLone(operands: readonly Node[], index: number): boolean {
  const operand = operands[index];
  if (!operand) return false;
  if (isLoneMember(operands, index)) return true;
  return (constantString(operand) ?? '') !== '' && resolvedValue(operand).kind !== 'number';
}

/** `role === Role.Admin || Role.Owner` */
export function isLoneMember(operands: readonly Node[], index: number): boolean {
  const member = enumeration(operands[index]);
  if (member === undefined) return false;
  for (let i = index - 1; i >= 0 && i >= index - MOST_BETWEEN; i--) {
    const former = comparisonOf(operands[i] as Node);
    if (former) return member === enumeration(former.right);
  }
  return false;
}

/** What a member such as `Role.Admin` is taken from. */
function enumeration(expression: Node | undefined): string | undefined {
  const node = expression && unwrap(expression);
  const object = node?.kind === 'member_expression' ? node.child('object') : undefined;
  const isConstant = /^[A-Z]/.test(node?.child('property')?.text ?? '');
  return object && isConstant ? expressionKey(object) : undefined;
}

/** `role === 'admin' || 'owner'` becomes `role === 'admin' || role === 'owner'`. */
export function comparedTexts({ operator, operands }: Chain): ReturnType<typeof conditionFix> {
  if (operator !== '||') return undefined;
  const edits: (Edit | undefined)[] = [];
  let model: Node | undefined;
  let isNegative = false;
  operands.forEach((operand, i) => {
    if (!isLone(operands, i)) {
      model = operand;
      return;
    }
    const compared = model && comparedWith(model);
    edits.push(compared && insertion(operand.start, compared.before));
    if (compared && compared.after !== '') edits.push(insertion(operand.end, compared.after));
    const before = operands[i - 1];
    if (compared?.isNegative && before) {
      isNegative = true;
      edits.push(otherOperator(before, operand, '||', '&&'));
    }
  });
  // With other conditions in the chain, `&&` would take only a part of it.
  const isMixed = isNegative && operands.filter((_, i) => !isLone(operands, i)).length > 1;
  return isMixed ? undefined : conditionFix('Compare with each value', edits);
}

/** What has to stand around a value for it to be compared as in another comparison. */
function comparedWith(
  operand: Node,
): { readonly before: string; readonly after: string; readonly isNegative: boolean } | undefined {
  const node = unwrap(operand);
  const comparison = comparisonOf(node);
  const { file } = node.item;
  if (comparison) {
    const { left, right, isEqual, node: whole } = comparison;
    if (
      !(constantString(right) || enumeration(right)) ||
      expressionKey(left) === undefined ||
      whole.kind !== 'binary_expression'
    )
      return undefined;
    return { before: file.slice(whole.start, right.start), after: '', isNegative: !isEqual };
  }
  const call = node.kind === 'call_expression' ? callAt(node) : undefined;
  const [first, ...rest] = call?.args ?? [];
  if (!first || rest.length > 0 || !constantString(first) || expressionKey(node) === undefined)
    return undefined;
  return {
    before: file.slice(node.start, first.start),
    after: file.slice(first.end, node.end),
    isNegative: false,
  };
}
