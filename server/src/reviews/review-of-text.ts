/** Which AI lines of a text are not reviewed as they have to be: of a file at a commit, or as it is open. */
import { sha256 } from '../host/digest';
import { identityOf } from '../origin/commits/identities';
import type { LineRange } from '../origin/evidence';
import type { LoadedOrigins } from '../origin/lines/loaded-origins';
import { linesOf } from '../origin/mapping/text-lines';
import type { LineOrigin } from '../origin/precedence';
import type { Requirements } from '../signoffs/approvals';
import {
  approvalsByLine,
  claimsByLine,
  type Judgement,
  lineReviews,
  neededLines,
  withoutOverrides,
} from '../signoffs/line-reviews';
import { mayApply, type PlacedRecord, placeRecords } from '../signoffs/placement';
import { isOverride, isSignOff, type NamedRecord } from '../signoffs/record';
import { originSummary, regionsOf } from '../signoffs/regions';
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
  /** Whether that is known of its lines, or only of their commit or file; `either` where they differ. */
  readonly knownOf: 'lines' | 'commit' | 'either';
  /** Its normalised text and the path, hashed. */
  readonly fingerprint: string;
}

export interface AiCommit {
  /** The first of the lines, from 0. */
  readonly line: number;
  /** Which wrote that line; undefined where nobody says. */
  readonly tool: string | undefined;
}

export interface TextReview {
  readonly regions: readonly UnreviewedRegion[];
  readonly reviewed: number;
  /** Of the reviewed lines: those whose review counts, but is not proven by signatures. */
  readonly unproven: number;
  readonly unreviewed: number;
  /** Commits that are asked for and that an AI wrote by sure evidence of lines. */
  readonly aiCommits: ReadonlyMap<string, AiCommit>;
  /** Ids of the overrides whose text is there. */
  readonly placedOverrides: ReadonlySet<string>;
}

/** Of evidence that a commit is asked to name the tool for; from here on markers are solid. */
const SURE = 0.75;

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
  const applicable = question.records.filter((named) => mayApply(named, path, question.isThere));
  const judged = new Map<string, Judgement>();
  const judgementOf = ({ id }: NamedRecord) => judged.get(id) as Judgement;
  const overrides = placeRecords(applicable.filter(isOverride), lines, sha256);
  await judgeAll(overrides, question.judge, judged);
  const claims = claimsByLine(overrides, lines.length, judgementOf);
  const asked = (at: number) => isAsked(commitOf[at]);
  const isNeeded = neededLines({ lines, origins, claims, isAsked: asked }).includes(true);
  const signOffs = isNeeded ? placeRecords(applicable.filter(isSignOff), lines, sha256) : [];
  await judgeAll(signOffs, question.judge, judged);
  const reviewsFor = (wanted: Requirements) =>
    lineReviews({
      ...{ lines, origins, claims, requirements: wanted, isAsked: asked },
      approvals: () => approvalsByLine(signOffs, judgementOf),
      authorOf: (at) => authorOf(commitOf[at]),
      isTool: (address) => identityOf(address) !== undefined,
    });
  const { needs, missing: reasons } = reviewsFor(requirements);
  const ifProven = signOffs.length > 0 ? reviewsFor({ ...requirements, requireSignature: true }) : undefined;
  const isReviewed = (at: number) => needs[at] === true && reasons[at] === undefined;

  const regions = regionsOf(lines, (at) => reasons[at] !== undefined).map((range): UnreviewedRegion => {
    const [reason = '', ...more] = new Set(
      reasons.slice(range.start, range.end).filter((each) => each !== undefined),
    );
    const known = origins.map((origin) => origin ?? UNKNOWN);
    const tools = new Set(originSummary(lines, known, range).flatMap(({ tool }) => tool ?? []));
    const states = new Set(
      known.slice(range.start, range.end).flatMap(({ state }, at) => (needs[range.start + at] ? state : [])),
    );
    const isOfLines = [...states].every((state) => state === 'ai' || state === 'mixed');
    const isOfCommit = states.size === 1 && states.has('ai-commit');
    const hashed = sha256(JSON.stringify([path, lines.slice(range.start, range.end)]));
    return {
      ...range,
      reason: more.length > 0 ? `${reason}; other reasons for some lines` : reason,
      tools: [...tools],
      knownOf: isOfLines ? 'lines' : isOfCommit ? 'commit' : 'either',
      fingerprint: hashed,
    };
  });
  const aiCommits = new Map<string, AiCommit>();
  for (const [at, commit] of commitOf.entries()) {
    const { state, deciding } = origins[at] ?? UNKNOWN;
    if (commit === undefined || !isAsked(commit) || aiCommits.has(commit)) continue;
    const isSure = (deciding?.confidence ?? 0) >= SURE;
    if (isSure && (state === 'ai' || state === 'mixed'))
      aiCommits.set(commit, { line: at, tool: deciding?.tool });
  }
  const count = (isWanted: (at: number) => boolean) => lines.filter((_, at) => isWanted(at)).length;
  return {
    regions,
    reviewed: count(isReviewed),
    unproven: count((at) => isReviewed(at) && ifProven?.missing[at] !== undefined),
    unreviewed: count((at) => reasons[at] !== undefined),
    aiCommits,
    placedOverrides: new Set(overrides.map(({ named }) => named.id)),
  };
}

const UNKNOWN: LineOrigin = {
  state: 'unknown',
  deciding: undefined,
  evidence: [],
  marker: 'none',
  mayRaise: false,
};

/** Asks what has to be asked of records, one after the other. */
async function judgeAll(
  placed: readonly PlacedRecord[],
  judge: RecordJudge,
  judged: Map<string, Judgement>,
): Promise<void> {
  for (const { named } of placed) judged.set(named.id, await judge.judgementOf(named));
}
