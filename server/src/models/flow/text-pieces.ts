/** The pieces that an address or a path is put together from, and what stands in front of each. */
import { type Call, callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { constantString } from '../../analysis/value';
import { type PiecesOf, partsOfText, piecesWritten, type TextValue } from './composed-text';

export interface TextPiece extends TextValue {
  /** The text in front of it, with `VALUE` for what is not constant. */
  readonly before: string;
}

/** Stands for a value in `before`. */
export const VALUE = '\0';

/** The arguments that a call puts together, and what it puts between; undefined where it does not. */
export type Joining = (call: Call) => { readonly parts: readonly Node[]; readonly by: string } | undefined;

export function textPiecesOf(expression: Node, joining: Joining = () => undefined): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let before = '';
  for (const part of partsOfText(
    expression,
    (node) => piecesWritten(node) ?? concatenated(node) ?? joinedParts(node, joining),
  )) {
    if (typeof part === 'string') {
      before += part;
      continue;
    }
    pieces.push({ ...part, before });
    before += VALUE;
  }
  return pieces;
}

/** `'/find?'.concat(query)`, as older compilers write templates; of lists this is another method. */
function concatenated(node: Node): readonly Node[] | undefined {
  const call = node.kind === 'call_expression' ? callAt(node) : undefined;
  const object = call?.method === 'concat' ? call.callee.child('object') : undefined;
  if (!call || !object) return undefined;
  const text = unwrap(object);
  const isText = constantString(text) !== undefined || (piecesWritten(text) ?? concatenated(text));
  return isText ? [object, ...call.args] : undefined;
}

function joinedParts(node: Node, joining: Joining): ReturnType<PiecesOf> {
  const call = /^(?:call|new)_expression$/.test(node.kind) ? callAt(node) : undefined;
  const joined = call && joining(call);
  return joined?.parts.flatMap((part, i) => (i === 0 ? [part] : [joined.by, part]));
}
