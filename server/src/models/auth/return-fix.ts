/** Fixes that make a refusal hold: it is returned, thrown or passed on. */
import type { Edit, Fix } from '../../analysis/fix';
import type { Node } from '../../analysis/node';
import type { Denial } from './denial';
import { isNext, namesOfParameters } from './guard';
import type { Unenforced } from './unenforced';

/** Undefined where nothing simple makes it hold. */
export function enforcingFix({ denial, why }: Unenforced): Fix | undefined {
  const { node, expression } = denial;
  const fn = node.enclosingFunction;
  // A generator or a constructor answers something else.
  if (!fn || /^generator/.test(fn.kind) || node.parts[0] === undefined) return undefined;
  const isWhole =
    node.parts[0].contains(expression) && expression.end - expression.start >= node.parts[0].text.length;
  if (why === 'made') return isWhole ? usedFix(denial, fn) : undefined;
  if (why !== 'goes-on') return undefined;
  if (!isWhole && node.parts[0].kind === 'binary_expression') return conditionalReturn(node, fn);
  if (returnsValues(fn))
    return { title: 'Return here', safety: 'safe', edits: [insertion(node.start, 'return ')] };
  const edits = plainReturn(node);
  return edits && { title: 'Return here', safety: 'safe', edits };
}

/** `user || res.sendStatus(401);` becomes a condition. */
function conditionalReturn(node: Node, fn: Node): Fix | undefined {
  const [chain] = node.parts;
  const [left, right] = [chain?.child('left'), chain?.child('right')];
  if (!left || !right || (chain?.operator !== '||' && chain?.operator !== '&&')) return undefined;
  const condition = chain.operator === '&&' ? left.text : `!(${left.text})`;
  const text = returnsValues(fn)
    ? `if (${condition}) return ${right.text};`
    : `if (${condition}) { ${right.text}; return; }`;
  return { title: 'Return here', safety: 'safe', edits: [{ start: node.start, end: node.end, text }] };
}

function usedFix({ node: statement, expression, how }: Denial, fn: Node): Fix {
  if (how === 'makes-answer')
    return { title: 'Return it', safety: 'safe', edits: [insertion(statement.start, 'return ')] };
  // Express 4 hears nothing of what an asynchronous handler throws.
  const next = namesOfParameters(fn).find(isNext);
  if (next === undefined)
    return { title: 'Throw it', safety: 'unsafe', edits: [insertion(statement.start, 'throw ')] };
  const edits = [insertion(expression.start, `return ${next}(`), insertion(expression.end, ')')];
  return { title: 'Pass it on', safety: 'unsafe', edits };
}

/** Whether a function answers values: then one more does not change what it is. */
function returnsValues(fn: Node): boolean {
  const type = fn.child('return_type')?.text ?? '';
  if (/\bvoid\b/.test(type)) return false;
  for (const node of fn.child('body')?.walkOwn() ?? [])
    if (node.kind === 'return_statement' && node.parts.length > 0) return true;
  return false;
}

/** `return;` behind a statement, with braces where it stands without. */
function plainReturn(node: Node): readonly Edit[] | undefined {
  const { parent } = node;
  const { text } = node.item.file;
  if (
    parent?.kind !== 'statement_block' &&
    parent?.kind !== 'switch_case' &&
    parent?.kind !== 'switch_default'
  ) {
    const isBranch = node.field === 'consequence' || parent?.kind === 'else_clause';
    return isBranch ? [insertion(node.start, '{ '), insertion(node.end, ' return; }')] : undefined;
  }
  // What is logged beside it is still logged.
  const last = parent.kind === 'statement_block' ? (parent.parts.at(-1) ?? node) : node;
  const lineStart = text.lastIndexOf('\n', last.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, last.start))?.[0] ?? '';
  const isAlone = text.slice(lineStart, last.start).trim() === '';
  const newline = text.slice(Math.max(0, lineStart - 2), lineStart) === '\r\n' ? '\r\n' : '\n';
  return [insertion(last.end, isAlone ? `${newline}${indent}return;` : ' return;')];
}

function insertion(at: number, text: string): Edit {
  return { start: at, end: at, text };
}
