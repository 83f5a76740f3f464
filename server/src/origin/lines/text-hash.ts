/** Hashes as traces and logs of other tools name them: of UTF-8, in hexadecimal digits and lower case. */
import { createHash } from 'node:crypto';
import type { HashText } from '../notes/agent-trace';
import { murmur3 } from '../notes/murmur3';

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

export const hashText: HashText = (algorithm, text) => {
  if (algorithm === 'murmur3') return murmur3(Buffer.from(text));
  return /^(?:sha256|sha1|md5)$/.test(algorithm)
    ? createHash(algorithm).update(text).digest('hex')
    : undefined;
};
