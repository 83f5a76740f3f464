/**
 * One text for what a JSON value says: keys in the order of their UTF-16 units, no white space, strings as
 * `JSON.stringify` writes them. For whole numbers and well-formed strings this is RFC 8785; other values have no form.
 */

/** No record is nested nearly as deeply. */
const DEEPEST = 8;

/** Undefined for a value that has no such form. */
export function canonicalJson(value: unknown, depth = 0): string | undefined {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  if (typeof value === 'string') return isWellFormed(value) ? JSON.stringify(value) : undefined;
  if (typeof value !== 'object' || depth === DEEPEST) return undefined;
  if (Array.isArray(value)) {
    return joined(
      '[',
      value.map((element) => canonicalJson(element, depth + 1)),
      ']',
    );
  }
  const keys = Object.keys(value).sort();
  const members = keys.map((key) => {
    const text = canonicalJson((value as Record<string, unknown>)[key], depth + 1);
    return text === undefined || !isWellFormed(key) ? undefined : `${JSON.stringify(key)}:${text}`;
  });
  return joined('{', members, '}');
}

function joined(open: string, parts: readonly (string | undefined)[], close: string): string | undefined {
  return parts.includes(undefined) ? undefined : `${open}${parts.join(',')}${close}`;
}

/** Half a surrogate pair has no form in UTF-8. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
