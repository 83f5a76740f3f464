/** `profile`, `ai` and `rules`, at the top of a configuration or in one of its `overrides`. */
import { CONFIG_UNKNOWN_KEY } from '../../analysis/engine-rules';
import { CUSTOM_SEVERITIES, type Customization, PROFILES, type Selection } from '../../analysis/selection';
import { anyOf } from './message-words';
import type { NodeReader, Place } from './node-reader';
import type { Reading } from './reading';

export function readProfile(reader: NodeReader, place: Place): Selection['profile'] | undefined {
  const profile = PROFILES.find((known) => known === place.node.value);
  if (!profile) {
    reader.report(place, () => `This is no profile, so the default holds. Write ${anyOf(PROFILES)}.`);
  }
  return profile;
}

export function readAi(reader: NodeReader, place: Place): boolean | undefined {
  const { value } = place.node;
  if (typeof value === 'boolean') return value;
  reader.report(
    place,
    () => 'This is neither `true` nor `false`, so the default holds: the AI switch is on. Write one of them.',
  );
  return undefined;
}

export function readRules({ reader, names }: Reading, rules: Place): Customization[] {
  if (rules.node.type !== 'object') {
    reader.report(rules, () => 'This is no object, so no rule is changed. Write `{ "auth/*": "error" }`.');
    return [];
  }
  return reader.entriesOf(rules).flatMap(({ key, name: rule, ...value }) => {
    const severity = CUSTOM_SEVERITIES.find((known) => known === value.node.value);
    if (!names.isKnown(rule)) {
      const place = { node: key, keys: value.keys };
      reader.report(place, () => names.unknownMessage(rule), CONFIG_UNKNOWN_KEY);
    } else if (severity) {
      return [{ rule, severity }];
    } else {
      reader.report(value, () => {
        return `This is no severity, so nothing is changed. Write ${anyOf(CUSTOM_SEVERITIES)}.`;
      });
    }
    return [];
  });
}
