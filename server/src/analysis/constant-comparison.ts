/** Comparisons that come out the same whatever is compared: `x !== 'a' || x !== 'b'`, `!x === 'a'`, `x === []`. */
import { type Comparison, comparisonOf, isWholeChain, operandsOf } from './condition';
import {
  always,
  type ConstantCondition,
  conditionFix,
  insertion,
  otherOperator,
  replacement,
} from './constant-condition';
import type { Edit } from './fix';
import { callAt, type ItemFacts } from './item-facts';
import { propertyName, unwrap } from './literal';
import type { Node } from './node';
import { isPromise } from './promise';
import { expressionKey } from './same-expression';
import { constantString, resolvedValue } from './value';

export function* constantComparisons(facts: ItemFacts): Generator<ConstantCondition> {
  for (const node of facts.nodes('binary_expression')) {
    const { operator } = node;
    if ((operator === '&&' || operator === '||') && isWholeChain(node)) yield* impossiblePair(node, operator);
    else if (operator === 'in' || operator === 'instanceof') yield* negatedTooEarly(node);
    else if (operator === '>=' || operator === '<') yield* ofNumbers(node);
    const comparison = node.operator === operator ? comparisonOf(node) : undefined;
    if (comparison) yield* ofComparison(comparison);
  }
}

/** `x !== 'a' || x !== 'b'` is always true, `x === 'a' && x === 'b'` always false. */
function* impossiblePair(chain: Node, operator: '&&' | '||'): Generator<ConstantCondition> {
  const seen = new Map<string, { operand: Node; index: number; value: Node; isStrict: boolean }>();
  const operands = operandsOf(chain, operator);
  for (const [index, operand] of operands.entries()) {
    const comparison = comparisonOf(operand);
    if (!comparison || comparison.isEqual !== (operator === '&&')) continue;
    const [subject, value] = constantKey(comparison.right)
      ? [comparison.left, comparison.right]
      : [comparison.right, comparison.left];
    const key = constantKey(value) && expressionKey(subject);
    if (key === undefined || key === '' || constantKey(subject)) continue;
    const former = seen.get(key);
    if (!former) {
      seen.set(key, { operand, index, value, isStrict: comparison.isStrict });
      continue;
    }
    if (!areDistinct(former.value, value, former.isStrict && comparison.isStrict)) continue;
    const other = operator === '||' ? '&&' : '||';
    const message =
      operator === '||'
        ? 'Every value differs from one of these, so this condition is always true. Join the two with `&&`.'
        : 'No value equals both of these, so this condition is always false. Join the two with `||`.';
    const fix = () => joinedOtherwise(operands, key, operator, other);
    yield { at: { from: former.operand, to: operand }, condition: chain, message, fix };
    return;
  }
}

/** Changes the operators between all comparisons of one subject, where they stand side by side. */
function joinedOtherwise(
  operands: readonly Node[],
  key: string,
  operator: string,
  other: string,
): ReturnType<typeof conditionFix> {
  const isOne = (operand: Node) => {
    const comparison = comparisonOf(operand);
    return (
      comparison?.isEqual === (operator === '&&') &&
      [comparison.left, comparison.right].some((side) => expressionKey(side) === key)
    );
  };
  const first = operands.findIndex(isOne);
  const last = operands.findLastIndex(isOne);
  const group = operands.slice(first, last + 1);
  const [begin, end] = [group[0], group.at(-1)];
  if (!group.every(isOne) || !begin || !end) return undefined;
  const edits: (Edit | undefined)[] = group
    .slice(1)
    .map((operand, i) => otherOperator(group[i] as Node, operand, operator, other));
  if (group.length < operands.length) edits.push(insertion(begin.start, '('), insertion(end.end, ')'));
  return conditionFix(`Join with \`${other}\``, edits);
}

