/** Whether what one place does has been done when another place is reached, as the structure of the code tells. */
import { FUNCTION_KINDS, type Kind } from '../kind';
import { unwrap } from '../literal';
import { canonicalName } from '../name';
import type { Node } from '../node';
import { NodeMap } from '../node-map';
import { rememberedByNode } from '../remembered';

export type Order = 'always' | 'maybe' | 'never';

const LOOPS: ReadonlySet<Kind> = new Set<Kind>([
  'for_statement',
  'for_in_statement',
  'while_statement',
  'do_statement',
]);

const SKIPPABLE: ReadonlySet<Kind> = new Set<Kind>([
  'else_clause',
  'switch_case',
  'switch_default',
  'catch_clause',
  'try_statement',
  'while_statement',
  'for_in_statement',
]);

/**
 * Whether a write has happened when a variable is read.
 *
 * @param write the whole expression that writes.
 * @param declared where the variable is declared: what is declared in a loop is another one each time.
 */
export function orderOf(write: Node, use: Node, declared: Node): Order {
  let isSure = true;
  let inner = write;
  let outer = write.contains(use) ? write : write.parent;
  if (outer === write) return isRepeated(write, declared) ? 'maybe' : 'never';
  for (; outer && !outer.contains(use); inner = outer, outer = outer.parent) {
    const isSkippable = SKIPPABLE.has(outer.kind) && !isDoneBehind(inner, outer);
    if (FUNCTION_KINDS.has(outer.kind) || isSkippable || isBranch(inner, outer)) isSure = false;
    if (endsHere(inner, outer)) return 'never';
  }
  if (!outer) return 'never';
  if (isBranch(inner, outer)) isSure = false;
  if (endsHere(inner, outer)) return 'never';
  const towards = childTowards(outer, use);
  if (towards && inner.end <= towards.start && !excludes(inner, towards, outer)) {
    const isCertain = isSure && outer.kind !== 'try_statement' && outer.kind !== 'switch_body';
    return isCertain ? 'always' : 'maybe';
  }
  return isRepeated(outer, declared) || isLater(use, outer) ? 'maybe' : 'never';
}

/** Whether what a `try` block does has been done behind the statement, as the handler of its errors leaves. */
function isDoneBehind(inner: Node, outer: Node): boolean {
  if (outer.kind !== 'try_statement' || inner.field !== 'body') return false;
  const handler = outer.child('handler');
  return !handler || leaves(handler, false);
}

function childTowards(outer: Node, use: Node): Node | undefined {
  let node: Node = use;
  for (let parent = node.parent; parent; node = parent, parent = parent.parent) {
    if (parent.is(outer)) return node;
  }
  return undefined;
}

/** Whether a part of a statement or expression may be left out. */
function isBranch(inner: Node, outer: Node): boolean {
  switch (outer.kind) {
    case 'if_statement':
    case 'ternary_expression':
      return inner.field !== 'condition';
    case 'for_statement':
      return inner.field === 'body' || inner.field === 'increment';
    case 'binary_expression':
      return inner.field === 'right' && /^(?:&&|\|\||\?\?)$/.test(outer.operator);
    default:
      return false;
  }
}

/** Whether only one of two parts is run. */
function excludes(inner: Node, towards: Node, outer: Node): boolean {
  if (outer.kind === 'if_statement' || outer.kind === 'ternary_expression') {
    return inner.field === 'consequence' && towards.field === 'alternative';
  }
  return outer.kind === 'switch_body' && leaves(inner, true);
}

/** Whether a branch returns or throws at its end, so that nothing behind it sees what was done in it. */
function endsHere(inner: Node, outer: Node): boolean {
  if (FUNCTION_KINDS.has(outer.kind) || outer.kind === 'try_statement') return false;
  const isBlock =
    inner.kind === 'statement_block' || inner.kind === 'switch_case' || inner.kind === 'else_clause';
  return isBlock && leaves(inner, false);
}

/** Whether something is run again, for the same variable. */
function isRepeated(from: Node, declared: Node): boolean {
  for (let node: Node | undefined = from; node && !node.contains(declared); node = node.parent) {
    if (LOOPS.has(node.kind) || FUNCTION_KINDS.has(node.kind)) return true;
  }
  return false;
}

/** Whether a use stands in a function that may be called when all around it has been done. */
function isLater(use: Node, outer: Node): boolean {
  for (let node = use.parent; node && !node.is(outer); node = node.parent) {
    if (FUNCTION_KINDS.has(node.kind)) return node.parent?.kind !== 'arguments' || isHandedOn(node);
  }
  return false;
}

/**
 * The outermost `if` around a write of which each branch writes or leaves, and which is always gone through before
 * the variable is read.
 *
 * @param replacing the statements that replace the value.
 */
