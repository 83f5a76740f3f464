/**
 * Values that can be read off the text: what a variable that is bound once holds, what a string comes to
 * when it is put together from constants, what an options object says.
 */
import type { Declaration } from './declarations';
import type { Kind } from './kind';
import { propertyName, stringLiteral, unwrap } from './literal';
import type { Node } from './node';
import { rememberedByNode } from './remembered';
import { addends, templateParts } from './string-parts';

/**
 * So many variables, properties and pieces of text are followed for one question; what needs more is not known.
 * **Invariant:** every recursion here takes from the same budget, so that neither circles nor `b = a + a`,
 * `c = b + b` … cost more than it.
 */
const MOST_STEPS = 200;

interface Budget {
  left: number;
}

/** What a declaration takes its value from: an expression, and the properties taken from it. */
export interface Initializer {
  readonly value: Node;
  /** `const { a: { b } } = value` binds `b` to the path `['a', 'b']`. */
  readonly path: readonly string[];
}

/**
 * Where the value of a variable comes from, when it has just one: a `const`, or a variable that nothing in
 * the file assigns to. Undefined for parameters, functions, classes, imports, rest and array patterns.
 *
 * @param at the identifier that the declaration puts in scope.
 */
export function initializerOf(declaration: Declaration, at: Node): Initializer | undefined {
  return initializerAt(at, declaration);
}

const initializerAt = rememberedByNode((at, declaration: Declaration): Initializer | undefined => {
  const path: string[] = [];
  let node: Node | undefined = at;
  for (let outer = at.parent; outer; node = outer, outer = outer.parent) {
    switch (outer.kind) {
      case 'variable_declarator': {
        const value = outer.child('value');
        if (!value || node.field !== 'name' || !isBoundOnce(declaration, outer)) return undefined;
        return { value, path };
      }
      case 'pair_pattern': {
        const key = outer.child('key');
        const name = key && propertyName(key);
        if (name === undefined) return undefined;
        path.unshift(name);
        break;
      }
      case 'object_pattern':
        if (node.kind === 'shorthand_property_identifier_pattern') path.unshift(node.text);
        if (node.kind === 'object_assignment_pattern') path.unshift(node.child('left')?.text ?? '');
        if (node.kind === 'rest_pattern') return undefined;
        break;
      case 'object_assignment_pattern':
      case 'assignment_pattern':
        if (node.field !== 'left') return undefined;
        break;
      default:
        return undefined;
    }
  }
  return undefined;
});

function isBoundOnce(declaration: Declaration, declarator: Node): boolean {
  return (
    declarator.parent?.hasKeyword('const') === true || !declarator.item.file.isAssigned(declaration.name)
  );
}

/**
 * The expression that an expression comes to: through parentheses, casts, variables that are bound once,
 * and properties of object literals. Answers the last expression that could be reached.
 */
export function resolvedValue(expression: Node): Node {
  return resolve(expression, { left: MOST_STEPS });
}

function resolve(expression: Node, budget: Budget): Node {
  let node = unwrap(expression);
  while (budget.left-- > 0) {
    const next = followOnce(node, budget);
    if (!next) return node;
    node = unwrap(next);
  }
  return node;
}

function followOnce(node: Node, budget: Budget): Node | undefined {
  const { kind } = node;
  if (kind === 'identifier' || kind === 'shorthand_property_identifier') {
    const { file } = node.item;
    const declaration = file.lookUp(node.text, node);
    const bound = declaration && initializerOf(declaration, file.nodeOf(declaration));
    if (!bound) return undefined;
    let value: Node | undefined = bound.value;
    for (const property of bound.path) {
      value = value && findPair(resolve(value, budget), property, budget)?.value;
    }
    return value;
  }
  if (kind === 'member_expression') {
    const object = node.child('object');
    const name = node.child('property');
    const key = name && propertyName(name);
    if (!object || key === undefined) return undefined;
    return findPair(resolve(object, budget), key, budget)?.value;
  }
  return undefined;
}

/** The value that an object literal gives a property; undefined when it has none or a spread may hide it. */
export function propertyOf(object: Node, name: string): Node | undefined {
  return pairOf(object, name)?.value;
}

/** A property of an object literal: the node to point at, and its value. */
export interface Property {
  readonly node: Node;
  readonly value: Node;
}

/** The last property of this name in an object literal, unless a spread behind it may replace it. */
export function pairOf(object: Node, name: string): Property | undefined {
  return findPair(object, name, { left: MOST_STEPS });
}

function findPair(object: Node, name: string, budget: Budget): Property | undefined {
  if (object.kind !== 'object') return undefined;
  const parts = object.parts;
  for (let i = parts.length - 1; i >= 0; i--) {
    const node = parts[i] as Node;
    if (node.kind === 'spread_element') {
      const inner = node.parts[0];
      return inner && findPair(resolve(inner, budget), name, budget);
    }
    if (node.kind === 'shorthand_property_identifier' && node.text === name) return { node, value: node };
    const key = node.kind === 'pair' ? node.child('key') : undefined;
    const value = node.child('value');
    if (key && value && propertyName(key) === name) return { node, value };
  }
  return undefined;
}

const TEXTS: ReadonlySet<Kind> = new Set<Kind>(['string', 'template_string']);

/** The string that an expression always comes to; undefined when any part of it is not constant. */
export function constantString(expression: Node): string | undefined {
  return constantText(expression, { left: MOST_STEPS });
}

function constantText(expression: Node, budget: Budget): string | undefined {
  if (budget.left-- <= 0) return undefined;
  const node = resolve(expression, budget);
  switch (node.kind) {
    case 'string':
      return stringLiteral(node);
    case 'number':
      return node.text;
    case 'template_string':
      return joined(templateParts(node), budget);
    case 'binary_expression': {
      const pieces = addends(node);
      if (pieces.length === 1 || pieces.length > budget.left) return undefined;
      // A sum of numbers is a number, which nobody here asks for.
      const isText = pieces.some((piece) => TEXTS.has(resolve(piece, budget).kind));
      return isText ? joined(pieces, budget) : undefined;
    }
    default:
      return undefined;
  }
}

function joined(pieces: readonly (string | Node)[], budget: Budget): string | undefined {
  let text = '';
  for (const piece of pieces) {
    const part = typeof piece === 'string' ? piece : constantText(piece, budget);
    if (part === undefined) return undefined;
    text += part;
  }
  return text;
}

/** The value of `true` or `false` that an expression always comes to. */
export function constantBoolean(expression: Node): boolean | undefined {
  const node = resolvedValue(expression);
  if (node.kind === 'true') return true;
  if (node.kind === 'false') return false;
  if (node.kind === 'unary_expression' && node.operator === '!') {
    const operand = node.child('argument');
    const value = operand && unwrap(operand);
    if (value?.kind === 'number') return Number(value.text) === 0;
  }
  return undefined;
}