/** A text that tells constants apart; undefined for what is none. */
function constantKey(expression: Node): string | undefined {
  const node = resolvedValue(expression);
  switch (node.kind) {
    case 'true':
    case 'false':
    case 'null':
    case 'undefined':
      return node.kind;
    case 'number':
      return `${Number(node.text)}`;
    case 'member_expression': {
      // Members of an enumeration: `Role.Admin`
      const object = node.child('object');
      const name = object && expressionKey(object);
      const property = node.child('property')?.text;
      return name && /^(?:\w+\.)*[A-Z]\w*$/.test(name) && property && /^[A-Z]/.test(property)
        ? `enum ${name}.${property}`
        : undefined;
    }
    default: {
      const text = constantString(node);
      return text === undefined ? undefined : JSON.stringify(text);
    }
  }
}

function areDistinct(a: Node, b: Node, isStrict: boolean): boolean {
  const [one, other] = [constantKey(a), constantKey(b)];
  if (one === undefined || other === undefined || one === other) return false;
  const isEnum = (key: string) => key.startsWith('enum ');
  if (isEnum(one) || isEnum(other)) return owner(one) === owner(other);
  return isStrict || (one.startsWith('"') && other.startsWith('"'));
}

function owner(key: string): string {
  return key.slice(0, key.lastIndexOf('.') + 1);
}

function* ofComparison(comparison: Comparison): Generator<ConstantCondition> {
  const { node: condition, left, right, isEqual } = comparison;
  const [a, b] = [unwrap(left), unwrap(right)];
  const found =
    ofNegation(comparison, a) ??
    ofType(comparison, a) ??
    ofList(comparison, a, b) ??
    ofPromise(comparison, a, b);
  if (found) {
    yield { condition, ...found };
    return;
  }
  const key = expressionKey(a);
  // `x !== x` asks for NaN.
  if (key === undefined || key !== expressionKey(b) || a.kind === 'call_expression' || constantKey(a)) return;
  if (a.kind === 'identifier' && !isEqual) return;
  const message = `Both sides are the same, so this condition is ${always(isEqual)}. Compare with what was meant.`;
  yield { at: condition, condition, message };
}

type Found = Omit<ConstantCondition, 'condition'> | undefined;

/** `!x === 'admin'` */
function ofNegation({ node, right, isEqual }: Comparison, left: Node): Found {
  const operand =
    left.kind === 'unary_expression' && left.operator === '!' ? left.child('argument') : undefined;
  const inner = operand && unwrap(operand);
  const value = resolvedValue(right);
  const isOther = constantString(right) !== undefined || value.kind === 'null' || value.kind === 'undefined';
  if (!operand || !inner || !isOther || (inner.kind === 'unary_expression' && inner.operator === '!'))
    return undefined;
  const message = `\`!\` is read before the comparison, which is ${always(!isEqual)} then. Negate the comparison as a whole.`;
  const fix = () => {
    const operator = node.operator.replace(isEqual ? '=' : '!', isEqual ? '!' : '=');
    return conditionFix('Negate the comparison', [
      { start: left.start, end: operand.start, text: '' },
      otherOperator(left, right, node.operator, operator),
    ]);
  };
  return { at: node, message, fix };
}

/** `!key in object`, `!user instanceof Admin` */
function* negatedTooEarly(node: Node): Generator<ConstantCondition> {
  const left = node.child('left');
  const operand =
    left?.kind === 'unary_expression' && left.operator === '!' ? left.child('argument') : undefined;
  if (!left || !operand) return;
  const message = `\`!\` is read before \`${node.operator}\`, which is always false then. Negate the whole.`;
  const fix = () =>
    conditionFix('Negate the whole', [insertion(operand.start, '('), insertion(node.end, ')')]);
  yield { at: node, condition: node, message, fix };
}

const TYPES = new Set('undefined object boolean number bigint string symbol function unknown'.split(' '));

