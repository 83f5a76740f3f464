/**
 * Checks a fix before it is offered: applied to the text it must parse without a new error, remove its
 * finding, bring no new one, and use no name that is not there.
 */
import type { Finding } from './finding';
import { applyEdits, type Edit, type Fix, inOrder } from './fix';
import { freeNames } from './free-names';
import type { SourceFile } from './source-file';
import { TextFile } from './text-file';

/** A text with everything that the check compares. */
export interface CheckedText {
  readonly file: SourceFile | TextFile;
  /** Whether the syntax of code has an ERROR or a missing token. */
  readonly hasError: boolean;
  /** All findings, before suppression and selection. */
  readonly findings: readonly Finding[];
}

/** Why a fix is refused; undefined when it is good. */
export type Refusal =
  | 'no edit'
  | 'edits overlap'
  | 'breaks the syntax'
  | 'finding stays'
  | 'new finding'
  | 'unknown name';

/** Parses and analyses a text afresh, as if it were the file. */
export type Recheck = (text: string) => CheckedText;

/** Checks one fix of one finding. */
export function checkFix(
  before: CheckedText,
  finding: Finding,
  fix: Fix,
  recheck: Recheck,
): Refusal | undefined {
  return checkEdits(before, [finding], fix.edits, recheck);
}

/** Checks edits that are to remove some findings at once, as fix-all does. */
export function checkEdits(
  before: CheckedText,
  removed: readonly Finding[],
  edits: readonly Edit[],
  recheck: Recheck,
): Refusal | undefined {
  const { text } = before.file;
  if (edits.length === 0) return 'no edit';
  const sorted = inOrder(edits);
  if (sorted.some((edit, i) => i > 0 && edit.start < (sorted[i - 1] as Edit).end)) return 'edits overlap';
  const newText = applyEdits(text, edits);
  if (newText === text) return 'no edit';

  const after = recheck(newText);
  if (errorCount(after) > errorCount(before)) return 'breaks the syntax';
  const counts = countByRule(before.findings);
  for (const { ruleId } of removed) counts.set(ruleId, (counts.get(ruleId) ?? 0) - 1);
  const left = countByRule(after.findings);
  for (const [ruleId, count] of left) {
    if (count > (counts.get(ruleId) ?? 0))
      return removed.some((f) => f.ruleId === ruleId) ? 'finding stays' : 'new finding';
  }
  if (before.file instanceof TextFile || after.file instanceof TextFile) return undefined;
  const known = freeNames(before.file);
  for (const name of freeNames(after.file)) if (!known.has(name) && !isBuiltIn(name)) return 'unknown name';
  return undefined;
}

/** How many pieces of the syntax are in error; a fix must not add to those that were there. */
function errorCount({ file, hasError }: CheckedText): number {
  if (file instanceof TextFile) return file.faults;
  if (!hasError) return 0;
  return file.items.reduce(
    (count, item) => count + (item.hasError ? 1 : 0) + item.indicesOf('ERROR').length,
    0,
  );
}

function countByRule(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { ruleId } of findings) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1);
  return counts;
}

/** Names that a fix may use without a declaration. */
const BUILT_IN = new Set([
  ...[
    'undefined',
    'globalThis',
    'Error',
    'TypeError',
    'RangeError',
    'Object',
    'Array',
    'String',
    'Number',
    'Boolean',
  ],
  ...[
    'Math',
    'JSON',
    'Map',
    'Set',
    'Promise',
    'Date',
    'Symbol',
    'parseInt',
    'parseFloat',
    'isNaN',
    'encodeURIComponent',
    // Node, Deno and Bun have it; a rule that writes it knows that the file runs there.
    'process',
    // What is imported is loaded like that where the file is no module of its own form.
    'require',
  ],
]);

function isBuiltIn(name: string): boolean {
  return BUILT_IN.has(name);
}
