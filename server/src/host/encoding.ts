/** Bytes as text and back, as editors do it: UTF-8, or UTF-16 where a byte order mark says so. */

/** How a text was written to its file. */
export interface Encoding {
  readonly name: 'utf-8' | 'utf-16le' | 'utf-16be';
  readonly hasMark: boolean;
}

export interface DecodedText {
  /** Without a byte order mark. */
  readonly text: string;
  readonly encoding: Encoding;
  /** Whether every byte meant something; where none did, the text has U+FFFD, and encoding it again would lose it. */
  readonly isWhole: boolean;
}

const UTF_8: Encoding = { name: 'utf-8', hasMark: false };

/** Undefined for what is no text: it has NUL bytes. */
export function decodeText(bytes: Buffer): DecodedText | undefined {
  const encoding = encodingOf(bytes);
  if (encoding.name === 'utf-8' && bytes.includes(0)) return undefined;
  try {
    return { text: new TextDecoder(encoding.name, { fatal: true }).decode(bytes), encoding, isWhole: true };
  } catch {
    return { text: new TextDecoder(encoding.name).decode(bytes), encoding, isWhole: false };
  }
}

export function encodeText(text: string, { name, hasMark }: Encoding): Buffer {
  const whole = hasMark ? `\uFEFF${text}` : text;
  if (name === 'utf-8') return Buffer.from(whole, 'utf8');
  const bytes = Buffer.from(whole, 'utf16le');
  return name === 'utf-16le' ? bytes : bytes.swap16();
}

function encodingOf(bytes: Buffer): Encoding {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return { name: 'utf-16le', hasMark: true };
  if (first === 0xfe && second === 0xff) return { name: 'utf-16be', hasMark: true };
  return first === 0xef && second === 0xbb && third === 0xbf ? { ...UTF_8, hasMark: true } : UTF_8;
}
