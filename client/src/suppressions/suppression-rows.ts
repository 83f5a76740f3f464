// The rows of the view of suppressions, and what they say. Pure.
import type { HiddenFinding, ListedSuppression } from '../../../protocol/suppressions';
import { sentencesOf } from '../findings/finding-text';
import type { Translate } from '../translate';

export interface SuppressionRow {
  readonly kind: 'suppression';
  /** Stays the same when the document changes elsewhere. */
  readonly id: string;
  readonly suppression: ListedSuppression;
  /** As a person reads it. */
  readonly path: string;
  readonly hidden: readonly HiddenRow[];
}

/** A finding that a suppression hides. */
export interface HiddenRow {
  readonly kind: 'hidden';
  readonly id: string;
  readonly finding: HiddenFinding;
  readonly path: string;
}

export interface SuppressionText {
  readonly label: string;
  readonly description: string;
  /** For screen readers. */
  readonly spoken: string;
}

/** What needs a person first, then by path and place. */
export function suppressionRows(
  suppressions: readonly ListedSuppression[],
  pathOf: (uri: string) => string,
): SuppressionRow[] {
  const seen = new Map<string, number>();
  const next = (name: string) => {
    const ordinal = seen.get(name) ?? 0;
    seen.set(name, ordinal + 1);
    return `${name} ${ordinal}`;
  };
  const ordered = suppressions
    .map((suppression) => ({ suppression, path: pathOf(suppression.uri) }))
    .sort((a, b) => rank(a.suppression) - rank(b.suppression) || compare(a.path, b.path) || byPlace(a, b));
  return ordered.map(({ suppression, path }) => {
    const { kind, uri, ruleId = '', scope, reason = '' } = suppression;
    const id = next(`${kind} ${uri} ${ruleId} ${scope} ${reason}`);
    const hidden = suppression.hidden.map(
      (finding, index): HiddenRow => ({
        kind: 'hidden',
        id: `${id} ${index}`,
        finding,
        path: pathOf(finding.uri),
      }),
    );
    return { kind: 'suppression', id, suppression, path, hidden };
  });
}

export function suppressionText({ suppression, path }: SuppressionRow, t: Translate): SuppressionText {
  const { kind, ruleId, reason, until, range, hidden, files } = suppression;
  const line = range.start.line + 1;
  const label = ruleId ?? t('no rule');
  const state = stateWord(suppression, t);
  const hides = hiddenSentence(suppression, t);
  const last = until === undefined || state !== undefined ? undefined : t('until {0}', until);
  // Configuration files have but one name, so that their folder tells them apart.
  const name = kind === 'configuration' ? path : path.slice(path.lastIndexOf('/') + 1);
  const globs = files?.join(', ');
  const described = [state, globs, reason, last, `${name}:${line}`];
  const spoken = [label, state, globs, hides, reason, last, t('{0}, line {1}', path, line)];
  return {
    label: hidden.length > 1 ? t('{0} ({1})', label, hidden.length) : label,
    description: described.filter((part) => part !== undefined).join(' · '),
    spoken: spoken.filter((part) => part !== undefined).join(', '),
  };
}

export function hiddenText({ finding, path }: HiddenRow, t: Translate): SuppressionText {
  const line = finding.range.start.line + 1;
  const { wrong } = sentencesOf(finding.message);
  const label = wrong.replaceAll('`', '').replace(/\.$/, '');
  return { label, description: t('line {0}', line), spoken: t('{0}, {1}, line {2}', label, path, line) };
}

/** The paragraphs of the tooltip, as plain text. */
export function suppressionDetails({ suppression, path }: SuppressionRow, t: Translate): string[] {
  const { reason, until, state, problem, range, files, fixedBecause } = suppression;
  const lines = [
    problem,
    reason === undefined ? undefined : t('Reason: {0}', reason),
    until === undefined || state === 'expired' ? undefined : t('Holds until {0}.', until),
    state === 'active' ? hiddenSentence(suppression, t) : undefined,
    files === undefined ? undefined : t('Files: {0}', files.join(', ')),
    fixedBecause,
    `${path}:${range.start.line + 1}`,
  ];
  return lines.filter((line) => line !== undefined);
}

/** What the menus of the manifest know a row by. */
export function suppressionContext({ suppression: { kind, fixedBecause } }: SuppressionRow): string {
  return `suppression.${kind}${fixedBecause === undefined ? '' : '.fixed'}`;
}

/** One line to paste somewhere. */
export function suppressionLine({ suppression, path }: SuppressionRow): string {
  const { ruleId, reason, until, range, files } = suppression;
  const why = reason === undefined ? '' : ` -- ${reason}`;
  const last = until === undefined ? '' : ` until ${until}`;
  const where = files === undefined ? '' : ` in ${files.join(', ')}`;
  return `${path}:${range.start.line + 1}: ${ruleId ?? ''}${where}${why}${last}`;
}

function stateWord({ state, until }: ListedSuppression, t: Translate): string | undefined {
  switch (state) {
    case 'expired':
      return until === undefined ? t('expired') : t('expired {0}', until);
    case 'unused':
      return t('unused');
    case 'invalid':
      return t('not valid');
    default:
      return undefined;
  }
}

function hiddenSentence({ hidden, scope }: ListedSuppression, t: Translate): string | undefined {
  if (hidden.length === 0) return undefined;
  const where = {
    line: t('in its line'),
    block: t('in its block'),
    file: t('in its file'),
    files: t('in the open files'),
  };
  return hidden.length === 1
    ? t('Hides 1 problem {0}.', where[scope])
    : t('Hides {0} problems {1}.', hidden.length, where[scope]);
}

function rank({ state }: ListedSuppression): number {
  return state === 'active' ? 1 : 0;
}

function byPlace(a: { suppression: ListedSuppression }, b: { suppression: ListedSuppression }): number {
  const [one, other] = [a.suppression.range.start, b.suppression.range.start];
  return one.line - other.line || one.character - other.character;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
