/** Edits that put the fixes of several findings together: one answer for the editor and the command line. */
import type { Finding } from '../analysis/finding';
import { type Edit, type Fix, type FixSafety, mergeEdits } from '../analysis/fix';
import { type CheckedText, checkEdits, type Recheck } from '../analysis/fix-check';

export interface FixOfFinding {
  readonly finding: Finding;
  readonly fix: Fix;
}

export interface CombinedFixes {
  readonly taken: readonly FixOfFinding[];
  readonly edits: readonly Edit[];
}

/** The kinds of fixes that are applied without asking. One that is one of several answers is a person's to choose. */
export const SAFE: ReadonlySet<FixSafety> = new Set<FixSafety>(['safe']);
export const DECIDED: ReadonlySet<FixSafety> = new Set<FixSafety>(['safe', 'unsafe']);

/**
 * Edits that apply one fix of each finding, as many as go together; the whole is checked, not only its parts.
 * Answers undefined when there is none, and gives way before each check.
 *
 * @param checked the text, and all findings in it.
 */
export function* combinedFixes(
  checked: CheckedText,
  candidates: readonly FixOfFinding[],
  recheck: Recheck,
): Generator<void, CombinedFixes | undefined> {
  let combined: CombinedFixes | undefined;
  // All at once as a rule; where one does not go with the others, or is no good by itself, half of them.
  const open: (readonly FixOfFinding[])[] = [candidates];
  for (let some = open.pop(); some; some = open.pop()) {
    yield;
    const larger = combine(checked, [...(combined?.taken ?? []), ...some], recheck);
    if (larger) combined = larger;
    else if (some.length > 1) {
      const half = some.length >> 1;
      open.push(some.slice(half), some.slice(0, half));
    }
  }
  return combined;
}

function combine(
  checked: CheckedText,
  taken: readonly FixOfFinding[],
  recheck: Recheck,
): CombinedFixes | undefined {
  if (taken.length === 0) return undefined;
  const edits = mergeEdits(taken.map(({ fix }) => fix.edits));
  const findings = taken.map(({ finding }) => finding);
  return edits && !checkEdits(checked, findings, edits, recheck) ? { taken, edits } : undefined;
}
