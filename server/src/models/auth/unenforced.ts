/** Denials that stop nothing: the code goes on behind them, or they do nothing by themselves. */
import { around } from '../../analysis/condition';
import { runsAfter } from '../../analysis/control-flow';
import { callAt, type ItemFacts } from '../../analysis/item-facts';
import { FUNCTION_KINDS, type Kind } from '../../analysis/kind';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { usesOf } from '../../analysis/uses';
import { constantString } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { isConsoleCall } from '../output';
import { SETTING_STATUS } from '../refusals';
import { decidesAccess } from './access-decision';
import { isCheck } from './check';
import { chainOf, type Denial, denialAt, isResponseName } from './denial';
import { isNext } from './guard';

export interface Unenforced {
  readonly denial: Denial;
  /**
   * - `goes-on`: what stands behind it runs as well.
   * - `made`: an answer or an error that is neither returned nor thrown.
   * - `callback`: it leaves only a callback of what is around.
   * - `unawaited`: it is thrown where nobody waits for it.
   */
  readonly why: 'goes-on' | 'made' | 'callback' | 'unawaited';
  /** What runs although somebody was turned away. */
  readonly work?: Node;
  /** Whether what runs needs rights for sure: the next handler, an answer, something that is waited for. */
  readonly isSure: boolean;
}

/** Statements under which another runs only sometimes. */
const CONDITIONS: ReadonlySet<Kind> = new Set<Kind>([
  'if_statement',
  'switch_statement',
  'catch_clause',
  'ternary_expression',
]);

export function* unenforcedIn(facts: ItemFacts): Generator<Unenforced> {
  for (const statement of facts.nodesOf(['expression_statement', 'return_statement', 'throw_statement'])) {
    if (!standsUnderCondition(statement)) continue;
    const denial = denialIn(statement);
    const condition = denial && conditionOf(denial);
    if (!denial || !condition) continue;
    // Asked last: it looks around.
    const found = unenforced(denial, condition);
    if (found && (denial.isPlain || decides(condition))) yield found;
  }
}

/** Also `user || res.sendStatus(401)`, as a statement. */
function denialIn(statement: Node): Denial | undefined {
  const found = denialAt(statement);
  const chain = statement.kind === 'expression_statement' ? statement.parts[0] : undefined;
  const right =
    chain && unwrap(chain).kind === 'binary_expression' ? unwrap(chain).child('right') : undefined;
  if (found || !right) return found;
  return denialAt(statement, right);
}

/** The nearest condition of its function that a denial stands under. */
function conditionOf({ node, expression }: Denial): Node | undefined {
  if (!node.parts[0]?.is(expression) && unwrap(node.parts[0] ?? node).kind === 'binary_expression') {
    const left = unwrap(node.parts[0] ?? node).child('left');
    if (left) return left;
  }
  const outer = conditionalAround(node);
  return outer?.kind === 'if_statement' ? (outer.child('condition') ?? outer) : outer;
}

function conditionalAround(statement: Node): Node | undefined {
  for (let outer = statement.parent; outer; outer = outer.parent) {
    if (FUNCTION_KINDS.has(outer.kind)) return undefined;
    if (CONDITIONS.has(outer.kind)) return outer;
  }
  return undefined;
}

/** Asked before anything else: most statements stand under none. */
function standsUnderCondition(statement: Node): boolean {
  const [first] = statement.parts;
  return first !== undefined && (isChain(first) || conditionalAround(statement) !== undefined);
}

function isChain(expression: Node): boolean {
  return unwrap(expression).kind === 'binary_expression';
}

function decides(condition: Node): boolean {
  return (
    condition.kind !== 'switch_statement' &&
    condition.kind !== 'catch_clause' &&
    decidesAccess(unwrap(condition))
  );
}

function unenforced(denial: Denial, condition: Node): Unenforced | undefined {
  switch (denial.how) {
    case 'makes-answer':
    case 'makes-error':
      return { denial, why: 'made', isSure: true };
    case 'answers':
    case 'passes': {
      const work = workAfter(denial.node, condition);
      if (work && isStoppedByFramework(denial, work.work)) return undefined;
      if (work) return { denial, why: 'goes-on', ...work, isSure: work.isSure && !denial.isByHelper };
      return leftCallback(denial, condition);
    }
    case 'returns':
      return leftCallback(denial, condition);
    case 'throws':
      return unawaited(denial);
  }
}

/** Fastify calls no further hook once a reply was sent. */
function isStoppedByFramework({ expression }: Denial, work: Node): boolean {
  const call = callAt(expression);
  return call !== undefined && /reply$/i.test(chainOf(call).root.text) && isNextCall(work);
}

/** What runs behind a statement although somebody was turned away. */
function workAfter(
  statement: Node,
  condition: Node,
): { readonly work: Node; readonly isSure: boolean } | undefined {
  const known = namesIn(condition);
  for (const name of assignedBeside(statement)) known.add(name);
  let first: Node | undefined;
  for (const next of runsAfter(statement)) {
    if (/\bheadersSent\b|\bwritableEnded\b|\bsent\b/.test(next.text.slice(0, 200))) return undefined;
    const asked = next.kind === 'if_statement' ? next.child('condition') : undefined;
    // What is asked again is decided again: `if (!user) deny(); if (user) …`
    const isAskedAgain = asked !== undefined && [...namesIn(asked)].some((name) => known.has(name));
    if (isAskedAgain && !leaves(next)) continue;
    if (isAskedAgain) return undefined;
    for (const work of worksIn(next)) {
      if (isSureWork(work) && asked === undefined) return { work, isSure: true };
      first ??= work;
    }
  }
  return first && { work: first, isSure: false };
}

