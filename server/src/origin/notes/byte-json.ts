/**
 * A reader of JSON that makes values only of what is asked for: notes of git-ai hold whole conversations, which are
 * nobody's business here. It does not recurse over what it skips, so depth costs nothing.
 */
import type { Decode } from '../bytes';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;

const LONGEST_STRING = 4096;

/** What is read is no JSON. */
export class MalformedJson extends Error {}

/** Stands before a value. Each method reads that value to its end, or throws `MalformedJson`. */
export class ByteJson {
  readonly #bytes: Uint8Array;
  readonly #decode: Decode;
  #at = 0;

  constructor(bytes: Uint8Array, decode: Decode) {
    this.#bytes = bytes;
    this.#decode = decode;
  }

  /**
   * Calls `member` for each member, with the reader before its value, which `member` reads or skips. A key longer
   * than 4096 bytes is the empty text. What is no object is skipped.
   */
  object(member: (key: string) => void): void {
    if (this.#next() !== OPENING_BRACE) {
      this.skip();
      return;
    }
    this.#list(CLOSING_BRACE, () => {
      if (this.#next() !== QUOTE) throw new MalformedJson();
      const key = this.string() ?? '';
      this.#expect(COLON);
      member(key);
    });
  }

  /** Calls `element` for each element, with the reader before it. What is no array is skipped. */
  array(element: () => void): void {
    if (this.#next() === OPENING_BRACKET) this.#list(CLOSING_BRACKET, element);
    else this.skip();
  }

  /** Undefined for what is no string, or is longer than 4096 bytes. */
  string(): string | undefined {
    if (this.#next() !== QUOTE) {
      this.skip();
      return undefined;
    }
    const start = this.#at;
    this.#skipString();
    const bytes = this.#bytes.subarray(start + 1, this.#at - 1);
    if (bytes.length > LONGEST_STRING) return undefined;
    const text = this.#decode(bytes);
    if (!bytes.includes(BACKSLASH)) return text;
    try {
      return JSON.parse(`"${text}"`);
    } catch {
      throw new MalformedJson();
    }
  }

  /** Undefined for what is no number. */
  number(): number | undefined {
    const first = this.#next();
    const start = this.#at;
    this.skip();
    if (first === QUOTE || this.#at - start > 30) return undefined;
    const text = this.#decode(this.#bytes.subarray(start, this.#at));
    return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
  }

  skip(): void {
    let depth = 0;
    do {
      const byte = this.#next();
      if (byte === QUOTE) this.#skipString();
      else if (byte === OPENING_BRACE || byte === OPENING_BRACKET) {
        depth++;
        this.#at++;
      } else if (byte === CLOSING_BRACE || byte === CLOSING_BRACKET) {
        if (depth === 0) throw new MalformedJson();
        depth--;
        this.#at++;
      } else if (byte === COMMA || byte === COLON) {
        if (depth === 0) throw new MalformedJson();
        this.#at++;
      } else this.#skipWord();
    } while (depth > 0);
  }

  #list(closing: number, entry: () => void): void {
    this.#at++;
    if (this.#next() === closing) {
      this.#at++;
      return;
    }
    for (;;) {
      entry();
      const byte = this.#next();
      this.#at++;
      if (byte === closing) return;
      if (byte !== COMMA) throw new MalformedJson();
    }
  }

  #expect(byte: number): void {
    if (this.#next() !== byte) throw new MalformedJson();
    this.#at++;
  }

  /** The byte after white space, which is not read. */
  #next(): number {
    for (;;) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) throw new MalformedJson();
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte;
      this.#at++;
    }
  }

  #skipString(): void {
    const start = this.#at;
    for (let end = start; ; ) {
      end = this.#bytes.indexOf(QUOTE, end + 1);
      if (end === -1) throw new MalformedJson();
      let first = end;
      while (first - 1 > start && this.#bytes[first - 1] === BACKSLASH) first--;
      if ((end - first) % 2 === 0) {
        this.#at = end + 1;
        return;
      }
    }
  }

  /** A number, or `true`, `false`, `null`. */
  #skipWord(): void {
    const start = this.#at;
    for (;;) {
      const byte = this.#bytes[this.#at] ?? COMMA;
      const isPart =
        (byte >= 0x30 && byte <= 0x39) ||
        (byte >= 0x61 && byte <= 0x7a) ||
        byte === 0x2d ||
        byte === 0x2b ||
        byte === 0x2e ||
        byte === 0x45;
      if (!isPart) break;
      this.#at++;
    }
    if (this.#at === start) throw new MalformedJson();
  }
}
