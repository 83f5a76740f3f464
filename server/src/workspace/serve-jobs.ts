/** The thread's side of `watched-worker.ts`. */
import type { MessagePort } from 'node:worker_threads';

import type { Said } from './watched-worker';

/** Does a job; what it has of the answer so far it may tell, in case the time is over before the rest. */
export type Handler<Job, Answer> = (job: Job, tellSoFar: (answer: Answer) => void) => Answer;

/** Answers jobs as they come, as soon as `load` has what it takes. */
export async function serveJobs<Job, Answer>(
  port: MessagePort,
  load: () => Promise<Handler<Job, Answer>>,
): Promise<void> {
  const say = (said: Said<Answer>) => port.postMessage(said);
  const handle = await load();
  port.on('message', (job: Job) => {
    try {
      say({ kind: 'answer', answer: handle(job, (answer) => say({ kind: 'so far', answer })) });
    } catch (error) {
      say({ kind: 'error', error: String(error instanceof Error ? error.stack : error) });
    }
  });
  say({ kind: 'ready' });
}
