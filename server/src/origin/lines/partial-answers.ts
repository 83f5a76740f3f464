import type { Host } from '../../host/host';
import type { BlamedRange } from '../blame/incremental-parser';

/** In milliseconds. Each answer takes processors from blame, so the pause is twice as long from one to the next. */
const FIRST = 200;

/** Gathers what blame finds, and has it answered now and then: never twice at a time, and not after the end. */
export class PartialAnswers {
  readonly #host: Host;
  readonly #answer: (ranges: readonly BlamedRange[]) => Promise<void>;
  readonly #ranges: BlamedRange[] = [];
  #running: Promise<void> | undefined;
  #pause = FIRST;
  #next: number;

  /** @param answer gets all ranges up to then. */
  constructor(host: Host, answer: (ranges: readonly BlamedRange[]) => Promise<void>) {
    this.#host = host;
    this.#answer = answer;
    this.#next = host.now() + FIRST;
  }

  readonly add = (ranges: readonly BlamedRange[]): void => {
    this.#ranges.push(...ranges);
    if (this.#running || this.#host.now() < this.#next) return;
    this.#running = this.#answer([...this.#ranges]);
    this.#running.then(
      () => {
        this.#running = undefined;
        this.#pause *= 2;
        this.#next = this.#host.now() + this.#pause;
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
