import type { Confidence } from '../../analysis/finding';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { addressOf, decidesOnHost, isOwnAddress } from '../../models/flow/address-text';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';
import { addressIn } from '../../models/flow/outgoing-requests';
import { type TextPiece, textPiecesOf } from '../../models/flow/text-pieces';
import { runtimeOf } from '../../models/runtime';

export const userUrlFetch: Rule = {
  id: 'ssrf/user-url-fetch',
  title: 'The server sends a request to a host that others choose',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-918'],
  owasp: ['A01:2025'],
  fixable: false,

  *check(facts) {
    for (const call of facts.calls) {
      const address = addressIn(call);
      const worst = address && worstOf(address, call.node);
      if (!worst || runtimeOf(facts.file) === 'client') continue;
      const { piece, flow, confidence } = worst;
      const at = piece.hops.length === 0 ? piece.node : address;
      yield {
        at,
        message: `The server fetches ${shown(piece.node)}, whose host the caller chooses. Allow known hosts only, and no private addresses.`,
        confidence,
        related: stepsOf(flow, piece.hops, at),
      };
    }
  },
};

interface Danger {
  readonly piece: TextPiece;
  readonly flow: Flow;
  readonly confidence: Confidence;
}

function worstOf(address: Node, sink: Node): Danger | undefined {
  let worst: Danger | undefined;
  for (const piece of textPiecesOf(address, addressOf)) {
    const decides = decidesOnHost(piece, 'ssrf');
    if (!decides) continue;
    for (const flow of flowsInto(piece.node, sink, 'ssrf', FLOW_MODEL, piece.hops) ?? []) {
      const sure = confidenceOf(flow, piece);
      const confidence = sure === 'high' && decides === 'perhaps' ? 'medium' : sure;
      if (confidence === 'high') return { piece, flow, confidence };
      if (confidence) worst ??= { piece, flow, confidence };
    }
  }
  return worst;
}

function confidenceOf(flow: Flow, piece: TextPiece): Confidence | undefined {
  const { source, from, isChecked } = flow;
  if (isOwnAddress(flow, piece)) return undefined;
  if (source?.kind === 'model') return isChecked ? undefined : 'medium';
  if (source?.kind !== 'request') return undefined;
  // A `Host` header is written by whoever is in front of the server, mostly.
  const isHeader = /\b(?:headers?|cookies?)\b/i.test(from.text);
  return isChecked || isHeader ? 'medium' : 'high';
}
