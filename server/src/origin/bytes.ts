/** Bytes as git and files give them. Most of them are never made a text. */

/**
 * Bytes as text, as `TextDecoder` does it: what means nothing becomes U+FFFD, and it never throws. The encoding is
 * UTF-8 unless told; one that is not known is read as UTF-8.
 */
export type Decode = (bytes: Uint8Array, encoding?: string) => string;

export const LINE_FEED = 0x0a;

/** Where `part` begins at or after `from`, or -1. */
export function indexOfBytes(bytes: Uint8Array, part: Uint8Array, from = 0): number {
  const first = part[0] as number;
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (at + part.length > bytes.length) return -1;
    if (part.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}

/** The bytes of a text of ASCII characters. */
export function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** The lines, without their line feed. Not copied. */
export function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(LINE_FEED, start);
    if (end === -1) {
      yield bytes.subarray(start);
      return;
    }
    yield bytes.subarray(start, end);
    start = end + 1;
  }
}
