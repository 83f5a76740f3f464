/** Bytes from text and back, for the readers of strangers' files. */
import { createHash } from 'node:crypto';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export function decode(bytes: Uint8Array, encoding = 'utf-8'): string {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Numbers that look like chance and are the same in every run: from 0 to `below`, excluded. */
export function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
