/** The worst of what may come into a text that is read as something else than text: a template, a query, a pattern. */
import type { Confidence } from '../../analysis/finding';
import type { Capability } from '../../analysis/flow/capability';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { FLOW_MODEL } from './model';
import { type TextPiece, textPiecesOf } from './text-pieces';

export interface TextDanger {
  /** Where it is reported: the piece, or the text where this was put together elsewhere. */
  readonly at: Node;
  readonly piece: TextPiece;
  readonly flow: Flow;
  readonly confidence: Confidence;
}

/** A piece, and whether a part of the text is written in the code. */
export interface PlacedPiece extends TextPiece {
  readonly isBuilt: boolean;
}

const LEVELS: readonly Confidence[] = ['low', 'medium', 'high'];

/** @param confidenceOf undefined for what is not to be reported. */
export function worstTextFlow(
  text: Node,
  sink: Node,
  capability: Capability,
  confidenceOf: (flow: Flow, piece: PlacedPiece) => Confidence | undefined,
): TextDanger | undefined {
  let worst: TextDanger | undefined;
  const pieces = textPiecesOf(text);
  for (const piece of pieces) {
    const isBuilt = pieces.length > 1 || !piece.node.is(unwrap(text)) || piece.before !== '';
    for (const flow of flowsInto(piece.node, sink, capability, FLOW_MODEL, piece.hops) ?? []) {
      const confidence = confidenceOf(flow, { ...piece, isBuilt });
      if (!confidence) continue;
      if (worst && LEVELS.indexOf(confidence) <= LEVELS.indexOf(worst.confidence)) continue;
      worst = { at: piece.hops.length === 0 ? piece.node : text, piece, flow, confidence };
      if (confidence === 'high') return worst;
    }
  }
  return worst;
}

/** Whether a stranger decides on it: a client of the server, or a link to the page. */
export function isByStranger({ source }: Flow): boolean {
  return source?.kind === 'request' || source?.kind === 'page';
}
