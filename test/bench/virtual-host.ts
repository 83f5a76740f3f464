/**
 * A host whose clock runs while something is done and is moved on between keystrokes, so that pauses cost
 * no time but their consequences happen: what is due after a pause is run then, and measured apart.
 */
import type { Cancel, Host } from '../../server/src/host/host';

interface Timer {
  readonly at: number;
  readonly action: () => void;
}

export class VirtualHost implements Host {
  /** How long each action that was put off took, in milliseconds. */
  readonly actions: number[] = [];
  readonly #clock: () => number;
  #moved = 0;
  readonly #timers = new Set<Timer>();

  /** @param clock milliseconds. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock() + this.#moved;
  }

  today(): string {
    return '2026-01-01';
  }

  after(milliseconds: number, action: () => void): Cancel {
    const timer = { at: this.now() + milliseconds, action };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Lets time pass in which nobody types. */
  pass(milliseconds: number): void {
    const end = this.now() + milliseconds;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#moved += Math.max(0, next.at - this.now());
      const begin = this.#clock();
      next.action();
      this.actions.push(this.#clock() - begin);
    }
    this.#moved += Math.max(0, end - this.now());
  }

  readFile(): undefined {
    return undefined;
  }

  readBytes(): undefined {
    return undefined;
  }

  namesIn(): readonly string[] {
    return [];
  }

  realUri(): undefined {
    return undefined;
  }

  rulePage(): undefined {
    return undefined;
  }

  log(level: string, message: string): void {
    throw new Error(`${level}: ${message}`);
  }

  #next(end: number): Timer | undefined {
    return [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}
