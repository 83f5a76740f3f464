/** Where a guard may let somebody pass although a check has thrown, and how sure it is that it should not. */
import type { Confidence } from '../../analysis/finding';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { resolvedValue } from '../../analysis/value';
import { assignsWho, decisionOf, isRefusal } from './decision';
import type { Guard } from './guard';

export interface Opening {
  readonly guard: Guard;
  /** What runs after the error: the `catch` or `finally` clause, a callback, the branch of an `if`. */
  readonly handler: Node;
  /** The statement with the check, behind which the code goes on. */
  readonly statement: Node;
}

/**
 * Undefined where the guard goes on without a login on purpose.
 *
 * @param grant the statement that lets pass, if it is one.
 */
export function confidenceOf(
  { guard, handler, statement }: Opening,
  grant: Node | undefined,
): Confidence | undefined {
  const others = [...guard.function.walk()].filter((node) => !handler.contains(node));
  const refuses = others.some((node) => isRefusal(node, guard.form) && DENIAL.test(node.text));
  const isStrict = guard.says === 'insists' || refuses;
  const condition = grant && handler.contains(grant) ? conditionOf(grant, handler) : undefined;
  const refusals = [...handler.walk()].filter((node) => isRefusal(node, guard.form));
  if (refusals.length > 0 && !condition && !refusals.every((node) => isForError(node, handler)))
    return undefined;
  const forgets = [...handler.walk()].some((node) => isNobody(assignsWho(node)));
  if (condition && OPTIONAL_CONDITION.test(condition.text)) return undefined;
  if (grant && isSkippable(statement, grant)) return guard.says === 'insists' ? 'medium' : undefined;
  if (condition || forgets || refusals.length > 0) return isStrict ? 'medium' : undefined;
  // Who sends no token gets through as well: the login is optional.
  const isOpen = others.some(
    (node) => decisionOf(node, guard.form) === 'grants' && (node.end <= statement.start || isForNobody(node)),
  );
  if (isStrict || guard.form === 'predicate') return isOpen ? 'medium' : 'high';
  if (isOpen) return undefined;
  return guard.says === 'checks' ? 'high' : 'medium';
}

/** What else a refusal may be, a redirect to a provider, says nothing about who may pass. */
const DENIAL = /throw|next\(|done\(|40[13]|unauth|forbid|denied|log-?in|sign-?in|false|null|error/i;
const OPTIONAL_CONDITION = /optional|required|anonymous|guest|public|allowUnauth|passthrough/i;

/** The nearest condition around a statement in a handler; the statement itself in a `switch` and the like. */
function conditionOf(statement: Node, handler: Node): Node | undefined {
  const body = handler.child('body') ?? handler;
  if (statement.is(body) || statement.parent?.is(body)) return undefined;
  return conditionAround(statement) ?? statement;
}

function conditionAround(statement: Node): Node | undefined {
  for (const outer of statement.ancestors()) {
    if (outer.kind === 'if_statement') return outer.child('condition');
    if (outer.kind !== 'statement_block' && outer.kind !== 'else_clause') return undefined;
  }
  return undefined;
}

/** Whether a statement is for errors of one sort: `if (err instanceof TokenExpiredError) return deny();` */
function isForError(statement: Node, handler: Node): boolean {
  const condition = conditionAround(statement)?.text ?? '';
  const error = handler.child('parameter')?.text ?? '';
  return error !== '' && condition.includes(error) && !OPTIONAL_CONDITION.test(condition);
}

/** Whether what grants is reached past the check as well: `if (token) { try … } next();` */
function isSkippable(statement: Node, grant: Node): boolean {
  for (const outer of statement.ancestors()) {
    if (outer.contains(grant)) return false;
    if (outer.kind === 'if_statement' && !outer.child('alternative')) return true;
  }
  return false;
}

/** Whether a statement is for those of whom nothing is known: `if (!token) return next();` */
function isForNobody(statement: Node): boolean {
  const around = conditionAround(statement);
  const condition = around && unwrap(around);
  if (condition?.kind === 'unary_expression') return condition.operator === '!';
  const right = condition?.kind === 'binary_expression' ? condition.child('right') : undefined;
  return right?.kind === 'null' || right?.kind === 'undefined';
}

function isNobody(value: Node | undefined): boolean {
  const said = value && resolvedValue(value);
  return said !== undefined && (said.kind === 'null' || said.kind === 'undefined');
}
