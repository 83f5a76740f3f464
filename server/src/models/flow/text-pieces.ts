/** The pieces that an address or a path is put together from, and what stands in front of each. */
import { bindingOf } from '../../analysis/flow/binding';
import type { Hop } from '../../analysis/flow/origin';
import { writesTo } from '../../analysis/flow/writes';
import { type Call, callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { addends, templateParts } from '../../analysis/string-parts';
import { constantString } from '../../analysis/value';

export interface TextPiece {
  readonly node: Node;
  /** The text in front of it, with `VALUE` for what is not constant. */
  readonly before: string;
  /** The variables that the text was in before it came to the call. */
  readonly hops: readonly Hop[];
}

/** Stands for a value in `before`. */
export const VALUE = '\0';

/** The arguments that a call puts together, and what it puts between; undefined where it does not. */
export type Joining = (call: Call) => { readonly parts: readonly Node[]; readonly by: string } | undefined;

const MOST_PIECES = 60;
const DEEPEST = 8;

export function textPiecesOf(expression: Node, joining: Joining = () => undefined): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let before = '';
  const collect = (part: Node, hops: readonly Hop[], depth: number): void => {
    const node = unwrap(part);
    const constant = constantString(node);
    if (constant !== undefined) {
      before += constant;
      return;
    }
    const inner = depth > 0 && pieces.length < MOST_PIECES ? partsOf(node, joining) : undefined;
    if (inner) {
      for (const each of inner) {
        if (typeof each === 'string') before += each;
        else collect(each, hops, depth - 1);
      }
      return;
    }
    const bound = depth > 0 ? boundTo(node, joining) : undefined;
    if (bound) {
      collect(bound.value, [bound.hop, ...hops], depth - 1);
      return;
    }
    pieces.push({ node, before, hops });
    before += VALUE;
  };
  collect(expression, [], DEEPEST);
  return pieces;
}

function partsOf(node: Node, joining: Joining): readonly (string | Node)[] | undefined {
  if (node.kind === 'template_string') return templateParts(node);
  if (node.kind === 'binary_expression') return node.operator === '+' ? addends(node) : undefined;
  const call = /^(?:call|new)_expression$/.test(node.kind) ? callAt(node) : undefined;
  const joined = call && joining(call);
  return joined?.parts.flatMap((part, i) => (i === 0 ? [part] : [joined.by, part]));
}

/** What a variable that is written once was put together from. */
function boundTo(node: Node, joining: Joining): { readonly value: Node; readonly hop: Hop } | undefined {
  if (node.kind !== 'identifier' && node.kind !== 'shorthand_property_identifier') return undefined;
  const { file } = node.item;
  const declaration = file.lookUp(node.text, node);
  const declared = declaration && file.nodeOf(declaration);
  const binding = declared && bindingOf(declared);
  if (!declaration || !declared || binding?.how !== 'value' || binding.path.length > 0) return undefined;
  const isOfFunction = declared.enclosingFunction !== undefined;
  if (!isOfFunction && file.isAssigned(declaration.name)) return undefined;
  const values = isOfFunction ? writesTo(declared, declaration).map(({ value }) => value) : [];
  if (binding.value) values.push(binding.value);
  const [only] = values;
  const value = only && unwrap(only);
  if (!value || values.length > 1 || !partsOf(value, joining)) return undefined;
  return { value, hop: { node: declared, how: 'stored', name: node.text } };
}
