/** Values that take their turn in a loop over a list that is written in the file. */
import { callAt } from '../analysis/item-facts';
import { FUNCTION_KINDS } from '../analysis/kind';
import { propertyName } from '../analysis/literal';
import type { Node } from '../analysis/node';
import { pairOf, resolvedValue } from '../analysis/value';

const LOOPING: ReadonlySet<string> = new Set(['forEach', 'map', 'each']);
const MOST = 200;

/**
 * What an expression is in each round: `route.path` in `routes.forEach((route) => …)` and in
 * `for (const route of routes) …`; undefined where it is in no such loop, or not known in each round.
 */
export function inLoop(expression: Node): readonly Node[] | undefined {
  const object = expression.kind === 'member_expression' ? expression.child('object') : expression;
  const { file } = expression.item;
  const declaration = object?.kind === 'identifier' ? file.lookUp(object.text, object) : undefined;
  const at = declaration && file.nodeOf(declaration);
  const list = at && listOf(at);
  if (!at || !list || list.length === 0 || list.length > MOST) return undefined;
  const property = expression.child('property');
  const key = expression.kind === 'member_expression' ? property && propertyName(property) : keyOf(at);
  const values = list.flatMap((element) => {
    const value = key === undefined ? element : pairOf(resolvedValue(element), key)?.value;
    return value ?? [];
  });
  return values.length === list.length ? values : undefined;
}

/** `path` of `({ path, router }) => …` */
function keyOf(at: Node): string | undefined {
  if (at.kind === 'shorthand_property_identifier_pattern') return at.text;
  const key = at.parent?.kind === 'pair_pattern' ? at.parent.child('key') : undefined;
  return key && propertyName(key);
}

function listOf(at: Node): readonly Node[] | undefined {
  for (const outer of at.ancestors()) {
    if (outer.kind === 'for_in_statement') {
      const right = outer.child('right');
      return right && elementsOf(right);
    }
    if (!FUNCTION_KINDS.has(outer.kind)) continue;
    const list = outer.parent?.kind === 'arguments' ? outer.parent.parent : undefined;
    const call = list && callAt(list);
    const object = call && LOOPING.has(call.method ?? '') ? call.callee.child('object') : undefined;
    return object && elementsOf(object);
  }
  return undefined;
}

function elementsOf(list: Node): readonly Node[] | undefined {
  const value = resolvedValue(list);
  return value.kind === 'array' ? value.parts : undefined;
}
