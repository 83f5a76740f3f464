/**
 * What `countersign verify` finds. Rules without a check: they are judged on a range of commits and never on a text,
 * so that no profile, setting or comment reaches them, and nothing of them is underlined in an editor.
 */
import type { Severity } from './finding';
import type { RuleMeta } from './rule';

export const GOVERNANCE_GROUP = 'governance/';

function governanceRule(id: string, title: string, severity: Severity): RuleMeta {
  const common = { confidence: 'high', cwe: [], owasp: [], fixable: false } as const;
  return { id: `${GOVERNANCE_GROUP}${id}`, title, severity, aiSeverity: severity, ...common };
}

export const AI_COMMIT_UNTAGGED = governanceRule(
  'ai-commit-untagged',
  'A commit with lines that an AI tool wrote does not say so in its message',
  'error',
);
export const BAD_RECORD = governanceRule(
  'bad-record',
  'A record of a review that is damaged or void',
  'error',
);
export const NOT_VERIFIED = governanceRule(
  'not-verified',
  'A file of which it is not known who wrote it, because it could not be looked at',
  'error',
);
export const OVERRIDE = governanceRule(
  'override',
  'A person said who wrote lines, against the evidence',
  'info',
);
export const POLICY_MISSING = governanceRule(
  'policy-missing',
  'The repository does not say who has to countersign, or nobody guards what says it',
  'info',
);
export const UNREVIEWED_AI = governanceRule(
  'unreviewed-ai',
  'Lines that an AI tool wrote and that nobody has countersigned as the policy asks',
  'error',
);

/** Alphabetical, like the rules. */
export const GOVERNANCE_RULES: readonly RuleMeta[] = [
  AI_COMMIT_UNTAGGED,
  BAD_RECORD,
  NOT_VERIFIED,
  OVERRIDE,
  POLICY_MISSING,
  UNREVIEWED_AI,
];
