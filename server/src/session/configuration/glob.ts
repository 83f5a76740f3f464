/**
 * Globs as configuration files have them: `*`, `**`, `?`, `[a-z]`, `{a,b}` and `\` before what is meant literally.
 *
 * They are somebody else's, so that they are not turned into a regular expression: as one, ten characters with four
 * stars take seconds for the name of one file. **Invariant:** matching takes at most as many steps as the glob's
 * size times the path's length.
 */
import { expandBraces, GlobFault, setEnd } from './glob-braces';

export { GlobFault } from './glob-braces';

/** In characters; nobody reads longer ones. */
export const LONGEST_GLOB = 500;
/** In characters. No glob matches a longer path. */
const LONGEST_PATH = 1_024;

/** One character of a name: a code point, any, or one of a set. */
type Token = number | typeof ANY | CharacterSet;
interface CharacterSet {
  readonly isNegated: boolean;
  /** First and last code point of each. */
  readonly ranges: readonly (readonly [number, number])[];
}
const ANY = 'any';
/** Any characters, also none. */
const STAR = 'star';
/** Any folders, also none. */
const ANY_FOLDERS = 'folders';
/** What one part of a path, between slashes, must be. */
type Part = readonly (Token | typeof STAR)[] | typeof ANY_FOLDERS;

/** What a glob says of the place of the files that it matches. */
export interface GlobPlace {
  /** The path that all of them have or begin with; empty where it can be any. */
  readonly path: string;
  /** Whether it matches that path itself: as a file, or all that is in it as a folder. */
  readonly isWhole: boolean;
}

export interface Glob {
  readonly text: string;
  /** Characters of all that its braces stand for: what matching costs, for one character of a path. */
  readonly size: number;
  /** Where all that it matches is, for each glob without braces that it stands for. */
  readonly places: readonly GlobPlace[];
  /** @param path below the folder that the glob is relative to, with `/`. */
  readonly matches: (path: string) => boolean;
}

/**
 * Reads a glob. Without a slash it is for names in any folder. Where its last part has no special character it
 * means all that is in a folder of that name as well.
 *
 * @throws {GlobFault} saying what is wrong with it and what to do.
 */
