/** The pieces that an address or a path is put together from, and what stands in front of each. */
import { type Call, callAt } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
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
  for (const part of partsOfText(expression, (node) => piecesWritten(node) ?? joinedParts(node, joining))) {
    if (typeof part === 'string') {
      before += part;
      continue;
    }
    pieces.push({ ...part, before });
    before += VALUE;
  }
  return pieces;
}

function joinedParts(node: Node, joining: Joining): ReturnType<PiecesOf> {
  const call = /^(?:call|new)_expression$/.test(node.kind) ? callAt(node) : undefined;
  const joined = call && joining(call);
  return joined?.parts.flatMap((part, i) => (i === 0 ? [part] : [joined.by, part]));
}
