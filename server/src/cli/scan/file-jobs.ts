/** Where the files of a scan are checked. */
import { join } from 'node:path';

import { CHECK_MS, LARGE } from '../../session/size-limits';
import { type Ending, WatchedWorker } from '../../workspace/watched-worker';
import type { FileAnswer, FileJob } from './file-job';

export interface FileJobs {
  /** Never rejects; endings come in the order of the jobs. */
  run(job: FileJob): Promise<Ending<FileAnswer>>;
  end(): Promise<void>;
}

/** Looking for fixes may take as long as checking, and where they are applied somebody waits for them. */
const FIXING_MS = 10_000;

/**
 * In a thread that is ended, with the file that keeps it busy, when that takes too long; the next file gets another.
 *
 * @param folder where the bundles are.
 */
export function jobsInThread(folder: string): FileJobs {
  const worker = new WatchedWorker<FileJob, FileAnswer>(join(folder, 'worker.js'));
  worker.start();
  return {
    run: (job) =>
      worker.run(job, {
        limitMs: CHECK_MS,
        furtherMs: job.fix === undefined ? CHECK_MS : FIXING_MS,
        isLast: job.text.length > LARGE,
      }),
    end: () => worker.end(),
  };
}