export function readGlob(text: string): Glob {
  if (text === '') throw new GlobFault('This is empty and matches nothing. Write a glob, such as `src/**`.');
  if (text.length > LONGEST_GLOB) {
    throw new GlobFault(`A glob has at most ${LONGEST_GLOB} characters. Write several shorter ones.`);
  }
  if (text.startsWith('!')) {
    throw new GlobFault('A glob cannot be turned round by `!`. Write what is meant, or use `excludedFiles`.');
  }
  if (/^(?:[/\\]|[a-z]:|~)/i.test(text) && !/^\\[^\w\\]/.test(text)) {
    throw new GlobFault('Globs are relative to the folder of this file. Leave out what is before it.');
  }
  if (/[@!+?*]\(/.test(text)) {
    throw new GlobFault('Groups in parentheses are not known here. Write a list in braces: `{a,b}`.');
  }
  if (/\\[a-z0-9]/i.test(text)) {
    throw new GlobFault('Folders are divided by `/`, on Windows too. Write it in place of the backslash.');
  }
  const alternatives = expandBraces(text);
  const parts = alternatives.map(partsOf);
  return {
    text,
    size: alternatives.reduce((sum, { length }) => sum + length, 0),
    places: parts.map(placeOf),
    matches: (path) => {
      if (path.length > LONGEST_PATH) return false;
      const names = path
        .split('/')
        .map((name) => Array.from(name, (character) => character.codePointAt(0) ?? 0));
      return parts.some((each) => matchesPath(each, names));
    },
  };
}

function partsOf(glob: string): Part[] {
  const isAnchored = glob.startsWith('./');
  const isFolder = glob.endsWith('/');
  const texts = splitAtSlashes(glob.slice(isAnchored ? 2 : 0, isFolder ? -1 : undefined));
  if (texts.includes('..')) {
    throw new GlobFault('Globs reach only what is below the folder of this file. Leave out `..`.');
  }
  if (texts.some((text) => text === '' || text === '.')) {
    throw new GlobFault('There is no name between two slashes, or only a dot. Write `src/**/*.ts`.');
  }
  const parts = texts.map((text): Part => (text === '**' ? ANY_FOLDERS : tokensOf(text)));
  if (parts.length === 1 && !isAnchored) parts.unshift(ANY_FOLDERS);
  const last = parts.at(-1);
  const isPlain = last !== ANY_FOLDERS && last?.every((token) => typeof token === 'number');
  // Something in the folder, which is not for a file of its name.
  if (isFolder || last === ANY_FOLDERS) parts.push([STAR]);
  if (isFolder || isPlain) parts.push(ANY_FOLDERS);
  return parts;
}

function placeOf(parts: readonly Part[]): GlobPlace {
  const named: string[] = [];
  for (const part of parts) {
    if (part === ANY_FOLDERS || !part.every((token) => typeof token === 'number')) break;
    named.push(String.fromCodePoint(...part));
  }
  const rest = parts.slice(named.length);
  return { path: named.join('/'), isWhole: named.length > 0 && rest.every((part) => part === ANY_FOLDERS) };
}

/** A slash in a set would match nothing, so that none is looked for there. */
function splitAtSlashes(glob: string): string[] {
  const texts = [''];
  for (let at = 0; at < glob.length; at++) {
    const end = glob[at] === '[' ? setEnd(glob, at) : at + (glob[at] === '\\' ? 2 : 1);
    const piece = glob.slice(at, end);
    if (piece === '/') texts.push('');
    else texts[texts.length - 1] += piece;
    at = end - 1;
  }
  return texts;
}

function tokensOf(text: string): (Token | typeof STAR)[] {
  const tokens: (Token | typeof STAR)[] = [];
  for (let at = 0; at < text.length; ) {
    const character = text[at];
    if (character === '[') {
      const end = setEnd(text, at);
      tokens.push(characterSet(text.slice(at + 1, end - 1)));
      at = end;
    } else if (character === '*') {
      if (tokens.at(-1) !== STAR) tokens.push(STAR);
      at++;
    } else if (character === '?') {
      tokens.push(ANY);
      at++;
    } else {
      if (character === '\\') at++;
      const point = text.codePointAt(at);
      if (point === undefined) throw new GlobFault('The backslash at the end means nothing. Remove it.');
      tokens.push(point);
      at += point > 0xffff ? 2 : 1;
    }
  }
  return tokens;
}

/** @param inside of the brackets. */
function characterSet(inside: string): CharacterSet {
  const isNegated = /^[!^]/.test(inside);
  const points: { point: number; isEscaped: boolean }[] = [];
  const characters = Array.from(isNegated ? inside.slice(1) : inside);
  for (let i = 0; i < characters.length; i++) {
    const isEscaped = characters[i] === '\\' && i + 1 < characters.length;
    if (isEscaped) i++;
    points.push({ point: characters[i]?.codePointAt(0) ?? 0, isEscaped });
  }
  const ranges: [number, number][] = [];
  for (let i = 0; i < points.length; i++) {
    const [from, dash, to] = points.slice(i, i + 3);
    if (!from) continue;
    const isRange = dash && to && dash.point === 0x2d && !dash.isEscaped;
    ranges.push([from.point, isRange ? to.point : from.point]);
    if (isRange) i += 2;
  }
  return { isNegated, ranges };
}

function matchesPath(parts: readonly Part[], names: readonly (readonly number[])[]): boolean {
  return matchesInOrder(parts, names, (part) => part === ANY_FOLDERS, matchesName);
}

function matchesName(part: Part, name: readonly number[]): boolean {
  if (part === ANY_FOLDERS) return true;
  return matchesInOrder(part, name, (token) => token === STAR, accepts);
}

function accepts(token: Token | typeof STAR, point: number): boolean {
  if (typeof token === 'number') return token === point;
  if (token === ANY || token === STAR) return true;
  return token.ranges.some(([from, to]) => from <= point && point <= to) !== token.isNegated;
}

/**
 * Whether a pattern of single places and stars, which stand for any number of units, fits all units. Each star takes
 * as little as it can; only the last one reached is ever widened, so that no two are compared twice.
 */
function matchesInOrder<P, U>(
  pattern: readonly P[],
  units: readonly U[],
  isStar: (place: P) => boolean,
  fits: (place: P, unit: U) => boolean,
): boolean {
  let at = 0;
  let star = -1;
  let afterStar = 0;
  for (let unit = 0; unit < units.length; ) {
    const place = pattern[at];
    if (place !== undefined && isStar(place)) {
      star = at++;
      afterStar = unit;
    } else if (place !== undefined && fits(place, units[unit] as U)) {
      at++;
      unit++;
    } else if (star >= 0) {
      at = star + 1;
      unit = ++afterStar;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every(isStar);
}
