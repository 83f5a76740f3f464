/** What an expression may come to, through variables of the function, `||` and `?:`: enough to see that two are one object. */
import { bindingOf } from '../../analysis/flow/binding';
import { writesTo } from '../../analysis/flow/writes';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { rememberedByNode } from '../../analysis/remembered';

/** So many expressions are looked at for one question. */
const MOST = 60;

/** The expressions that an expression may come to; variables are themselves, and what they are given. */
export function alternatives(expression: Node, depth: number): readonly Node[] {
  const found: Node[] = [];
  collect(expression, depth, found);
  return found;
}

function collect(expression: Node | undefined, depth: number, found: Node[]): void {
  if (!expression || found.length > MOST) return;
  const node = unwrap(expression);
  switch (node.kind) {
    case 'ternary_expression':
      collect(node.child('consequence'), depth, found);
      collect(node.child('alternative'), depth, found);
      return;
    case 'binary_expression':
      if (/^(?:\|\||\?\?)$/.test(node.operator)) collect(node.child('left'), depth, found);
      if (/^(?:\|\||\?\?|&&)$/.test(node.operator)) collect(node.child('right'), depth, found);
      return;
    case 'assignment_expression':
    case 'augmented_assignment_expression':
      collect(node.child('left'), 0, found);
      collect(node.child('right'), depth, found);
      return;
    case 'sequence_expression':
      collect(node.child('right') ?? node.parts.at(-1), depth, found);
      return;
    case 'await_expression':
      collect(node.parts[0], depth, found);
      return;
    case 'identifier':
      found.push(node);
      if (depth > 0) for (const { value } of assignmentsTo(node)) collect(value, depth - 1, found);
      return;
    default:
      found.push(node);
  }
}

export interface Assigned {
  /** The declaration or assignment. */
  readonly at: Node;
  readonly value: Node;
}

/** What a variable is given as a whole. */
export function assignmentsTo(variable: Node): readonly Assigned[] {
  const node = unwrap(variable);
  return node.kind === 'identifier' ? assignmentsOf(node) : [];
}

const assignmentsOf = rememberedByNode((variable: Node): readonly Assigned[] => {
  const { file } = variable.item;
  const declaration = file.lookUp(variable.text, variable);
  const declared = declaration && file.nodeOf(declaration);
  if (!declaration || !declared) return [];
  const { parent } = declared;
  const binding = bindingOf(declared);
  const initial = binding.how === 'value' && binding.path.length === 0 ? binding.value : undefined;
  return [
    ...(parent && initial ? [{ at: parent, value: initial }] : []),
    ...writesTo(declared, declaration).flatMap(({ node, path, value, from, replaces }) =>
      replaces && path.length === 0 && from.length === 0 ? [{ at: node, value }] : [],
    ),
  ];
});

export function sameVariable(one: Node, other: Node): boolean {
  const [a, b] = [unwrap(one), unwrap(other)];
  if (a.kind === 'this' || b.kind === 'this') return a.kind === b.kind;
  if (a.kind !== 'identifier' || b.kind !== 'identifier' || a.text !== b.text) return false;
  const { file } = a.item;
  return file.declarationKey(file.lookUp(a.text, a)) === file.declarationKey(file.lookUp(b.text, b));
}

/** Where an object was handed in: a parameter of a function, one of all its arguments, or `this`. */
export interface Root {
  readonly fn: Node | undefined;
  readonly index: number | 'any' | 'this';
}

export function isSameRoot(one: Root, other: Root): boolean {
  if (one.index === 'this' || other.index === 'this') return one.index === other.index;
  const isOne = one.index === other.index || one.index === 'any' || other.index === 'any';
  return isOne && one.fn?.is(other.fn) === true;
}

/** The parameters that an expression may be; none where it is an object that was made here. */
export function rootsOf(expression: Node, depth = 4): readonly Root[] {
  return alternatives(expression, 0).flatMap((each) => {
    if (each.kind === 'this') return [{ fn: undefined, index: 'this' as const }];
    return each.kind === 'identifier' ? rootsOfVariable(each, depth) : rootsOfList(each, depth);
  });
}

function rootsOfVariable(variable: Node, depth: number): readonly Root[] {
  const { file } = variable.item;
  const declaration = file.lookUp(variable.text, variable);
  if (!declaration) return variable.text === 'arguments' ? [{ fn: ownFunction(variable), index: 'any' }] : [];
  const binding = bindingOf(file.nodeOf(declaration));
  const given = assignmentsTo(variable);
  if (binding.how === 'parameter') {
    if (binding.path.length > 0 && !binding.isRest) return [];
    if (given.some(({ value }) => isCopyOf(value, variable))) return [];
    return [{ fn: binding.fn, index: binding.isRest ? 'any' : binding.index }];
  }
  if (depth === 0 || isMadeBefore(variable, given)) return [];
  return given.flatMap(({ value }) => rootsOf(value, depth - 1));
}

function ownFunction(use: Node): Node | undefined {
  let fn = use.enclosingFunction;
  while (fn?.kind === 'arrow_function') fn = fn.enclosingFunction;
  return fn;
}

/** Whether a variable was given a new object last, whatever way led to its use: `output = {}; output[key] = …` */
function isMadeBefore(use: Node, given: readonly Assigned[]): boolean {
  const last = given.filter(({ at }) => at.end <= use.start).at(-1);
  const value = last && unwrap(last.value);
  const statement = last?.at.parent;
  const isEmpty = value !== undefined && /^(?:object|array)$/.test(value.kind) && value.parts.length === 0;
  const block = statement?.kind === 'expression_statement' ? statement.parent : undefined;
  return isEmpty && block?.kind === 'statement_block' && block.contains(use);
}

/** `arguments[0]`, `[].slice.call(arguments)`, `args.shift()` */
function rootsOfList(node: Node, depth: number): readonly Root[] {
  if (depth === 0) return [];
  const object = node.kind === 'subscript_expression' ? node.child('object') : undefined;
  const callee = node.kind === 'call_expression' ? node.child('function') : undefined;
  const isTaking =
    callee !== undefined && /(?:^|\.)(?:shift|pop|slice|call|from|concat|apply)$/.test(callee.text);
  const receiver = callee?.child('object');
  const lists = object
    ? [object]
    : isTaking
      ? [...(node.child('arguments')?.parts ?? []), ...(receiver ? [receiver] : [])]
      : [];
  return lists.flatMap((each) => rootsOf(each, depth - 1)).filter(({ index }) => index === 'any');
}

/** `target = { ...target }`, `target = clone(target)` */
function isCopyOf(value: Node, variable: Node): boolean {
  return alternatives(value, 0).some(
    (each) =>
      /^(?:object|call_expression)$/.test(each.kind) &&
      [...each.walk()].some((node) => node.kind === 'identifier' && sameVariable(node, variable)),
  );
}
