import type { Host } from '../../host/host';
import type { BlamedRange } from '../blame/incremental-parser';

/** From one partial answer to the next, in milliseconds. */
const EVERY = 300;

/** Gathers what blame finds, and has it answered now and then: never twice at a time, and not after the end. */
export class PartialAnswers {
  readonly #host: Host;
  readonly #answer: (ranges: readonly BlamedRange[]) => Promise<void>;
  readonly #ranges: BlamedRange[] = [];
  #running: Promise<void> | undefined;
  #next: number;

  /** @param answer gets all ranges up to then. */
  constructor(host: Host, answer: (ranges: readonly BlamedRange[]) => Promise<void>) {
    this.#host = host;
    this.#answer = answer;
    this.#next = host.now() + EVERY;
  }

  readonly add = (ranges: readonly BlamedRange[]): void => {
    this.#ranges.push(...ranges);
    if (this.#running || this.#host.now() < this.#next) return;
    this.#running = this.#answer([...this.#ranges]);
    this.#running.then(
      () => {
        this.#running = undefined;
        this.#next = this.#host.now() + EVERY;
      },
      // `end` tells of it.
      () => {},
    );
  };

  /** Rejects where an answer did. */
  async end(): Promise<void> {
    this.#next = Number.POSITIVE_INFINITY;
    await this.#running;
  }
}
