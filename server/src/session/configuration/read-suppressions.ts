/** `suppress`: findings that are not shown, and why. */
import { SUPPRESSION_EXPIRED, SUPPRESSION_NO_REASON } from '../../analysis/engine-rules';
import { isDate } from '../../analysis/suppression';
import type { ConfiguredSuppression } from './configuration';
import { quoted } from './message-words';
import type { NodeReader, Place } from './node-reader';
import type { Reading } from './reading';

export const SUPPRESSION_KEYS = ['rule', 'files', 'reason', 'until'] as const;

const EXAMPLE =
  '`{ "rule": "auth/jwt-unverified", "files": "fixtures/**", "reason": "they hold no real tokens" }`';

/** @param today `YYYY-MM-DD` */
export function readSuppressions(reading: Reading, place: Place, today: string): ConfiguredSuppression[] {
  const elements = reading.reader.elementsOf(place, () => {
    return `This is no list and suppresses nothing. Write \`[…]\` with entries such as ${EXAMPLE}.`;
  });
  return (elements ?? []).flatMap((element) => readSuppression(reading, element, today) ?? []);
}

/** **Invariant:** an entry of which anything is wrong suppresses nothing. */
function readSuppression(reading: Reading, place: Place, today: string): ConfiguredSuppression | undefined {
  const { reader, globs } = reading;
  if (place.node.type !== 'object') {
    reader.report(place, () => `This is no suppression and suppresses nothing. Write ${EXAMPLE}.`);
    return undefined;
  }
  const faults = reader.faults;
  const fields = reader.fieldsOf(place, SUPPRESSION_KEYS);
  const [rule, files, reason, until] = SUPPRESSION_KEYS.map((key) => fields.get(key));
  const suppression = {
    rule: rule
      ? readRule(reading, rule)
      : missing(reader, place, 'Name the rule it is for: `"rule": "auth/*"`.'),
    files: files ? globs.readSome(files) : [],
    reason: readReason(reader, place, reason),
  };
  if (!files) missing(reader, place, 'Say for which files it is: `"files": "fixtures/**"`.');
  if (until) checkUntil(reader, until, today);
  return reader.faults === faults ? suppression : undefined;
}

function missing(reader: NodeReader, place: Place, advice: string): '' {
  reader.report(place, () => `This suppresses nothing, because something is missing. ${advice}`);
  return '';
}

function readRule({ reader, names }: Reading, place: Place): string {
  const { value } = place.node;
  if (typeof value !== 'string') {
    reader.report(place, () => 'This is no rule, so nothing is suppressed. Write it as `"group/name"`.');
  } else if (!names.isKnown(value)) {
    reader.report(place, () => names.unknownMessage(value));
  }
  return String(value);
}

function readReason(reader: NodeReader, entry: Place, place: Place | undefined): string {
  const value = place?.node.value;
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  const message = 'A suppression needs its reason and suppresses nothing without. Add it: `"reason": "…"`.';
  reader.report(place ?? entry, () => message, SUPPRESSION_NO_REASON);
  return '';
}

function checkUntil(reader: NodeReader, place: Place, today: string): void {
  const { value } = place.node;
  if (typeof value !== 'string' || !isDate(value)) {
    reader.report(place, () => {
      const what = typeof value === 'string' ? quoted(value) : 'This';
      return `${what} is no date, so nothing is suppressed. Write it as "YYYY-MM-DD".`;
    });
  } else if (value < today) {
    const message = `This held until ${value} and suppresses nothing any more. Fix what it covered, or decide anew.`;
    reader.report(place, () => message, SUPPRESSION_EXPIRED);
  }
}
