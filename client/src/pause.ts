/** Does something once after a burst of events: at the first pause in it, at the latest after a while. */
export class Pause {
  readonly #quietMs: number;
  readonly #longestMs: number;
  readonly #action: () => void;
  #timer: NodeJS.Timeout | undefined;
  #since: number | undefined;

  constructor(quietMs: number, longestMs: number, action: () => void) {
    this.#quietMs = quietMs;
    this.#longestMs = longestMs;
    this.#action = action;
  }

  /** Tells of an event. */
  begin(): void {
    this.#since ??= Date.now();
    clearTimeout(this.#timer);
    const left = this.#since + this.#longestMs - Date.now();
    this.#timer = setTimeout(() => this.#end(), Math.max(0, Math.min(this.#quietMs, left)));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#since = undefined;
  }

  #end(): void {
    this.#since = undefined;
    this.#action();
  }
}
