/**
 * The checksum at the end of a token of GitHub or npm: the CRC-32 of its thirty characters, in base 62, six digits.
 * Source: the announcement of the format by GitHub.
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 6;

export function hasRightChecksum(token: string): boolean {
  const said = token.slice(token.lastIndexOf('_') + 1);
  return said.slice(-LENGTH) === checksumOf(said.slice(0, -LENGTH));
}

export function checksumOf(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let count = 0; count < LENGTH; count++) {
    digits = DIGITS.charAt(rest % DIGITS.length) + digits;
    rest = Math.floor(rest / DIGITS.length);
  }
  return digits;
}

/** As in IEEE 802.3; the texts are short and of ASCII. */
function crc32(text: string): number {
  let sum = 0xffffffff;
  for (const character of text) {
    sum ^= character.charCodeAt(0);
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
