import { fileURLToPath } from 'node:url';

import type { FileText } from './host';
import { codeOf, readBytes } from './read-bytes';

const MOST_BYTES = 1024 * 1024;

/** The form of `Host.readFile` on Node. */
export function readTextFile(uri: string): FileText | undefined {
  let path: string;
  try {
    path = fileURLToPath(uri);
  } catch (error) {
    return { refusal: codeOf(error) };
  }
  const file = readBytes(path, MOST_BYTES);
  if (!file || 'bytes' in file) return file && { text: new TextDecoder().decode(file.bytes) };
  if (file.refusal === 'no file') return { refusal: 'it is no file' };
  const isTooLarge = file.refusal === 'too large' || file.refusal === 'binary';
  return { refusal: isTooLarge ? 'it is larger than 1 MB' : file.refusal };
}
