/** Which element an object of properties goes to. */
import type { Node } from '../../analysis/node';
import { usesOf } from '../../analysis/uses';
import { constantString } from '../../analysis/value';

/** Wrappers between an object literal and the place that it is meant for. */
const MOST_STEPS = 12;

/** The attribute or element that `{ __html: … }` is written in, and the element's name in lower case. */
export interface ElementAround {
  /** `undefined` where the name is not written here. */
  readonly name: string | undefined;
  /** The attribute, where it is JSX. */
  readonly attribute: Node | undefined;
  /** The opening tag, where it is JSX. */
  readonly tag: Node | undefined;
}

const NOWHERE: ElementAround = { name: undefined, attribute: undefined, tag: undefined };

/** The element that an object literal goes to as a property, through variables and other objects. */
export function elementAround(object: Node, steps = MOST_STEPS): ElementAround {
  const { parent } = object;
  if (!parent || steps === 0) return NOWHERE;
  switch (parent.kind) {
    case 'jsx_attribute': {
      const tag = parent.parent;
      return { name: tag?.child('name')?.text.toLowerCase(), attribute: parent, tag };
    }
    case 'jsx_opening_element':
    case 'jsx_self_closing_element':
      return { name: parent.child('name')?.text.toLowerCase(), attribute: undefined, tag: parent };
    case 'arguments': {
      const [first] = parent.parts;
      const name = first && constantString(first);
      return { ...NOWHERE, name: name?.toLowerCase() };
    }
    case 'variable_declarator': {
      const { file } = parent.item;
      const name = parent.child('name');
      const declaration = name?.kind === 'identifier' ? file.lookUp(name.text, name) : undefined;
      const [use] = declaration ? usesOf(declaration, file) : [];
      return use ? elementAround(use, steps - 1) : NOWHERE;
    }
    case 'assignment_expression':
    case 'sequence_expression':
    case 'pair':
    case 'object':
    case 'spread_element':
    case 'jsx_expression':
    case 'parenthesized_expression':
    case 'ternary_expression':
    case 'as_expression':
    case 'satisfies_expression':
      return elementAround(parent, steps - 1);
    default:
      return NOWHERE;
  }
}
