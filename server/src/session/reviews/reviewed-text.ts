/** Which lines of a text are reviewed, at present: from records that are known, without waiting for anything. */
import { sha256 } from '../../host/digest';
import { identityOf } from '../../origin/commits/identities';
import type { LineRange } from '../../origin/evidence';
import type { OriginRun } from '../../origin/lines/text-origins';
import { type LineOrigin, lineOrigin } from '../../origin/precedence';
import { type Approval, isCounted, type Requirements } from '../../signoffs/approvals';
import {
  approvalsByLine,
  claimsByLine,
  type JudgementOf,
  lineReviews,
  withoutOverrides,
} from '../../signoffs/line-reviews';
import { placeRecords } from '../../signoffs/placement';
import { isOverride, isSignOff, type NamedRecord } from '../../signoffs/record';
import { normalisedText } from '../../signoffs/region-text';
import { originSummary, regionsOf } from '../../signoffs/regions';

export interface TextToReview {
  readonly lines: readonly string[];
  /** Every line once. */
  readonly runs: readonly OriginRun[];
}

export interface ReviewCircumstances {
  /** Those that may speak of the file. */
  readonly records: readonly NamedRecord[];
  readonly judgementOf: JudgementOf;
  readonly requirements: Requirements;
  /** See `LinesQuestion`; of lines that are not committed it is who would commit them. */
  readonly authorOf: (commit: string | undefined) => string | undefined;
}

/** Lines that are AI by evidence and not reviewed as they have to be. */
export interface UnreviewedLines extends LineRange {
  /** Of their normalised text. */
  readonly hash: string;
  readonly tools: readonly string[];
  /** May follow a colon. */
  readonly reason: string;
  /** Those that are not blank. */
  readonly count: number;
}

export interface ReviewedText {
  readonly regions: readonly UnreviewedLines[];
  /** Lines that are not blank. */
  readonly counts: { readonly reviewed: number; readonly unreviewed: number };
  /** The sign-offs that count for each line that is reviewed; none for a line that needs none. */
  readonly approvals: readonly (readonly Approval[] | undefined)[];
  /** What is known of who wrote each line, without what people marked. */
  readonly origins: readonly LineOrigin[];
}

const NOBODY: LineOrigin = lineOrigin({ evidence: [] });
const isTool = (address: string) => identityOf(address) !== undefined;

export function reviewedText({ lines, runs }: TextToReview, known: ReviewCircumstances): ReviewedText {
  const { records, judgementOf, requirements, authorOf } = known;
  const origins = new Array<LineOrigin>(lines.length).fill(NOBODY);
  const commits = new Array<string | undefined>(lines.length);
  for (const { start, end, origin, commit } of runs) {
    origins.fill(withoutOverrides(origin), start, end);
    commits.fill(commit, start, end);
  }
  const overrides = placeRecords(records.filter(isOverride), lines, sha256);
  let byLine: ReadonlyMap<number, readonly Approval[]> = new Map();
  const { needs, missing } = lineReviews({
    ...{ lines, origins, requirements, isTool },
    claims: claimsByLine(overrides, lines.length, judgementOf),
    approvals: () => {
      byLine = approvalsByLine(placeRecords(records.filter(isSignOff), lines, sha256), judgementOf);
      return byLine;
    },
    isAsked: () => true,
    authorOf: (line) => authorOf(commits[line]),
  });
  const isOpen = (line: number) => missing[line] !== undefined;
  const isReviewed = (line: number) => needs[line] === true && !isOpen(line);
  const count = (isWanted: (line: number) => boolean, { start, end }: LineRange) => {
    let found = 0;
    for (let line = start; line < end; line++) if (isWanted(line)) found++;
    return found;
  };
  const all = { start: 0, end: lines.length };
  return {
    regions: regionsOf(lines, isOpen).map((range) => {
      const [reason = '', ...more] = new Set(missing.slice(range.start, range.end).filter((each) => each));
      const tools = originSummary(lines, origins, range).flatMap(({ tool }) => tool ?? []);
      return {
        ...range,
        hash: sha256(normalisedText(lines, range)),
        tools: [...new Set(tools)],
        reason: more.length > 0 ? `${reason}; other reasons for some lines` : (reason ?? ''),
        count: count(isOpen, range),
      };
    }),
    counts: { reviewed: count(isReviewed, all), unreviewed: count(isOpen, all) },
    approvals: lines.map((_, line) => {
      if (!isReviewed(line)) return undefined;
      const author = authorOf(commits[line]);
      const authors = new Set(author === undefined ? [] : [author]);
      return (byLine.get(line) ?? []).filter((each) => isCounted(each, requirements, authors, isTool));
    }),
    origins,
  };
}
