/** Where the size of a key is said, and found to be too small. */
import type { Report } from '../../analysis/finding';
import type { ItemFacts } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import { constantString, pairOf, resolvedValue } from '../../analysis/value';
import { isSmallCurve, isWeakGroup, KEY_SIZES, LEAST_RSA_BITS, OR_FIRST } from './broken';

/** Keys that can be computed, because they are short or of a small group. */
export function* smallKeys(facts: ItemFacts): Generator<Report> {
  for (const { name, args } of facts.callsTo(KEY_SIZES)) {
    const option = KEY_SIZES.get(name);
    const curve = name === 'crypto.createECDH' ? args[0] : optionOf(args, 'namedCurve');
    const shown = curve && constantString(curve);
    if (curve && shown !== undefined && isSmallCurve(shown))
      yield { at: curve, message: `Keys on \`${shown}\` can be computed. Use \`P-256\` or \`ed25519\`.` };
    const given =
      typeof option === 'string'
        ? (optionOf(args, option) ?? (OR_FIRST.has(name) ? args[0] : undefined))
        : option === undefined
          ? undefined
          : args[option];
    const value = given && resolvedValue(given);
    if (name === 'crypto.getDiffieHellman' || name === 'crypto.createDiffieHellmanGroup') {
      const group = value && constantString(value);
      if (group !== undefined && isWeakGroup(group) && value)
        yield { at: given, message: `The group \`${group}\` is too small. Use \`modp15\` or larger.` };
      continue;
    }
    const bits = value?.kind === 'number' ? Number(value.text.replace(/_/g, '')) : Number.NaN;
    if (!(bits > 0 && bits < LEAST_RSA_BITS) || !given || !value) continue;
    yield {
      at: given,
      message: `Keys of ${bits} bits can be broken. Use 3072 bits.`,
      fixes: () => [
        {
          title: 'Use 3072 bits',
          safety: 'unsafe',
          edits: [{ start: value.start, end: value.end, text: '3072' }],
        },
      ],
    };
  }
}

function optionOf(args: readonly Node[], option: string): Node | undefined {
  for (const argument of args) {
    const pair = pairOf(resolvedValue(argument), option);
    if (pair) return pair.value;
  }
  return undefined;
}
