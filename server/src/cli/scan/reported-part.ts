/** Which findings of a file a scan reports where it was asked for a part: what is changed, what no baseline knows. */
import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { PlainFinding } from '../../analysis/finding';
import type { Span } from '../../analysis/span';
import { LineMapping } from '../../origin/mapping/line-mapping';
import { linesOf } from '../../origin/mapping/text-lines';
import type { FindingKey } from './baseline';

/** A finding of a text, whether it would be shown or not. */
export interface FoundFinding extends FindingKey {
  /** Where it begins, from 0. */
  readonly line: number;
  /** By a comment in the text. */
  readonly isSuppressed: boolean;
}

/** The file as it was before the change that is looked at. */
export interface FormerFile {
  readonly text: string;
  readonly found: readonly FoundFinding[];
}

export interface ReportedPart {
  /** Undefined where all of the file counts as changed. */
  readonly former: FormerFile | undefined;
  /** What the baseline knows of it; all where it is to be made anew. */
  readonly known: readonly FindingKey[] | 'all';
}

type Findings = readonly Pick<PlainFinding, 'ruleId' | 'fingerprint' | 'start' | 'end' | 'related'>[];

export interface DividedFindings<F> {
  readonly reported: readonly F[];
  /** Left out because of the baseline. */
  readonly known: readonly F[];
}

/**
 * A finding belongs to the change where one of its lines, or of those that lead to it, is another one now, and where
 * the file did not have it before: a check that was taken away leaves the line it protected as it was.
 */
export function reportedPart<F extends Findings[number]>(
  text: TextDocument,
  path: string,
  findings: readonly F[],
  { former, known }: ReportedPart,
): DividedFindings<F> {
  const changed = former ? findings.filter(belongsTo(text, path, former)) : findings;
  if (known === 'all') return { reported: [], known: changed };
  const names = new Set(known.map(keyOf));
  return {
    reported: changed.filter((finding) => !names.has(keyOf(finding))),
    known: changed.filter((finding) => names.has(keyOf(finding))),
  };
}

function belongsTo(
  text: TextDocument,
  path: string,
  former: FormerFile,
): (finding: Findings[number]) => boolean {
  const mapping = new LineMapping(
    { lines: linesOf(former.text), gitLines: undefined },
    linesOf(text.getText()),
  );
  if (former.text === text.getText()) return () => false;
  const unsuppressed = former.found.filter(({ isSuppressed }) => !isSuppressed);
  const names = new Set(unsuppressed.map(keyOf));
  const places = new Set(unsuppressed.map(({ ruleId, line }) => `${ruleId} ${line}`));
  const isChanged = (span: Span) => {
    const { first, last } = linesIn(text, span);
    for (let line = first; line <= last; line++) if (mapping.committedLine(line) === undefined) return true;
    return false;
  };
  return (finding) => {
    const own = finding.related.filter((place) => place.path === path);
    if (isChanged(finding) || own.some(isChanged)) return true;
    if (names.has(keyOf(finding))) return false;
    // Of several that are alike, the one above may be new, and its fingerprint that of the one below it before.
    const line = mapping.committedLine(text.positionAt(finding.start).line);
    return !places.has(`${finding.ruleId} ${line}`);
  };
}

function linesIn(
  text: TextDocument,
  { start, end }: Span,
): { readonly first: number; readonly last: number } {
  const first = text.positionAt(start).line;
  return { first, last: end > start ? text.positionAt(end - 1).line : first };
}

function keyOf({ ruleId, fingerprint }: FindingKey): string {
  return `${ruleId} ${fingerprint}`;
}
