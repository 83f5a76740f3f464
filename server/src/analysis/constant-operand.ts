/** Chains of `&&` and `||` of which one operand decides alone: `role === 'admin' || 'owner'`. */
import { type Chain, chainAt } from './chain';
import { around, comparisonOf, isCondition } from './condition';
import { always, type ConstantCondition, conditionFix } from './constant-condition';
import type { ItemFacts } from './item-facts';
import { unwrap } from './literal';
import { constantTruth } from './literal-truth';
import {
  chosenValue,
  comparedTexts,
  isLone,
  isLoneMember,
  uncomparedBeforeAnd,
  uncomparedText,
} from './lone-value';
import type { Node } from './node';
import { lookedAtWhereMissing } from './read-of-nothing';
import { constantString, resolvedValue } from './value';

export function* constantOperands(facts: ItemFacts): Generator<ConstantCondition> {
  for (const node of facts.nodes('binary_expression')) {
    const chain = chainAt(node);
    if (!chain) continue;
    yield* chosenValue(chain);
    yield* decidingOperand(chain);
    yield* lookedAtWhereMissing(chain);
  }
}

/** `role === 'admin' || 'owner'`, `isAdmin || true`, `false && !isAdmin` */
function* decidingOperand(chain: Chain): Generator<ConstantCondition> {
  const { node, operator, operands } = chain;
  if (operator === '||') yield* uncomparedBeforeAnd(chain);
  const index = operands.findIndex(
    (operand, i) => constantTruth(operand) === (operator === '||') || isLoneMember(operands, i),
  );
  const operand = operands[index];
  const isAsked = isCondition(node);
  if (!operand) {
    if (isAsked && operator === '&&') yield* uncomparedText(chain);
    return;
  }
  const isText = isLone(operands, index);
  const former = operands[index - 1];
  if (isText && operator === '&&') return;
  if (!isAsked && !(isText && former && comparisonOf(former) && isWord(operand)) && !isAnswer(node)) return;
  if (!isAsked && operands.every((each) => constantTruth(each) !== undefined)) return;
  const message = isText
    ? 'A value alone is always true, and so is this condition. Compare each value separately.'
    : `This condition is ${always(operator === '||')} because of this part. Remove it, or compare it with something.`;
  const fix = () => (isText ? comparedTexts(chain) : withoutOperand(chain, index));
  // A switch with a name may be off on purpose.
  const confidence = isText || unwrap(operand).kind !== 'identifier' ? 'high' : 'medium';
  yield { at: operand, condition: node, message, confidence, fix };
}

/** A text that is no word, such as an address, is a value to go on with. */
function isWord(operand: Node): boolean {
  return /^\w[\w:. -]*$/.test(constantString(operand) ?? 'member');
}

/** `return isAdmin(user) || true;` */
function isAnswer(chain: Node): boolean {
  const last = chain.child('right');
  return (
    around(chain).parent?.kind === 'return_statement' &&
    last !== undefined &&
    resolvedValue(last).kind === 'true'
  );
}

function withoutOperand({ operator, operands }: Chain, index: number): ReturnType<typeof conditionFix> {
  const [operand, former, next] = [operands[index], operands[index - 1], operands[index + 1]];
  if (!operand) return undefined;
  const edit = former
    ? { start: former.end, end: operand.end, text: '' }
    : next && { start: operand.start, end: next.start, text: '' };
  return conditionFix(`Remove what is ${always(operator === '||')}`, [edit]);
}