/** `typeof x === undefined`, `typeof x === 'undefned'` */
function ofType({ node, right, isEqual }: Comparison, left: Node): Found {
  if (left.kind !== 'unary_expression' || left.operator !== 'typeof') return undefined;
  const value = resolvedValue(right);
  const isNothing = value.kind === 'undefined' || value.kind === 'null';
  const text = constantString(value);
  if (!isNothing && (text === undefined || TYPES.has(text))) return undefined;
  const message = `\`typeof\` answers the name of a type, so this condition is ${always(!isEqual)}. Compare with such a name.`;
  const isDirect = unwrap(right).kind === 'undefined';
  const fix = () =>
    isDirect
      ? conditionFix("Compare with `'undefined'`", [replacement(unwrap(right), "'undefined'")])
      : undefined;
  return { at: node, message, fix };
}

/** `role === ['admin', 'owner']`, `roles !== []` */
function ofList({ node, isEqual, isStrict }: Comparison, left: Node, right: Node): Found {
  const list = [left, right].find(({ kind }) => kind === 'array' || kind === 'object');
  const other = list === left ? right : left;
  if (!list) return undefined;
  // `==` turns a list into text.
  if (!isStrict && (list.kind === 'object' || constantString(other) !== undefined)) return undefined;
  const isEmpty = list.parts.length === 0;
  const remedy =
    list.kind === 'object' ? 'Compare a property.' : isEmpty ? 'Compare its length.' : 'Use `includes`.';
  const message = `A new ${list.kind === 'array' ? 'list' : 'object'} is equal to nothing else, so this condition is ${always(!isEqual)}. ${remedy}`;
  const fix = () => {
    if (list.kind !== 'array' || expressionKey(other) === undefined || other.kind === 'array')
      return undefined;
    const { text } = node.item.file;
    if (isEmpty) {
      const length = `${other.text}.length ${isEqual ? '===' : '!=='} 0`;
      return conditionFix('Compare the length', [replacement(node, length)]);
    }
    // What is called `roles` may be a list itself.
    const isOne = !/(?:s|list|array)$/i.test(text.slice(other.start, other.end));
    const includes = `${isEqual ? '' : '!'}${list.text}.includes(${other.text})`;
    return isOne ? conditionFix('Use `includes`', [replacement(node, includes)]) : undefined;
  };
  return { at: node, message, fix };
}

/** `checkRole(user) === true` where `checkRole` is asynchronous. */
function ofPromise({ node, isEqual }: Comparison, left: Node, right: Node): Found {
  const promise = [left, right].find(isPromise);
  if (!promise) return undefined;
  const message = `A promise is compared here, so this condition is ${always(!isEqual)}. Wait for it with \`await\`.`;
  const isAsync = promise.enclosingFunction?.hasKeyword('async') === true;
  const fix = () =>
    isAsync ? conditionFix('Add `await`', [replacement(promise, `(await ${promise.text})`)]) : undefined;
  return { at: node, message, fix };
}

/** `roles.length >= 0`, `roles.indexOf(role) >= -1` */
function* ofNumbers(node: Node): Generator<ConstantCondition> {
  const [left, right] = [node.child('left'), node.child('right')];
  const subject = left && unwrap(left);
  const value = right && resolvedValue(right);
  if (!subject || !value || !right) return;
  const property = subject.child('property');
  const callee = callAt(subject)?.callee.child('property');
  const isLength = subject.kind === 'member_expression' && property && propertyName(property) === 'length';
  const isIndex = subject.kind === 'call_expression' && /^(?:last)?indexOf$/i.test(callee?.text ?? '');
  const least = isLength ? 0 : isIndex ? -1 : undefined;
  const said = value.kind === 'number' || value.kind === 'unary_expression' ? Number(value.text) : undefined;
  if (least === undefined || said !== least) return;
  const { operator } = node;
  const what = isLength ? 'A length is never below 0' : '`indexOf` is never below -1';
  const message = `${what}, so this condition is ${always(operator === '>=')}. Compare with \`${isLength ? '> 0' : '>= 0'}\`.`;
  const fix = () =>
    isLength
      ? conditionFix('Ask whether it is empty', [
          otherOperator(subject, right, operator, operator === '<' ? '===' : '>'),
        ])
      : conditionFix('Compare with 0', [replacement(unwrap(right), '0')]);
  yield { at: node, condition: node, message, fix };
}
