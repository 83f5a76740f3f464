/** Which calls lead back into the function that they stand in. */
import type { Call } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { propertyName } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { rememberedByNode } from '../../analysis/remembered';
import { functionOf } from '../../analysis/results';

/** The functions around a place, the nearest first; more are not asked about. */
const MOST_AROUND = 5;

/** The function that a call is of, if it is around a place or leads to a function that is. */
export function calledAround(call: Call, place: Node): Node | undefined {
  const around = functionsAround(place);
  const { callee } = call;
  if (callee.text === 'arguments.callee') return around[0];
  if (callee.kind === 'identifier') {
    const fn = functionOf(callee);
    if (fn) return around.some((each) => each.is(fn) || reaches(fn, each)) ? fn : undefined;
  }
  const name = callee.child('property')?.text ?? callee.text;
  const bare = name === 'call' ? (callee.child('object')?.text.split('.').at(-1) ?? '') : name;
  return around.find((fn) => namesOfFunction(fn).includes(bare));
}

function functionsAround(place: Node): readonly Node[] {
  const found: Node[] = [];
  for (let fn = place.enclosingFunction; fn && found.length < MOST_AROUND; fn = fn.enclosingFunction)
    found.push(fn);
  return found;
}

/** The names that a function goes by where it is written: its own, the variable's, the property's. */
export const namesOfFunction = rememberedByNode((fn: Node): readonly string[] => {
  const names: string[] = [];
  const own = fn.child('name');
  if (own) names.push(own.text);
  let node = fn;
  for (let { parent } = node; parent; node = parent, parent = node.parent) {
    if (parent.kind === 'variable_declarator') {
      const name = parent.child('name');
      if (name?.kind === 'identifier') names.push(name.text);
    } else if (parent.kind === 'assignment_expression') {
      const target = parent.child('left');
      const name = target?.child('property') ?? target;
      if (name && node.field === 'right') names.push(name.text);
    } else if (parent.kind === 'pair') {
      const key = parent.child('key');
      const name = key && propertyName(key);
      if (name) names.push(name);
    }
    const isPassing = /^(?:parenthesized_expression|assignment_expression)$/.test(parent.kind);
    if (!isPassing || FUNCTION_KINDS.has(parent.kind)) break;
  }
  return names;
});

/** Whether a function holds another, or names it. */
function reaches(fn: Node, other: Node): boolean {
  if (fn.contains(other)) return true;
  const names = namesOfFunction(other);
  if (names.length === 0) return false;
  for (const node of fn.walk()) {
    if (node.kind === 'identifier' && names.includes(node.text) && functionOf(node)?.is(other)) return true;
  }
  return false;
}
