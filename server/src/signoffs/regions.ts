/** The regions of a file that somebody has to review: runs of lines that are AI by evidence. */
import type { LineRange } from '../origin/evidence';
import type { LineOrigin } from '../origin/precedence';
import type { OriginSummary } from './record';
import { isBlank } from './region-text';

/** More are not told of one region: the first ones stand for most of its lines. */
const MOST_SUMMARIES = 20;

/**
 * Below, nobody is asked to review: notes of an early git-ai, suggestions that somebody applied, small shares of a
 * commit. A person's own word that a tool assisted is enough.
 */
const ASKED = 0.45;

/** By evidence that is sure enough to ask for a review. */
export function isAi({ state, deciding }: Pick<LineOrigin, 'state' | 'deciding'>): boolean {
  const isState = state === 'ai' || state === 'ai-commit' || state === 'mixed';
  return isState && deciding !== undefined && deciding.confidence >= ASKED;
}

/**
 * The longest runs of lines that are wanted, joined where nothing but blank lines is between them. Each begins and
 * ends with a line that is wanted and not blank.
 *
 * @param isWanted asked for lines that are not blank.
 */
export function regionsOf(lines: readonly string[], isWanted: (line: number) => boolean): LineRange[] {
  const regions: LineRange[] = [];
  let start = -1;
  let end = -1;
  for (let line = 0; line < lines.length; line++) {
    if (isBlank(lines[line] ?? '')) continue;
    if (isWanted(line)) {
      if (start < 0) start = line;
      end = line + 1;
    } else if (start >= 0) {
      regions.push({ start, end });
      start = -1;
    }
  }
  if (start >= 0) regions.push({ start, end });
  return regions;
}

/** The regions that are AI by evidence. */
export function aiRegions(lines: readonly string[], origins: readonly LineOrigin[]): LineRange[] {
  return regionsOf(lines, (line) => {
    const origin = origins[line];
    return origin !== undefined && isAi(origin);
  });
}

/** What is known of who wrote the lines of a range, what holds for most of them first. Blank lines do not count. */
export function originSummary(
  lines: readonly string[],
  origins: readonly LineOrigin[],
  { start, end }: LineRange,
): OriginSummary[] {
  const found = new Map<string, OriginSummary>();
  for (let line = start; line < end; line++) {
    const origin = origins[line];
    if (origin === undefined || isBlank(lines[line] ?? '')) continue;
    const { state, deciding } = origin;
    const { source, tool, model } = deciding ?? {};
    const key = JSON.stringify([state, source, tool, model]);
    const count = (found.get(key)?.lines ?? 0) + 1;
    found.set(key, {
      state,
      ...(source !== undefined && { source }),
      ...(tool !== undefined && { tool }),
      ...(model !== undefined && { model }),
      lines: count,
    });
  }
  return [...found.values()].sort((a, b) => b.lines - a.lines).slice(0, MOST_SUMMARIES);
}
