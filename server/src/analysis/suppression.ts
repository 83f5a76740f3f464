/** Applies the suppressing comments of a file, and reports those that suppress nothing or must not. */
import { type Directive, directivesOf, endOfBlock } from './directive';
import { SUPPRESSION_EXPIRED, SUPPRESSION_NO_REASON, SUPPRESSION_UNUSED } from './engine-rules';
import type { Finding, PlainFinding } from './finding';
import { Fingerprints } from './fingerprint';
import type { Fix } from './fix';
import { GOVERNANCE_GROUP } from './governance-rules';
import type { RuleMeta } from './rule';
import type { SourceFile } from './source-file';
import { directiveRemoval } from './suppression-removal';
import type { TextFile } from './text-file';

export interface Suppressed {
  /** The findings that no directive covers, and those about directives. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly { readonly finding: Finding; readonly reason: string }[];
  /** One for each rule that a directive names, in the order of the text. */
  readonly suppressions: readonly CommentSuppression[];
}

/** What became of one rule name of a directive. */
export interface CommentSuppression {
  readonly directive: Directive;
  /** Undefined where the directive names none. */
  readonly ruleId: string | undefined;
  readonly state: SuppressionState;
  /** Why it hides nothing, and what to do, for the person. */
  readonly problem: string | undefined;
  readonly hidden: readonly Finding[];
}

/** The same without what belongs to one thread. */
export interface PlainSuppression extends Omit<CommentSuppression, 'directive' | 'hidden'> {
  readonly directive: Omit<Directive, 'comment'>;
  readonly hidden: readonly PlainFinding[];
}

/** `invalid` is what cannot hold as it is written: no reason, an unknown rule, a last day that is none. */
export type SuppressionState = 'active' | 'unused' | 'expired' | 'invalid';

export interface SuppressionContext {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Whether there is a rule of this id. */
  readonly isRule: (id: string) => boolean;
}

/** What a directive covers, as offsets; ends exclusive. */
interface Coverage {
  readonly directive: Directive;
  readonly start: number;
  /** By rule: a block may end for one and go on for another. */
  readonly ends: ReadonlyMap<string, number>;
  readonly hidden: ReadonlyMap<string, Finding[]>;
}

/** Why a directive suppresses nothing. */
interface Fault {
  readonly rule: RuleMeta;
  readonly state: SuppressionState;
  readonly message: string;
}

export function applySuppressions(
  file: SourceFile | TextFile,
  findings: readonly Finding[],
  context: SuppressionContext,
): Suppressed {
  const directives = directivesOf(file);
  if (directives.length === 0) return { findings, suppressed: [], suppressions: [] };

  const about: Finding[] = [];
  const fingerprints = new Fingerprints();
  const coverages: Coverage[] = [];
  const suppressions: CommentSuppression[] = [];
  for (const directive of directives) {
    const fault = faultOf(directive, context);
    if (fault) {
      about.push(report(directive, fault.rule, fault.message, fingerprints));
      suppressions.push(...faultySuppressions(directive, fault));
    } else if (directive.form !== 'enable') coverages.push(coverageOf(directive, directives, file.text));
  }

  const shown: Finding[] = [];
  const suppressed: { finding: Finding; reason: string }[] = [];
  const coveringOf = firstCovering(coverages);
  for (const finding of findings) {
    const covering = coveringOf(finding);
    covering?.hidden.get(finding.ruleId)?.push(finding);
    if (covering) suppressed.push({ finding, reason: covering.directive.reason ?? '' });
    else shown.push(finding);
  }
  for (const { directive, hidden } of coverages) {
    const unused = directive.ruleIds.filter((id) => hidden.get(id)?.length === 0);
    if (unused.length > 0) about.push(unusedReport(file.text, directive, unused, fingerprints));
    for (const [ruleId, findingsOfRule] of hidden) {
      const problem = findingsOfRule.length === 0 ? unusedMessage([ruleId]) : undefined;
      const state = problem === undefined ? 'active' : 'unused';
      suppressions.push({ directive, ruleId, state, problem, hidden: findingsOfRule });
    }
  }
  const inOrder = [...shown, ...about].sort((a, b) => a.start - b.start || a.end - b.end);
  suppressions.sort((a, b) => a.directive.start - b.directive.start);
  return { findings: inOrder, suppressed, suppressions };
}

/**
 * Answers the first of the coverages that covers a finding.
 * **Invariant:** it is asked for findings in ascending order, so that thousands cost no more than a pass over both.
 */
