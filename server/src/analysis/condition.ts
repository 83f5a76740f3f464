/** Conditions: what an expression decides, and what a chain of `&&` or `||` is made of. */
import type { ItemFacts } from './item-facts';
import type { Kind } from './kind';
import { isWrapper, unwrap, wrapped } from './literal';
import { canonicalName } from './name';
import type { Node } from './node';

/** Statements that ask a condition. */
const ASKING: ReadonlySet<Kind> = new Set<Kind>([
  'if_statement',
  'while_statement',
  'do_statement',
  'for_statement',
  'ternary_expression',
]);

/** So far around an expression its statement is looked for; only generated chains are longer. */
const MOST_AROUND = 300;

export function isLogical(node: Node | undefined): boolean {
  return node?.kind === 'binary_expression' && (node.operator === '&&' || node.operator === '||');
}

/** What stands around an expression and its wrappers, and the outermost of these. */
export function around(expression: Node): { readonly outermost: Node; readonly parent: Node | undefined } {
  const outermost = wrapped(expression);
  return { outermost, parent: outermost.parent };
}

/** Whether only the truth of an expression counts: `if (x)`, `!x`, `if (a && x)`, `Boolean(x)`. */
export function isCondition(expression: Node): boolean {
  let steps = 0;
  for (let node = expression; ; ) {
    const { outermost, parent } = around(node);
    if (!parent || ++steps > MOST_AROUND) return false;
    if (isLogical(parent)) {
      node = parent;
      continue;
    }
    if (ASKING.has(parent.kind)) return isTested(outermost, parent);
    if (parent.kind === 'unary_expression') return parent.operator === '!';
    return parent.kind === 'arguments' && isBooleanCall(parent.parent);
  }
}

function isTested(expression: Node, asking: Node): boolean {
  // The grammar keeps the parentheses of a condition, and a `for` has a statement in its place.
  const condition = asking.child('condition');
  return condition !== undefined && unwrap(condition).is(unwrap(expression));
}

function isBooleanCall(call: Node | undefined): boolean {
  const callee = call?.child('function');
  return callee !== undefined && canonicalName(callee) === 'globalThis.Boolean';
}

/** The expressions of an item of which only the truth counts, the operands of `&&`, `||` and `!` apart. */
export function testedIn(facts: ItemFacts): readonly Node[] {
  return facts.once(collectTested);
}

function collectTested(facts: ItemFacts): readonly Node[] {
  const tested: Node[] = [];
  const seen = new Set<number>();
  const open: Node[] = [];
  for (const asking of facts.nodesOf(ASKING)) {
    const condition = asking.child('condition');
    if (condition) open.push(condition);
  }
  for (const node of facts.nodes('unary_expression')) if (node.operator === '!') open.push(node);
  for (let next = open.pop(); next; next = open.pop()) {
    const node = unwrap(next);
    const isOwn = node.item === facts.item;
    if (isOwn && seen.has(node.index)) continue;
    if (isOwn) seen.add(node.index);
    const inner = isLogical(node)
      ? [node.child('left'), node.child('right')]
      : node.kind === 'unary_expression' && node.operator === '!'
        ? [node.child('argument')]
        : undefined;
    if (inner) {
      for (const each of inner) if (each) open.push(each);
    } else if (isOwn) {
      tested.push(node.kind === 'expression_statement' ? (node.parts[0] ?? node) : node);
    }
  }
  return tested;
}

/** The whole condition that an expression is a part of. */
export function wholeCondition(expression: Node): Node {
  let whole = expression;
  for (let parent = whole.parent; parent; parent = parent.parent) {
    const isPart =
      isWrapper(parent) ||
      isLogical(parent) ||
      (parent.kind === 'unary_expression' && parent.operator === '!');
    if (!isPart) break;
    whole = parent;
  }
  return whole;
}

/** The operands of a chain: `a || (b || c)` has three. Other expressions are their own only operand. */
export function operandsOf(expression: Node, operator: '&&' | '||'): readonly Node[] {
  const operands: Node[] = [];
  const open = [expression];
  for (let next = open.pop(); next; next = open.pop()) {
    const node = unwrap(next);
    const isChain = node.kind === 'binary_expression' && node.operator === operator;
    const left = isChain ? node.child('left') : undefined;
    const right = isChain ? node.child('right') : undefined;
    if (left && right) open.push(right, left);
    else operands.push(next);
  }
  return operands;
}

/** Whether a chain is not itself an operand of the same chain. */
export function isWholeChain(chain: Node): boolean {
  const { parent } = around(chain);
  return parent?.kind !== 'binary_expression' || parent.operator !== chain.operator;
}

const COMPARING: ReadonlyMap<string, Pick<Comparison, 'isEqual' | 'isStrict'>> = new Map([
  ['===', { isEqual: true, isStrict: true }],
  ['!==', { isEqual: false, isStrict: true }],
  ['==', { isEqual: true, isStrict: false }],
  ['!=', { isEqual: false, isStrict: false }],
]);

/** A comparison of two values, and whether it asks for their being equal. */
export interface Comparison {
  readonly node: Node;
  readonly left: Node;
  readonly right: Node;
  readonly isEqual: boolean;
  readonly isStrict: boolean;
}

/** The comparison that an expression is: `===`, `!==`, `==`, `!=`; also negated, `!(a === b)`. */
export function comparisonOf(expression: Node): Comparison | undefined {
  const node = unwrap(expression);
  if (node.kind === 'unary_expression' && node.operator === '!') {
    const operand = node.child('argument');
    const inner = operand?.kind === 'parenthesized_expression' ? comparisonOf(operand) : undefined;
    return inner && { ...inner, node, isEqual: !inner.isEqual };
  }
  const sort = node.kind === 'binary_expression' ? COMPARING.get(node.operator) : undefined;
  if (!sort) return undefined;
  const [left, right] = [node.child('left'), node.child('right')];
  return left && right && { node, left, right, ...sort };
}
