/** `suppress`: findings that are not shown, and why. */
import { SUPPRESSION_EXPIRED, SUPPRESSION_NO_REASON } from '../../analysis/engine-rules';
import { isDate } from '../../analysis/suppression';
import type { SuppressEntry } from './configuration';
import { quoted } from './message-words';
import type { NodeReader, Place } from './node-reader';
import type { Reading } from './reading';

export const SUPPRESSION_KEYS = ['rule', 'files', 'reason', 'until'] as const;

const EXAMPLE =
  '`{ "rule": "auth/jwt-unverified", "files": "fixtures/**", "reason": "they hold no real tokens" }`';

/** @param today `YYYY-MM-DD` */
export function readSuppressions(reading: Reading, place: Place, today: string): SuppressEntry[] {
  const elements = reading.reader.elementsOf(place, () => {
    return `This is no list and suppresses nothing. Write \`[…]\` with entries such as ${EXAMPLE}.`;
  });
  return (elements ?? []).map((element) => readEntry(reading, element, today));
}

/** **Invariant:** an entry of which anything is wrong suppresses nothing. */
function readEntry(reading: Reading, place: Place, today: string): SuppressEntry {
  const { reader } = reading;
  const [faults, told] = [reader.faults, reader.problems.length];
  const { isExpired, suppression, ...written } = readWritten(reading, place, today);
  const { offset, length } = place.node;
  const entry = { ...written, start: offset, end: offset + length };
  const count = reader.faults - faults;
  if (count === 0) return { ...entry, state: 'active', problem: undefined, suppression };
  const problem =
    reader.problems[told]?.message ?? 'Something is wrong with this. Mend what is before it first.';
  const state = isExpired && count === 1 ? 'expired' : 'invalid';
  return { ...entry, state, problem, suppression: undefined };
}

function readWritten(reading: Reading, place: Place, today: string) {
  const { reader, globs } = reading;
  if (place.node.type !== 'object') {
    reader.report(place, () => `This is no suppression and suppresses nothing. Write ${EXAMPLE}.`);
    const nothing = { rule: undefined, reason: undefined, until: undefined, suppression: undefined };
    return { ...nothing, files: [], isExpired: false };
  }
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
  return {
    rule: textIn(rule),
    files: [files?.node, ...(files?.node.children ?? [])].flatMap((node) => textIn(node && { node }) ?? []),
    reason: textIn(reason)?.trim() || undefined,
    until: textIn(until),
    isExpired: until !== undefined && isOver(reader, until, today),
    suppression,
  };
}

function textIn(place: Pick<Place, 'node'> | undefined): string | undefined {
  const value: unknown = place?.node.value;
  return typeof value === 'string' ? value : undefined;
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

/** Whether a last day is over; that, or that it is none, is a problem. */
function isOver(reader: NodeReader, place: Place, today: string): boolean {
  const { value } = place.node;
  if (typeof value !== 'string' || !isDate(value)) {
    reader.report(place, () => {
      const what = typeof value === 'string' ? quoted(value) : 'This';
      return `${what} is no date, so nothing is suppressed. Write it as "YYYY-MM-DD".`;
    });
    return false;
  }
  if (value >= today) return false;
  const message = `This held until ${value} and suppresses nothing any more. Fix what it covered, or decide anew.`;
  reader.report(place, () => message, SUPPRESSION_EXPIRED);
  return true;
}
