import type { Confidence } from '../../analysis/finding';
import type { Flow } from '../../analysis/flow/flow';
import type { NamedCall } from '../../analysis/item-facts';
import type { Rule } from '../../analysis/rule';
import { worstAddressFlow } from '../../models/flow/address-flow';
import { isOwnAddress } from '../../models/flow/address-text';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { addressIn, CONNECTING, REQUEST_NAMES } from '../../models/flow/outgoing-requests';
import { isSetting } from '../../models/flow/settings';
import { type TextPiece, VALUE } from '../../models/flow/text-pieces';
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
    for (const call of facts.callsTo(REQUEST_NAMES)) {
      const address = addressIn(call);
      const worst = address && worstAddressFlow(address, call.node, 'ssrf', confidenceOf);
      if (!worst || runtimeOf(facts.file) === 'client') continue;
      const { piece, flow, confidence } = worst;
      if (flow.source?.kind === 'api' && !isOfServer(call)) continue;
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

function confidenceOf(flow: Flow, piece: TextPiece): Confidence | undefined {
  const { source, from, isChecked } = flow;
  if (source?.kind !== 'api' && isOwnAddress(flow, piece)) return undefined;
  if (source?.kind === 'tool') return isChecked ? undefined : 'medium';
  // A package that fetches what it is given fetches what strangers give to those who use it.
  if (source?.kind === 'api')
    return isChecked || isSetting(flow) || piece.before.includes(VALUE) ? undefined : 'medium';
  if (source?.kind !== 'request') return undefined;
  // A `Host` header is written by whoever is in front of the server, mostly.
  const isHeader = /\b(?:headers?|cookies?)\b/i.test(from.text);
  return isChecked || isHeader ? 'medium' : 'high';
}

/** Whether a request is sent by a server, as far as a module tells: a page may send requests anywhere. */
function isOfServer({ name, node }: NamedCall): boolean {
  // Drivers and clients of protocols connect to wherever their callers say.
  if (CONNECTING.test(name)) return false;
  if (!ANYWHERE.test(name)) return true;
  const { file } = node.item;
  return runtimeOf(file) === 'server' || file.says(/\bexports\b/);
}

const ANYWHERE = /^(?:globalThis\.fetch|axios|ky|superagent|cross-fetch|isomorphic-fetch|ofetch)\b/;
