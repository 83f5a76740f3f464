/** Whether whoever uses a file can call one of its functions: it is exported, or a method of what is. */
import type { Kind } from '../kind';
import { wrapped } from '../literal';
import { canonicalName } from '../name';
import type { Node } from '../node';
import { rememberedByNode } from '../remembered';
import { usesOf } from '../uses';

/** So many names and functions are gone through from a function to what is exported. */
const MOST_STEPS = 4;

export const isExported = rememberedByNode((fn: Node): boolean => isOpen(fn, MOST_STEPS));

/** Ways on which a value stays what it is, or becomes a member of something. */
const HOLDING: ReadonlySet<Kind> = new Set<Kind>([
  'parenthesized_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'type_assertion',
  'assignment_expression',
  'pair',
  'object',
  'ternary_expression',
  'binary_expression',
  'class_body',
  'class',
  'public_field_definition',
]);

/** @param value a function, or what holds one. */
function isOpen(value: Node, steps: number): boolean {
  if (steps <= 0) return false;
  if (value.kind === 'method_definition' && /^(?:#|private\b)/.test(value.text)) return false;
  const declared = DECLARING.has(value.kind) ? value.child('name') : undefined;
  if (declared && isNameOpen(declared, steps)) return true;
  let node = value;
  for (let { parent } = node; parent; node = parent, parent = node.parent) {
    switch (parent.kind) {
      case 'export_statement':
        return true;
      case 'assignment_expression':
        if (node.field === 'right' && isOpenTarget(parent.child('left'), steps)) return true;
        break;
      case 'variable_declarator': {
        const name = parent.child('name');
        if (!name || name.kind === 'object_pattern' || node.field !== 'value') return false;
        return isNameOpen(name, steps);
      }
      case 'class_declaration':
      case 'abstract_class_declaration': {
        if (parent.parent?.kind === 'export_statement') return true;
        const name = parent.child('name');
        return name !== undefined && isNameOpen(name, steps);
      }
      case 'return_statement': {
        const fn = parent.enclosingFunction;
        return fn !== undefined && isResultOpen(fn, steps);
      }
      case 'arrow_function':
        return node.field === 'body' && isResultOpen(parent, steps);
      case 'arguments':
        return isDefining(parent, node);
      default:
        if (!HOLDING.has(parent.kind)) return false;
    }
  }
  return false;
}

const DECLARING: ReadonlySet<Kind> = new Set<Kind>([
  'function_declaration',
  'generator_function_declaration',
]);

function isExports(target: Node): boolean {
  return EXPORTS.test(canonicalName(target) ?? target.text);
}

const EXPORTS = /^(?:globalThis\.)?(?:module\.)?exports\b/;

/** `exports.find`, `Store.prototype.find`, `store.find`, `this.find`, where these are exported. */
function isOpenTarget(target: Node | undefined, steps: number): boolean {
  if (!target) return false;
  if (isExports(target)) return true;
  if (target.kind === 'identifier') return isNameOpen(target, steps);
  let object = target.child('object');
  if (!object) return false;
  // A plugin of jQuery: `$.fn.label = …`
  if (/^[\w$]+\.fn$/.test(object.text.replace(/\/\*[\s\S]*?\*\/|\s/g, ''))) return true;
  if (object.child('property')?.text === 'prototype') object = object.child('object');
  if (object && isThis(object)) {
    const fn = makerAround(target);
    return fn !== undefined && isOpen(fn, steps - 1);
  }
  if (object?.kind === 'member_expression') {
    // `api.get.name = …`, where `api` is exported.
    const root = object.child('object');
    return isMemberOpen(object, steps) || (root?.kind === 'identifier' && isNameOpen(root, steps - 1));
  }
  return object?.kind === 'identifier' && isNameOpen(object, steps);
}

/** `module.exports = internals.Store`, where `internals.Store.find = …` stands as well. */
function isMemberOpen(member: Node, steps: number): boolean {
  if (steps <= 0) return false;
  const root = member.child('object');
  const { file } = member.item;
  const declaration = root?.kind === 'identifier' ? file.lookUp(root.text, root) : undefined;
  const uses = declaration ? usesOf(declaration, file) : [];
  return uses.some(({ parent }) => {
    if (parent?.kind !== 'member_expression' || parent.text !== member.text) return false;
    const outer = parent.field === 'left' ? parent.parent?.parent : undefined;
    const chained = outer?.kind === 'assignment_expression' ? outer.child('left') : undefined;
    return (chained && isExports(chained)) || isUseOpen(parent, steps - 1);
  });
}

/** `this`, `var self = this` */
function isThis(object: Node): boolean {
  if (object.kind !== 'identifier') return object.kind === 'this';
  const { file } = object.item;
  const declaration = file.lookUp(object.text, object);
  return (declaration && file.nodeOf(declaration).parent?.child('value'))?.kind === 'this';
}

/** The function whose `this` is meant: arrow functions have none of their own. */
function makerAround(node: Node): Node | undefined {
  let fn = node.enclosingFunction;
  while (fn?.kind === 'arrow_function') fn = fn.enclosingFunction;
  return fn;
}

/** Whether a variable is exported, by the steps that are left: ways fork with each use, and meet in few names. */
const opennessOf = rememberedByNode((_declared: Node) => new Map<number, boolean>());

/** `export { find }`, `module.exports = { find }`, `const actions = { find }; module.exports = actions` */
function isNameOpen(name: Node, steps: number): boolean {
  const { file } = name.item;
  const declaration = file.lookUp(name.text, name);
  if (!declaration || steps <= 0) return false;
  const declared = file.nodeOf(declaration);
  const known = opennessOf(declared);
  const answer = known.get(steps);
  if (answer !== undefined) return answer;
  const { parent } = declared;
  const declarator = parent?.kind === 'variable_declarator' ? parent : undefined;
  // `var api = module.exports = {}`
  const initial = declarator?.child('value');
  const assigned = initial?.kind === 'assignment_expression' ? initial.child('left') : undefined;
  const isOpen =
    declarator?.parent?.parent?.kind === 'export_statement' ||
    (assigned !== undefined && isExports(assigned)) ||
    usesOf(declaration, file).some((use) => isUseOpen(use, steps));
  known.set(steps, isOpen);
  return isOpen;
}

function isUseOpen(use: Node, steps: number): boolean {
  let node = use;
  for (let { parent } = node; parent; node = parent, parent = node.parent) {
    switch (parent.kind) {
      case 'export_statement':
        return true;
      case 'export_specifier':
      case 'export_clause':
        break;
      case 'assignment_expression':
        return node.field === 'right' && isOpenTarget(parent.child('left'), steps - 1);
      case 'variable_declarator': {
        const name = parent.child('name');
        return name?.kind === 'identifier' && node.field === 'value' && isNameOpen(name, steps - 1);
      }
      case 'return_statement': {
        const fn = parent.enclosingFunction;
        return fn !== undefined && isResultOpen(fn, steps);
      }
      case 'arguments':
        return isDefining(parent, node);
      case 'new_expression':
        // `module.exports = new Store()`
        if (node.field !== 'constructor') return false;
        break;
      default:
        if (!HOLDING.has(parent.kind)) return false;
    }
  }
  return false;
}

/** `Object.assign(exports, { find })`, `Object.defineProperty(exports, 'find', { value: find })` */
function isDefining(list: Node, value: Node): boolean {
  const callee = list.parent?.child('function')?.text ?? '';
  const [target] = list.parts;
  if (!/^Object\.(?:assign|defineProperty|defineProperties)$/.test(callee) || !target) return false;
  return !target.is(value) && isExports(target);
}

/** Whether what a function answers is exported: it is itself, or is called at once as the body of a module. */
function isResultOpen(fn: Node, steps: number): boolean {
  if (isOpen(fn, steps - 1)) return true;
  const node = wrapped(fn);
  const { parent } = node;
  if (parent?.kind === 'call_expression' && node.field === 'function') return isOpen(parent, steps - 1);
  // `(function (root, factory) { module.exports = factory(); })(this, function () { … })`
  const call = parent?.kind === 'arguments' ? parent.parent : undefined;
  const callee = call?.child('function');
  return (
    callee !== undefined && /^\(?\s*(?:function|\()/.test(callee.text) && /\bexports\b/.test(callee.text)
  );
}
