// How many lines AI tools wrote, and what the status bar says of it. Pure.
import type { OriginRun } from '../../../protocol/origin';
import type { Translate } from '../translate';

/** Lines by what is drawn beside them. A blank line that is only drawn like its neighbors does not count. */
export interface OriginCounts {
  readonly exact: number;
  readonly perhaps: number;
  readonly countersigned: number;
}

export function originCounts(runs: readonly OriginRun[]): OriginCounts {
  const linesOf = (wanted: OriginRun['marker']) =>
    runs
      .filter(
        ({ marker, state }) =>
          marker === wanted && (state === 'ai' || state === 'ai-commit' || state === 'mixed'),
      )
      .reduce((sum, { start, end }) => sum + end - start, 0);
  return { exact: linesOf('solid'), perhaps: linesOf('hollow'), countersigned: linesOf('tick') };
}

/** What the status bar says of the file in front; undefined where there is nothing to say. */
export function originStatus(
  counts: OriginCounts,
  t: Translate,
): { text: string; details: string[] } | undefined {
  const { exact, perhaps, countersigned } = counts;
  const details = countSentences(counts, t);
  const icon = '$(sparkle)';
  if (countersigned > 0) {
    const all = exact + perhaps + countersigned;
    const text =
      all === countersigned
        ? t('{0} AI lines countersigned', '$(pass)')
        : t('{0} {1} of {2} AI lines countersigned', icon, countersigned, all);
    return { text, details };
  }
  if (exact === 1) return { text: t('{0} 1 AI line', icon), details };
  if (exact > 1) return { text: t('{0} {1} AI lines', icon, exact), details };
  if (perhaps === 1) return { text: t('{0} perhaps 1 AI line', icon), details };
  if (perhaps > 1) return { text: t('{0} perhaps {1} AI lines', icon, perhaps), details };
  return undefined;
}

/** One sentence for each kind of lines that there is. */
export function countSentences({ exact, perhaps, countersigned }: OriginCounts, t: Translate): string[] {
  const sentences: string[] = [];
  if (exact === 1) sentences.push(t('1 line was written by AI.'));
  if (exact > 1) sentences.push(t('{0} lines were written by AI.', exact));
  if (perhaps === 1) sentences.push(t('1 line was perhaps written by AI, or edited since.'));
  if (perhaps > 1) sentences.push(t('{0} lines were perhaps written by AI, or edited since.', perhaps));
  if (countersigned === 1) sentences.push(t('1 line was countersigned.'));
  if (countersigned > 1) sentences.push(t('{0} lines were countersigned.', countersigned));
  return sentences;
}
