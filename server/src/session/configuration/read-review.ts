/** Reads `review`. What is wrong with it is a problem and takes the default; `countersign verify` refuses it then. */
import type { NodeReader, Place } from './node-reader';
import type { Reading } from './reading';
import { CODE_OWNERS, type ReviewOverride, type ReviewPolicy, type ReviewSettings } from './review-policy';

const SETTINGS_KEYS = ['approvals', 'authorMayReview', 'requireSignature', 'reviewers'] as const;
export const REVIEW_KEYS = [...SETTINGS_KEYS, 'overrides', 'people', 'requireTrailer'] as const;
export const REVIEW_OVERRIDE_KEYS = ['files', 'excludedFiles', ...SETTINGS_KEYS] as const;

/** Nobody asks more people to read a line. */
export const MOST_APPROVALS = 10;

/** `@name` or `@organisation/team`, and an address, as sources of regular expressions for whole strings. */
export const HANDLE = '^@[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,99})?$';
export const ADDRESS = '^[^\\s<>@]{1,64}@[^\\s<>@]{1,190}$';

const EXAMPLE = '`{ "approvals": 1, "reviewers": ["codeowners"] }`';
const NAMES = 'Write an address, `"@name"`, `"@organisation/team"`';

export function readReview(reading: Reading, place: Place): ReviewPolicy | undefined {
  const { reader } = reading;
  if (place.node.type !== 'object') {
    reader.report(place, () => `This is no policy for reviews, so the defaults hold. Write ${EXAMPLE}.`);
    return undefined;
  }
  const fields = reader.fieldsOf(place, REVIEW_KEYS);
  const [people, overrides] = [fields.get('people'), fields.get('overrides')];
  return {
    ...readSettings(reader, fields),
    requireTrailer: readBoolean(reader, fields.get('requireTrailer')) ?? true,
    people: people ? readPeople(reader, people) : new Map(),
    overrides: overrides ? readReviewOverrides(reading, overrides) : [],
  };
}

function readSettings(reader: NodeReader, fields: ReadonlyMap<string, Place>): ReviewSettings {
  const [approvals, reviewers] = [fields.get('approvals'), fields.get('reviewers')];
  return {
    approvals: approvals && readApprovals(reader, approvals),
    authorMayReview: readBoolean(reader, fields.get('authorMayReview')),
    requireSignature: readBoolean(reader, fields.get('requireSignature')),
    reviewers: reviewers && readNames(reader, reviewers, [CODE_OWNERS]),
  };
}

function readApprovals(reader: NodeReader, place: Place): number | undefined {
  const { value } = place.node;
  if (Number.isInteger(value) && value >= 0 && value <= MOST_APPROVALS) return value;
  reader.report(
    place,
    () => `This is no number of people, so one is asked for. Write a number from 0 to ${MOST_APPROVALS}.`,
  );
  return undefined;
}

function readBoolean(reader: NodeReader, place: Place | undefined): boolean | undefined {
  if (!place || typeof place.node.value === 'boolean') return place?.node.value;
  reader.report(place, () => 'This is neither yes nor no, so the default holds. Write `true` or `false`.');
  return undefined;
}

/** @param words that may stand there besides addresses and names. */
function readNames(reader: NodeReader, place: Place, words: readonly string[]): string[] {
  const more = words.map((word) => ` or \`"${word}"\``).join('');
  const message = () => `This names nobody. ${NAMES}${more}.`;
  if (place.node.type === 'array' && !place.node.children?.length) {
    reader.report(place, () => `This list is empty and names nobody. ${NAMES}${more}.`);
  }
  const isName = (text: string) =>
    words.includes(text) || new RegExp(HANDLE).test(text) || new RegExp(ADDRESS).test(text);
  return reader.stringsOf(place, message).flatMap(({ text, ...each }) => {
    if (isName(text)) return [text];
    reader.report(each, message);
    return [];
  });
}

function readPeople(reader: NodeReader, place: Place): Map<string, readonly string[]> {
  const people = new Map<string, readonly string[]>();
  if (place.node.type !== 'object') {
    reader.report(
      place,
      () => 'This says of nobody who it is. Write `{ "@acme/security": ["ann@example.org"] }`.',
    );
    return people;
  }
  for (const { key, name, ...value } of reader.entriesOf(place)) {
    if (new RegExp(HANDLE).test(name)) people.set(name.toLowerCase(), readNames(reader, value, []));
    else {
      reader.report(
        { node: key, keys: value.keys },
        () => 'This is no name of people. Write `"@name"` or `"@organisation/team"`.',
      );
    }
  }
  return people;
}

function readReviewOverrides(reading: Reading, place: Place): ReviewOverride[] {
  const example = '`{ "files": "src/auth/**", "approvals": 2 }`';
  const { reader, globs } = reading;
  const elements = reader.elementsOf(
    place,
    () => `This is no list, so nothing is overridden. Write \`[…]\` with entries such as ${example}.`,
  );
  return (elements ?? []).flatMap((element) => {
    if (element.node.type !== 'object') {
      reader.report(element, () => `This is no override and holds nowhere. Write ${example}.`);
      return [];
    }
    const faults = reader.faults;
    const fields = reader.fieldsOf(element, REVIEW_OVERRIDE_KEYS);
    const [files, excludedFiles] = [fields.get('files'), fields.get('excludedFiles')];
    if (!files) {
      const message = 'This does not say for which files it is and holds nowhere. Add `"files": "src/**"`.';
      reader.report(element, () => message);
    }
    const override = {
      files: files ? globs.readSome(files) : [],
      excludedFiles: excludedFiles ? globs.read(excludedFiles) : [],
      ...readSettings(reader, fields),
    };
    // **Invariant:** an entry of which anything is wrong holds nowhere: it may ask for less than is meant.
    return reader.faults === faults ? [override] : [];
  });
}
