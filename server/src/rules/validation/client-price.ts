import type { Rule } from '../../analysis/rule';
import { clientAmounts } from '../../models/client-amounts';
import { stepsOf } from '../../models/flow/flow-report';

export const clientPrice: Rule = {
  id: 'validation/client-price',
  title: 'The client says what it pays',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'medium',
  cwe: ['CWE-472', 'CWE-602'],
  owasp: ['A06:2025'],
  fixable: false,

  *check(facts) {
    for (const { at, flow, name } of clientAmounts(facts))
      yield {
        at,
        message: `The client sends \`${name}\`, and pays that. Look the price up where the products are.`,
        related: stepsOf(flow, [], at),
      };
  },
};
