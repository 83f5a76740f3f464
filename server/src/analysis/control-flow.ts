/** Which statement decides on the way through a block, as far as the structure of the code tells. */
import { FUNCTION_KINDS, type Kind } from './kind';
import type { Node } from './node';

/** A statement that decides, and how. */
export interface Decided<D> {
  readonly node: Node;
  readonly decision: D;
}

export interface Paths<D> {
  /** The first decision of each path, in the order of the text. */
  readonly decided: readonly Decided<D>[];
  /** Whether a path reaches the end without a decision. */
  readonly completes: boolean;
}

/** What a simple statement decides; undefined when the path goes on behind it. */
export type Decide<D> = (statement: Node) => D | undefined;

const PASSES: Paths<never> = { decided: [], completes: true };
const JUMPS: ReadonlySet<Kind> = new Set<Kind>([
  'return_statement',
  'throw_statement',
  'break_statement',
  'continue_statement',
]);

/** The first decision on each path through some statements. Errors that they may throw are left out. */
export function pathsThrough<D>(statements: readonly Node[], decide: Decide<D>): Paths<D> {
  const decided: Decided<D>[] = [];
  for (const statement of statements) {
    const paths = pathsOf(statement, decide);
    decided.push(...paths.decided);
    if (!paths.completes) return { decided, completes: false };
  }
  return { decided, completes: true };
}

function pathsOf<D>(statement: Node, decide: Decide<D>): Paths<D> {
  switch (statement.kind) {
    case 'statement_block':
    case 'else_clause':
      return pathsThrough(statement.parts, decide);
    case 'if_statement':
      return either([statement.child('consequence'), statement.child('alternative')], decide);
    case 'try_statement':
      return pathsOfTry(statement, decide);
    case 'switch_statement': {
      const cases = statement.child('body')?.parts ?? [];
      const decided = cases.flatMap((each) => pathsThrough(bodyOfCase(each), decide).decided);
      return { decided, completes: true };
    }
    case 'for_statement':
    case 'for_in_statement':
    case 'while_statement':
    case 'do_statement':
    case 'labeled_statement': {
      const body = statement.child('body');
      return { decided: body ? pathsOf(body, decide).decided : [], completes: true };
    }
    default: {
      const decision = decide(statement);
      if (decision === undefined) return { decided: [], completes: !JUMPS.has(statement.kind) };
      return { decided: [{ node: statement, decision }], completes: false };
    }
  }
}

function either<D>(branches: readonly (Node | undefined)[], decide: Decide<D>): Paths<D> {
  const paths = branches.map((branch) => (branch ? pathsOf(branch, decide) : PASSES));
  return {
    decided: paths.flatMap(({ decided }) => decided),
    completes: paths.some(({ completes }) => completes),
  };
}

function pathsOfTry<D>(statement: Node, decide: Decide<D>): Paths<D> {
  const handler = statement.child('handler')?.child('body');
  const inner = either([statement.child('body'), ...(handler ? [handler] : [])], decide);
  const last = statement.child('finalizer')?.child('body');
  if (!last) return inner;
  // What `finally` decides holds, whatever was decided before.
  const after = pathsOf(last, decide);
  if (!after.completes) return after;
  return { decided: [...inner.decided, ...after.decided], completes: inner.completes };
}

function bodyOfCase(each: Node): readonly Node[] {
  return each.parts.filter((part) => part.field !== 'value');
}

/**
 * The statements that run after one, up to the end of the function or file. Undefined inside of loops and
 * the like, where that is not plain.
 */
export function statementsAfter(statement: Node): readonly Node[] | undefined {
  const after: Node[] = [];
  for (let node = statement, outer = node.parent; outer; node = outer, outer = outer.parent) {
    if (FUNCTION_KINDS.has(outer.kind)) return after;
    switch (outer.kind) {
      case 'program':
      case 'statement_block': {
        const behind = node.end;
        after.push(...outer.parts.filter((part) => part.start >= behind));
        break;
      }
      case 'if_statement':
      case 'else_clause':
      case 'try_statement':
      case 'catch_clause':
        break;
      default:
        return undefined;
    }
  }
  return after;
}

const LOOPS: ReadonlySet<Kind> = new Set<Kind>([
  'for_statement',
  'for_in_statement',
  'while_statement',
  'do_statement',
]);

/**
 * The statements that run after one in its function, in the order of the text, up to the first that surely leaves
 * it, which is among them. Goes through loops and cases as they are left; what runs again in a loop is not repeated.
 */
export function runsAfter(statement: Node): readonly Node[] {
  const after: Node[] = [];
  /** Until a loop, or a switch, around is left. */
  let leaving: 'break' | 'continue' | undefined;
  for (let node = statement, outer = node.parent; outer; node = outer, outer = outer.parent) {
    if (FUNCTION_KINDS.has(outer.kind)) break;
    const isLoop = LOOPS.has(outer.kind);
    if (leaving && (isLoop || (leaving === 'break' && outer.kind === 'switch_statement'))) {
      leaving = undefined;
      continue;
    }
    if (leaving) continue;
    for (const next of following(node, outer)) {
      if (next.kind === 'break_statement' || next.kind === 'continue_statement') {
        leaving = next.kind === 'break_statement' ? 'break' : 'continue';
        break;
      }
      after.push(next);
      if (!pathsThrough([next], () => undefined).completes) return after;
    }
  }
  return after;
}

/** The statements behind a part of a block, a case or a switch. */
function following(node: Node, outer: Node): readonly Node[] {
  const behind = outer.parts.filter((part) => part.start >= node.end);
  switch (outer.kind) {
    case 'program':
    case 'statement_block':
    case 'switch_case':
    case 'switch_default':
      return behind;
    case 'switch_body':
      return behind.flatMap(bodyOfCase);
    default:
      return [];
  }
}
