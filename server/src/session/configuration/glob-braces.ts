/** Lists in braces: a glob with them stands for several without, `a.{js,ts}` for `a.js` and `a.ts`. */

/** So many globs may one with braces stand for. */
const MOST_ALTERNATIVES = 100;
const DEEPEST = 10;

/** What is wrong with a glob. Its message is for the person who wrote it. */
export class GlobFault extends Error {}

/**
 * The globs without braces that one with braces stands for. A set of characters, `[id]`, stands for itself as well,
 * because many frameworks have such names; not so when it has a range or is turned round.
 *
 * @throws {GlobFault}
 */
export function expandBraces(glob: string): readonly string[] {
  return new Expansion(glob).whole();
}

/**
 * Where the set that begins at an offset ends, its bracket included.
 *
 * @throws {GlobFault} when it has no end, or a slash in it.
 */
export function setEnd(glob: string, start: number): number {
  // A bracket that comes first is one of the characters.
  let at = start + (/^\[[!^]?\]/.exec(glob.slice(start, start + 3))?.[0].length ?? 1);
  while (at < glob.length && glob[at] !== ']') at += glob[at] === '\\' ? 2 : 1;
  if (at >= glob.length || glob.slice(start, at).includes('/')) {
    throw new GlobFault('The bracket `[` has no end in its name. Add `]`, or write `\\\\[` for a bracket.');
  }
  return at + 1;
}

class Expansion {
  readonly #glob: string;
  #at = 0;

  constructor(glob: string) {
    this.#glob = glob;
  }

  whole(): readonly string[] {
    return this.#sequence(0);
  }

  /** Up to the comma or the brace that ends it, where it stands in braces. */
  #sequence(depth: number): readonly string[] {
    let alternatives: readonly string[] = [''];
    for (;;) {
      const character = this.#glob[this.#at];
      if (character === undefined || (depth > 0 && (character === ',' || character === '}')))
        return alternatives;
      const next = character === '{' ? this.#list(depth + 1) : this.#piece(character);
      if (alternatives.length * next.length > MOST_ALTERNATIVES) {
        throw new GlobFault(
          `This stands for more than ${MOST_ALTERNATIVES} globs. Write several with fewer braces.`,
        );
      }
      alternatives = alternatives.flatMap((before) => next.map((after) => before + after));
    }
  }

  #piece(first: string): readonly string[] {
    const start = this.#at;
    this.#at = first === '[' ? setEnd(this.#glob, start) : start + (first === '\\' ? 2 : 1);
    const piece = this.#glob.slice(start, this.#at);
    if (first === '}') {
      throw new GlobFault('There is no `{` before this `}`. Add it, or write `\\\\}` for a brace.');
    }
    return first === '[' && !/^\[[!^]|-|\\/.test(piece)
      ? [piece, piece.replace(/[[\]*?{}]/g, '\\$&')]
      : [piece];
  }

  #list(depth: number): readonly string[] {
    if (depth > DEEPEST)
      throw new GlobFault(`Braces are nested more than ${DEEPEST} deep. Write several globs.`);
    const words: string[] = [];
    let length = 0;
    do {
      this.#at++;
      words.push(...this.#sequence(depth));
      length++;
    } while (this.#glob[this.#at] === ',');
    if (this.#glob[this.#at] !== '}') {
      throw new GlobFault('The brace `{` has no end. Add `}`, or write `\\\\{` for a brace.');
    }
    if (length === 1) {
      throw new GlobFault('A list in braces has at least two words. Write `{a,b}`, or `\\\\{` for a brace.');
    }
    this.#at++;
    return words;
  }
}
