/** What is put into a variable, or into what it holds, after its declaration. */
import type { Declaration } from '../declarations';
import { callAt } from '../item-facts';
import { isWrapper } from '../literal';
import type { Node } from '../node';
import { rememberedByNode } from '../remembered';
import { bindingOf } from './binding';
import { occurrencesOf } from './occurrences';
import { ELEMENT, joined, type Path, stepOf, WHOLE } from './path';

export interface Write {
  /** The whole expression that writes: what is inside of it comes before. */
  readonly node: Node;
  /** Where in the variable's value. */
  readonly path: Path;
  readonly value: Node;
  /** Where in that expression's value; `undefined` stands for nothing that can be followed. */
  readonly from: Path;
  /** Whether what was there is gone. */
  readonly replaces: boolean;
}

/** Methods that put arguments into what they are called on. */
const FILLING: ReadonlyMap<string, { readonly from: number; readonly as: Path }> = new Map([
  ['push', { from: 0, as: ['0'] }],
  ['unshift', { from: 0, as: ['0'] }],
  ['add', { from: 0, as: [ELEMENT] }],
  ['fill', { from: 0, as: [ELEMENT] }],
  ['splice', { from: 2, as: [ELEMENT] }],
  ['set', { from: 1, as: [ELEMENT] }],
  ['append', { from: 0, as: [ELEMENT] }],
]);

/** All writes to a variable, in the order of the text. */
export const writesTo = rememberedByNode((declared: Node, declaration: Declaration): readonly Write[] =>
  occurrencesOf(declared, declaration).flatMap(writesAt),
);

function writesAt(occurrence: Node): readonly Write[] {
  let node = occurrence;
  let path: Path = WHOLE;
  for (let { parent } = node; parent; parent = node.parent) {
    const step = node.field === 'object' ? stepOf(parent) : undefined;
    if (step !== undefined) path = joined(path, [step]);
    else if (!isWrapper(parent)) break;
    node = parent;
  }
  const { parent } = node;
  switch (parent?.kind) {
    case 'assignment_expression': {
      const value = parent.child('right');
      if (node.field !== 'left' || !value) return [];
      return [{ node: parent, path, value, from: WHOLE, replaces: !path.includes(ELEMENT) }];
    }
    case 'augmented_assignment_expression': {
      const value = parent.child('right');
      const adds = /^(?:\+|&&|\|\||\?\?)=$/.test(parent.operator);
      return node.field === 'left' && value && adds
        ? [{ node: parent, path, value, from: WHOLE, replaces: false }]
        : [];
    }
    case 'for_in_statement': {
      const value = parent.child('right');
      if (node.field !== 'left' || !value) return [];
      return [{ node, path, value, from: [ELEMENT], replaces: true }];
    }
    case 'call_expression':
      return node.field === 'function' ? filled(parent, path) : [];
    case 'arguments':
      return assigned(node, parent);
    case 'array_pattern':
    case 'pair_pattern':
    case 'assignment_pattern':
    case 'rest_pattern': {
      const binding = path.length === 0 ? bindingOf(occurrence) : undefined;
      if (binding?.how !== 'value' || !binding.value) return [];
      const whole = binding.value.parent ?? binding.value;
      if (whole.kind !== 'assignment_expression') return [];
      return [{ node: whole, path, value: binding.value, from: binding.path, replaces: true }];
    }
    default:
      return [];
  }
}

/** `list.push(value)`: the last step of the way is the method. */
function filled(call: Node, path: Path): readonly Write[] {
  const filling = FILLING.get(path.at(-1) ?? '');
  const args = filling && callAt(call)?.args;
  if (!filling || !args) return [];
  const into = joined(path.slice(0, -1), filling.as);
  return args.slice(filling.from).map((argument) => {
    const spread = argument.kind === 'spread_element' ? argument.parts[0] : undefined;
    const [value, from] = spread ? [spread, [ELEMENT]] : [argument, WHOLE];
    return { node: call, path: into, value, from, replaces: false };
  });
}

/** `Object.assign(target, value)` */
function assigned(node: Node, list: Node): readonly Write[] {
  const call = list.parent && callAt(list.parent);
  if (!call || !/^(?:assign|merge|extend|defaults|defaultsDeep)$/.test(call.method ?? '')) return [];
  const [target, ...values] = call.args;
  if (!target?.is(node)) return [];
  return values.map((value) => ({ node: call.node, path: WHOLE, value, from: WHOLE, replaces: false }));
}
