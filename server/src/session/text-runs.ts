/** Where open documents are checked that would keep everything else waiting. */
import { type Ending, WatchedWorker } from '../workspace/watched-worker';
import { CHECK_MS } from './size-limits';
import type { TextAnswer, TextJob } from './text-job';

export interface TextRun {
  /** Never rejects; never comes once the run is cancelled. */
  readonly ending: Promise<Ending<TextAnswer>>;
  readonly cancel: () => void;
}

export type StartTextRun = (job: TextJob) => TextRun;

/** So many threads are there at once; each has its own memory. */
const MOST_THREADS = 2;

/**
 * Each run in a thread that ends afterwards; a run that is cancelled ends with its thread.
 *
 * @param file the bundle of the threads.
 */
export function textRunsInThreads(file: string): StartTextRun {
  const running = new Set<WatchedWorker<TextJob, TextAnswer>>();
  const waiting: (() => void)[] = [];
  const next = () => {
    while (running.size < MOST_THREADS && waiting.length > 0) waiting.shift()?.();
  };
  return (job) => {
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
