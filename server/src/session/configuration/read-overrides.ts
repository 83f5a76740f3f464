/** `overrides`: what else holds for some files. */
import type { Override } from './configuration';
import type { Place } from './node-reader';
import { readAi, readProfile, readRules } from './read-rules';
import type { Reading } from './reading';

export const OVERRIDE_KEYS = ['files', 'excludedFiles', 'profile', 'ai', 'rules'] as const;

const EXAMPLE = '`{ "files": "scripts/**", "rules": { "auth/*": "off" } }`';

export function readOverrides(reading: Reading, place: Place): Override[] {
  const elements = reading.reader.elementsOf(place, () => {
    return `This is no list, so nothing is overridden. Write \`[…]\` with entries such as ${EXAMPLE}.`;
  });
  return (elements ?? []).flatMap((element) => readOverride(reading, element) ?? []);
}

/**
 * **Invariant:** an entry of which it is not clear what it is for holds nowhere. What is wrong in its profile or its
 * rules takes the default, as elsewhere.
 */
function readOverride(reading: Reading, place: Place): Override | undefined {
  const { reader, globs } = reading;
  if (place.node.type !== 'object') {
    reader.report(place, () => `This is no override and holds nowhere. Write ${EXAMPLE}.`);
    return undefined;
  }
  const faults = reader.faults;
  const fields = reader.fieldsOf(place, OVERRIDE_KEYS);
  const [files, excludedFiles, profile, ai, rules] = OVERRIDE_KEYS.map((key) => fields.get(key));
  if (!files) {
    const message = 'This does not say for which files it is and holds nowhere. Add `"files": "src/**"`.';
    reader.report(place, () => message);
  }
  const where = {
    files: files ? globs.readSome(files) : [],
    excludedFiles: excludedFiles ? globs.read(excludedFiles) : [],
  };
  const isClear = reader.faults === faults;
  const what = {
    profile: profile && readProfile(reader, profile),
    ai: ai && readAi(reader, ai),
    customizations: rules ? readRules(reading, rules) : [],
  };
  return isClear ? { ...where, ...what } : undefined;
}
