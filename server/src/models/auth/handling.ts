/** The code that runs when a check has thrown: in `catch` and `finally`, and in callbacks. */
import { type Paths, pathsThrough } from '../../analysis/control-flow';
import type { Place } from '../../analysis/finding';
import type { Call, ItemFacts } from '../../analysis/item-facts';
import { FUNCTION_KINDS, type Kind } from '../../analysis/kind';
import { unwrap } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { checkIn, isCheck } from './check';
import { assignsWho, type Decision, decisionOf, isGrantingCall, isRefusal, valueDecision } from './decision';
import { type Guard, guardAround } from './guard';
import type { Opening } from './opening';

export interface Handling extends Opening {
  /** What may throw. */
  readonly check: Node;
  /** The word that ends the error: `catch`, `finally`, `if`. */
  readonly caught: Place;
  /** What the handler decides. */
  readonly paths: Paths<Decision>;
  /** Whether the code goes on behind the statement when the handler decides nothing. */
  readonly goesOn: boolean;
}

const STATEMENTS: ReadonlySet<Kind> = new Set<Kind>([
  'expression_statement',
  'return_statement',
  'lexical_declaration',
  'variable_declaration',
]);

/** The expression of a statement; of `return` alone the statement, of an arrow's body the body. */
export function expressionOf(node: Node): Node {
  return (STATEMENTS.has(node.kind) && node.parts[0]) || node;
}

export function* handlingsIn(facts: ItemFacts): Generator<Handling> {
  for (const statement of facts.nodes('try_statement')) yield* ofTry(statement);
  for (const call of facts.calls) {
    if (call.method === 'catch') yield* ofPromise(call);
    else yield* ofCallback(call);
  }
}

function* ofTry(statement: Node): Generator<Handling> {
  const guard = guardAround(statement);
  const check = guard && decisiveIn(statement, guard);
  if (!guard || !check) return;
  const common = { guard, check, statement };
  const finalizer = statement.child('finalizer');
  const last = finalizer && through(finalizer.child('body'), guard.form);
  // What `finally` decides holds, whatever is decided before.
  if (finalizer && last && !last.completes) {
    const caught = { in: finalizer, start: 0, end: 'finally'.length };
    yield { ...common, handler: finalizer, caught, paths: last, goesOn: false };
    return;
  }
  const handler = statement.child('handler');
  if (!handler) return;
  const caught = { in: handler, start: 0, end: 'catch'.length };
  yield { ...common, handler, caught, paths: through(handler.child('body'), guard.form), goesOn: true };
}

/** What in a `try` block decides who may pass: a check, or in a named guard whatever it is made of. */
function decisiveIn(statement: Node, guard: Guard): Node | undefined {
  const body = statement.child('body');
  const check = body && checkIn(body);
  if (!body || check || guard.says === 'nothing' || guard.says === 'mentions') return check;
  const nodes = [...body.walk()];
  const call = nodes.find(({ kind }) => kind === 'await_expression' || kind === 'call_expression');
  const decides = nodes.some((node) => {
    if (assignsWho(node) || isRefusal(node, guard.form)) return true;
    const decision = decisionOf(node, guard.form);
    return decision === 'grants' || (decision === 'unclear' && guard.form === 'predicate');
  });
  if (!call || !decides) return undefined;
  const isCheckedBefore = [...guard.function.walk()].some(
    (node) => node.end <= statement.start && isCheck(node),
  );
  return isCheckedBefore ? undefined : call;
}

/** `verify(token).catch(() => next())`, `isAdmin(user).catch(() => true)` */
function* ofPromise(call: Call): Generator<Handling> {
  const caught = call.callee.child('property');
  const promise = call.callee.child('object');
  const check = promise && checkIn(promise);
  const [callback] = call.args;
  if (!caught || !promise || !check || !callback) return;
  const handler = resolvedValue(callback);
  const body = handler.child('body');
  if (!body && !/^globalThis\.console\b/.test(canonicalName(handler) ?? '')) return;
  const paths = answers(body);
  const grant = paths.decided.findLast(({ decision }) => decision === 'grants');
  const statement = call.node.enclosing(STATEMENTS) ?? call.node;
  const goesOn = statement.kind === 'expression_statement';
  // Any other answer than a call that goes on is the answer of the check itself, in a guard or not.
  const isAnswer = grant !== undefined && !isGrantingCall(expressionOf(grant.node));
  const within = call.node.enclosingFunction ?? handler;
  const guard: Guard | undefined = isAnswer
    ? { function: within, form: 'predicate', says: 'insists' }
    : guardAround(call.node);
  if (!guard || (isAnswer && !isCheck(unwrap(promise)))) return;
  yield { guard, check, handler, caught, statement, paths, goesOn };
}

/** What a callback answers. */
function answers(body: Node | undefined): Paths<Decision> {
  if (!body || body.kind === 'statement_block') return through(body, 'predicate');
  const decision = valueDecision(body, 'predicate');
  if (decision === 'unclear') return { decided: [], completes: true };
  return { decided: [{ node: body, decision }], completes: false };
}

/** A function, or what may stand for one. */
const MAY_BE_CALLBACK: ReadonlySet<Kind> = new Set<Kind>([
  ...FUNCTION_KINDS,
  'identifier',
  'member_expression',
]);

/** `verify(token, key, (err, user) => { if (err) … })` */
function* ofCallback(call: Call): Generator<Handling> {
  const last = call.args.at(-1);
  if (!last || !MAY_BE_CALLBACK.has(unwrap(last).kind)) return;
  const callback = resolvedValue(last);
  const body = callback.child('body');
  const [parameter] = callback.child('parameters')?.parts ?? [];
  const error = (parameter?.child('pattern') ?? parameter)?.text ?? '';
  if (body?.kind !== 'statement_block' || !wordsOf(error).some((word) => /^(?:e|err|error)$/.test(word)))
    return;
  if (!isCheck(call.node)) return;
  const statement = body.parts.find(({ kind }) => kind === 'if_statement');
  const condition = statement?.child('condition');
  const handler = statement?.child('consequence');
  const guard = statement && guardAround(statement);
  if (!statement || !condition || !handler || unwrap(condition).text !== error || !guard) return;
  const caught = { in: statement, start: 0, end: 'if'.length };
  const paths = pathsThrough([handler], (node) => decisionOf(node, guard.form));
  const goesOn = statement.child('alternative') === undefined;
  yield { guard, check: call.callee, handler, caught, statement, paths, goesOn };
}

function through(body: Node | undefined, form: Guard['form']): Paths<Decision> {
  return pathsThrough(body?.parts ?? [], (node) => decisionOf(node, form));
}
