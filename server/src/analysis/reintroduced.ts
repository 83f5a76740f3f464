/** Findings that were fixed before and are there again: they weigh more. */
import { levelFrom } from './ai-code';
import type { Finding } from './finding';

/** That a finding was fixed once, as somebody recorded it. */
export interface FixedBefore {
  /** `YYYY-MM-DD`, in UTC. */
  readonly date: string;
  /** Full id of the commit that fixed it, where that was known. */
  readonly commit: string | undefined;
  /** Path of the record from the root of the repository. */
  readonly record: string;
}

export interface Reintroduced extends FixedBefore {
  /** What is said of the finding without this. */
  readonly message: string;
}

/** Undefined where nobody recorded a fix of it. */
export type FixesBefore = (finding: Pick<Finding, 'ruleId' | 'fingerprint'>) => FixedBefore | undefined;

/**
 * A finding one level higher, with when and where it was fixed.
 *
 * @param isLevelChosen whether a person said which level its rule has; then it stays at that.
 */
export function reintroduced(finding: Finding, before: FixedBefore, isLevelChosen: boolean): Finding {
  const severity = isLevelChosen ? finding.severity : levelFrom(finding.severity, 1);
  const { message } = finding;
  const how = severity === finding.severity ? 'again' : 'raised';
  const where = before.commit === undefined ? '' : ` in ${before.commit.slice(0, 10)}`;
  return {
    ...finding,
    severity,
    message: `${message} (${how}: it was fixed on ${before.date}${where})`,
    reintroduced: { ...before, message },
  };
}
