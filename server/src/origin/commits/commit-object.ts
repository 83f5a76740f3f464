/** A commit as `git cat-file` gives it. */
import { asciiBytes, type Decode, indexOfBytes, LINE_FEED } from '../bytes';

export interface Person {
  readonly name: string;
  readonly address: string;
}

/** Texts as the commit has them, not cleaned. */
export interface Commit {
  /** Object ids. */
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  /** When it was written, in milliseconds since 1970. */
  readonly time: number | undefined;
  /** Its first 256,000 bytes. */
  readonly message: string;
}

const LONGEST_HEADERS = 1_000_000;
const LONGEST_MESSAGE = 256_000;
const EMPTY_LINE = asciiBytes('\n\n');
const NOBODY: Person = { name: '', address: '' };

/** Undefined for what is no commit. */
export function readCommit(bytes: Uint8Array, decode: Decode): Commit | undefined {
  const end = indexOfBytes(bytes.subarray(0, LONGEST_HEADERS), EMPTY_LINE);
  const headerBytes = bytes.subarray(0, end === -1 ? LONGEST_HEADERS : end);
  const encoding = headersOf(decode(headerBytes)).get('encoding')?.[0];
  const headers = headersOf(decode(headerBytes, encoding));
  const [author] = headers.get('author') ?? [];
  if (author === undefined || !headers.has('tree')) return undefined;
  const from = end === -1 ? bytes.length : end + 2;
  return {
    parents: (headers.get('parent') ?? []).filter((id) => /^[0-9a-f]{40,64}$/.test(id)),
    author: personOf(author),
    committer: personOf(headers.get('committer')?.[0] ?? ''),
    time: timeOf(author),
    message: decode(wholeLines(bytes.subarray(from, from + LONGEST_MESSAGE)), encoding),
  };
}

/** What a header says over several lines (`gpgsig`, `mergetag`) continues with a space: none of that is a header. */
function headersOf(text: string): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const space = line.indexOf(' ');
    if (space < 1) continue;
    const name = line.slice(0, space);
    const values = headers.get(name);
    if (values === undefined) headers.set(name, [line.slice(space + 1)]);
    else values.push(line.slice(space + 1));
  }
  return headers;
}

/** `Name <address> seconds zone`. */
function personOf(value: string): Person {
  const open = value.lastIndexOf('<');
  const close = value.indexOf('>', open);
  if (open === -1 || close === -1) return NOBODY;
  return { name: value.slice(0, open).trim(), address: value.slice(open + 1, close).trim() };
}

function timeOf(value: string): number | undefined {
  const [, seconds] = /> (\d{1,12}) [+-]\d{4}$/.exec(value) ?? [];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

/** A line that was cut is none. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  return bytes.length < LONGEST_MESSAGE ? bytes : bytes.subarray(0, bytes.lastIndexOf(LINE_FEED) + 1);
}
