/** Reads a file that somebody else wrote: bounded in size, and without waiting for what is no file. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { FileText } from './host';

const MOST_BYTES = 1024 * 1024;

/** The form of `Host.readFile` on Node. */
export function readTextFile(uri: string): FileText | undefined {
  let file: number | undefined;
  try {
    // A named pipe would wait here for somebody who writes to it.
    file = openSync(fileURLToPath(uri), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const status = fstatSync(file);
    if (!status.isFile()) return { refusal: 'it is no file' };
    if (status.size > MOST_BYTES) return { refusal: 'it is larger than 1 MB' };
    const bytes = Buffer.alloc(status.size);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
      read = readSync(file, bytes, length, bytes.length - length, null);
    }
    return { text: new TextDecoder().decode(bytes.subarray(0, length)) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : { refusal: code };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
