/**
 * CODEOWNERS as GitHub reads it: the last line whose pattern fits a path names its owners. Patterns are those of
 * `.gitignore` without `!` and sets in brackets, and `docs/*` is for what is in `docs` itself only.
 *
 * Our own, because the libraries that there are give the patterns to `ignore`, which makes regular expressions of them
 * and takes them for those of `.gitignore`, where `docs/*` reaches further.
 */
import { type Glob, GlobFault, readGlob } from './glob';

/** Where GitHub looks, the first that there is counts. From the root of the repository. */
export const CODE_OWNERS_PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;
/** In bytes: GitHub reads no longer one. */
export const LONGEST_CODE_OWNERS = 3_000_000;

const OWNER = /^(?:@[\w-]+(?:\/[\w.-]+)?|[^\s@]+@[^\s@]+)$/;

export interface CodeOwners {
  /** Owners as they are written; none where no line fits, or the last that fits names none. */
  ownersOf(path: string): readonly string[];
  /** Lines from 1 that mean nothing, which GitHub passes over, too. */
  readonly faults: readonly number[];
}

export const NO_CODE_OWNERS: CodeOwners = { ownersOf: () => [], faults: [] };

export function readCodeOwners(text: string): CodeOwners {
  const rules: { globs: readonly Glob[]; owners: readonly string[] }[] = [];
  const faults: number[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    const words = wordsOf(line);
    const [pattern, ...owners] = words;
    if (pattern === undefined) return;
    const globs = owners.every((owner) => OWNER.test(owner)) ? globsOf(pattern) : undefined;
    if (globs) rules.push({ globs, owners });
    else faults.push(index + 1);
  });
  return {
    ownersOf: (path) => {
      const rule = rules.findLast(({ globs }) => globs.some((glob) => glob.matches(path)));
      return rule?.owners ?? [];
    },
    faults,
  };
}

/** Divided by white space without a backslash before it; `#` at the beginning of a word begins a comment. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:\\.|\S)+/g) ?? [];
  const comment = words.findIndex((word) => word.startsWith('#'));
  return comment < 0 ? words : words.slice(0, comment);
}

/** Undefined for a pattern that means nothing to GitHub. */
function globsOf(pattern: string): Glob[] | undefined {
  if (/^!|[[\]]/.test(pattern) || /^\/*$/.test(pattern)) return undefined;
  const anchored = pattern.startsWith('/') ? `.${pattern}` : pattern;
  const literal = anchored.replace(/\\(.)|[{}]/g, (found, escaped?: string) => {
    if (escaped === undefined) return `\\${found}`;
    return /[\s\w]/.test(escaped) ? escaped : found;
  });
  const isOneLevel = /(?:^|\/)\*+$/.test(literal) || literal.endsWith('/');
  try {
    return [readGlob(literal), ...(isOneLevel ? [] : [belowOf(literal)])];
  } catch (fault) {
    if (fault instanceof GlobFault) return undefined;
    throw fault;
  }
}

/** What is in the folders that a glob matches. */
function belowOf(glob: string): Glob {
  return readGlob(glob.includes('/') ? `${glob}/**` : `**/${glob}/**`);
}
