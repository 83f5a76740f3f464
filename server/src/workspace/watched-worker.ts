/**
 * Runs jobs in a thread of its own, one after the other, and ends the thread when one of them takes too long: nothing
 * else stops a parser or a rule that a hostile file keeps busy. What is sent either way is plain data, never trees.
 */
import { Worker } from 'node:worker_threads';

/** What a thread says: that it can begin, what it has of an answer so far, an answer, or why there is none. */
export type Said<Answer> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'so far' | 'answer'; readonly answer: Answer }
  | { readonly kind: 'error'; readonly error: string };

/** How a job ended; `soFar` is what there was of its answer. */
export type Ending<Answer> =
  | { readonly answer: Answer }
  | {
      readonly failure: 'time' | 'memory' | 'error';
      readonly error: string;
      readonly soFar: Answer | undefined;
    };

export interface JobOptions {
  /** Milliseconds until there must be an answer, or something of it. */
  readonly limitMs: number;
  /** Milliseconds from there to the whole answer; `limitMs` unless given. */
  readonly furtherMs?: number;
  /** Ends the thread afterwards: the memory of WebAssembly grows with the largest file and never shrinks. */
  readonly isLast?: boolean;
}

interface Waiting<Job, Answer> extends JobOptions {
  readonly job: Job;
  readonly settle: (ending: Ending<Answer>) => void;
}

/** A thread has this long to begin: it compiles the parsers. */
const START_MS = 30_000;
/**
 * On a busy machine a limit counts from the processor's time, so that the same file is checked there too; whatever
 * the machine does, it is over after this many times as long.
 */
const MOST_PATIENCE = 5;
const MOST_HEAP_MB = 2_048;

export class WatchedWorker<Job, Answer> {
  readonly #file: string;
  readonly #waiting: Waiting<Job, Answer>[] = [];
  #worker: Worker | undefined;
  #isReady = false;
  #running: Waiting<Job, Answer> | undefined;
  /** Sent as well: the thread goes on with it before its answer to the one that runs was heard. */
  #ahead: Waiting<Job, Answer> | undefined;
  #soFar: Answer | undefined;
  #stopClock: (() => void) | undefined;
  readonly #sharers: () => number;

  /**
   * @param file the bundle of the thread.
   * @param sharers how many threads share the processor's time of this process at present, this one counted.
   */
  constructor(file: string, sharers = () => 1) {
    this.#file = file;
    this.#sharers = sharers;
  }

  /** Starts the thread, before there is a job for it. */
  start(): void {
    if (this.#worker) return;
    const worker = new Worker(this.#file, { resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB } });
    this.#worker = worker;
    this.#isReady = false;
    worker.on('message', (said: Said<Answer>) => {
      if (worker === this.#worker) this.#hear(said);
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      if (worker !== this.#worker) return;
      const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.#lose(isMemory ? 'memory' : 'error', error.stack ?? error.message);
    });
    worker.on('exit', (code) => {
      if (worker === this.#worker) this.#lose('error', `The thread ended with ${code}.`);
    });
    this.#watch(START_MS);
  }

  /** Never rejects. Endings come in the order of the jobs. */
  run(job: Job, options: JobOptions): Promise<Ending<Answer>> {
    return new Promise((settle) => {
      this.#waiting.push({ ...options, job, settle });
      this.#next();
    });
  }

  /** Ends the thread; jobs that are not done never end. */
  async end(): Promise<void> {
    this.#waiting.length = 0;
    this.#running = undefined;
    this.#ahead = undefined;
    await this.#stop();
  }

  #next(): void {
    if (!this.#running) {
      const next = this.#ahead ?? this.#send();
      if (!next) return;
      this.#running = next;
      this.#ahead = undefined;
      this.#soFar = undefined;
      this.#watch(next.limitMs);
    }
    // After the last there is no thread to go on.
    if (!this.#ahead && !this.#running.isLast) this.#ahead = this.#send();
  }

  /** Hands the next job to the thread; undefined when there is none, or the thread cannot take it yet. */
  #send(): Waiting<Job, Answer> | undefined {
    if (this.#waiting.length === 0) return undefined;
    this.start();
    const next = this.#isReady ? this.#waiting.shift() : undefined;
    if (next) this.#worker?.postMessage(next.job);
    return next;
  }

  #hear(said: Said<Answer>): void {
    const running = this.#running;
    if (said.kind === 'ready') {
      this.#isReady = true;
      this.#stopClock?.();
      this.#next();
    } else if (said.kind === 'so far' && running) {
      this.#soFar = said.answer;
      this.#watch(running.furtherMs ?? running.limitMs);
    } else if (said.kind === 'answer') {
      this.#settle({ answer: said.answer });
    } else if (said.kind === 'error') {
      this.#settle({ failure: 'error', error: said.error, soFar: this.#soFar });
    }
  }

  /** The thread is of no use any more; the job that ran is not tried again, those that wait are. */
  #lose(failure: 'time' | 'memory' | 'error', error: string): void {
    void this.#stop();
    // Without a job it never began, and would not for the next one either.
    this.#running ??= this.#waiting.shift();
    this.#settle({ failure, error, soFar: this.#soFar });
  }

  #settle(ending: Ending<Answer>): void {
    const ended = this.#running;
    this.#running = undefined;
    this.#soFar = undefined;
    this.#stopClock?.();
    if (ended?.isLast) void this.#stop();
    ended?.settle(ending);
    this.#next();
  }

  async #stop(): Promise<void> {
    this.#stopClock?.();
    const worker = this.#worker;
    this.#worker = undefined;
    this.#isReady = false;
    if (this.#ahead) this.#waiting.unshift(this.#ahead);
    this.#ahead = undefined;
    await worker?.terminate();
  }

  #watch(limitMs: number): void {
    this.#stopClock?.();
    const began = performance.now();
    const cpuBefore = process.cpuUsage();
    const look = () => {
      const wall = performance.now() - began;
      const { user, system } = process.cpuUsage(cpuBefore);
      const spent = (user + system) / 1000 / Math.max(this.#sharers(), 1);
      const left = Math.min(limitMs - spent, limitMs * MOST_PATIENCE - wall);
      if (wall < limitMs || left > 0) {
        timer = setTimeout(look, Math.max(limitMs - wall, left, 1));
        return;
      }
      // What came while this thread was busy itself is read between two tasks.
      const last = setImmediate(() => this.#lose('time', `It took longer than ${limitMs / 1000} s.`));
      this.#stopClock = () => clearImmediate(last);
    };
    let timer = setTimeout(look, limitMs);
    this.#stopClock = () => clearTimeout(timer);
  }
}
