/** Letters of other scripts that look like Latin ones; from the confusables of UTS #39, those that fonts draw alike. */

const LATIN_BY_LOOK: Readonly<Record<string, string>> = {
  // Cyrillic
  ...{ а: 'a', с: 'c', ԁ: 'd', е: 'e', һ: 'h', і: 'i', ј: 'j', ӏ: 'l', о: 'o', р: 'p', ԛ: 'q', ѕ: 's' },
  ...{ у: 'y', ԝ: 'w', х: 'x', А: 'A', В: 'B', С: 'C', Е: 'E', Н: 'H', І: 'I', Ј: 'J', К: 'K', М: 'M' },
  ...{ О: 'O', Р: 'P', Ѕ: 'S', Т: 'T', У: 'Y', Х: 'X', Ԝ: 'W' },
  // Greek
  ...{ ο: 'o', ϳ: 'j', Α: 'A', Β: 'B', Ε: 'E', Ζ: 'Z', Η: 'H', Ι: 'I', Κ: 'K', Μ: 'M', Ν: 'N', Ο: 'O' },
  ...{ Ρ: 'P', Τ: 'T', Υ: 'Y', Χ: 'X' },
  // Armenian
  ...{ օ: 'o', ս: 'u', հ: 'h', ց: 'g', զ: 'q' },
};

const SCRIPTS = [
  ['Cyrillic', /\p{sc=Cyrl}/u],
  ['Greek', /\p{sc=Grek}/u],
  ['Armenian', /\p{sc=Armn}/u],
  ['full-width', /[\uff21-\uff3a\uff41-\uff5a]/],
] as const;

/** A letter that is not what it looks like. */
export interface Confusable {
  /** The letter itself. */
  readonly letter: string;
  /** The Latin letter that it looks like. */
  readonly looksLike: string;
  readonly script: string;
}

/** Whether a text has letters of the scripts that are confused; most have none. */
export function mayConfuse(text: string): boolean {
  return /[\u0370-\u052f\u0531-\u058f\uff21-\uff5a]/.test(text);
}

/**
 * The first letter in a name that looks like a Latin one and is not, where the name is otherwise Latin; undefined
 * for names of one script.
 */
export function confusableIn(name: string): Confusable | undefined {
  if (!mayConfuse(name) || !/[A-Za-z]/.test(name)) return undefined;
  const letters = [...name].filter((character) => /\p{L}/u.test(character));
  const foreign = letters.filter((letter) => letter > '\u024f');
  // A letter that looks like no Latin one shows that the writer means the other script.
  if (foreign.length === 0 || !foreign.every((letter) => latinFor(letter) !== undefined)) return undefined;
  const [letter = ''] = foreign;
  const script = SCRIPTS.find(([, of]) => of.test(letter))?.[0] ?? 'foreign';
  return { letter, looksLike: latinFor(letter) ?? '', script };
}

function latinFor(letter: string): string | undefined {
  const code = letter.codePointAt(0) ?? 0;
  if (code >= 0xff21 && code <= 0xff5a) return String.fromCharCode(code - 0xfee0);
  return LATIN_BY_LOOK[letter];
}
