/** What `.gitignore` files leave out, as git reads them. */

import { join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

import { readBytes } from './read-bytes';

const MOST_BYTES = 256 * 1024;
/** Patterns become regular expressions, whose time grows with a power of the stars that can match in several ways. */
const MOST_STARS = 3;
/** The package remembers each path that it was asked for. */
const MOST_REMEMBERED = 20_000;

/** The patterns of one file. */
export class IgnoreFile {
  readonly #folder: string;
  readonly #patterns: readonly string[];
  #rules: Ignore;
  #asked = 0;

  constructor(folder: string, patterns: readonly string[]) {
    this.#folder = folder;
    this.#patterns = patterns;
    this.#rules = rulesOf(patterns);
  }

  /** What it says of a file or folder below its own: undefined when nothing. */
  ignores(path: string, isFolder: boolean): boolean | undefined {
    if (++this.#asked % MOST_REMEMBERED === 0) this.#rules = rulesOf(this.#patterns);
    const below = relative(this.#folder, path).split(sep).join('/');
    if (!ignore.isPathValid(below)) return undefined;
    const { ignored, unignored } = this.#rules.test(isFolder ? `${below}/` : below);
    return ignored ? true : unignored ? false : undefined;
  }
}

export interface IgnoreFileRead {
  readonly file: IgnoreFile;
  /** Why not all of it counts; undefined when all does. */
  readonly cause: string | undefined;
}

/** @param path of the file whose patterns are for `folder`. Undefined when there is none. */
export function readIgnoreFile(path: string, folder: string): IgnoreFileRead | undefined {
  const content = readBytes(path, MOST_BYTES);
  if (!content || ('refusal' in content && content.refusal === 'no file')) return undefined;
  if ('refusal' in content) {
    const reason = content.refusal === 'too large' ? 'it is larger than 256 kB' : content.refusal;
    return {
      file: new IgnoreFile(folder, []),
      cause: `It is not read, so it leaves nothing out: ${reason}.`,
    };
  }
  const lines = new TextDecoder().decode(content.bytes).split(/\r?\n/);
  const patterns = lines.filter(isPlain);
  const line = lines.findIndex((each) => !isPlain(each)) + 1;
  const cause = `Line ${line} has more than ${MOST_STARS} stars beside other characters and leaves nothing out.`;
  return { file: new IgnoreFile(folder, patterns), cause: line > 0 ? cause : undefined };
}

/** What counts for a folder that is walked: the ignore files above it, the nearest last. */
export class IgnoreRules {
  readonly #files: readonly IgnoreFile[];

  constructor(files: readonly IgnoreFile[] = []) {
    this.#files = files;
  }

  ignores(path: string, isFolder: boolean): boolean {
    for (let i = this.#files.length - 1; i >= 0; i--) {
      const said = this.#files[i]?.ignores(path, isFolder);
      if (said !== undefined) return said;
    }
    return false;
  }

  /** Those for the inside of a folder. What would leave out the folder itself was overruled, or nobody would look. */
  inside(folder: string, own: readonly IgnoreFile[]): IgnoreRules {
    const kept = this.#files.filter((file) => file.ignores(folder, true) !== true);
    return own.length === 0 && kept.length === this.#files.length ? this : new IgnoreRules([...kept, ...own]);
  }
}

/** The ignore files that stand in a folder, weakest first: that of its repository's owner, then its own. */
export function ignoreFilesIn(folder: string, onCause: (path: string, cause: string) => void): IgnoreFile[] {
  return [join(folder, '.git', 'info', 'exclude'), join(folder, '.gitignore')].flatMap((path) => {
    const read = readIgnoreFile(path, folder);
    if (read?.cause !== undefined) onCause(path, read.cause);
    return read ? [read.file] : [];
  });
}

/** A star that is all there is between two slashes matches in one way only. */
function isPlain(line: string): boolean {
  if (line.startsWith('#')) return true;
  const stars = line.split('/').map((part, i) => {
    if (/^\*+$/.test(part)) return i > 0 && part.length > 1 ? 1 : 0;
    return (part.match(/\*+/g) ?? []).length;
  });
  return stars.reduce((sum, count) => sum + count, 0) <= MOST_STARS;
}

function rulesOf(patterns: readonly string[]): Ignore {
  // As git by default: on Windows and macOS file systems tell no case.
  return ignore({ ignorecase: process.platform === 'win32' || process.platform === 'darwin' }).add([
    ...patterns,
  ]);
}
