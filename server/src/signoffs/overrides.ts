/** What people say of who wrote lines, put above all other evidence. */
import { evidenceOf, type RangeEvidence } from '../origin/evidence';
import { lastWins } from '../origin/last-wins';
import { type LineOrigin, lineOrigin } from '../origin/precedence';
import type { PlacedRecord } from './placement';
import type { Override } from './record';

/**
 * The origins with what overrides say of the lines that they are for; of several for a line the one that was made
 * last. All other evidence is kept behind it.
 *
 * **Invariant:** this is what is shown. Whether lines have to be reviewed follows from the origins without it, because
 * nothing but a signature shows that a person made an override.
 */
export function withOverrides(
  origins: readonly LineOrigin[],
  overrides: readonly PlacedRecord<Override>[],
): LineOrigin[] {
  const result = [...origins];
  for (const { start, end, evidence } of overrideEvidence(overrides)) {
    for (let line = start; line < end; line++) {
      const origin = origins[line];
      if (origin === undefined) continue;
      result[line] = { ...lineOrigin({ evidence: [evidence] }), evidence: [evidence, ...origin.evidence] };
    }
  }
  return result;
}

/** In ascending order, for each line only that of the override that was made last. */
export function overrideEvidence(overrides: readonly PlacedRecord<Override>[]): RangeEvidence[] {
  const byTime = [...overrides].sort((a, b) => {
    const [one, other] = [a.named, b.named];
    return Date.parse(one.record.time) - Date.parse(other.record.time) || (one.id < other.id ? -1 : 1);
  });
  return lastWins(
    byTime.map(({ start, end, named: { record } }) => {
      const { claim, reason, reviewer, time } = record;
      const evidence = evidenceOf('override', claim, {
        person: `${reviewer.name} <${reviewer.email}>`,
        detail: reason,
        time: Date.parse(time),
      });
      return { ranges: [{ start, end }], evidence };
    }),
  );
}
