/** Which lines of a text have to be reviewed, and which are, from records whose places and worth are known. */
import type { LineOrigin } from '../origin/precedence';
import { lineOrigin } from '../origin/precedence';
import { type Approval, missingReview, type Proof, type Requirements } from './approvals';
import type { PlacedRecord } from './placement';
import type { NamedRecord, Override, SignOff } from './record';
import { isBlank } from './region-text';
import { isAi } from './regions';

/** What is known of a record besides what it says. */
export interface Judgement {
  /** Why it counts for nothing, in words that may follow a colon; undefined where it counts. */
  readonly voidBecause: string | undefined;
  readonly proof: Proof;
}

export type JudgementOf = (named: NamedRecord) => Judgement;

export interface LinesQuestion {
  readonly lines: readonly string[];
  /** What is known of who wrote each line, without what people marked; see `withoutOverrides`. */
  readonly origins: readonly (LineOrigin | undefined)[];
  /** See `claimsByLine`. */
  readonly claims: readonly (Override['claim'] | undefined)[];
  /** See `approvalsByLine`; called only where a line needs a review. */
  readonly approvals: () => ReadonlyMap<number, readonly Approval[]>;
  readonly requirements: Requirements;
  readonly isAsked: (line: number) => boolean;
  /** The address in lower case of who committed a line; undefined where nobody knows. */
  readonly authorOf: (line: number) => string | undefined;
  /** Whether an address is one that an AI tool commits under. */
  readonly isTool: (address: string) => boolean;
}

export interface LineReviews {
  /** Whether each line is asked for, AI, and not blank. */
  readonly needs: readonly boolean[];
  /** What the review of each line that needs one lacks, in words that may follow a colon. */
  readonly missing: readonly (string | undefined)[];
}

export function lineReviews(question: LinesQuestion): LineReviews {
  const needs = neededLines(question);
  if (!needs.includes(true)) return { needs, missing: needs.map(() => undefined) };
  const approvals = question.approvals();
  const missing = needs.map((isNeeded, line) => {
    if (!isNeeded) return undefined;
    const author = question.authorOf(line);
    return missingReview(
      approvals.get(line) ?? [],
      question.requirements,
      new Set(author === undefined ? [] : [author]),
      question.isTool,
    );
  });
  return { needs, missing };
}

/** Whether each line is asked for, AI, and not blank. */
export function neededLines({
  lines,
  origins,
  claims,
  isAsked,
}: Pick<LinesQuestion, 'lines' | 'origins' | 'claims' | 'isAsked'>): boolean[] {
  return lines.map((line, at) => {
    if (isBlank(line) || !isAsked(at)) return false;
    const claim = claims[at];
    return claim === undefined
      ? isAi(origins[at] ?? { state: 'unknown', deciding: undefined })
      : claim === 'ai';
  });
}

/**
 * What overrides that count say of lines; the one that was made last holds. **Invariant:** only a signature shows that
 * a person made it, so one to `human` without counts for nothing here.
 */
export function claimsByLine(
  placed: readonly PlacedRecord<Override>[],
  count: number,
  judgementOf: JudgementOf,
): (Override['claim'] | undefined)[] {
  const byLine = new Array<Override['claim'] | undefined>(count).fill(undefined);
  const inTime = [...placed].sort(
    (a, b) => Date.parse(a.named.record.time) - Date.parse(b.named.record.time),
  );
  for (const { named, start, end } of inTime) {
    const { voidBecause, proof } = judgementOf(named);
    const { claim } = named.record;
    if (voidBecause !== undefined || (claim === 'human' && proof.kind !== 'proven')) continue;
    byLine.fill(claim, start, end);
  }
  return byLine;
}

export function approvalsByLine(
  placed: readonly PlacedRecord<SignOff>[],
  judgementOf: JudgementOf,
): ReadonlyMap<number, readonly Approval[]> {
  const byLine = new Map<number, Approval[]>();
  for (const { named, start, end } of placed) {
    const { voidBecause: reason, proof } = judgementOf(named);
    const approval: Approval = {
      named,
      proof: reason === undefined ? proof : { kind: 'refuted', reason },
    };
    for (let line = start; line < end; line++) {
      const approvals = byLine.get(line);
      if (approvals) approvals.push(approval);
      else byLine.set(line, [approval]);
    }
  }
  return byLine;
}

/** What is known of a line besides what people said of it. */
export function withoutOverrides(origin: LineOrigin): LineOrigin {
  if (origin.deciding?.source !== 'override') return origin;
  return lineOrigin({ evidence: origin.evidence.filter(({ source }) => source !== 'override') });
}
