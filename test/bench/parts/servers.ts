/**
 * Keystrokes and first diagnostics as an editor sees them: over the protocol and the standard streams, the
 * same trace for both servers. Time is from sending `didChange` to the answer with the new diagnostics.
 */
import { setTimeout } from 'node:timers/promises';

import { testParsers } from '../../engine';
import { readInputs, readTrace } from '../inputs';
import { progress, runPart } from '../part';
import type { Row } from '../report';
import { COUNTERSIGN, ESLINT, PARSE_ONLY } from '../servers';
import { median, medianRatio, percentile } from '../statistics';
import { type ServerProgram, StdioClient } from '../stdio-client';
import { makeSubjects, type Subject } from '../subjects';
import { type Step, stepsOf } from '../typing';

/** ESLint takes seconds for some keystrokes: of so many, one is measured. */
const MEASURED_EVERY = 10;
/** Before a keystroke that is measured: what came before it is done with. */
const REST_MS = 50;

/**
 * Milliseconds from a keystroke to its diagnostics, one for each that is measured.
 *
 * @param isPulledBetween whether the server is asked after the other keystrokes, too; ESLint would take an hour.
 */
async function typed(
  program: ServerProgram,
  { path, text }: Subject,
  steps: readonly Step[],
  { every, isPulledBetween }: { every: number; isPulledBetween: boolean },
): Promise<number[]> {
  const client = new StdioClient(program);
  await client.initialize();
  await client.open(path, text);
  await client.pull(path);
  const times: number[] = [];
  for (const [index, { changes }] of steps.entries()) {
    const isMeasured = index % every === every - 1;
    if (isMeasured) await setTimeout(REST_MS);
    const begin = performance.now();
    await client.change(path, index + 1, changes);
    if (isMeasured || isPulledBetween) await client.pull(path);
    if (isMeasured) times.push(performance.now() - begin);
  }
  await client.end();
  return times;
}

/** Milliseconds from the start of the process to the first diagnostics of a file. */
async function started(program: ServerProgram, { path, text }: Subject): Promise<number> {
  const begin = performance.now();
  const client = new StdioClient(program);
  await client.initialize();
  await client.open(path, text);
  await client.pull(path);
  const time = performance.now() - begin;
  await client.end();
  return time;
}

/** Longer than a server waits before it keeps what it compiled. */
const KEPT_MS = 8_000;

/** The servers start with what earlier ones compiled, as they do from the second day on: one start for each subject. */
async function keepCode(subjects: readonly Subject[]): Promise<void> {
  for (const { path, text } of subjects) {
    await Promise.all(
      [COUNTERSIGN, PARSE_ONLY].map(async (program) => {
        const client = new StdioClient(program);
        await client.initialize();
        await client.open(path, text);
        await client.pull(path);
        await setTimeout(KEPT_MS);
        await client.end();
      }),
    );
  }
}

async function keystrokeRow(subject: Subject, every: number): Promise<Row> {
  const steps = stepsOf(readTrace(), subject.text);
  const own = await typed(COUNTERSIGN, subject, steps, { every, isPulledBetween: true });
  const eslint = await typed(ESLINT, subject, steps, { every, isPulledBetween: false });
  return {
    what: `keystroke in ${subject.name}: ESLint's server / Countersign`,
    measured: medianRatio(eslint.map((time, index) => [time, own[index] as number])),
    unit: '×',
    least: 20,
    detail:
      `Countersign p50 ${median(own).toFixed(1)} ms, p95 ${percentile(own, 0.95).toFixed(1)} ms; ` +
      `ESLint p50 ${median(eslint).toFixed(0)} ms, p95 ${percentile(eslint, 0.95).toFixed(0)} ms`,
  };
}

async function startRow(subject: Subject, repetitions: number): Promise<Row> {
  const pairs: [number, number][] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    pairs.push([await started(COUNTERSIGN, subject), await started(PARSE_ONLY, subject)]);
  }
  const [own, parsing] = [pairs.map(([time]) => time), pairs.map(([, time]) => time)];
  return {
    what: `first diagnostics of ${subject.name} / a server that only parses`,
    measured: medianRatio(pairs),
    unit: '×',
    most: 1.5,
    detail: `${median(own).toFixed(0)} ms against ${median(parsing).toFixed(0)} ms, from the start of the process`,
  };
}

void runPart(async ({ isQuick }) => {
  const [inputs, parserOf] = [readInputs(), await testParsers()];
  const subjects = makeSubjects(inputs, parserOf);
  const [small] = makeSubjects(inputs, parserOf, 300) as [Subject];
  const rows: Row[] = [];
  progress('what servers compile is kept');
  await keepCode(subjects);
  for (const subject of [{ ...small, name: '300 lines' }, ...subjects]) {
    progress(`first diagnostics of ${subject.name}`);
    rows.push(await startRow(subject, isQuick ? 3 : 11));
  }
  for (const subject of subjects) {
    progress(`keystrokes in ${subject.name}, ESLint's server and ours`);
    rows.push(await keystrokeRow(subject, isQuick ? MEASURED_EVERY * 5 : MEASURED_EVERY));
  }
  return {
    rows,
    note: `First diagnostics: medians of repetitions in turn; both servers take the compiled code that three earlier starts kept. Keystrokes: each ${MEASURED_EVERY}th of the trace, medians of the ratios.`,
  };
});
