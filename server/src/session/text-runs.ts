/** Where open documents are checked that would keep everything else waiting. */
import { type Ending, WatchedWorker } from '../workspace/watched-worker';
import { CHECK_MS, LARGE } from './size-limits';
import type { TextAnswer, TextJob } from './text-job';

export interface TextRun {
  /** Never rejects; never comes once the run is cancelled. */
  readonly ending: Promise<Ending<TextAnswer>>;
  readonly cancel: () => void;
}

export type StartTextRun = (job: TextJob) => TextRun;

/** So many threads are there at once; each has its own memory. */
const MOST_THREADS = 2;
/** The thread of what nobody waits for ends when there was nothing for it to do for so long, in milliseconds. */
const IDLE_MS = 5_000;

/**
 * Each run in a thread that ends afterwards; a run that is cancelled ends with its thread. Runs in the background have
 * one thread for all of them, so that none keeps an open document waiting.
 *
 * @param file the bundle of the threads.
 */
export function textRunsInThreads(file: string): StartTextRun {
  const running = new Set<WatchedWorker<TextJob, TextAnswer>>();
  const waiting: (() => void)[] = [];
  const next = () => {
    while (running.size < MOST_THREADS && waiting.length > 0) waiting.shift()?.();
  };
  const runInBackground = backgroundRuns(file);
  return (job) => {
    if (job.isBackground) return runInBackground(job);
    const worker = new WatchedWorker<TextJob, TextAnswer>(file);
    let begin = () => {};
    const ending = new Promise<Ending<TextAnswer>>((resolve) => {
      begin = () => {
        running.add(worker);
        void worker.run(job, { limitMs: CHECK_MS, isLast: true }).then((ended) => {
          running.delete(worker);
          resolve(ended);
          next();
        });
      };
    });
    waiting.push(begin);
    next();
    const cancel = () => {
      const at = waiting.indexOf(begin);
      if (at >= 0) waiting.splice(at, 1);
      running.delete(worker);
      void worker.end();
      next();
    };
    return { ending, cancel };
  };
}

function backgroundRuns(file: string): StartTextRun {
  const worker = new WatchedWorker<TextJob, TextAnswer>(file);
  let running = 0;
  let idle: NodeJS.Timeout | undefined;
  return (job) => {
    clearTimeout(idle);
    running++;
    let isCancelled = false;
    const done = () => {
      running--;
      if (running === 0) idle = setTimeout(() => void worker.end(), IDLE_MS).unref();
    };
    // The memory of a thread grows with the largest text, and never shrinks.
    const isLast = job.text.length > LARGE;
    const ending = new Promise<Ending<TextAnswer>>((resolve) => {
      void worker.run(job, { limitMs: CHECK_MS, isLast }).then((ended) => {
        if (isCancelled) return;
        done();
        resolve(ended);
      });
    });
    const cancel = () => {
      if (isCancelled) return;
      isCancelled = true;
      done();
      if (running === 0) void worker.end();
    };
    return { ending, cancel };
  };
}