export function branchingOver(
  write: Node,
  use: Node,
  declared: Node,
  replacing: Replacing,
): Node | undefined {
  let found: Node | undefined;
  for (let node = write.parent; node && !node.contains(use); node = node.parent) {
    if (FUNCTION_KINDS.has(node.kind)) return found;
    if (
      node.kind === 'if_statement' &&
      replacing.isSureIn(node) &&
      orderOf(node, use, declared) === 'always'
    ) {
      found = node;
    }
  }
  return found;
}

/**
 * The statements that replace a variable's value, and whether a statement around some of them surely does or leaves.
 * Each is looked into once, whoever of the writes in it asks.
 */
export class Replacing {
  readonly #answers = new NodeMap<boolean>();

  constructor(statements: readonly Node[]) {
    for (const statement of statements) this.#answers.set(statement, true);
  }

  isSureIn(statement: Node): boolean {
    const known = this.#answers.get(statement);
    if (known !== undefined) return known;
    const found = this.#ask(statement);
    this.#answers.set(statement, found);
    return found;
  }

  #ask(statement: Node): boolean {
    switch (statement.kind) {
      case 'statement_block':
      case 'else_clause':
        return statement.parts.some((part) => this.isSureIn(part)) || leaves(statement, false);
      case 'if_statement': {
        const [yes, no] = [statement.child('consequence'), statement.child('alternative')];
        return yes !== undefined && no !== undefined && this.isSureIn(yes) && this.isSureIn(no);
      }
      case 'expression_statement':
        return false;
      default:
        return leaves(statement, false);
    }
  }
}

/** Methods that are done with their callback when they return. */
const AT_ONCE: ReadonlySet<string> = new Set(
  'map forEach filter some every find findIndex findLast flatMap reduce reduceRight sort replace replaceAll'.split(
    ' ',
  ),
);

function isHandedOn(callback: Node): boolean {
  const callee = callback.parent?.parent?.child('function');
  return !AT_ONCE.has(callee?.child('property')?.text ?? '');
}

/** Functions that do not return. Source: Node, and the documentation of Next.js. */
const NEVER_RETURN: ReadonlySet<string> = new Set([
  'process.exit',
  'process.abort',
  'next/navigation.notFound',
  'next/navigation.redirect',
  'next/navigation.permanentRedirect',
  'next/navigation.unauthorized',
  'next/navigation.forbidden',
  '@sveltejs/kit.error',
  '@sveltejs/kit.redirect',
]);

/**
 * Whether a statement surely leaves the function; with `orJumps` also whether it leaves what is around it otherwise:
 * `break`, `continue`.
 */
export function leaves(statement: Node, orJumps: boolean): boolean {
  return orJumps ? leavesOrJumps(statement) : leavesFunction(statement);
}

const leavesFunction = rememberedByNode((statement: Node): boolean => isLeaving(statement, false));
const leavesOrJumps = rememberedByNode((statement: Node): boolean => isLeaving(statement, true));

function isLeaving(statement: Node, orJumps: boolean): boolean {
  switch (statement.kind) {
    case 'return_statement':
    case 'throw_statement':
      return true;
    case 'break_statement':
    case 'continue_statement':
      return orJumps;
    case 'statement_block':
    case 'else_clause':
    case 'switch_case':
    case 'switch_default':
      return statement.parts.some((part) => part.field !== 'value' && leaves(part, orJumps));
    case 'if_statement': {
      const [yes, no] = [statement.child('consequence'), statement.child('alternative')];
      return yes !== undefined && no !== undefined && leaves(yes, orJumps) && leaves(no, orJumps);
    }
    case 'try_statement': {
      const last = statement.child('finalizer');
      if (last && leaves(last, orJumps)) return true;
      const [body, handler] = [statement.child('body'), statement.child('handler')];
      return body !== undefined && leaves(body, orJumps) && (!handler || leaves(handler, orJumps));
    }
    case 'catch_clause':
    case 'finally_clause': {
      const body = statement.child('body');
      return body !== undefined && leaves(body, orJumps);
    }
    case 'expression_statement':
      return statement.parts[0] !== undefined && neverReturns(unwrap(statement.parts[0]));
    default:
      return false;
  }
}

function neverReturns(expression: Node): boolean {
  if (expression.kind === 'await_expression') {
    const inner = expression.parts[0];
    return inner !== undefined && neverReturns(unwrap(inner));
  }
  const callee = expression.kind === 'call_expression' ? expression.child('function') : undefined;
  if (!callee) return false;
  // Koa's `ctx.throw(400)`, h3's and Fastify's helpers have it in their name.
  if (callee.child('property')?.text === 'throw') return true;
  const name = canonicalName(callee);
  return name !== undefined && NEVER_RETURN.has(name);
}
