import { type Decided, type Paths, pathsThrough, statementsAfter } from '../../analysis/control-flow';
import type { RelatedReport, Report } from '../../analysis/finding';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { checkIn } from '../../models/auth/check';
import { type Decision, decisionOf } from '../../models/auth/decision';
import { denialFixes } from '../../models/auth/denial-fix';
import { expressionOf, type Handling, handlingsIn } from '../../models/auth/handling';
import { confidenceOf } from '../../models/auth/opening';
import { runtimeOf } from '../../models/runtime';

const IN_CATCH = 'When the check throws, access is granted. Deny in the catch block.';
const IN_CALLBACK = 'When the check fails, access is granted. Deny where the error arrives.';
const IN_FINALLY = '`finally` grants access also when the check throws. Grant at the end of the `try` block.';

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
    const reports = [...handlingsIn(facts)].flatMap((handling) => [...reportsOf(handling)]);
    // What a browser shows or hides is no guard. Asked last, as the whole file is looked at.
    if (reports.length > 0 && runtimeOf(facts.file) !== 'client') yield* reports;
  },
};

function* reportsOf(handling: Handling): Generator<Report> {
  const grant = grantIn(handling.paths);
  if (grant) yield* reportOf(handling, grant);
  else if (handling.goesOn) yield* goingOn(handling);
}

function grantIn({ decided }: Paths<Decision>): Decided<Decision> | undefined {
  return decided.findLast(({ decision }) => decision === 'grants');
}

/** The handler lets nobody pass, but the code goes on, so what stands behind the statement decides. */
function* goingOn(handling: Handling): Generator<Report> {
  const { guard, caught, statement, paths: handled } = handling;
  const after = statementsAfter(statement);
  if (!after || !handled.completes || handled.decided.some(({ decision }) => decision === 'unclear')) return;
  if (after.some((node) => checkIn(node))) return;
  const paths = pathsThrough(after, (node) => keptGrant(node, handling) ?? decisionOf(node, guard.form));
  if (paths.decided.some(({ decision }) => decision !== 'grants')) return;
  const grant = grantIn(paths);
  if (grant && !paths.completes) {
    yield* reportOf(handling, grant, { at: caught, message: 'The error ends here.' });
  }
  // A hook of Fastify that sends nothing lets the request go on.
  if (!grant && guard.form === 'hook') yield* reportOf(handling, undefined);
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
  ...more: readonly RelatedReport[]
): Generator<Report> {
  const confidence = confidenceOf(handling, grant?.node);
  if (!confidence) return;
  const { check, caught, handler, statement } = handling;
  const at = grant ? expressionOf(grant.node) : caught;
  const isCallback = statement.kind === 'if_statement';
  const message = handler.kind === 'finally_clause' ? IN_FINALLY : isCallback ? IN_CALLBACK : IN_CATCH;
  const related = [{ at: check, message: isCallback ? 'This may fail.' : 'This may throw.' }, ...more];
  yield { at, message, confidence, related, fixes: () => denialFixes(handling, grant?.node) };
}
