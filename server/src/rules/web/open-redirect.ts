import type { Confidence } from '../../analysis/finding';
import type { Flow } from '../../analysis/flow/flow';
import { callAt } from '../../analysis/item-facts';
import type { Rule } from '../../analysis/rule';
import { wordsOf } from '../../analysis/words';
import { worstAddressFlow } from '../../models/flow/address-flow';
import { isOwnAddress } from '../../models/flow/address-text';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { redirectsIn } from '../../models/flow/redirects';
import type { TextPiece } from '../../models/flow/text-pieces';

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
      const worst = worstAddressFlow(redirect.to, redirect.node, 'redirect', confidenceOf);
      if (!worst) continue;
      const { piece, flow } = worst;
      // The page stays where it is, and the other one is seen to be new.
      const isNewWindow = callAt(redirect.node)?.name === 'globalThis.open';
      const confidence = isNewWindow && worst.confidence === 'high' ? 'medium' : worst.confidence;
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

/** Words of fields that a page sends along to say where to go on. */
const TARGETS: ReadonlySet<string> = new Set(
  'redirect returnto return returnurl next goto continue destination dest back referer'.split(' '),
);

/** Only what a link can carry counts: nobody writes headers or cookies into the browser of somebody else. */
function confidenceOf(flow: Flow, piece: TextPiece): Confidence | undefined {
  const { source, from, isChecked } = flow;
  if (/\b(?:headers?|cookies?|get)\b\(?/i.test(from.text) && !/searchParams|query|formData/i.test(from.text))
    return undefined;
  if (isOwnAddress(flow, piece)) return undefined;
  if (source?.kind === 'request') {
    if (isChecked) return 'low';
    // The form of a login hands on what a link named: `req.body.returnTo`.
    const isOfForm = wordsOf(from.text.slice(-60)).some((word) => TARGETS.has(word));
    return /\bbody\b/.test(from.text) && !isOfForm ? 'medium' : 'high';
  }
  const isOfLink = source?.kind === 'page' && /search|hash|query|asPath|href|URL/i.test(from.text);
  return isOfLink ? (isChecked ? 'low' : 'high') : undefined;
}
