/** Entry point of the threads in which files are checked: those of a scan, and large ones that are open. */
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';

import { startWasmRuntime } from '../../../grammars/wasm-runtime';
import { answerFileJob, type FileAnswer, type FileJob } from '../cli/scan/file-job';
import { createNodeHost } from '../host/node-host';
import { RULES } from '../rules/index';
import { answerTextJob, type TextAnswer, type TextJob } from '../session/text-job';
import { serveJobs } from './serve-jobs';

if (!parentPort) throw new Error('This is started as a thread.');

void serveJobs<FileJob | TextJob, FileAnswer | TextAnswer>(parentPort, async () => {
  const host = createNodeHost(__dirname, () => {});
  // WebAssembly also where the native runtime loads: that is hardly faster, and keeps its trees until some day.
  const runtime = await startWasmRuntime((file) => join(__dirname, file));
  const [typescript, tsx] = await Promise.all([runtime.parserFor('typescript'), runtime.parserFor('tsx')]);
  const parts = { host, rules: RULES, parsers: { typescript, tsx } };
  return (job, tellSoFar) =>
    job.kind === 'file' ? answerFileJob(job, parts, tellSoFar) : answerTextJob(job, parts);
});
