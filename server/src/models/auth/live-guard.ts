/** What in the live code around a comment stands in for a guard in it. */
import type { CommentRun } from '../../analysis/commented-code';
import { callAt } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { stringLiteral, unwrap } from '../../analysis/literal';
import { Node } from '../../analysis/node';
import { expressionKey } from '../../analysis/same-expression';
import { constantString } from '../../analysis/value';
import { REGISTERING } from '../guard-places';
import { denialAt } from './denial';
import { meaningOf } from './guard';

/** The decorators of a member stand beside it, those of a class in it. */
export function decoratorsOf(siblings: readonly Node[], target: Node): readonly Node[] {
  const within = [...target.parts, ...(target.child('declaration')?.parts ?? [])];
  const beside: Node[] = [];
  const at = siblings.findIndex((each) => each.is(target));
  for (let i = at - 1; i >= 0; i--) {
    const sibling = siblings[i];
    if (sibling?.kind === 'decorator') beside.push(sibling);
    else if (sibling?.kind !== 'comment') break;
  }
  return [...beside, ...within.filter(({ kind }) => kind === 'decorator')];
}

export function classDecorators(node: Node): readonly Node[] {
  for (const outer of node.ancestors()) {
    if (!/^(?:abstract_)?class(?:_declaration)?$/.test(outer.kind)) continue;
    const around = outer.parent?.kind === 'export_statement' ? outer.parent.parts : [];
    return [...outer.parts, ...around].filter(({ kind }) => kind === 'decorator');
  }
  return [];
}

/** Whether the statement beside a comment refuses as well: it took the place of what is commented out. */
export function isRefusedBeside(run: CommentRun, condition: Node, denial: Node): boolean {
  const sort = sortOf(denial);
  const fn = run.first.enclosingFunction?.child('body');
  for (const node of fn?.walkOwn() ?? []) if (denialAt(node)?.isPlain && sortOf(node) === sort) return true;
  const siblings = run.first.parent?.parts ?? [];
  const next = siblings.find((each) => each.start >= run.last.end);
  const former = siblings.findLast((each) => each.end <= run.first.start);
  const key = expressionKey(condition) ?? condition.text;
  const refuses = (statement: Node | undefined) =>
    statement?.kind === 'if_statement' &&
    [...(statement.child('consequence')?.walkOwn() ?? [])].some((each) => denialAt(each) !== undefined);
  if (next && refuses(next)) return true;
  if (next && /_declaration$|expression_statement/.test(next.kind) && guardCallIn(next)) return true;
  if (!former || !refuses(former)) return false;
  const other = former.child('condition');
  return other !== undefined && (expressionKey(other) ?? other.text) === key;
}

/** Who is refused: those who are not logged in, or those without the right. */
function sortOf(denial: Node): 'login' | 'rights' {
  return /403|forbid|denied|permission|allowed/i.test(denial.text) ? 'rights' : 'login';
}

function guardCallIn(statement: Node): boolean {
  for (const node of statement.walkOwn()) {
    const callee = node.kind === 'call_expression' ? node.child('function') : undefined;
    if (callee && meaningOf((callee.child('property') ?? callee).text) === 'insists') return true;
  }
  return false;
}

/** The live registration of the same route beside a comment. */
export function liveTwin(run: CommentRun, route: Node): Node | undefined {
  const callee = route.child('function');
  const [first] = route.child('arguments')?.parts ?? [];
  const path = first && stringLiteral(unwrap(first));
  const key = callee && expressionKey(callee);
  if (path === undefined || key === undefined) return undefined;
  for (const sibling of run.first.parent?.parts ?? []) {
    const [inner] = sibling.kind === 'expression_statement' ? sibling.parts : [];
    const other = inner && callAt(unwrap(inner));
    if (!other?.args[0] || expressionKey(other.callee) !== key) continue;
    if (constantString(other.args[0]) === path) return other.node;
  }
  return undefined;
}

export function isMentioned(code: Node, name: string): boolean {
  const last = name.replace(/^.*\./s, '');
  for (const node of code.walk())
    if (
      (node.kind === 'identifier' || node.kind === 'property_identifier') &&
      node.text === last &&
      !isDeclared(node)
    )
      return true;
  return false;
}

function isDeclared(node: Node): boolean {
  return (
    node.field === 'name' &&
    (FUNCTION_KINDS.has(node.parent?.kind ?? 'other') || node.parent?.kind === 'import_specifier')
  );
}

/**
 * Whether a guard is registered for what a path leads to, or for everything: `app.use(requireAuth)`.
 *
 * @param path of the route; without one any registration counts, as the guard has only moved.
 */
export function isUsedLive(comment: Node, name: string, path: string | undefined): boolean {
  const { file } = comment.item;
  const last = name.replace(/^.*\./s, '');
  for (const item of file.items) {
    file.reads?.noteItem(item);
    for (const index of item.indicesOf('call_expression')) {
      const call = callAt(new Node(item, index));
      if (!call || !REGISTERING.has(call.method ?? '')) continue;
      const isGiven = call.args.some((arg) => wordsIn(arg.text.slice(0, 200)).has(last));
      const covered = call.args[0] && stringLiteral(unwrap(call.args[0]));
      if (isGiven && covers(covered, path)) return true;
    }
  }
  return false;
}

function covers(covered: string | undefined, path: string | undefined): boolean {
  if (covered === undefined || path === undefined) return true;
  return path.startsWith(covered.replace(/[*:].*$/, ''));
}

/** The names in a piece of text. */
export function wordsIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/[A-Za-z_$][\w$]*/g));
}
