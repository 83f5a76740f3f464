/** Which file of a set a specifier names, by paths alone. */
import { posix } from 'node:path';

const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const COMPILED: readonly (readonly [written: RegExp, source: string])[] = [
  [/\.js$/, '.ts'],
  [/\.js$/, '.tsx'],
  [/\.jsx$/, '.tsx'],
  [/\.mjs$/, '.mts'],
  [/\.cjs$/, '.cts'],
];

/**
 * Relative paths, folders with an `index`, `.js` that means `.ts`; `@/`, `~/` and `src/` below any folder around the
 * file, as most settings of compilers have them.
 */
export function siblingFiles(
  has: (path: string) => boolean,
): (from: string, specifier: string) => string | undefined {
  const file = (path: string): string | undefined => {
    const candidates = [
      path,
      ...ENDINGS.map((ending) => path + ending),
      ...COMPILED.flatMap(([written, source]) => (written.test(path) ? [path.replace(written, source)] : [])),
      ...ENDINGS.map((ending) => posix.join(path, `index${ending}`)),
    ];
    return candidates.find(has);
  };
  return (from, specifier) => {
    const folder = posix.dirname(from);
    if (/^\.\.?(?:\/|$)/.test(specifier)) return file(posix.join(folder, specifier));
    const below =
      /^(?:@|~|#)\/(.+)$/.exec(specifier)?.[1] ??
      (/^(?:src|app|lib)\//.test(specifier) ? specifier : undefined);
    if (below === undefined) return undefined;
    for (let at = folder; ; at = posix.dirname(at)) {
      const found = file(posix.join(at, below)) ?? file(posix.join(at, 'src', below));
      if (found !== undefined || at === '.' || at === '/') return found;
    }
  };
}
