/** Chains of `&&` and `||` of which one operand decides alone: `role === 'admin' || 'owner'`. */
import { around, comparisonOf, isCondition, isWholeChain, operandsOf } from './condition';
import { always, type ConstantCondition, conditionFix, insertion, otherOperator } from './constant-condition';
import type { Edit } from './fix';
import { callAt, type ItemFacts } from './item-facts';
import type { Kind } from './kind';
import { propertyName, unwrap } from './literal';
import type { Node } from './node';
import { expressionKey } from './same-expression';
import { constantString, initializerOf, resolvedValue } from './value';

const OBJECTS: ReadonlySet<Kind> = new Set<Kind>([
  'object',
  'array',
  'arrow_function',
  'function_expression',
  'regex',
]);

const TEXTS: ReadonlySet<Kind> = new Set<Kind>(['string', 'template_string', 'binary_expression']);

/** Between a comparison and what was to be compared as well there are no more operands than this. */
const MOST_BETWEEN = 100;

interface Chain {
  readonly node: Node;
  readonly operator: '&&' | '||';
  readonly operands: readonly Node[];
}

export function* constantOperands(facts: ItemFacts): Generator<ConstantCondition> {
  for (const node of facts.nodes('binary_expression')) {
    const { operator } = node;
    if ((operator !== '&&' && operator !== '||') || !isWholeChain(node)) continue;
    const chain: Chain = { node, operator, operands: operandsOf(node, operator) };
    yield* chosenValue(chain);
    yield* decidingOperand(chain);
    yield* lookedAtWhereMissing(chain);
  }
}

/** What a literal is as a condition; undefined for all that is not known. */
export function constantTruth(expression: Node): boolean | undefined {
  const node = literalOf(expression);
  switch (node.kind) {
    case 'true':
      return true;
    case 'false':
    case 'null':
    case 'undefined':
      return false;
    case 'number':
      return Number(node.text) !== 0;
    case 'unary_expression': {
      const operand = node.operator === '!' ? node.child('argument') : undefined;
      const inner = operand?.kind === 'number' ? constantTruth(operand) : undefined;
      return inner === undefined ? undefined : !inner;
    }
    default: {
      if (OBJECTS.has(node.kind)) return true;
      const text = TEXTS.has(node.kind) ? constantString(node) : undefined;
      return text === undefined ? undefined : text !== '';
    }
  }
}

/** A literal, or that of a variable: properties may be given other values where nobody sees it. */
function literalOf(expression: Node): Node {
  const node = unwrap(expression);
  if (node.kind !== 'identifier') return node;
  const { file } = node.item;
  const declaration = file.lookUp(node.text, node);
  const bound = declaration && initializerOf(declaration, file.nodeOf(declaration));
  return bound && bound.path.length === 0 ? unwrap(bound.value) : node;
}

/** `role === ('admin' || 'owner')`, `hasRole('admin' && 'owner')` */
function* chosenValue({ node, operator, operands }: Chain): Generator<ConstantCondition> {
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

/** `role === 'admin' || 'editor' && panel` */
function* uncomparedBeforeAnd({ node, operands }: Chain): Generator<ConstantCondition> {
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

/** Whether an operand is a value that was to be compared: a text, or a member of the enumeration compared before. */
function isLone(operands: readonly Node[], index: number): boolean {
  const operand = operands[index];
  if (!operand) return false;
  if (isLoneMember(operands, index)) return true;
  return (constantString(operand) ?? '') !== '' && resolvedValue(operand).kind !== 'number';
}

/** `role === Role.Admin || Role.Owner` */
function isLoneMember(operands: readonly Node[], index: number): boolean {
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

/** `role === 'admin' && 'owner'` */
function* uncomparedText({ node, operands }: Chain): Generator<ConstantCondition> {
  const index = operands.findIndex((operand) => (constantString(operand) ?? '') !== '');
  const former = operands[index - 1];
  const operand = operands[index];
  if (!operand || !former || !comparisonOf(former) || resolvedValue(operand).kind === 'number') return;
  const message =
    'A value alone is always true, so nothing is compared with it. Compare each value separately.';
  yield { at: operand, condition: node, message };
}

/** `role === 'admin' || 'owner'` becomes `role === 'admin' || role === 'owner'`. */
function comparedTexts({ operator, operands }: Chain): ReturnType<typeof conditionFix> {
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
  const { text } = node.item.file;
  if (comparison) {
    const { left, right, isEqual, node: whole } = comparison;
    if (
      !(constantString(right) || enumeration(right)) ||
      expressionKey(left) === undefined ||
      whole.kind !== 'binary_expression'
    )
      return undefined;
    return { before: text.slice(whole.start, right.start), after: '', isNegative: !isEqual };
  }
  const call = node.kind === 'call_expression' ? callAt(node) : undefined;
  const [first, ...rest] = call?.args ?? [];
  if (!first || rest.length > 0 || !constantString(first) || expressionKey(node) === undefined)
    return undefined;
  return {
    before: text.slice(node.start, first.start),
    after: text.slice(first.end, node.end),
    isNegative: false,
  };
}

function withoutOperand({ operator, operands }: Chain, index: number): ReturnType<typeof conditionFix> {
  const [operand, former, next] = [operands[index], operands[index - 1], operands[index + 1]];
  if (!operand) return undefined;
  const edit = former
    ? { start: former.end, end: operand.end, text: '' }
    : next && { start: operand.start, end: next.start, text: '' };
  return conditionFix(`Remove what is ${always(operator === '||')}`, [edit]);
}

/** `!user && user.role !== 'admin'`, `user || user.role === 'admin'` */
function* lookedAtWhereMissing({ node, operator, operands }: Chain): Generator<ConstantCondition> {
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
