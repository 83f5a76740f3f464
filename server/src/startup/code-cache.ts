/**
 * Compiled code of a bundle, kept from one process to the next.
 *
 * V8 refuses code of another version of itself or of other flags, but of the source it knows the length only, and it
 * takes damaged code for good. So a file begins with the hash of the source and that of the code. Neither holds
 * against somebody who may write the file: **Invariant:** it is read in a folder that is the person's own alone.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { isOwnFolder } from './cache-folder';

export interface KeptCode {
  readonly code: Buffer;
  /** How many processes have added to it what they ran. */
  readonly rounds: number;
}

const HASH = 32;
const HEAD = HASH + HASH + 1;
/** Files of one bundle: some versions of Node.js and of its options are used in turn, others never again. */
const MOST_FILES = 4;

export class CodeCache {
  readonly #folder: string;
  readonly #bundle: string;
  readonly #file: string;
  readonly #sourceHash: Buffer;

  /** @param bundle its name, without extension. */
  constructor(folder: string, bundle: string, source: Buffer) {
    const { versions, arch, execArgv, env } = process;
    const runtime = [versions.node, versions.v8, arch, ...execArgv, env['NODE_OPTIONS'] ?? ''].join('\n');
    this.#folder = folder;
    this.#bundle = bundle;
    this.#file = join(folder, `${bundle}-${hashOf(Buffer.from(runtime)).toString('hex', 0, 8)}.bin`);
    this.#sourceHash = hashOf(source);
  }

  /** What is kept for exactly this source; undefined where there is nothing, or nothing that can be trusted. */
  read(): KeptCode | undefined {
    try {
      if (!isOwnFolder(this.#folder)) return undefined;
      const bytes = readFileSync(this.#file);
      const body = bytes.subarray(HASH + HASH);
      const isWhole =
        bytes.length > HEAD &&
        bytes.subarray(0, HASH).equals(this.#sourceHash) &&
        bytes.subarray(HASH, HASH + HASH).equals(hashOf(body));
      return isWhole ? { rounds: body[0] as number, code: body.subarray(1) } : undefined;
    } catch {
      return undefined;
    }
  }

  /** Never fails: where nothing can be written, the next process takes longer. */
  write({ code, rounds }: KeptCode): void {
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      if (!isOwnFolder(this.#folder)) return;
      const body = Buffer.concat([Buffer.from([rounds]), code]);
      this.#replace(Buffer.concat([this.#sourceHash, hashOf(body), body]));
      this.#removeOld();
    } catch {
      // A full disk, a read-only folder, a file in its place: as if there were no cache.
    }
  }

  /** Others may be reading the file, or writing it. */
  #replace(bytes: Buffer): void {
    const beside = `${this.#file}.${process.pid}`;
    try {
      writeFileSync(beside, bytes, { flag: 'wx', mode: 0o600 });
      renameSync(beside, this.#file);
    } catch (error) {
      rmSync(beside, { force: true });
      throw error;
    }
  }

  /** Those that were written last stay, and with them what another process is writing. */
  #removeOld(): void {
    const files = readdirSync(this.#folder)
      .filter((name) => name.startsWith(`${this.#bundle}-`))
      .map((name) => join(this.#folder, name))
      .map((path) => ({ path, time: statSync(path).mtimeMs }))
      .sort((a, b) => b.time - a.time);
    for (const { path } of files.slice(MOST_FILES)) rmSync(path, { force: true });
  }
}

function hashOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
