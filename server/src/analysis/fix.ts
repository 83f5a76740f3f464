/** What a fix is, and how its edits are applied. */
import type { Span } from './span';

/**
 * - `safe`: deterministic, and honest input is treated as before; the only kind that runs on save.
 * - `unsafe`: deterministic and complete, but behaviour may change.
 * - `choice`: one of several answers; offered one by one.
 */
export type FixSafety = 'safe' | 'unsafe' | 'choice';

export interface Edit extends Span {
  /** What stands there afterwards. */
  readonly text: string;
}

export interface Fix {
  /** In the imperative: "Verify the token with the key". */
  readonly title: string;
  readonly safety: FixSafety;
  /** Edits of one file that do not overlap, in any order. */
  readonly edits: readonly Edit[];
}

/** Edits in the order of the text; those at one place keep their order. */
export function inOrder(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}

/**
 * The edits of several fixes as one. What several of them say alike is done once: two fixes may both insert
 * the same helper function at the same place. Undefined when one changes what another changes.
 */
export function mergeEdits(sets: readonly (readonly Edit[])[]): Edit[] | undefined {
  const merged: Edit[] = [];
  for (const edit of inOrder(sets.flat())) {
    const isSaid = saidAt(merged, edit);
    if (isSaid) continue;
    const last = merged.at(-1);
    if (last && edit.start < last.end) return undefined;
    merged.push(edit);
  }
  return merged;
}

/** Whether an edit is the same as one of those at its place, which are the last ones. */
function saidAt(merged: readonly Edit[], { start, end, text }: Edit): boolean {
  for (let i = merged.length - 1; merged[i]?.start === start; i--)
    if (merged[i]?.end === end && merged[i]?.text === text) return true;
  return false;
}

/**
 * The text after edits.
 *
 * @throws when two of them overlap.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const edit of inOrder(edits)) {
    if (edit.start < from) throw new Error(`edits overlap at offset ${edit.start}`);
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from);
}
