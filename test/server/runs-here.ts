import type { Rule } from '../../server/src/analysis/rule';
import { answerTextJob } from '../../server/src/session/text-job';
import type { StartTextRun } from '../../server/src/session/text-runs';
import { FakeHost } from './fake-host';
import type { Parsers } from './test-client';

/** Checks large texts in this thread, by rules that no bundle has. */
export function runsHere(rules: readonly Rule[], loadParsers: () => Promise<Parsers>): StartTextRun {
  return (job) => ({
    ending: loadParsers().then((parsers) => {
      try {
        return { answer: answerTextJob(job, { host: new FakeHost(), parsers, rules }) };
      } catch (error) {
        return { failure: 'error', error: String(error), soFar: undefined };
      }
    }),
    cancel: () => {},
  });
}
