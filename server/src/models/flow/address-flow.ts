/** The worst of what may come into an address where it decides on the host. */
import type { Confidence } from '../../analysis/finding';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import type { Node } from '../../analysis/node';
import { addressOf, decidesOnHost } from './address-text';
import { FLOW_MODEL } from './model';
import { type TextPiece, textPiecesOf } from './text-pieces';

export interface AddressFlow {
  readonly piece: TextPiece;
  readonly flow: Flow;
  readonly confidence: Confidence;
}

/** @param confidenceOf undefined for what is not to be reported. */
export function worstAddressFlow(
  address: Node,
  sink: Node,
  capability: 'ssrf' | 'redirect',
  confidenceOf: (flow: Flow, piece: TextPiece) => Confidence | undefined,
): AddressFlow | undefined {
  let worst: AddressFlow | undefined;
  for (const piece of textPiecesOf(address, addressOf)) {
    const decides = decidesOnHost(piece, capability);
    if (!decides) continue;
    for (const flow of flowsInto(piece.node, sink, capability, FLOW_MODEL, piece.hops) ?? []) {
      const sure = confidenceOf(flow, piece);
      const confidence = sure === 'high' && decides === 'perhaps' ? 'medium' : sure;
      if (confidence === 'high') return { piece, flow, confidence };
      if (confidence) worst ??= { piece, flow, confidence };
    }
  }
  return worst;
}
