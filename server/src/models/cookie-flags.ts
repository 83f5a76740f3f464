/** Which flags a cookie has, and edits that give it those that it lacks. */
import type { Edit } from '../analysis/fix';
import { withMembers } from '../analysis/insertion';
import { unwrap } from '../analysis/literal';
import type { Node } from '../analysis/node';
import { inProduction, mayRunInProduction } from '../analysis/production';
import { constantBoolean, constantString, pairOf, resolvedValue } from '../analysis/value';

export type Flag = 'httpOnly' | 'secure';
export const SHOWN: Readonly<Record<Flag, string>> = { httpOnly: '`HttpOnly`', secure: '`Secure`' };

/**
 * How a flag is said: `off` where it is said to be off in production, `missing` where nothing is said and nothing
 * hidden can say it.
 */
export function flagOf(options: Node | undefined, flag: Flag): 'on' | 'off' | 'missing' {
  if (!options) return 'missing';
  const pair = pairOf(options, flag);
  if (pair) {
    const isOff =
      flag === 'secure' ? inProduction(pair.value) === false : constantBoolean(pair.value) === false;
    return isOff && mayRunInProduction(pair.node) ? 'off' : 'on';
  }
  return options.parts.some(isHiding) ? 'on' : 'missing';
}

function isHiding(part: Node): boolean {
  const inner = part.kind === 'spread_element' ? part.parts[0] : undefined;
  return (
    inner !== undefined &&
    (resolvedValue(inner).kind !== 'object' || resolvedValue(inner).parts.some(isHiding))
  );
}

const SECURE = "process.env.NODE_ENV === 'production'";

/** Edits of the object literal that stands in the call; undefined where it stands elsewhere. */
export function flagEdits(
  options: Node | undefined,
  given: Node | undefined,
  last: Node | undefined,
  flags: readonly Flag[],
): Edit[] | undefined {
  const text = (flag: Flag) => (flag === 'secure' ? SECURE : 'true');
  if (!options) {
    if (!last) return undefined;
    const all = flags.map((flag) => `${flag}: ${text(flag)}`).join(', ');
    return [{ start: last.end, end: last.end, text: `, { ${all}, sameSite: 'lax' }` }];
  }
  if (!given || !options.is(unwrap(given))) return undefined;
  const edits: Edit[] = [];
  const missing: string[] = [];
  for (const flag of flags) {
    const pair = pairOf(options, flag);
    if (!pair) missing.push(`${flag}: ${text(flag)}`);
    else if (options.contains(pair.node))
      edits.push({ start: pair.value.start, end: pair.value.end, text: text(flag) });
    else return undefined;
  }
  if (missing.length > 0) edits.push(withMembers(options, missing));
  return edits;
}

/** The cookie in the text of a header or of `document.cookie`; undefined where parts of it cannot be seen. */
export function cookieText(
  text: string,
): { readonly name: string; readonly value: string; readonly lacks: readonly Flag[] } | undefined {
  const [pair = '', ...attributes] = text.split(';');
  const [, name, value] = /^\s*([\w.$-]+)=(.*)$/s.exec(pair) ?? [];
  const rest = attributes.join(';');
  if (
    name === undefined ||
    value === '' ||
    rest.includes('\0') ||
    /expires=Thu, 0?1[ -]Jan|max-age=-?0/i.test(rest)
  )
    return undefined;
  const lacks: Flag[] = [];
  if (!/httponly/i.test(rest)) lacks.push('httpOnly');
  if (!/secure/i.test(rest)) lacks.push('secure');
  return { name, value: value ?? '', lacks };
}

/** The text that an expression comes to, with `\0` for what is not constant. */
export function veiledText(pieces: readonly (string | Node)[]): string {
  return pieces
    .map((piece) => (typeof piece === 'string' ? piece : (constantString(piece) ?? '\0')))
    .join('');
}
