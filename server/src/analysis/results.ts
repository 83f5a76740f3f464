/** What functions answer, and what variables are given, as far as the file tells. */
import type { Declaration } from './declarations';
import { FUNCTION_KINDS } from './kind';
import { unwrap, wrapped } from './literal';
import type { Node } from './node';
import { usesOf } from './uses';
import { resolvedValue } from './value';

/** The function that an expression names or is: written in place, declared in the file, or bound to a variable. */
export function functionOf(expression: Node): Node | undefined {
  const node = resolvedValue(expression);
  if (FUNCTION_KINDS.has(node.kind)) return node;
  const { file } = node.item;
  const declaration = node.kind === 'identifier' ? file.lookUp(node.text, node) : undefined;
  const declared = declaration && file.nodeOf(declaration).parent;
  return declared && FUNCTION_KINDS.has(declared.kind) ? declared : undefined;
}

/** The expressions that a function may answer with; a `return` without a value is left out. */
export function resultsOf(fn: Node): readonly Node[] {
  const body = fn.child('body');
  if (!body) return [];
  if (body.kind !== 'statement_block') return [unwrap(body)];
  return [...body.walkOwn()].flatMap((node) =>
    node.kind === 'return_statement' && node.parts[0] ? [node.parts[0]] : [],
  );
}

/** The expressions that a variable is assigned, its initial value first; for `+=` what is added. */
export function assignedValues(declaration: Declaration, at: Node): readonly Node[] {
  const { file } = at.item;
  const declarator = file.nodeOf(declaration).parent;
  const initial = declarator?.kind === 'variable_declarator' ? declarator.child('value') : undefined;
  const later = usesOf(declaration, file).flatMap((use) => {
    const isTarget = use.field === 'left' && /assignment_expression$/.test(use.parent?.kind ?? '');
    return (isTarget && use.parent?.child('right')) || [];
  });
  return initial ? [initial, ...later] : later;
}

/** The node in a list of arguments that a function comes to: itself, or the one variable that holds it. */
export function argumentHolding(fn: Node): Node | undefined {
  const node = wrapped(fn);
  const { parent } = node;
  if (parent?.kind === 'arguments') return node;
  const isDeclared = parent?.kind === 'variable_declarator' || node.kind === 'function_declaration';
  const name = parent?.kind === 'variable_declarator' ? parent.child('name') : node.child('name');
  const { file } = fn.item;
  const declaration = isDeclared && name?.kind === 'identifier' ? file.lookUp(name.text, name) : undefined;
  const uses = declaration ? usesOf(declaration, file) : [];
  const [use] = uses;
  return uses.length === 1 && use?.parent?.kind === 'arguments' ? use : undefined;
}
