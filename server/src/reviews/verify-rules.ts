import {
  AI_COMMIT_UNTAGGED,
  BAD_RECORD,
  NOT_VERIFIED,
  OVERRIDE,
  POLICY_MISSING,
  UNREVIEWED_AI,
} from '../analysis/governance-rules';
import type { RuleMeta } from '../analysis/rule';

const ALL = {
  unreviewed: UNREVIEWED_AI,
  untagged: AI_COMMIT_UNTAGGED,
  badRecord: BAD_RECORD,
  unknown: NOT_VERIFIED,
  policyMissing: POLICY_MISSING,
  override: OVERRIDE,
} as const satisfies Record<string, RuleMeta>;

export type VerifyKind = keyof typeof ALL;
/** The rule of each kind of finding of `countersign verify`. */
export const VERIFY_RULES: Readonly<Record<VerifyKind, RuleMeta>> = ALL;
