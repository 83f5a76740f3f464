/** What people say of who wrote lines, put above all other evidence. */
import { evidenceOf } from '../origin/evidence';
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
  const byTime = [...overrides].sort((a, b) => {
    const [one, other] = [a.named, b.named];
    return Date.parse(one.record.time) - Date.parse(other.record.time) || (one.id < other.id ? -1 : 1);
  });
  const deciding = new Map<number, PlacedRecord<Override>>();
  for (const placed of byTime) {
    for (let line = placed.start; line < placed.end; line++) deciding.set(line, placed);
  }
  for (const [line, { named }] of deciding) {
    const origin = origins[line];
    if (origin === undefined) continue;
    const { claim, reason, reviewer, time } = named.record;
    const evidence = evidenceOf('override', claim, {
      person: `${reviewer.name} <${reviewer.email}>`,
      detail: reason,
      time: Date.parse(time),
    });
    result[line] = { ...lineOrigin({ evidence: [evidence] }), evidence: [evidence, ...origin.evidence] };
  }
  return result;
}
