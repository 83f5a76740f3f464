import { once } from 'node:events';
import type { Writable } from 'node:stream';

import type { Sink } from '../command';

/** Writes to a stream no faster than somebody takes it. */
export class StreamSink implements Sink {
  readonly #stream: Writable & { readonly isTTY?: boolean };

  constructor(stream: Writable & { readonly isTTY?: boolean }) {
    this.#stream = stream;
  }

  get isTerminal(): boolean {
    return this.#stream.isTTY === true;
  }

  async write(text: string): Promise<void> {
    if (!this.#stream.write(text)) await once(this.#stream, 'drain');
  }

  /** Streams of the process stay open. */
  async end(): Promise<void> {}
}
