/** What makes sure of how much there is of a value: comparisons of its length or of the number itself, and cutting. */
import { maskOf } from '../../analysis/flow/capability';
import type { Assurance } from '../../analysis/flow/flow-model';
import { type Call, callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { resolvedValue } from '../../analysis/value';

const BOUNDED: Assurance = { clean: maskOf(['size']) };
const NOT_NEGATIVE: Assurance = { clean: maskOf(['sign']) };

/** `text.length > 100`, `count <= MAX`: whichever side it stands on. */
export function sizeAssurance(
  test: Node,
  outcome: boolean,
  isMeant: (node: Node) => boolean,
): Assurance | undefined {
  if (test.kind !== 'binary_expression') return undefined;
  const { operator } = test;
  const [left, right] = [test.child('left'), test.child('right')];
  if (!left || !right || !/^(?:[<>]=?|[!=]==?)$/.test(operator)) return undefined;
  if (isSizeOf(left, isMeant)) return boundBy(operator, outcome, right);
  return isSizeOf(right, isMeant) ? boundBy(FLIPPED[operator] ?? operator, outcome, left) : undefined;
}

function boundBy(operator: string, outcome: boolean, bound: Node): Assurance | undefined {
  if (isUpper(operator, outcome)) return BOUNDED;
  if (!/^[<>]/.test(operator)) return undefined;
  // `amount > balance` is no lower bound, and neither is `amount > -1000`.
  const isBound = isAmount(bound)
    ? !/^-/.test(bound.text)
    : /^min/i.test((bound.child('property') ?? bound).text);
  return isBound ? NOT_NEGATIVE : undefined;
}

const FLIPPED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** Whether what stands on the left is at most what stands on the right. */
function isUpper(operator: string, outcome: boolean): boolean {
  if (operator === '<' || operator === '<=') return outcome;
  if (operator === '>' || operator === '>=') return !outcome;
  return operator.startsWith('=') === outcome;
}

function isSizeOf(expression: Node, isMeant: (node: Node) => boolean): boolean {
  const node = unwrap(expression);
  if (isMeant(node)) return true;
  if (node.kind === 'member_expression') {
    const object = node.child('object');
    const isLength = /^(?:length|size|byteLength)$/.test(node.child('property')?.text ?? '');
    return isLength && object !== undefined && isMeant(object);
  }
  if (node.kind === 'unary_expression' && node.operator === '+') {
    const operand = node.child('argument');
    return operand !== undefined && isMeant(operand);
  }
  const call = node.kind === 'call_expression' ? callAt(node) : undefined;
  const isMeasured =
    /^(?:globalThis\.(?:Number|parseInt|parseFloat)|buffer\.Buffer\.byteLength|lodash\.size)$/;
  if (call) return isMeasured.test(call.name ?? '') && call.args[0] !== undefined && isMeant(call.args[0]);
  return false;
}

/** `text.slice(0, 100)`, `text.substr(2, MAX)`: what is left has a length that others do not decide on. */
export function isCutting({ args: [from, to] }: Call, method: string): boolean {
  if (!from || !/^(?:slice|substring|substr)$/.test(method)) return false;
  if (method === 'slice' && !to) return /^-\d/.test(from.text);
  if (!to) return false;
  return isAmount(from) && isAmount(to);
}

function isAmount(expression: Node): boolean {
  const value = resolvedValue(expression);
  return value.kind === 'number' || /^[A-Z][A-Z\d_]*$/.test((value.child('property') ?? value).text);
}
