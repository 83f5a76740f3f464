import type { Sink } from '../command';

const EVERY_MS = 100;

/** A line on the terminal that says how far the scan is. */
export class Progress {
  readonly #sink: Sink;
  #last = 0;
  #isShown = false;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  async tell(files: number): Promise<void> {
    const now = performance.now();
    if (!this.#sink.isTerminal || now - this.#last < EVERY_MS) return;
    this.#last = now;
    this.#isShown = true;
    await this.#sink.write(`\r\u001B[KChecked ${files} files …`);
  }

  /** Makes way for other output. */
  async clear(): Promise<void> {
    if (this.#isShown) await this.#sink.write('\r\u001B[K');
    this.#isShown = false;
  }
}