function leaves(statement: Node): boolean {
  return [...statement.walkOwn()].some(
    ({ kind }) => kind === 'return_statement' || kind === 'throw_statement',
  );
}

/** The names in a condition, apart from those of the request itself. */
function namesIn(condition: Node): Set<string> {
  const names = new Set<string>();
  for (const node of condition.walkOwn()) {
    if (node.kind !== 'identifier' && node.kind !== 'property_identifier') continue;
    if (
      !/^(?:req|request|res|response|ctx|context|this|user|body|params|query|headers)$/.test(node.text) ||
      node.parent?.kind !== 'member_expression'
    )
      names.add(node.text);
  }
  return names;
}

/** `isHandled = true` beside a denial, which is asked later. */
function assignedBeside(statement: Node): readonly string[] {
  const siblings = statement.parent?.kind === 'statement_block' ? statement.parent.parts : [];
  return siblings.flatMap((each) => {
    const inner = each.kind === 'expression_statement' ? each.parts[0] : undefined;
    const left = inner?.kind === 'assignment_expression' ? inner.child('left') : undefined;
    return left?.kind === 'identifier' ? [left.text] : [];
  });
}

/** What is done for somebody in a statement: calls, but not for the log, nor those that refuse. */
function* worksIn(statement: Node): Generator<Node> {
  if (refuses(statement)) return;
  for (const node of statement.walk((inner) => !FUNCTION_KINDS.has(inner.kind) && !refuses(inner))) {
    if (node.kind === 'await_expression' || (node.kind === 'call_expression' && !isBeside(node))) yield node;
  }
}

function refuses(statement: Node): boolean {
  const denial = denialAt(statement);
  return denial !== undefined && (denial.isPlain || denial.how === 'passes' || isErrorAnswer(denial));
}

/** `res.status(500).json(…)`: an answer that gives nothing away. */
function isErrorAnswer({ expression }: Denial): boolean {
  const call = callAt(expression);
  const status = call && chainOf(call).members.find(({ name }) => SETTING_STATUS.has(name))?.args[0];
  return status !== undefined && Number(constantString(status)) >= 400;
}

const BESIDE = new Set(
  'log logger console debug info warn error trace end release close finish count increment timing clear metrics span audit'.split(
    ' ',
  ),
);

/** Calls that belong to any way out: logs, measurements, giving things back. */
function isBeside(node: Node): boolean {
  const call = callAt(node);
  if (!call || isConsoleCall(node)) return true;
  const { root, members } = chainOf(call);
  if (isResponseName(root) && members.every(({ args }) => args.length === 0)) return true;
  const words =
    members.length > 0
      ? [...wordsOf(root.text), ...wordsOf(members[0]?.name ?? '')]
      : wordsOf(call.callee.text);
  if (!isResponseName(root) && words.some((word) => BESIDE.has(word))) return true;
  return /^(?:String|Number|Boolean|JSON|Object|Array|Math|Date)\b/.test(call.callee.text);
}

/** Whether what runs is more than bookkeeping: the next handler, an answer, something that is waited for. */
function isSureWork(node: Node): boolean {
  if (node.kind === 'await_expression') return true;
  const call = callAt(node);
  if (!call) return false;
  if (call.callee.kind === 'identifier' && isNext(call.callee.text)) return true;
  return isResponseName(chainOf(call).root) || node.parent?.kind === 'await_expression';
}

/** `items.forEach((item) => { if (…) return res.sendStatus(403); })`, `jwt.verify(token, key, (err) => …)` */
function leftCallback(denial: Denial, condition: Node): Unenforced | undefined {
  const found = callbackOf(denial.node);
  if (!found) return undefined;
  const { call, statement } = found;
  const name = call.child('function')?.child('property')?.text ?? '';
  const isLoop = /^(?:forEach|map)$/.test(name);
  if (!isLoop && !isCheck(call)) return undefined;
  const work = workAfter(statement, condition);
  if (!work || (!isLoop && !isNextCall(work.work))) return undefined;
  return { denial, why: 'callback', ...work };
}

function isNextCall(node: Node): boolean {
  const callee = callAt(node)?.callee;
  return callee?.kind === 'identifier' && isNext(callee.text);
}

/** `items.forEach(async (item) => { if (…) throw new ForbiddenError(); })` */
function unawaited(denial: Denial): Unenforced | undefined {
  const found = callbackOf(denial.node);
  if (!found || found.call.child('function')?.child('property')?.text !== 'forEach') return undefined;
  return found.callback.hasKeyword('async') ? { denial, why: 'unawaited', isSure: true } : undefined;
}

/** The call that a statement's function is handed to, where it is a statement of its own. */
function callbackOf(
  node: Node,
): { readonly callback: Node; readonly call: Node; readonly statement: Node } | undefined {
  const callback = node.enclosingFunction;
  if (!callback) return undefined;
  let { parent } = around(callback);
  if (parent?.kind === 'variable_declarator') {
    // A callback with a name, which is handed on once.
    const name = parent.child('name');
    const declaration = name && name.item.file.lookUp(name.text, name);
    const uses = declaration ? usesOf(declaration, node.item.file) : [];
    parent = uses.length === 1 && uses[0] ? around(uses[0]).parent : undefined;
  }
  const call = parent?.kind === 'arguments' ? parent.parent : undefined;
  const statement = call && around(call).parent;
  if (call?.kind !== 'call_expression' || statement?.kind !== 'expression_statement') return undefined;
  return { callback, call, statement };
}
