/**
 * Whether a search begins over and over: `/<!--[^]*?-->/` reads to the end of a text from each `<!--` in it. The
 * analyser finds this where one character is repeated; here it is the beginning of the pattern that is.
 */
import { type Element, isNullable, type ParsedPattern, SignSets } from './ambiguity';

/** Longer beginnings are not looked at. */
const LONGEST_BEGINNING = 12;

/** What has to be repeated for it; undefined where nothing is. */
export function restartedBy({ alternatives }: ParsedPattern, flags: string): string | undefined {
  if (flags.includes('y')) return undefined;
  const plain = flags.replace(/g/g, '');
  const sets = new SignSets(plain);
  for (const { elements } of alternatives) {
    const found = beginningOf(elements, sets);
    if (found === undefined) continue;
    const pattern = new RegExp(alternatives.map(({ raw }) => raw).join('|'), plain);
    // Where a few of them match as a whole, the search ends there.
    if (!pattern.test(found.repeat(3))) return found;
  }
  return undefined;
}

function beginningOf(elements: readonly Element[], sets: SignSets): string | undefined {
  const at = elements.findIndex((element) => !isOneSign(element));
  if (at < 1 || at > LONGEST_BEGINNING) return undefined;
  const loop = runOf(elements[at]);
  if (loop === undefined || elements.slice(at + 1).every(isNullable)) return undefined;
  let text = '';
  for (const { raw } of elements.slice(0, at)) {
    const sign = sets.sharedBy(raw, loop);
    if (sign === undefined) return undefined;
    text += sign;
  }
  return text;
}

function isOneSign({ type }: Element): boolean {
  return type === 'Character' || type === 'CharacterSet' || type === 'CharacterClass';
}

/** The text of what is repeated without end, where it is one character: `[^>]*`, also in a group of its own. */
function runOf(element: Element | undefined): string | undefined {
  if (element?.type === 'CapturingGroup' || element?.type === 'Group') {
    const [only, ...others] = element.alternatives;
    return only && others.length === 0 ? runOf(only.elements[0]) : undefined;
  }
  if (element?.type !== 'Quantifier' || element.max !== Number.POSITIVE_INFINITY) return undefined;
  const inner = element.element as Element;
  return isOneSign(inner) ? inner.raw : undefined;
}
