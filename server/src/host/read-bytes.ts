/** Reads files that somebody else wrote: bounded in size, and without waiting for what is no file. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** So much of a file is looked at to tell whether it is text. */
const HEAD = 8_000;

/**
 * What a file holds, or why that is not told: `no file` for what is no plain file, `too large` for more bytes than
 * asked for, `binary` where such a large one has a NUL byte near its start, else the code of the system's error.
 */
export type FileBytes = { readonly bytes: Buffer } | { readonly refusal: string };

/** Undefined when there is none. Never throws. */
export function readBytes(path: string, mostBytes: number): FileBytes | undefined {
  let file: number | undefined;
  try {
    // A named pipe would wait here for somebody who writes to it.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const status = fstatSync(file);
    if (!status.isFile()) return { refusal: 'no file' };
    if (status.size <= mostBytes) return { bytes: readUpTo(file, status.size) };
    return { refusal: readUpTo(file, HEAD).includes(0) ? 'binary' : 'too large' };
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : { refusal: code };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** The short name of an error of the system, such as `EACCES`; else what it says. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function readUpTo(file: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let length = 0;
  for (let read = -1; read !== 0 && length < bytes.length; length += read) {
    read = readSync(file, bytes, length, bytes.length - length, null);
  }
  return bytes.subarray(0, length);
}
