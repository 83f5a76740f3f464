import type { Rule } from '../../analysis/rule';
import { stepsOf } from '../../models/flow/flow-report';
import { hasSchemas, unvalidatedWrites } from '../../models/unvalidated-writes';

export const unvalidatedBody: Rule = {
  id: 'validation/unvalidated-body',
  title: 'What a client sends is stored without a look at it',
  severity: 'info',
  aiSeverity: 'warning',
  confidence: 'medium',
  cwe: ['CWE-20'],
  owasp: ['A05:2025'],
  fixable: false,

  *check(facts) {
    for (const { at, flow, fields, entity, of, claim } of facts.once(unvalidatedWrites)) {
      // `validation/type-assertion` speaks of it where the type is claimed.
      if (claim) continue;
      const what = fields
        .map((field) => `\`${field}\``)
        .slice(0, 3)
        .join(', ');
      const others = fields.length > 3 ? ' and others' : '';
      yield {
        at,
        message: `Of a request ${what}${others} go into \`${entity}\` as they come. Hold the request against a schema first.`,
        // One text into a column of texts is as it should be.
        confidence:
          of === 'anything' || hasSchemas(facts) || (of === 'columns' && fields.length > 1)
            ? 'medium'
            : 'low',
        related: stepsOf(flow, [], at),
      };
    }
  },
};
