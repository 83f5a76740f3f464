/** Records that are made now, of lines as they are. */
import type { LineRange } from '../origin/evidence';
import type { LineOrigin } from '../origin/precedence';
import { recordedRegion } from './placement';
import { type Override, RECORD_VERSION, type Reviewer, type SignOff } from './record';
import type { Digest } from './region-text';
import { originSummary } from './regions';

export interface ReviewedLines {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  /** Of the text; see `linesOf` of `origin/mapping`. */
  readonly lines: readonly string[];
  readonly range: LineRange;
}

export interface Circumstances {
  readonly reviewer: Reviewer;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly digest: Digest;
}

/** @param rules version of the product. */
export function newSignOff(
  reviewed: ReviewedLines,
  origins: readonly LineOrigin[],
  { rules, note, link }: Pick<SignOff, 'rules' | 'note' | 'link'>,
  circumstances: Circumstances,
): SignOff {
  return {
    kind: 'sign-off',
    ...common(reviewed, circumstances),
    origin: originSummary(reviewed.lines, origins, reviewed.range),
    rules,
    ...(note !== undefined && { note }),
    ...(link !== undefined && { link }),
  };
}

export function newOverride(
  reviewed: ReviewedLines,
  { claim, reason }: Pick<Override, 'claim' | 'reason'>,
  circumstances: Circumstances,
): Override {
  return { kind: 'override', ...common(reviewed, circumstances), claim, reason };
}

function common({ path, lines, range }: ReviewedLines, { reviewer, now, digest }: Circumstances) {
  return {
    version: RECORD_VERSION,
    path,
    region: recordedRegion(lines, range, digest),
    reviewer,
    time: new Date(now).toISOString(),
  } as const;
}
