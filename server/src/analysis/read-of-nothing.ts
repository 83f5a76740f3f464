/** Members that are read of a value just where it is missing: `!user && user.role !== 'admin'`. */
import type { Chain } from './chain';
import { comparisonOf } from './condition';
import { type ConstantCondition, conditionFix, otherOperator } from './constant-condition';
import { propertyName, unwrap } from './literal';
import type { Node } from './node';
import { expressionKey } from './same-expression';

/** `!user && user.role !== 'admin'`, `user || user.role === 'admin'` */
export function* lookedAtWhereMissing({ node, operator, operands }: Chain): Generator<ConstantCondition> {
  if (operands.length > 6) return;
  for (const [i, operand] of operands.entries()) {
    const subject = operator === '&&' ? missingSubject(operand) : presentSubject(operand);
    const key = subject && expressionKey(subject);
    if (!subject || key === undefined) continue;
    const later = operands.slice(i + 1).find((each) => looksInto(each, key));
    if (!later || [...node.walk()].some(({ kind }) => kind === 'assignment_expression')) continue;
    const name = /^[\w$.]{1,40}$/.test(subject.text) ? `\`${subject.text}\`` : 'value';
    const other = operator === '&&' ? '||' : '&&';
    const message =
      operator === '&&'
        ? `This is never true where there is a ${name}, whatever the rest says. Join the two with \`||\`.`
        : `This is true wherever there is a ${name}, whatever the rest says. Join the two with \`&&\`.`;
    const fix = () =>
      operands.length === 2
        ? conditionFix(`Join with \`${other}\``, [otherOperator(operand, later, operator, other)])
        : undefined;
    yield { at: { from: operand, to: later }, condition: node, message, fix };
    return;
  }
}

/** What is missing where a condition holds: `!x`, `x === undefined`, `x == null`. */
function missingSubject(operand: Node): Node | undefined {
  const node = unwrap(operand);
  if (node.kind === 'unary_expression' && node.operator === '!') return reference(node.child('argument'));
  const comparison = comparisonOf(node);
  const isNothing = comparison && /^(?:null|undefined)$/.test(unwrap(comparison.right).kind);
  return isNothing && comparison.isEqual ? reference(comparison.left) : undefined;
}

function presentSubject(operand: Node): Node | undefined {
  const comparison = comparisonOf(operand);
  const isNothing = comparison && /^(?:null|undefined)$/.test(unwrap(comparison.right).kind);
  if (isNothing && !comparison.isEqual) return reference(comparison.left);
  return reference(operand);
}

function reference(expression: Node | undefined): Node | undefined {
  const node = expression && unwrap(expression);
  return node?.kind === 'identifier' || node?.kind === 'member_expression' ? node : undefined;
}

/** Whether a part of a condition reads a member of a value. An empty text has a length as well. */
function looksInto(operand: Node, key: string): boolean {
  for (const node of operand.walkOwn()) {
    if (node.kind !== 'member_expression') continue;
    const object = node.child('object');
    const property = node.child('property');
    if (!object || !property || propertyName(property) === 'length') continue;
    if (expressionKey(object) === key) return true;
  }
  return false;
}
