/** Applies the fixes of a file's findings, as many as go together, and checks what comes of it. */
import { applyEdits, type Fix, type FixSafety } from '../../analysis/fix';
import type { CheckedFile } from '../../session/check-file';
import { combinedFixes } from '../../session/combined-fixes';
import { type OnFixError, proposedFixes } from './checked-fixes';

/** A fix may make way for another; one that keeps making way for itself is stopped. */
const MOST_ROUNDS = 10;

/**
 * @param checkText checks another text as if it were the file's.
 * @returns the file as it is then; `fixed` says how many findings were fixed.
 */
export function applyFixes<F extends CheckedFile>(
  file: F,
  safeties: ReadonlySet<FixSafety>,
  checkText: (text: string) => F,
  onError: OnFixError,
): F & { readonly fixed: number } {
  let present = file;
  let fixed = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { text } = present.checked.file;
    const candidates = present.shown.flatMap((finding) => {
      const fix = proposedFixes(finding, onError).find(({ safety }) => safeties.has(safety));
      return fix ? [{ finding, fix: withLineEndsOf(text, fix) }] : [];
    });
    const combined = ended(combinedFixes(present.checked, candidates, present.recheck));
    if (!combined) break;
    present = checkText(applyEdits(text, combined.edits));
    fixed += combined.taken.length;
  }
  return { ...present, fixed };
}

/** Rules write `\n`; a file keeps the line ends that it has. */
function withLineEndsOf(text: string, fix: Fix): Fix {
  const lineEnd = text.indexOf('\n');
  if (lineEnd <= 0 || text[lineEnd - 1] !== '\r') return fix;
  return { ...fix, edits: fix.edits.map((edit) => ({ ...edit, text: edit.text.replace(/\r?\n/g, '\r\n') })) };
}

/** What a generator that only gives way answers in the end. */
function ended<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
