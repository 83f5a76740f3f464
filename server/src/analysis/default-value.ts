/** What is taken where something is missing: `a || b`, `a ? a : b`, `{ a = b } = c`, `a ||= b`, `if (!a) a = b`. */
import { operandsOf } from './condition';
import type { ItemFacts } from './item-facts';
import { unwrap } from './literal';
import type { Node } from './node';
import { resolvedValue } from './value';

export interface DefaultValue {
  /** What may be missing, in the order in which it is tried; in a pattern the name that is bound. */
  readonly tried: readonly Node[];
  /** What is taken instead. */
  readonly value: Node;
  /** All of it: an expression, a part of a pattern, or an assignment. */
  readonly node: Node;
}

/** All places of an item where something missing gets a value. */
export function defaultValues(facts: ItemFacts): readonly DefaultValue[] {
  return facts.once(collect);
}

function collect(facts: ItemFacts): readonly DefaultValue[] {
  return [...defaultsIn(facts)];
}

function* defaultsIn(facts: ItemFacts): Generator<DefaultValue> {
  for (const node of facts.nodes('binary_expression')) {
    if (!isOr(node)) continue;
    const [left, value] = [node.child('left'), node.child('right')];
    const tried = left && value ? operands(left) : undefined;
    if (tried && value) yield { tried, value, node };
  }
  for (const node of facts.nodes('ternary_expression')) {
    const [condition, full, empty] = (['condition', 'consequence', 'alternative'] as const).map((field) =>
      node.child(field),
    );
    if (!condition || !full || !empty) continue;
    const isMissing = saysMissing(condition);
    const [tried, value] = isMissing ? [empty, full] : [full, empty];
    if (mentions(condition, tried)) yield { tried: [tried], value, node };
  }
  for (const node of facts.nodesOf(['object_assignment_pattern', 'assignment_pattern'])) {
    const [left, value] = [node.child('left'), node.child('right')];
    if (left && value) yield { tried: [left], value, node };
  }
  for (const node of facts.nodes('augmented_assignment_expression')) {
    const { operator } = node;
    if (operator !== '||=' && operator !== '??=') continue;
    const [left, value] = [node.child('left'), node.child('right')];
    if (left && value) yield { tried: [held(left)], value, node };
  }
  for (const statement of facts.nodes('if_statement')) yield* assignedWhereMissing(statement);
}

function isOr(node: Node): boolean {
  return node.kind === 'binary_expression' && (node.operator === '||' || node.operator === '??');
}

/** More alternatives than this are no default; generated code has thousands. */
const MOST_TRIED = 10;

/** The operands of a chain, in their order; undefined where there are too many. */
function operands(node: Node): readonly Node[] | undefined {
  const found: Node[] = [];
  const open: Node[] = [node];
  for (let next = open.pop(); next; next = open.pop()) {
    const inner = unwrap(next);
    const [left, right] = [inner.child('left'), inner.child('right')];
    if (isOr(inner) && left && right) open.push(right, left);
    else found.push(inner);
    if (found.length + open.length > MOST_TRIED) return undefined;
  }
  return found;
}

/** `if (!a) a = b;` */
function* assignedWhereMissing(statement: Node): Generator<DefaultValue> {
  const condition = statement.child('condition');
  const body = statement.child('consequence');
  if (!condition || !body || !saysMissing(condition)) return;
  const statements = body.kind === 'statement_block' ? body.parts : [body];
  for (const each of statements) {
    const node = each.kind === 'expression_statement' ? each.parts[0] : undefined;
    const left = node?.kind === 'assignment_expression' ? node.child('left') : undefined;
    const value = node?.child('right');
    // `if (!done) { done = true; begin(); }` is a step, and not a default.
    if (value && statements.length > 1 && resolvedValue(value).kind === 'true') continue;
    if (node && left && value && mentions(condition, left)) yield { tried: [held(left)], value, node };
  }
}

/** Whether a condition holds where something is missing: `!a`, `a === undefined`, `a == null`. */
function saysMissing(condition: Node): boolean {
  const node = unwrap(condition);
  if (node.kind === 'unary_expression') return node.operator === '!';
  if (node.kind !== 'binary_expression') return false;
  const { operator } = node;
  if (operator === '||') return operandsOf(node, '||').some(saysMissing);
  return operator === '===' || operator === '==';
}

function mentions(condition: Node, part: Node): boolean {
  const { text } = unwrap(part);
  return [...condition.walk()].some((node) => node.kind === unwrap(part).kind && node.text === text);
}

/** What a variable that is assigned to was declared with; anything else is itself. */
function held(target: Node): Node {
  if (target.kind !== 'identifier') return target;
  const { file } = target.item;
  const declaration = file.lookUp(target.text, target);
  const declarator = declaration && file.nodeOf(declaration).parent;
  return (declarator?.kind === 'variable_declarator' && declarator.child('value')) || target;
}
