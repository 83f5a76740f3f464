/**
 * A log of lines that several processes write to at once.
 *
 * A line is appended by one call, which the system keeps apart from those of others. When the file is full it gets
 * another name that nobody else gives; whoever still has it open writes there, and what is written there is read, too.
 * So nothing is locked, and nothing that was written is lost but the oldest files, once there is too much.
 */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

import { readBytes } from './read-bytes';

export interface AppendLogOptions {
  /** Absolute; made when something is written. The folder that holds it must be there. */
  readonly folder: string;
  /** `edits` for `edits.jsonl`, and `edits-….jsonl` for what is full. */
  readonly name: string;
  /** From here on a file is full. */
  readonly fullBytes: number;
  /** Of all files together, about. */
  readonly mostBytes: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What is worth keeping of files that are full; they are left as they are unless given. Bytes, oldest first. */
  readonly compact?: (files: readonly Buffer[]) => readonly string[];
}

/** Nobody who opened a file before it was full still writes to it. */
const SETTLED_MS = 60_000;

export class AppendLog {
  readonly #options: AppendLogOptions;

  constructor(options: AppendLogOptions) {
    this.#options = options;
  }

  /**
   * Makes the folder and appends. Never follows a symbolic link.
   *
   * @param lines without line feeds.
   * @throws what the system says.
   */
  append(lines: readonly string[]): void {
    if (lines.length === 0) return;
    const { folder, fullBytes } = this.#options;
    const present = lstatSync(folder, { throwIfNoEntry: false });
    // Another process may make it meanwhile.
    if (!present) mkdirSync(folder, { recursive: true, mode: 0o700 });
    else if (!present.isDirectory()) throw new Error(`${folder} is no folder.`);
    const noFollow = constants.O_NOFOLLOW ?? 0;
    const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | noFollow;
    const file = openSync(this.#path, flags, 0o600);
    let size = 0;
    try {
      if (!fstatSync(file).isFile()) throw new Error(`${this.#path} is no file.`);
      // The line feed goes before: what somebody wrote by half is a line of its own.
      for (const line of lines) writeSync(file, `\n${line}`);
      size = fstatSync(file).size;
    } finally {
      closeSync(file);
    }
    if (size >= fullBytes) this.#rotate();
  }

  /** What the files hold, the oldest first. Never throws. */
  read(): Buffer[] {
    const { mostBytes } = this.#options;
    return [...this.#fullFiles(), this.#path].flatMap((path) => {
      const file = readBytes(path, 2 * mostBytes);
      return file && 'bytes' in file ? [file.bytes] : [];
    });
  }

  /** The last bytes of the present file. Never throws. */
  end(mostBytes: number): Buffer {
    return readEnd(this.#path, mostBytes) ?? Buffer.alloc(0);
  }

  get #path(): string {
    return join(this.#options.folder, `${this.#options.name}.jsonl`);
  }

  #rotate(): void {
    const { folder, name, now } = this.#options;
    const full = join(folder, `${name}-${String(now()).padStart(15, '0')}-${process.pid}.jsonl`);
    try {
      renameSync(this.#path, full);
    } catch {
      // Another process was faster.
      return;
    }
    this.#compact();
    this.#removeOldest();
  }

  /** Several processes may do it at once: all write the same. */
  #compact(): void {
    const { compact, now } = this.#options;
    const settled = this.#fullFiles().filter((path) => now() - timeOf(path) > SETTLED_MS);
    if (!compact || settled.length < 2) return;
    const files = settled.flatMap((path) => {
      const file = readBytes(path, 2 * this.#options.mostBytes);
      return file && 'bytes' in file ? [file.bytes] : [];
    });
    if (files.length !== settled.length) return;
    const last = settled.at(-1) as string;
    const beside = `${last}.${process.pid}`;
    writeFileSync(
      beside,
      compact(files)
        .map((line) => `\n${line}`)
        .join(''),
      { mode: 0o600, flag: 'wx' },
    );
    renameSync(beside, last);
    for (const path of settled.slice(0, -1)) rmSync(path, { force: true });
  }

  #removeOldest(): void {
    let left = this.#options.mostBytes - this.#options.fullBytes;
    for (const path of this.#fullFiles().reverse()) {
      left -= statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      if (left < 0) rmSync(path, { force: true });
    }
  }

  /** The oldest first. */
  #fullFiles(): string[] {
    const { folder, name } = this.#options;
    try {
      return readdirSync(folder)
        .filter((file) => file.startsWith(`${name}-`) && /-\d{15}-\d+\.jsonl$/.test(file))
        .sort()
        .map((file) => join(folder, file));
    } catch {
      return [];
    }
  }
}

/** The last bytes of a plain file; undefined when there is none. Never throws. */
export function readEnd(path: string, mostBytes: number): Buffer | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const status = fstatSync(file);
    if (!status.isFile()) return undefined;
    const bytes = Buffer.alloc(Math.min(status.size, mostBytes));
    const read = readSync(file, bytes, 0, bytes.length, status.size - bytes.length);
    return bytes.subarray(0, read);
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function timeOf(path: string): number {
  return Number(/-(\d{15})-\d+\.jsonl$/.exec(path)?.[1] ?? 0);
}
