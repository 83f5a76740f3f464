/** An agent's payload as values: fields in snake case or camel case, as it pleases the agent. */
import { asObject, type JsonObject, member } from '../../small-json';

/** Raw control characters in JSON are forbidden, and some agents write them all the same. */
const CONTROLS = /\p{Cc}/gu;
const STRINGS = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/g;

/** Undefined for what is no JSON object. Never throws. */
export function parsePayload(text: string): JsonObject | undefined {
  // A mark at the beginning comes with what Windows pipes.
  const bare = text.replace(/^\uFEFF/, '');
  return parsed(bare) ?? parsed(escapedControls(bare));
}

function parsed(text: string): JsonObject | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Between strings they stay what they are: white space. */
function escapedControls(text: string): string {
  return text.replace(STRINGS, (string) =>
    string.replace(CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}

/** The first of the fields that is there. */
export function field(object: JsonObject | undefined, ...names: readonly string[]): unknown {
  return names.map((name) => member(object, name)).find((value) => value !== undefined && value !== null);
}

export function textField(object: JsonObject | undefined, ...names: readonly string[]): string | undefined {
  const value = field(object, ...names);
  return typeof value === 'string' ? value : undefined;
}

/** Milliseconds since 1970, from a number of those or a date as ISO 8601 writes it. */
export function timeField(object: JsonObject | undefined, ...names: readonly string[]): number | undefined {
  const value = field(object, ...names);
  const time = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : value;
  return typeof time === 'number' && time > 0 && time < 8.64e15 ? Math.round(time) : undefined;
}

/** An object, or the text of one. */
export function objectField(
  object: JsonObject | undefined,
  ...names: readonly string[]
): JsonObject | undefined {
  const value = field(object, ...names);
  return typeof value === 'string' ? parsePayload(value) : asObject(value);
}
