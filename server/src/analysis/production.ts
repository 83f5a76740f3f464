/**
 * What holds in production: conditions on `NODE_ENV` and on names such as `isDev`, and code that such a
 * condition keeps out of production.
 */
import { propertyName, unwrap } from './literal';
import type { Node } from './node';
import { constantBoolean, constantString, resolvedValue } from './value';
import { wordsOf } from './words';

const PRODUCTION = new Set(['production', 'prod', 'live']);
const OTHER_STAGES = new Set([
  'development',
  'dev',
  'test',
  'testing',
  'local',
  'localhost',
  'staging',
  'ci',
]);
/** Words that may stand around a stage in the name of a condition: `isDevMode`, `runningInProduction`. */
const FILLERS = new Set(
  'is in are not non we running env environment mode node build the here app server only'.split(' '),
);

/** So many operands are looked at for one question: `var X = X || y` goes round in circles. */
const MOST_STEPS = 200;

interface Budget {
  left: number;
}

/** What a condition comes to in production; undefined where other things decide it. */
export function inProduction(condition: Node): boolean | undefined {
  return stageOf(condition, { left: MOST_STEPS });
}

function stageOf(condition: Node, budget: Budget): boolean | undefined {
  if (budget.left-- <= 0) return undefined;
  const node = resolvedValue(condition);
  // What a variable holds may say nothing, where its name does: `isProduction = settings.get('MODE') === '1'`.
  return ofValue(node, budget) ?? ofName(unwrap(condition));
}

function ofValue(node: Node, budget: Budget): boolean | undefined {
  const constant = constantBoolean(node);
  if (constant !== undefined) return constant;
  switch (node.kind) {
    case 'unary_expression': {
      const operand = node.operator === '!' ? node.child('argument') : undefined;
      const value = operand && stageOf(operand, budget);
      return value === undefined ? undefined : !value;
    }
    case 'binary_expression':
      return ofOperator(node, budget);
    case 'ternary_expression': {
      const tested = node.child('condition');
      const value = tested && stageOf(tested, budget);
      const branch = value === undefined ? undefined : node.child(value ? 'consequence' : 'alternative');
      return branch && stageOf(branch, budget);
    }
    case 'call_expression':
      return ofMembership(node) ?? ofPredicate(node.child('function'));
    default:
      return ofName(node);
  }
}

function ofOperator(node: Node, budget: Budget): boolean | undefined {
  const left = node.child('left');
  const right = node.child('right');
  if (!left || !right) return undefined;
  const { operator } = node;
  if (operator === '&&' || operator === '||') {
    const decisive = operator === '||';
    const [a, b] = [stageOf(left, budget), stageOf(right, budget)];
    if (a === decisive || b === decisive) return decisive;
    return a === undefined ? undefined : b;
  }
  const stage = constantString(right) ?? constantString(left);
  const isEqual = stage === undefined ? undefined : ofStage(stage);
  if (operator === '===' || operator === '==') return isEqual;
  return (operator === '!==' || operator === '!=') && isEqual !== undefined ? !isEqual : undefined;
}

function ofStage(stage: string): boolean | undefined {
  const word = stage.toLowerCase();
  if (PRODUCTION.has(word)) return true;
  return OTHER_STAGES.has(word) ? false : undefined;
}

/** `['development', 'test'].includes(process.env.NODE_ENV)` */
function ofMembership(call: Node): boolean | undefined {
  const callee = call.child('function');
  const list = callee?.kind === 'member_expression' ? callee.child('object') : undefined;
  if (!list || callee?.child('property')?.text !== 'includes') return undefined;
  const array = resolvedValue(list);
  if (array.kind !== 'array') return undefined;
  const stages = array.parts.map((part) => ofStage(constantString(part) ?? ''));
  if (stages.length === 0 || stages.includes(undefined)) return undefined;
  return stages.includes(true);
}

/** `isDevMode()`; not a verb that is a stage by chance, as in `pattern.test(x)` and `runner.ci()`. */
function ofPredicate(callee: Node | undefined): boolean | undefined {
  const words = nameWords(callee);
  return words.some((word) => FILLERS.has(word)) ? ofName(callee) : undefined;
}

function ofName(node: Node | undefined): boolean | undefined {
  const words = nameWords(node);
  const stages = words.flatMap((word) => ofStage(word) ?? []);
  const [stage] = stages;
  if (stage === undefined || stages.length + words.filter((word) => FILLERS.has(word)).length < words.length)
    return undefined;
  return words.includes('not') || words.includes('non') ? !stage : stage;
}

function nameWords(node: Node | undefined): readonly string[] {
  const named = node?.kind === 'member_expression' ? node.child('property') : node;
  const name = named && propertyName(named);
  return name === undefined ? [] : wordsOf(name);
}

/** Whether code may run in production: no condition around it, and no early exit before it, keeps it out. */
export function mayRunInProduction(node: Node): boolean {
  let inner = node;
  for (const outer of node.ancestors()) {
    if (isKeptOut(inner, outer)) return false;
    inner = outer;
  }
  return true;
}

function isKeptOut(inner: Node, outer: Node): boolean {
  switch (outer.kind) {
    case 'if_statement':
    case 'ternary_expression': {
      const condition = outer.child('condition');
      if (!condition || inner.field === 'condition') return false;
      return inProduction(condition) === (inner.field === 'alternative');
    }
    case 'binary_expression': {
      const left = outer.child('left');
      const { operator } = outer;
      if (!left || inner.field !== 'right' || (operator !== '&&' && operator !== '||')) return false;
      return inProduction(left) === (operator === '||');
    }
    case 'switch_case': {
      const stage = outer.child('value');
      return stage !== undefined && inner.field !== 'value' && ofStage(constantString(stage) ?? '') === false;
    }
    case 'pair':
      return inner.field === 'value' && isOtherStage(outer);
    case 'statement_block':
    case 'program':
      return outer.children.some((earlier) => earlier.start < inner.start && leavesProduction(earlier));
    default:
      return false;
  }
}

/** Whether a pair is for another stage than production: `development: { … }`, as knex and sequelize read it. */
export function isOtherStage(pair: Node): boolean {
  const key = pair.kind === 'pair' ? pair.child('key') : undefined;
  return key !== undefined && ofStage(propertyName(key) ?? '') === false;
}

/** `if (process.env.NODE_ENV === 'production') return;` */
function leavesProduction(statement: Node): boolean {
  const condition = statement.kind === 'if_statement' ? statement.child('condition') : undefined;
  const consequence = statement.child('consequence');
  return condition !== undefined && inProduction(condition) === true && isExit(consequence);
}

/** Whether a statement, or the last of a block, leaves the function or ends the process. */
export function isExit(statement: Node | undefined): boolean {
  const last = statement?.kind === 'statement_block' ? statement.parts.at(-1) : statement;
  if (last?.kind === 'return_statement' || last?.kind === 'throw_statement') return true;
  const call = last?.kind === 'expression_statement' ? last.parts[0] : undefined;
  const callee = call && unwrap(call).child('function');
  return callee?.kind === 'member_expression' && callee.child('property')?.text === 'exit';
}
