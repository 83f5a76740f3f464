/** Names of ids that can be guessed, or that others know. */
import { wordsOf } from '../analysis/words';

const PRIMARY = /^_?id$|^uuid$|^(?:order|account|invoice)_?number$/i;
const OF_PEOPLE =
  /^(?:user|customer|account|owner|author|patient|member|employee|student|client|person|profile)s?$/;

/** Whether a field is the id of a record or of its owner; those of payments and sessions nobody can guess. */
export function isIdOf(field: string, entity: string): boolean {
  const own = field.replace(/^.*\./, '');
  if (PRIMARY.test(own)) return true;
  const words = wordsOf(own);
  const before = words.at(-2) ?? '';
  if (!/^u?u?id$/.test(words.at(-1) ?? '')) return false;
  return OF_PEOPLE.test(before) || wordsOf(entity).some((word) => word.replace(/s$/, '') === before);
}
