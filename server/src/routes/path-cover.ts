/** Whether what is registered for one path is passed on the way to another. Paths are read segment by segment. */

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/**
 * @param mode `prefix`: with everything below it, as `use` of Express means it; `exact`: as routes are.
 * @returns undefined where a part of either is not constant.
 */
export function covers(covering: string, path: string, mode: 'prefix' | 'exact'): boolean | undefined {
  const [outer, inner] = [segmentsOf(covering), segmentsOf(path)];
  let isUnsure = false;
  for (const [index, segment] of outer.entries()) {
    const isRest = index === outer.length - 1 && /^(?:\*|\(?\.\*\)?|:\w+[*+]|\{\*\w*\}|\*\w+)$/.test(segment);
    // Of Hono and Express 4 `/admin/*` is `/admin` as well.
    if (isRest) return isUnsure ? undefined : true;
    const other = inner[index];
    if (other === undefined) return false;
    if (segment === other) continue;
    if (segment.startsWith('{') || other.startsWith('{')) isUnsure = true;
    else if (/^:\w+$/.test(segment)) continue;
    else if (/[()?+*|/]/.test(segment)) {
      // What stands before a pattern is constant, but for a sign that may be left out.
      const begin = /^[\w.-]*/.exec(segment)?.[0] ?? '';
      if (!other.startsWith(/^[?*]/.test(segment.slice(begin.length)) ? begin.slice(0, -1) : begin))
        return false;
      isUnsure = true;
    } else return false;
  }
  if (mode === 'exact' && inner.length > outer.length) return false;
  return isUnsure ? undefined : true;
}

/**
 * Whether a matcher of Next's middleware includes an address. Known are constant paths, `:name` with `*`, `+` and `?`,
 * `(.*)` and the form `/((?!api|_next).*)` that leaves beginnings out; of others it is not known.
 */
export function matcherCovers(matcher: string, path: string): boolean | undefined {
  const [outer, inner] = [segmentsOf(splitSafely(matcher)), segmentsOf(path)];
  for (const [index, segment] of outer.entries()) {
    const rest = inner.slice(index);
    const isLast = index === outer.length - 1;
    const excluded = leftOut(segment);
    if (excluded) return isLast ? !excluded.some((begin) => begins(rest.join('/'), begin)) : undefined;
    if (/^:\w+\*$|^\(\.\*\)$|^:\w+\(\.\*\)$/.test(segment)) return isLast ? true : undefined;
    if (/^:\w+\+$/.test(segment)) return isLast ? rest.length > 0 : undefined;
    if (/^:\w+$/.test(segment)) {
      if (rest.length === 0) return false;
      continue;
    }
    const plain = /^([\w.@-]*)\(\.\*\)$/.exec(segment);
    if (plain) return isLast ? (rest[0] ?? '').startsWith(plain[1] ?? '') : undefined;
    if (/[()[\]?*+|\\]/.test(segment)) {
      const words = /^\(([\w|-]+)\)(\(\.\*\))?$/.exec(segment);
      if (!words) return undefined;
      if (!(words[1] ?? '').split('|').includes(rest[0] ?? '')) return false;
      continue;
    }
    if (segment !== rest[0]) return false;
  }
  return inner.length === outer.length;
}

/** A negative look-ahead may have slashes in it: they divide nothing. */
function splitSafely(matcher: string): string {
  let depth = 0;
  let text = '';
  for (const sign of matcher) {
    if (sign === '(') depth++;
    if (sign === ')') depth--;
    text += sign === '/' && depth > 0 ? SLASH : sign;
  }
  return text;
}
const SLASH = '\u0001';

/** The beginnings that `((?!api|_next/static).*)` leaves out; undefined for anything else. */
function leftOut(segment: string): readonly string[] | undefined {
  const inner = /^\(\(\?!(.*)\)\.\*\)$/.exec(segment)?.[1] ?? /^\(\?!(.*)\)\.\*$/.exec(segment)?.[1];
  if (inner === undefined) return undefined;
  const parts = inner.split('|');
  const plain = parts.map((part) => part.replaceAll(SLASH, '/').replace(/\\\./g, '.'));
  return plain;
}

/** Patterns such as `.*\.png$` are about files, which no route is. */
function begins(rest: string, begin: string): boolean {
  return /[()[\]*+?\\$]/.test(begin) ? begin === '$' && rest === '' : rest.startsWith(begin);
}
