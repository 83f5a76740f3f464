/** MurmurHash3 in its 32-bit form with seed 0, by which examples of Agent Trace name texts. In hexadecimal digits. */
export function murmur3(bytes: Uint8Array): string {
  const whole = bytes.length - (bytes.length % 4);
  let hash = 0;
  for (let at = 0; at < whole; at += 4) {
    hash = rotated(hash ^ mixed(blockAt(bytes, at)), 13);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  if (whole < bytes.length) hash ^= mixed(blockAt(bytes, whole));
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, '0');
}

/** Four bytes, the lowest first; zeros behind the end. */
function blockAt(bytes: Uint8Array, at: number): number {
  const byte = (offset: number) => (bytes[at + offset] ?? 0) << (8 * offset);
  return byte(0) | byte(1) | byte(2) | byte(3);
}

function mixed(block: number): number {
  return Math.imul(rotated(Math.imul(block, 0xcc9e2d51), 15), 0x1b873593);
}

function rotated(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
