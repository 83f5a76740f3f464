/** The fixes of a file's findings that pass their check. */
import type { Finding } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import { checkFix } from '../../analysis/fix-check';
import type { CheckedFile } from '../../session/check-file';

/** So many fixes are checked in a file, and at most so many characters of text for it; a few in any file. */
const MOST_CHECKS = 100;
const FEWEST_CHECKS = 5;
const MOST_CHARACTERS = 4_000_000;

export interface FixesOfFile {
  /** By finding, in their order. */
  readonly fixes: readonly (readonly Fix[])[];
  /** Whether there were too many to look at all. */
  readonly isCut: boolean;
}

export function checkedFixes({ shown, checked, recheck }: CheckedFile, onError: OnFixError): FixesOfFile {
  const affordable = Math.floor(MOST_CHARACTERS / (checked.file.text.length + 1));
  let left = Math.min(MOST_CHECKS, Math.max(FEWEST_CHECKS, affordable));
  let isCut = false;
  const fixes = shown.map((finding) =>
    proposedFixes(finding, onError).filter((fix) => {
      if (left === 0) isCut = true;
      return left > 0 && left-- > 0 && !checkFix(checked, finding, fix, recheck);
    }),
  );
  return { fixes, isCut };
}

export type OnFixError = (finding: Finding, error: unknown) => void;

/** What the rule proposes; one that throws loses the fixes of this finding only. */
export function proposedFixes(finding: Finding, onError: OnFixError): readonly Fix[] {
  try {
    return finding.fixes();
  } catch (error) {
    onError(finding, error);
    return [];
  }
}
