const LETTERS: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  '\\': 92,
};

/**
 * A path as git writes it: in quotes, with escapes as in C, where it holds quotes, backslashes or control characters.
 * Undefined where it is cut off or malformed.
 */
export function unquotedPath(written: Buffer): string | undefined {
  if (written[0] !== 34) return written.toString('utf8');
  if (written.length < 2 || written[written.length - 1] !== 34) return undefined;
  const bytes: number[] = [];
  for (let at = 1; at < written.length - 1; at++) {
    const byte = written[at] as number;
    if (byte === 34) return undefined;
    if (byte !== 92) {
      bytes.push(byte);
      continue;
    }
    const octal = /^[0-3][0-7]{2}/.exec(written.toString('latin1', at + 1, at + 4));
    const letter = LETTERS[String.fromCharCode(written[at + 1] as number)];
    if (octal) bytes.push(Number.parseInt(octal[0], 8));
    else if (letter !== undefined && at + 1 < written.length - 1) bytes.push(letter);
    else return undefined;
    at += octal ? 3 : 1;
  }
  return Buffer.from(bytes).toString('utf8');
}
