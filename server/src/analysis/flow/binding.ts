/** How a variable gets its first value. */
import { FUNCTION_KINDS } from '../kind';
import { propertyName } from '../literal';
import type { Node } from '../node';
import { ELEMENT, type Path } from './path';

/** The value that a name is bound to: a part of an expression, of an argument, of what a loop goes through. */
export type Binding = Bound & {
  /** From that value to the variable. */
  readonly path: Path;
  /** What it is instead where there is no value. */
  readonly defaults: readonly Node[];
};

type Bound =
  | { readonly how: 'value'; readonly value: Node | undefined }
  | { readonly how: 'parameter'; readonly fn: Node; readonly index: number; readonly isRest: boolean }
  | { readonly how: 'element'; readonly value: Node | undefined }
  | { readonly how: 'other' };

/** @param at the identifier that is bound, in a declaration or on the left of an assignment. */
export function bindingOf(at: Node): Binding {
  const path: string[] = [];
  const defaults: Node[] = [];
  let isRest = false;
  let node = at;
  if (at.kind === 'shorthand_property_identifier_pattern') path.unshift(at.text);
  for (let outer = at.parent; outer; node = outer, outer = outer.parent) {
    switch (outer.kind) {
      case 'pair_pattern': {
        const key = outer.child('key');
        path.unshift((key && propertyName(key)) ?? ELEMENT);
        break;
      }
      case 'object_pattern':
        break;
      case 'array_pattern': {
        const index = outer.parts.findIndex((part) => part.is(node));
        // Holes are no nodes, so an index behind one would be wrong.
        path.unshift(node.kind === 'rest_pattern' || /\[\s*,|,\s*,/.test(outer.text) ? ELEMENT : `${index}`);
        break;
      }
      case 'rest_pattern':
        isRest = true;
        break;
      case 'object_assignment_pattern':
      case 'assignment_pattern': {
        const value = outer.child('right');
        if (value && node.field === 'left') defaults.push(value);
        break;
      }
      case 'required_parameter':
      case 'optional_parameter': {
        const value = outer.child('value');
        if (value) defaults.push(value);
        break;
      }
      case 'formal_parameters': {
        const fn = outer.parent;
        if (!fn || !FUNCTION_KINDS.has(fn.kind)) return { how: 'other', path, defaults };
        const index = parametersOf(outer).findIndex((part) => part.is(node));
        const ofRest = isRest && (node.kind === 'rest_pattern' || node.childOf('rest_pattern') !== undefined);
        return { how: 'parameter', fn, index, isRest: ofRest, path, defaults };
      }
      case 'variable_declarator':
        return { how: 'value', value: outer.child('value'), path, defaults };
      case 'assignment_expression':
        return { how: 'value', value: outer.child('right'), path, defaults };
      case 'for_in_statement':
        return { how: 'element', value: outer.child('right'), path, defaults };
      default:
        if (FUNCTION_KINDS.has(outer.kind) && node.field === 'parameter') {
          return { how: 'parameter', fn: outer, index: 0, isRest: false, path, defaults };
        }
        return { how: 'other', path, defaults };
    }
  }
  return { how: 'other', path, defaults };
}

/** The parameters of a function, TypeScript's `this` not among them. */
export function parametersOf(list: Node): readonly Node[] {
  return list.parts.filter((part) => part.kind !== 'decorator' && part.child('pattern')?.kind !== 'this');
}

/** One parameter: with its type where it has one. */
export function parameterAt(fn: Node, index: number): Node | undefined {
  const list = fn.child('parameters');
  if (!list) return index === 0 ? fn.child('parameter') : undefined;
  return parametersOf(list)[index];
}
