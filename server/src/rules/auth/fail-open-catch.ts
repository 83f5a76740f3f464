import { type Decided, type Paths, pathsThrough, statementsAfter } from '../../analysis/control-flow';
import type { Place, RelatedReport, Report } from '../../analysis/finding';
import type { ItemFacts } from '../../analysis/item-facts';
import type { Kind } from '../../analysis/kind';
import { unwrap } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { resolvedValue } from '../../analysis/value';
import { checkIn, isCheck } from '../../models/auth/check';
import {
  assignsWho,
  type Decision,
  decisionOf,
  isGrantingCall,
  isRefusal,
  valueDecision,
} from '../../models/auth/decision';
import { denialFixes } from '../../models/auth/denial-fix';
import { type Guard, guardAround } from '../../models/auth/guard';
import { confidenceOf, type Opening } from '../../models/auth/opening';
import { runtimeOf } from '../../models/runtime';

const CAUGHT = 'When the check throws, access is granted. Deny in the catch block.';
const IN_FINALLY = '`finally` grants access also when the check throws. Grant at the end of the `try` block.';

const STATEMENTS: ReadonlySet<Kind> = new Set<Kind>([
  'expression_statement',
  'return_statement',
  'lexical_declaration',
  'variable_declaration',
]);

/** An opening, with what is shown of it. */
interface Handling extends Opening {
  /** What may throw. */
  readonly check: Node;
  /** The word `catch`. */
  readonly caught: Place;
}

export const failOpenCatch: Rule = {
  id: 'auth/fail-open-catch',
  title: 'A check of who may pass lets everybody pass when it throws',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-636', 'CWE-755'],
  owasp: ['A10:2025'],
  fixable: true,

  *check(facts) {
    const reports = [...tryReports(facts), ...callbackReports(facts)];
    // What a browser shows or hides is no guard. Asked last, as the whole file is looked at.
    if (reports.length > 0 && runtimeOf(facts.file) !== 'client') yield* reports;
  },
};

function* tryReports(facts: ItemFacts): Generator<Report> {
  for (const statement of facts.nodes('try_statement')) {
    const guard = guardAround(statement);
    const check = guard && decisiveIn(statement, guard);
    if (!guard || !check) continue;
    const finalizer = statement.child('finalizer');
    const last = finalizer && through(finalizer.child('body'), guard.form);
    const handler = statement.child('handler');
    const related = handler ?? finalizer ?? statement;
    const caught = { in: related, start: 0, end: 'catch'.length };
    const handling = { guard, check, handler: related, caught, statement };
    const always = last && !last.completes ? grantOf(last) : undefined;
    if (always) yield* reportOf({ ...handling, handler: finalizer ?? related }, always, IN_FINALLY);
    else if (handler && last?.completes !== false) {
      const paths = through(handler.child('body'), guard.form);
      const grant = grantOf(paths);
      yield* grant ? reportOf(handling, grant, CAUGHT) : goingOn(handling, paths);
    }
  }
}

function through(body: Node | undefined, form: Guard['form']): Paths<Decision> {
  return pathsThrough(body?.parts ?? [], (node) => decisionOf(node, form));
}

function grantOf({ decided }: Paths<Decision>): Decided<Decision> | undefined {
  return decided.findLast(({ decision }) => decision === 'grants');
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

/** The handler decides nothing, so what stands behind the statement decides. */
function* goingOn(handling: Handling, handled: Paths<Decision>): Generator<Report> {
  const { guard, caught, statement } = handling;
  const after = statementsAfter(statement);
  if (!after || !handled.completes || handled.decided.length > 0) return;
  if (after.some((node) => checkIn(node))) return;
  const paths = pathsThrough(after, (node) => keptGrant(node, handling) ?? decisionOf(node, guard.form));
  if (paths.decided.some(({ decision }) => decision !== 'grants')) return;
  const grant = grantOf(paths);
  if (grant && !paths.completes) {
    yield* reportOf(handling, grant, CAUGHT, { at: caught, message: 'The error ends here.' });
  }
  // A hook of Fastify that sends nothing lets the request go on.
  if (!grant && guard.form === 'hook') yield* reportOf(handling, undefined, CAUGHT);
}

/** `let allowed = true` before the `try` block, and `return allowed` behind it. */
function keptGrant(statement: Node, { guard, handler }: Handling): Decision | undefined {
  const [returned] = statement.kind === 'return_statement' ? statement.parts : [];
  const value = returned && unwrap(returned);
  if (guard.form !== 'predicate' || value?.kind !== 'identifier') return undefined;
  const { file } = value.item;
  const declaration = file.lookUp(value.text, value);
  const declarator = declaration && file.nodeOf(declaration).parent;
  const initial = declarator?.kind === 'variable_declarator' ? declarator.child('value') : undefined;
  const isSet = [...handler.walk()].some(
    (node) => node.kind === 'assignment_expression' && node.child('left')?.text === value.text,
  );
  return initial && !isSet && unwrap(initial).kind === 'true' ? 'grants' : undefined;
}

function* reportOf(
  handling: Handling,
  grant: Decided<Decision> | undefined,
  message: string,
  ...more: readonly RelatedReport[]
): Generator<Report> {
  const confidence = confidenceOf(handling, grant?.node);
  if (!confidence) return;
  const { check, caught } = handling;
  const at = grant ? expressionOf(grant.node) : caught;
  const related = [{ at: check, message: 'This may throw.' }, ...more];
  yield { at, message, confidence, related, fixes: () => denialFixes(handling, grant?.node) };
}

/** The expression of a statement; of `return` alone the statement, of an arrow's body the body. */
function expressionOf(node: Node): Node {
  return (STATEMENTS.has(node.kind) && node.parts[0]) || node;
}

/** `verify(token).catch(() => next())`, `isAdmin(user).catch(() => true)` */
function* callbackReports(facts: ItemFacts): Generator<Report> {
  for (const call of facts.calls) {
    const caught = call.callee.child('property');
    const promise = caught?.text === 'catch' ? call.callee.child('object') : undefined;
    const check = promise && checkIn(promise);
    const [callback] = call.args;
    if (!caught || !promise || !check || !callback) continue;
    const handler = resolvedValue(callback);
    const body = handler.child('body');
    if (!body && !/^globalThis\.console\b/.test(canonicalName(handler) ?? '')) continue;
    const paths = handled(body);
    const answer = grantOf(paths);
    const guard = guardAround(call.node);
    const statement = call.node.enclosing(STATEMENTS) ?? call.node;
    if (answer && !isGrantingCall(expressionOf(answer.node))) {
      // The answer of the check itself, in a guard or not.
      const within = call.node.enclosingFunction ?? handler;
      const asked: Guard = { function: within, form: 'predicate', says: 'insists' };
      const handling = { guard: asked, check, handler, caught, statement };
      if (isCheck(unwrap(promise))) yield* reportOf(handling, answer, CAUGHT);
    } else if (guard && answer) {
      yield* reportOf({ guard, check, handler, caught, statement }, answer, CAUGHT);
    } else if (guard && statement.kind === 'expression_statement') {
      yield* goingOn({ guard, check, handler, caught, statement }, paths);
    }
  }
}

function handled(body: Node | undefined): Paths<Decision> {
  if (!body || body.kind === 'statement_block') return through(body, 'predicate');
  const decision = valueDecision(body, 'predicate');
  if (decision === 'unclear') return { decided: [], completes: true };
  return { decided: [{ node: body, decision }], completes: false };
}
