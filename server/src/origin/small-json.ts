/** JSON of strangers that is small enough to be made values of, and the questions asked of such values. */
import type { Decode } from './bytes';
import type { LineRange } from './evidence';

/** An object whose members may be anything. Asked through `member` only. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Undefined for what is no JSON object or has more than `longest` bytes. */
export function smallJson(bytes: Uint8Array, longest: number, decode: Decode): JsonObject | undefined {
  if (bytes.length > longest) return undefined;
  try {
    return asObject(JSON.parse(decode(bytes)));
  } catch {
    return undefined;
  }
}

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

/** Its own: never what all objects inherit. */
export function member(object: JsonObject | undefined, key: string): unknown {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The objects in an array, `most` at most; none in anything else. */
export function objectsIn(value: unknown, most: number): JsonObject[] {
  if (!Array.isArray(value)) return [];
  return value
    .slice(0, most)
    .map(asObject)
    .filter((element) => element !== undefined);
}

/** From lines counted from 1, both included. */
export function rangeOf(first: unknown, last: unknown): LineRange | undefined {
  const isRange = isLine(first) && isLine(last) && first <= last;
  return isRange ? { start: first - 1, end: last } : undefined;
}

function isLine(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
