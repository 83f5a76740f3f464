/** Where the files of a scan are checked. */
import { join } from 'node:path';

import { CHECK_MS, LARGE } from '../../session/size-limits';
import { compileLater } from '../../startup/compile-later';
import { type Ending, type JobOptions, WatchedWorker } from '../../workspace/watched-worker';
import type { FileAnswer, FileJob } from './file-job';

export interface FileJobs {
  /** Never rejects; endings come in any order. */
  run(job: FileJob): Promise<Ending<FileAnswer>>;
  end(): Promise<void>;
}

/** Looking for fixes may take as long as checking, and where they are applied somebody waits for them. */
const FIXING_MS = 10_000;
/** Each has its own copy of the parsers and of what the engine compiles to: some 100 MB. */
const MOST_THREADS = 4;
/** To start a thread costs as much as checking some so many UTF-16 units of code. */
const WORTH_A_THREAD = 100_000;

interface Thread {
  readonly worker: WatchedWorker<FileJob, FileAnswer>;
  /** UTF-16 units of the jobs that it has not answered yet. */
  load: number;
}

/**
 * In threads, each of which is ended, with the file that keeps it busy, when that takes too long; the next file gets
 * another. The first starts at once, others when there is enough to do for them.
 *
 * @param folder where the bundles are.
 * @param processors how many threads can run at a time.
 */
export function jobsInThreads(folder: string, processors: number): FileJobs {
  const threads: Thread[] = [];
  let given = 0;
  const atWork = () => threads.filter(({ load }) => load > 0).length;
  const start = (): Thread => {
    const thread = {
      worker: new WatchedWorker<FileJob, FileAnswer>(join(folder, 'worker.js'), atWork),
      load: 0,
    };
    threads.push(thread);
    thread.worker.start();
    return thread;
  };
  const choose = (): Thread => {
    const [least] = [...threads].sort((a, b) => a.load - b.load) as [Thread];
    const hasRoom = threads.length < Math.min(processors, MOST_THREADS);
    return hasRoom && least.load > 0 && given > threads.length * WORTH_A_THREAD ? start() : least;
  };
  compileLater();
  start();
  return {
    async run(job) {
      const thread = choose();
      const size = Math.max(job.text.length, 1);
      given += size;
      thread.load += size;
      const ending = await thread.worker.run(job, limitsOf(job));
      thread.load -= size;
      return ending;
    },
    async end() {
      await Promise.all(threads.map(({ worker }) => worker.end()));
    },
  };
}

function limitsOf(job: FileJob): JobOptions {
  return {
    limitMs: CHECK_MS,
    furtherMs: job.fix === undefined ? CHECK_MS : FIXING_MS,
    isLast: job.text.length > LARGE,
  };
}
