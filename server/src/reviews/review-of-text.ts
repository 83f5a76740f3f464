/** Which AI lines of a text are not reviewed as they have to be: of a file at a commit, or as it is open. */
import { sha256 } from '../host/digest';
import { identityOf } from '../origin/commits/identities';
import type { LineRange } from '../origin/evidence';
import type { LoadedOrigins } from '../origin/lines/loaded-origins';
import { linesOf } from '../origin/mapping/text-lines';
import { type LineOrigin, lineOrigin } from '../origin/precedence';
import { type Approval, missingReview, type Requirements } from '../signoffs/approvals';
import { mayApply, placeRecords } from '../signoffs/placement';
import { isOverride, isSignOff, type NamedRecord, type Override } from '../signoffs/record';
import { isBlank } from '../signoffs/region-text';
import { isAi, originSummary, regionsOf } from '../signoffs/regions';
import type { RecordJudge } from './records-of-commit';

export interface TextQuestion {
  readonly path: string;
  readonly text: string;
  readonly loaded: LoadedOrigins;
  readonly requirements: Requirements;
  readonly records: readonly NamedRecord[];
  /** Whether a file has this path, from the root of the repository. */
  readonly isThere: (path: string) => boolean;
  /** Whether lines of a commit are asked for; undefined for those that are not committed. */
  readonly isAsked: (commit: string | undefined) => boolean;
  /** The address in lower case of who committed; undefined where nobody knows. */
  readonly authorOf: (commit: string | undefined) => string | undefined;
  readonly judge: RecordJudge;
}

export interface UnreviewedRegion extends LineRange {
  /** May follow a colon. */
  readonly reason: string;
  /** The tools that are known to have written it. */
  readonly tools: readonly string[];
  /** Its normalised text and the path, hashed. */
  readonly fingerprint: string;
}

export interface TextReview {
  readonly regions: readonly UnreviewedRegion[];
  readonly reviewed: number;
  readonly unreviewed: number;
  /** Commits that are asked for, that an AI wrote by evidence of lines, and the first of these, from 0. */
  readonly aiCommits: ReadonlyMap<string, number>;
  /** Ids of the overrides whose text is there. */
  readonly placedOverrides: ReadonlySet<string>;
}

/** The lines of a text that are asked for and AI by evidence, with the sign-offs and overrides that count for them. */
export async function reviewOfText(question: TextQuestion): Promise<TextReview> {
  const { path, text, loaded, requirements, isAsked, authorOf } = question;
  const lines = linesOf(text);
  const origins = new Array<LineOrigin | undefined>(lines.length);
  const commitOf = new Array<string | undefined>(lines.length);
  for (const { start, end, origin, commit } of loaded.runs(text, lines)) {
    origins.fill(withoutOverrides(origin), start, end);
    commitOf.fill(commit, start, end);
  }
  const isAiLine = (line: number) => isAi(origins[line] ?? { state: 'unknown' });

  const applicable = question.records.filter((named) => mayApply(named, path, question.isThere));
  const claims = await placedOverrides(applicable.filter(isOverride), lines, question);
  const needs = lines.map((line, at) => {
    if (isBlank(line) || !isAsked(commitOf[at])) return false;
    const claim = claims.byLine[at];
    return claim === undefined ? isAiLine(at) : claim === 'ai';
  });

  const approvals = needs.includes(true) ? await placedApprovals(applicable, lines, question) : undefined;
  const reasons = lines.map((_, at) => {
    if (needs[at] !== true) return undefined;
    const author = authorOf(commitOf[at]);
    return missingReview(
      approvals?.get(at) ?? [],
      requirements,
      new Set(author === undefined ? [] : [author]),
      (address) => identityOf(address) !== undefined,
    );
  });

  const regions = regionsOf(lines, (at) => reasons[at] !== undefined).map((range): UnreviewedRegion => {
    const [reason = '', ...more] = new Set(
      reasons.slice(range.start, range.end).filter((each) => each !== undefined),
    );
    const known = origins.map((origin) => origin ?? UNKNOWN);
    const tools = new Set(originSummary(lines, known, range).flatMap(({ tool }) => tool ?? []));
    const hashed = sha256(JSON.stringify([path, lines.slice(range.start, range.end)]));
    return {
      ...range,
      reason: more.length > 0 ? `${reason}; other reasons for some lines` : reason,
      tools: [...tools],
      fingerprint: hashed,
    };
  });
  const aiCommits = new Map<string, number>();
  for (const [at, commit] of commitOf.entries()) {
    const state = origins[at]?.state;
    if (commit === undefined || !isAsked(commit) || aiCommits.has(commit)) continue;
    if (state === 'ai' || state === 'mixed') aiCommits.set(commit, at);
  }
  const count = (isWanted: (at: number) => boolean) => lines.filter((_, at) => isWanted(at)).length;
  return {
    regions,
    reviewed: count((at) => needs[at] === true && reasons[at] === undefined),
    unreviewed: count((at) => reasons[at] !== undefined),
    aiCommits,
    placedOverrides: claims.ids,
  };
}

/** What is known of a line besides what people said of it. */
function withoutOverrides(origin: LineOrigin): LineOrigin {
  if (origin.deciding?.source !== 'override') return origin;
  return lineOrigin({ evidence: origin.evidence.filter(({ source }) => source !== 'override') });
}

const UNKNOWN: LineOrigin = {
  state: 'unknown',
  deciding: undefined,
  evidence: [],
  marker: 'none',
  mayRaise: false,
};

/**
 * What overrides that count say of lines; the one that was made last holds. **Invariant:** only a signature shows that
 * a person made it, so one to `human` without counts for nothing here.
 */
async function placedOverrides(
  overrides: readonly NamedRecord<Override>[],
  lines: readonly string[],
  { judge }: TextQuestion,
): Promise<{
  readonly byLine: readonly (Override['claim'] | undefined)[];
  readonly ids: ReadonlySet<string>;
}> {
  const byLine = new Array<Override['claim'] | undefined>(lines.length).fill(undefined);
  const placed = placeRecords(overrides, lines, sha256);
  placed.sort((a, b) => Date.parse(a.named.record.time) - Date.parse(b.named.record.time));
  for (const { named, start, end } of placed) {
    if ((await judge.voidBecause(named)) !== undefined) continue;
    const { claim } = named.record;
    if (claim === 'human' && (await judge.proofOf(named)).kind !== 'proven') continue;
    byLine.fill(claim, start, end);
  }
  return { byLine, ids: new Set(placed.map(({ named }) => named.id)) };
}

async function placedApprovals(
  records: readonly NamedRecord[],
  lines: readonly string[],
  { judge }: TextQuestion,
): Promise<ReadonlyMap<number, readonly Approval[]>> {
  const byLine = new Map<number, Approval[]>();
  for (const { named, start, end } of placeRecords(records.filter(isSignOff), lines, sha256)) {
    const reason = await judge.voidBecause(named);
    const proof = reason === undefined ? await judge.proofOf(named) : ({ kind: 'refuted', reason } as const);
    for (let line = start; line < end; line++) {
      const approvals = byLine.get(line);
      if (approvals) approvals.push({ named, proof });
      else byLine.set(line, [{ named, proof }]);
    }
  }
  return byLine;
}
