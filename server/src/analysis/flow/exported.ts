/** Whether others can call a function: it is exported, or a method of what is. */
import { FUNCTION_KINDS, type Kind } from '../kind';
import type { Node } from '../node';
import { usesOf } from '../uses';

/** So many holders are asked for one function: `exports.make = () => { this.find = (id) => … }` has two. */
const MOST_HOLDERS = 4;

export function isExported(fn: Node, holders = MOST_HOLDERS): boolean {
  if (holders === 0 || (fn.kind === 'method_definition' && /^(?:#|private\b)/.test(fn.text))) return false;
  let node: Node = fn;
  for (let { parent } = node; parent; node = parent, parent = node.parent) {
    if (parent.kind === 'export_statement') return true;
    if (parent.kind === 'assignment_expression') {
      const left = parent.child('left');
      return left !== undefined && (isExports(left) || isMemberOfExported(left, parent, holders - 1));
    }
    // `module.exports = (db) => ({ find: (id) => … })`: what a function answers others get from it.
    if (parent.kind === 'return_statement' || isBodyOf(parent, node)) {
      const outer = node.kind === 'call_expression' ? undefined : node.enclosingFunction;
      return outer !== undefined && !outer.is(fn) && isExported(outer, holders - 1);
    }
    if (FUNCTION_KINDS.has(parent.kind) || parent.kind === 'arguments') return false;
    if (parent.kind === 'program') break;
  }
  return isExportedByName(fn, node);
}

/** `exports`, `module.exports`, and members of them. */
function isExports(left: Node | undefined): boolean {
  for (let node = left; node; node = node.child('object')) {
    if (node.kind === 'identifier') return node.text === 'exports';
    const isOfModule = node.child('object')?.text === 'module';
    if (isOfModule && node.child('property')?.text === 'exports') return true;
  }
  return false;
}

function isBodyOf(parent: Node, node: Node): boolean {
  return parent.kind === 'arrow_function' && node.field === 'body' && node.kind !== 'statement_block';
}

/** `Users.prototype.find = …`, `Users.find = …`, and `this.find = …` in the constructor `Users`. */
function isMemberOfExported(left: Node, assignment: Node, holders: number): boolean {
  if (left.kind === 'identifier') return isNameExported(left, 2);
  const owner = left.kind === 'member_expression' ? rootOf(left) : undefined;
  if (owner?.kind === 'identifier' && !isThis(owner)) return isNameExported(owner, 2);
  if (owner?.kind !== 'this' && owner?.kind !== 'identifier') return false;
  const maker = makerAround(assignment);
  return maker !== undefined && isExported(maker, holders);
}

function rootOf(member: Node): Node | undefined {
  const object = member.child('object');
  const isPrototype = object?.kind === 'member_expression' && object.child('property')?.text === 'prototype';
  return isPrototype ? object.child('object') : object;
}

/** `var self = this` */
function isThis(identifier: Node): boolean {
  const { file } = identifier.item;
  const declaration = file.lookUp(identifier.text, identifier);
  const value = declaration && file.nodeOf(declaration).parent?.child('value');
  return value?.kind === 'this';
}

/** The function whose `this` is meant: arrow functions have none of their own. */
function makerAround(node: Node): Node | undefined {
  let fn = node.enclosingFunction;
  while (fn?.kind === 'arrow_function') fn = fn.enclosingFunction;
  return fn;
}

/** `export { find }`, `module.exports = { find }`, `const actions = { find }; module.exports = actions` */
function isExportedByName(fn: Node, statement: Node): boolean {
  const declarator = statement.parts.find((part) => part.kind === 'variable_declarator' && part.contains(fn));
  const name = declarator?.child('name') ?? statement.child('name');
  return name !== undefined && isNameExported(name, 2);
}

const PATTERNS: ReadonlySet<Kind> = new Set<Kind>(['object_pattern', 'array_pattern']);

function isNameExported(name: Node, steps: number): boolean {
  if (PATTERNS.has(name.kind) || steps === 0) return false;
  const { file } = name.item;
  const declaration = file.lookUp(name.text, name);
  if (!declaration) return false;
  // `const app = module.exports = {}`
  const declared = file.nodeOf(declaration).parent;
  const value = declared?.kind === 'variable_declarator' ? declared.child('value') : undefined;
  if (value?.kind === 'assignment_expression' && isExports(value.child('left'))) return true;
  return usesOf(declaration, file).some((use) => {
    for (const outer of use.ancestors()) {
      if (outer.kind === 'export_statement') return true;
      if (outer.kind === 'assignment_expression') {
        return isExports(outer.child('left'));
      }
      if (FUNCTION_KINDS.has(outer.kind) || outer.kind === 'call_expression') return false;
      const holder = outer.kind === 'variable_declarator' ? outer.child('name') : undefined;
      if (holder) return isNameExported(holder, steps - 1);
    }
    return false;
  });
}
