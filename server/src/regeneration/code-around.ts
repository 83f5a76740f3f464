/** The piece of code that is to be written anew because of a finding: a function where there is one. */
import { FUNCTION_KINDS, type Kind } from '../analysis/kind';
import { propertyName, stringLiteral } from '../analysis/literal';
import { Node } from '../analysis/node';
import type { SourceFile } from '../analysis/source-file';
import type { Span } from '../analysis/span';
import { TextFile } from '../analysis/text-file';

export interface CodeAround extends Span {
  readonly isFunction: boolean;
  /** As the code calls it: `requireAuth`, `app.post('/orders')`. */
  readonly name: string | undefined;
}

/** A function without a name is shown with the one around it, unless that is longer than this many lines. */
const LONGEST_OUTER = 60;
/** So many lines may a statement have around its function: `app.get('/path', middleware, …)`. */
const MOST_EXTRA_LINES = 12;
/** So many lines are shown above and below a finding in text that is no code. */
const LINES_OF_TEXT = 5;

export function codeAround(file: SourceFile | TextFile, finding: Span): CodeAround {
  if (file instanceof TextFile)
    return { ...linesAround(file.text, finding), isFunction: false, name: undefined };
  const at = nodeAt(file, finding);
  const inner = functionOf(at);
  if (inner) {
    const chosen = withOuter(inner);
    const whole = statementOf(chosen);
    return { ...withHead(whole), isFunction: true, name: nameOf(chosen) };
  }
  const statement = [at, ...at.ancestors()].find(({ parent }) => parent?.kind === 'program') ?? at;
  const isShort = linesOf(statement) <= LONGEST_OUTER;
  const part = isShort ? statement : ([at, ...at.ancestors()].find(({ kind }) => PARTS.has(kind)) ?? at);
  return { ...withHead(part), isFunction: false, name: undefined };
}

/** Other text has no functions: some lines around the finding have to do. */
function linesAround(text: string, finding: Span): Span {
  let before = text.lastIndexOf('\n', finding.start - 1);
  let end = endOfLine(text, finding.end);
  for (let line = 0; line < LINES_OF_TEXT; line++) {
    if (before > 0) before = text.lastIndexOf('\n', before - 1);
    if (end < text.length) end = endOfLine(text, end + 1);
  }
  return { start: before + 1, end };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** What a long statement without a function is made of. */
const PARTS: ReadonlySet<Kind> = new Set<Kind>(['pair', 'public_field_definition', 'variable_declarator']);
/** What gives its name to a function that is its value. */
const NAMING: ReadonlySet<Kind> = new Set<Kind>(['variable_declarator', 'pair', 'public_field_definition']);
/** What may stand between a function and the statement that it belongs to. */
const AROUND: ReadonlySet<Kind> = new Set<Kind>([
  ...NAMING,
  ...(['lexical_declaration', 'variable_declaration', 'export_statement', 'expression_statement'] as const),
  ...(['assignment_expression', 'arguments', 'call_expression', 'await_expression'] as const),
  ...(['parenthesized_expression', 'as_expression', 'satisfies_expression', 'return_statement'] as const),
]);

function nodeAt(file: SourceFile, { start, end }: Span): Node {
  let node = new Node(file.root, 0);
  for (;;) {
    const inner = node.children.find((child) => child.start <= start && end <= child.end);
    if (!inner) return node;
    node = inner;
  }
}

/** The function around a place; also the one whose name the place is in. */
function functionOf(at: Node): Node | undefined {
  for (const node of [at, ...at.ancestors()]) {
    if (FUNCTION_KINDS.has(node.kind)) return node;
    const value = NAMING.has(node.kind) ? node.child('value') : undefined;
    if (value && FUNCTION_KINDS.has(value.kind)) return value;
  }
  return undefined;
}

function withOuter(inner: Node): Node {
  let chosen = inner;
  while (!isNamed(chosen)) {
    const outer = chosen.enclosingFunction;
    if (!outer || linesOf(outer) > LONGEST_OUTER) break;
    chosen = outer;
  }
  return chosen;
}

function isNamed(node: Node): boolean {
  const { parent } = node;
  if (node.child('name') || parent?.kind === 'assignment_expression') return true;
  return parent !== undefined && NAMING.has(parent.kind);
}

function statementOf(chosen: Node): Node {
  let whole = chosen;
  for (const outer of chosen.ancestors()) {
    const isTooLong = linesOf(outer) > linesOf(chosen) + MOST_EXTRA_LINES;
    if (!AROUND.has(outer.kind) || isTooLong) break;
    whole = outer;
    if (outer.kind === 'pair' || outer.kind === 'public_field_definition') break;
  }
  return whole;
}

/** With the decorators and comments that stand directly before it. */
function withHead(node: Node): Span {
  const before = node.parent?.children.filter(({ end }) => end <= node.start) ?? [];
  let { start } = node;
  for (const sibling of before.reverse()) {
    const gap = node.item.file.text.slice(sibling.end, start);
    if (!['decorator', 'comment'].includes(sibling.kind) || /\n\s*\n|\S/.test(gap)) break;
    start = sibling.start;
  }
  return { start, end: node.end };
}

function nameOf(node: Node): string | undefined {
  const own = node.child('name');
  if (own) return own.text;
  const { parent } = node;
  if (parent && NAMING.has(parent.kind)) return (parent.child('name') ?? parent.child('key'))?.text;
  if (parent?.kind === 'assignment_expression') return parent.child('left')?.text;
  const call = parent?.kind === 'arguments' ? parent.parent : undefined;
  const callee = call?.child('function');
  if (!callee || !/^[\w$.]{1,60}$/.test(callee.text)) return undefined;
  const first = parent?.parts[0];
  const path = first && stringLiteral(first);
  // A path, a title or an event; nothing that could be long or secret.
  const isTelling =
    path !== undefined && /^[\w/:.*{} -]{1,60}$/.test(path) && propertyName(callee) !== 'sign';
  return isTelling ? `${callee.text}('${path}')` : callee.text;
}

function linesOf({ item, start, end }: Node): number {
  return item.file.text.slice(start, end).split('\n').length;
}
