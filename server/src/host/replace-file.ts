/** Writes a file anew so that nobody ever sees half of it, not even after a crash. */
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { readBytes } from './read-bytes';

/**
 * Puts other bytes into a file, which keeps its place behind symbolic links and its permissions.
 *
 * @param before what it is expected to hold; it is left alone when somebody else wrote it meanwhile.
 * @returns whether it was written.
 * @throws what the system says when the file cannot be written; it is as before then.
 */
export function replaceFile(path: string, before: Buffer, after: Buffer): boolean {
  const target = realpathSync(path);
  const present = readBytes(target, before.length);
  if (!present || !('bytes' in present) || !present.bytes.equals(before)) return false;
  const { mode, uid, gid } = statSync(target);
  const beside = join(dirname(target), `.${basename(target)}.${process.pid}.countersign`);
  try {
    const file = openSync(beside, 'wx', 0o600);
    try {
      writeWhole(file, after);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    chmodSync(beside, mode);
    keepOwner(beside, uid, gid);
    renameSync(beside, target);
    return true;
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

function writeWhole(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

function keepOwner(path: string, uid: number, gid: number): void {
  const created = statSync(path);
  if (created.uid === uid && created.gid === gid) return;
  try {
    chownSync(path, uid, gid);
  } catch {
    // Only root may give files away; whoever may write the folder keeps what was written.
  }
}
