import type { Confidence } from '../../analysis/finding';
import type { Flow } from '../../analysis/flow/flow';
import type { Rule } from '../../analysis/rule';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { ldapSinksOf, MAY_BE_LDAP, readsAsFilter } from '../../models/flow/ldap-clients';
import { filterFix } from '../../models/flow/ldap-fix';
import { type PlacedPiece, worstTextFlow } from '../../models/flow/text-flow';

export const ldapFilter: Rule = {
  id: 'injection/ldap-filter',
  title: 'A filter or name of LDAP is put together from values',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-90'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsOf(MAY_BE_LDAP)) {
      for (const { text, isKnown } of ldapSinksOf(call)) {
        const worst = worstTextFlow(text, call.node, 'ldap', (flow, piece) =>
          confidenceOf(flow, piece, isKnown),
        );
        if (!worst) continue;
        const { at, flow, piece, confidence } = worst;
        yield {
          at,
          message: `LDAP reads ${shown(piece.node)} as a part of its filter or name: a caller can change what is found. Build it with the classes of the library, or escape the value.`,
          confidence,
          related: stepsOf(flow, piece.hops, at),
          fixes: () => filterFix(text, call.name),
        };
      }
    }
  },
};

function confidenceOf(
  flow: Flow,
  { before, isBuilt }: PlacedPiece,
  isKnown: boolean,
): Confidence | undefined {
  if (!isKnown && !readsAsFilter(before)) return undefined;
  switch (flow.source?.kind) {
    case 'request':
      return flow.isChecked ? 'medium' : 'high';
    case 'api':
      return isBuilt && !flow.isChecked ? 'medium' : undefined;
    default:
      return undefined;
  }
}
