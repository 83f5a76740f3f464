/**
 * What checking costs over parsing: the same files with the same runtime in one thread, once only parsed and
 * once parsed, read and checked by every rule. Processor time, garbage collection and compilation included.
 */

import { loadNativeRuntime } from '../../../grammars/native-runtime';
import type { ParserRuntime } from '../../../grammars/parser';
import { RULES } from '../../../server/src/rules/index';
import { analyseText } from '../../../server/src/session/analyse-text';
import { rethrow, startTestRuntime, testParsers } from '../../engine';
import { described, type Input, readInputs } from '../inputs';
import { cpuMilliseconds, progress, runPart } from '../part';
import type { Row } from '../report';
import { median, medianRatio, spread } from '../statistics';

/** Both ways take turns on pieces of this many files, so that whatever else the machine does hits both. */
const PIECE = 40;

interface Costs {
  readonly parsing: number;
  readonly checking: number;
}

async function measure(runtime: ParserRuntime, inputs: readonly Input[]): Promise<Costs> {
  const parserOf = await testParsers(runtime);
  const parse = ({ path, text }: Input) => parserOf(path).parse(text)?.delete();
  const check = ({ path, text }: Input) =>
    analyseText(text, { path, parser: parserOf(path), rules: RULES, onRuleError: rethrow });
  const costs = { parsing: 0, checking: 0 };
  for (let from = 0, turn = 0; from < inputs.length; from += PIECE, turn++) {
    const piece = inputs.slice(from, from + PIECE);
    const ways = [
      () => (costs.parsing += spent(piece, parse)),
      () => (costs.checking += spent(piece, check)),
    ];
    for (const way of turn % 2 === 0 ? ways : ways.reverse()) way();
  }
  return costs;
}

function spent(inputs: readonly Input[], action: (input: Input) => unknown): number {
  const begin = cpuMilliseconds();
  for (const input of inputs) action(input);
  return cpuMilliseconds() - begin;
}

async function rowFor(runtime: ParserRuntime, inputs: readonly Input[], repetitions: number): Promise<Row> {
  const runs: Costs[] = [];
  for (let repetition = 1; repetition <= repetitions; repetition++) {
    progress(`scan, ${runtime.name}: repetition ${repetition} of ${repetitions}`);
    runs.push(await measure(runtime, inputs));
  }
  const seconds = (of: keyof Costs) => (median(runs.map((run) => run[of])) / 1000).toFixed(2);
  return {
    what: `parse and check / parse, ${runtime.name === 'wasm' ? 'WebAssembly' : 'native'}`,
    measured: medianRatio(runs.map(({ checking, parsing }) => [checking, parsing])),
    unit: '×',
    // The product runs the WebAssembly; native parsers are a second opinion. It was 2.5 with the first 21 rules.
    ...(runtime.name === 'wasm' && { most: 4 }),
    detail: `${seconds('checking')} s against ${seconds('parsing')} s; ${RULES.length} rules`,
  };
}

void runPart(async ({ isQuick }) => {
  const all = readInputs();
  const inputs = isQuick ? spread(all, 300) : all;
  const repetitions = isQuick ? 2 : 5;
  const rows = [await rowFor(await startTestRuntime(), inputs, repetitions)];
  const native = loadNativeRuntime();
  if (native) rows.push(await rowFor(native, inputs, repetitions));
  return {
    rows,
    note: `Processor time of one thread over ${described(inputs)}; medians of ${repetitions} repetitions.`,
  };
});