function firstCovering(coverages: readonly Coverage[]): (finding: Finding) => Coverage | undefined {
  interface Covering {
    readonly coverage: Coverage;
    readonly rank: number;
    readonly end: number;
  }
  const waiting = new Map<string, Covering[]>();
  for (const [rank, coverage] of coverages.entries()) {
    for (const [ruleId, end] of coverage.ends) {
      const ofRule = waiting.get(ruleId) ?? [];
      waiting.set(ruleId, ofRule);
      ofRule.push({ coverage, rank, end });
    }
  }
  for (const ofRule of waiting.values())
    ofRule.sort((a, b) => b.coverage.start - a.coverage.start || b.rank - a.rank);
  const begun = new Map<string, Covering[]>();
  return ({ ruleId, start }) => {
    const next = waiting.get(ruleId);
    if (!next) return undefined;
    // By descending rank: the one that counts is the last.
    const open = begun.get(ruleId) ?? [];
    begun.set(ruleId, open);
    for (let last = next.at(-1); last && last.coverage.start <= start; last = next.at(-1)) {
      next.pop();
      const { rank } = last;
      const at = open.findIndex((each) => each.rank < rank);
      open.splice(at < 0 ? open.length : at, 0, last);
    }
    while ((open.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= start) open.pop();
    return open.at(-1)?.coverage;
  };
}

function faultySuppressions(directive: Directive, { state, message }: Fault): CommentSuppression[] {
  const ruleIds = directive.ruleIds.length > 0 ? [...new Set(directive.ruleIds)] : [undefined];
  return ruleIds.map((ruleId) => ({ directive, ruleId, state, problem: message, hidden: [] }));
}

function faultOf(directive: Directive, context: SuppressionContext): Fault | undefined {
  if (directive.form === 'enable') return undefined;
  if (directive.ruleIds.length === 0) {
    return {
      rule: SUPPRESSION_UNUSED,
      state: 'invalid',
      message: 'This names no rule and suppresses nothing. Name the rule it is for.',
    };
  }
  const unknown = directive.ruleIds.find((id) => !context.isRule(id));
  if (unknown !== undefined) {
    const message = unknown.startsWith(GOVERNANCE_GROUP)
      ? `\`${unknown}\` is judged by \`countersign verify\`, and no comment suppresses it. Remove this.`
      : `There is no rule \`${unknown}\`, so this suppresses nothing. Correct the name or remove it.`;
    return { rule: SUPPRESSION_UNUSED, state: 'invalid', message };
  }
  if (directive.reason === undefined) {
    const message = 'A suppression needs its reason and suppresses nothing without. Add it: `-- reason`.';
    return { rule: SUPPRESSION_NO_REASON, state: 'invalid', message };
  }
  if (directive.until !== undefined && !isDate(directive.until)) {
    const message = `\`${directive.until}\` is no date, so this suppresses nothing. Write it as YYYY-MM-DD.`;
    return { rule: SUPPRESSION_EXPIRED, state: 'invalid', message };
  }
  if (directive.until !== undefined && directive.until < context.today) {
    const message = `This held until ${directive.until} and suppresses nothing any more. Fix what it covered, or decide anew.`;
    return { rule: SUPPRESSION_EXPIRED, state: 'expired', message };
  }
  return undefined;
}

/** Whether a text is a day of the calendar, written as `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function coverageOf(directive: Directive, all: readonly Directive[], text: string): Coverage {
  const coverage = (start: number, endFor: (ruleId: string) => number): Coverage => {
    const ends = new Map(directive.ruleIds.map((id) => [id, endFor(id)]));
    const hidden = new Map(directive.ruleIds.map((id): [string, Finding[]] => [id, []]));
    return { directive, start, ends, hidden };
  };
  const endOfText = text.length + 1;
  switch (directive.form) {
    case 'file':
      return coverage(0, () => endOfText);
    case 'line':
      return coverage(text.lastIndexOf('\n', directive.start - 1) + 1, () => endOfLine(text, directive.end));
    case 'next-line': {
      const start = nextCodeLine(text, directive);
      return coverage(start, () => endOfLine(text, start));
    }
    default:
      return coverage(directive.end, (id) => endOfBlock(directive, id, all)?.start ?? endOfText);
  }
}

/** So many lines that hold but a comment are passed over. */
const MOST_STACKED = 100;

const COMMENT_LINE = /^[ \t]*(?:\/\/|(?:\{?\/\*.*\*\/\}?|<!--.*-->)[ \t]*\r?$)/;
/** By the sign of the comment. In code a line that begins with `#` is a private member. */
const COMMENT_LINES: Readonly<Record<string, RegExp>> = {
  '#': /^[ \t]*#/,
  '-': /^[ \t]*--/,
  ';': /^[ \t]*;/,
  '%': /^[ \t]*%/,
};

/** The start of the line behind a directive, lines passed over that hold but a comment: directives may be stacked. */
function nextCodeLine(text: string, { start: at, end }: Directive): number {
  const comment = COMMENT_LINES[text[at] ?? ''] ?? COMMENT_LINE;
  let start = endOfLine(text, end) + 1;
  for (let lines = 0; lines < MOST_STACKED; lines++) {
    const lineEnd = endOfLine(text, start);
    if (!comment.test(text.slice(start, lineEnd))) break;
    start = lineEnd + 1;
  }
  return start;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function report(
  directive: Directive,
  rule: RuleMeta,
  message: string,
  fingerprints: Fingerprints,
  fixes: () => readonly Fix[] = () => [],
): Finding {
  const { start, end, comment, form, ruleIds } = directive;
  const { id: ruleId, severity, confidence, cwe } = rule;
  const text = `${form} ${ruleIds.join()}`;
  const fingerprint = comment
    ? fingerprints.next(ruleId, comment, text)
    : fingerprints.nextNamed(ruleId, [], text);
  return { ruleId, start, end, message, severity, confidence, cwe, related: [], fingerprint, fixes };
}

function unusedReport(
  text: string,
  directive: Directive,
  unused: readonly string[],
  fingerprints: Fingerprints,
): Finding {
  const isWhole = unused.length === directive.ruleIds.length;
  return report(directive, SUPPRESSION_UNUSED, unusedMessage(unused), fingerprints, () =>
    isWhole
      ? [
          {
            title: 'Remove the unused suppression',
            safety: 'safe',
            edits: [directiveRemoval(text, directive)],
          },
        ]
      : [],
  );
}

function unusedMessage(unused: readonly string[]): string {
  const names = unused.map((id) => `\`${id}\``).join(', ');
  return `Nothing here is reported by ${names}. Remove ${unused.length > 1 ? 'these names' : 'the suppression'}.`;
}
