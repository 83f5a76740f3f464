/** What the engine itself reports: rules without a check, which have pages and settings like any other. */
import type { RuleMeta } from './rule';

function engineRule(id: string, title: string, fixable: boolean): RuleMeta {
  const common = {
    severity: 'warning',
    aiSeverity: 'warning',
    confidence: 'high',
    cwe: [],
    owasp: [],
  } as const;
  return { id, title, fixable, ...common };
}

export const CONFIG_BAD_VALUE = engineRule(
  'config/bad-value',
  'A value in the configuration file that is not allowed',
  false,
);
export const CONFIG_UNKNOWN_KEY = engineRule(
  'config/unknown-key',
  'A key in the configuration file that means nothing',
  false,
);
export const SUPPRESSION_UNUSED = engineRule(
  'suppression/unused',
  'A suppression that suppresses nothing',
  true,
);
export const SUPPRESSION_EXPIRED = engineRule(
  'suppression/expired',
  'A suppression whose last day has passed',
  false,
);
export const SUPPRESSION_NO_REASON = engineRule(
  'suppression/no-reason',
  'A suppression without a reason',
  false,
);

/** Alphabetical, like the rules. */
export const ENGINE_RULES: readonly RuleMeta[] = [
  CONFIG_BAD_VALUE,
  CONFIG_UNKNOWN_KEY,
  SUPPRESSION_EXPIRED,
  SUPPRESSION_NO_REASON,
  SUPPRESSION_UNUSED,
];
