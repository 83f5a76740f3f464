import { closeSync, openSync, writeSync } from 'node:fs';

import { codeOf } from '../../host/read-bytes';
import { type Sink, UsageError } from '../command';

/** Writes to a file that the person named, as `>` in a shell does. */
export class FileSink implements Sink {
  readonly isTerminal = false;
  readonly #file: number;

  /** @throws UsageError when it cannot be written. */
  constructor(path: string) {
    try {
      this.#file = openSync(path, 'w');
    } catch (error) {
      throw new UsageError(`The output ${path} cannot be written: ${codeOf(error)}.`);
    }
  }

  async write(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
  }

  async end(): Promise<void> {
    closeSync(this.#file);
  }
}
