/** Replacements that take `<` from a text, so that no tag can begin in it. */
import type { Call } from '../../analysis/item-facts';
import { constantString } from '../../analysis/value';
import { patternOf } from './strict-pattern';

/**
 * - `clean`: every `<` is replaced by something harmless.
 * - `checked`: something with a `<` is taken out, which may or may not be enough, such as whole tags.
 */
export function escapingOf({ method, args: [pattern, by] }: Call): 'clean' | 'checked' | undefined {
  const regex = patternOf(pattern);
  const text = regex ? regex.source : pattern && constantString(pattern);
  if (text?.includes('<') !== true) return undefined;
  const isEach = regex ? regex.flags.includes('g') : method === 'replaceAll';
  const written = by && constantString(by);
  const isHarmless = written === undefined || !/<(?!\/?(?:b|i|br|mark|em|strong)\b)/i.test(written);
  const isSign = regex
    ? text
        .replace(/^\(|\)$/g, '')
        .split('|')
        .some((each) => /^(?:<|\[(?!\^)[^\]]*<[^\]]*\]\+?)$/.test(each))
    : text === '<';
  return isEach && isHarmless && isSign ? 'clean' : 'checked';
}
