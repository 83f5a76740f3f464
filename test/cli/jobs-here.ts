import type { Rule } from '../../server/src/analysis/rule';
import { answerFileJob } from '../../server/src/cli/scan/file-job';
import type { FileJobs } from '../../server/src/cli/scan/file-jobs';
import { createNodeHost } from '../../server/src/host/node-host';
import { startTestRuntime } from '../engine';

/** Checks files in this thread, by rules that no bundle has. */
export async function jobsHere(rules: readonly Rule[]): Promise<FileJobs> {
  const runtime = await startTestRuntime();
  const [typescript, tsx] = await Promise.all([runtime.parserFor('typescript'), runtime.parserFor('tsx')]);
  const parts = { host: createNodeHost('.', () => {}), parsers: { typescript, tsx }, rules };
  return {
    async run(job) {
      try {
        return { answer: answerFileJob(job, parts, () => {}) };
      } catch (error) {
        return { failure: 'error', error: String(error), soFar: undefined };
      }
    },
    async end() {},
  };
}
