/** Where a check of who may pass lets everybody pass when it throws. */
import { type Decided, type Paths, pathsThrough, statementsAfter } from '../../analysis/control-flow';
import type { Confidence } from '../../analysis/finding';
import type { ItemFacts } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { checkIn } from './check';
import { type Decision, decisionOf } from './decision';
import { type Handling, handlingsIn } from './handling';
import { confidenceOf } from './opening';

export interface FailingOpen {
  readonly handling: Handling;
  /** The statement that lets pass; undefined where it is enough that nothing refuses. */
  readonly grant: Decided<Decision> | undefined;
  /** Whether what lets pass stands behind the handler. */
  readonly isBehind: boolean;
  readonly confidence: Confidence;
}

export function* failingOpenIn(facts: ItemFacts): Generator<FailingOpen> {
  for (const handling of handlingsIn(facts)) {
    const found = grantOf(handling);
    const confidence = found && confidenceOf(handling, found.grant?.node);
    if (found && confidence) yield { handling, ...found, confidence };
  }
}

function grantOf(handling: Handling): Pick<FailingOpen, 'grant' | 'isBehind'> | undefined {
  const grant = grantIn(handling.paths);
  if (grant) return { grant, isBehind: false };
  return handling.goesOn ? goingOn(handling) : undefined;
}

function grantIn({ decided }: Paths<Decision>): Decided<Decision> | undefined {
  return decided.findLast(({ decision }) => decision === 'grants');
}

/** The handler lets nobody pass, but the code goes on, so what stands behind the statement decides. */
function goingOn(handling: Handling): Pick<FailingOpen, 'grant' | 'isBehind'> | undefined {
  const { guard, statement, paths: handled } = handling;
  const after = statementsAfter(statement);
  if (!after || !handled.completes || handled.decided.some(({ decision }) => decision === 'unclear'))
    return undefined;
  if (after.some((node) => checkIn(node))) return undefined;
  const paths = pathsThrough(after, (node) => keptGrant(node, handling) ?? decisionOf(node, guard.form));
  if (paths.decided.some(({ decision }) => decision !== 'grants')) return undefined;
  const grant = grantIn(paths);
  if (grant) return paths.completes ? undefined : { grant, isBehind: true };
  // A hook of Fastify that sends nothing lets the request go on.
  return guard.form === 'hook' ? { grant: undefined, isBehind: false } : undefined;
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
