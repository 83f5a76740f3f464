import type { Confidence } from '../../analysis/finding';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import type { Rule } from '../../analysis/rule';
import { addressOf, decidesOnHost, isOwnAddress } from '../../models/flow/address-text';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';
import { type Redirect, redirectsIn } from '../../models/flow/redirects';
import { type TextPiece, textPiecesOf } from '../../models/flow/text-pieces';

export const openRedirect: Rule = {
  id: 'web/open-redirect',
  title: 'A redirect leads to whatever site a link names',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-601'],
  owasp: ['A01:2025'],
  fixable: false,

  *check(facts) {
    for (const redirect of redirectsIn(facts)) {
      const worst = worstOf(redirect);
      if (!worst) continue;
      const { piece, flow, confidence } = worst;
      const at = piece.hops.length === 0 ? piece.node : redirect.to;
      yield {
        at,
        message: `Redirects to ${shown(piece.node)} from the caller. Allow only local paths.`,
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

function worstOf({ node, to }: Redirect): Danger | undefined {
  let worst: Danger | undefined;
  for (const piece of textPiecesOf(to, addressOf)) {
    const decides = decidesOnHost(piece, 'redirect');
    if (!decides) continue;
    for (const flow of flowsInto(piece.node, node, 'redirect', FLOW_MODEL, piece.hops) ?? []) {
      const sure = confidenceOf(flow, piece);
      const confidence = sure === 'high' && decides === 'perhaps' ? 'medium' : sure;
      if (confidence === 'high') return { piece, flow, confidence };
      if (confidence) worst ??= { piece, flow, confidence };
    }
  }
  return worst;
}

/** Only what a link can carry counts: nobody writes headers or cookies into the browser of somebody else. */
function confidenceOf(flow: Flow, piece: TextPiece): Confidence | undefined {
  const { source, from, isChecked } = flow;
  if (/\b(?:headers?|cookies?|get)\b\(?/i.test(from.text) && !/searchParams|query|formData/i.test(from.text))
    return undefined;
  if (isOwnAddress(flow, piece)) return undefined;
  if (source?.kind === 'request') return isChecked ? 'low' : /\bbody\b/.test(from.text) ? 'medium' : 'high';
  const isOfLink = source?.kind === 'page' && /search|hash|query|asPath/i.test(from.text);
  return isOfLink ? (isChecked ? 'low' : 'high') : undefined;
}
