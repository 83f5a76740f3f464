/** Whether the cost grows with the size and no faster: files of 1, 4 and 16 times as many lines. */
import { RULES } from '../../../server/src/rules/index';
import { analyseText } from '../../../server/src/session/analyse-text';
import { rethrow, testParsers } from '../../engine';
import { linesOf, readInputs } from '../inputs';
import { cpuMilliseconds, progress, runPart } from '../part';
import type { Row } from '../report';
import { median } from '../statistics';
import { makeSubjects } from '../subjects';

const SMALLEST = 1_250;
const TIMES = [1, 4, 16] as const;
/** So much more may a line cost in the largest file: caches get smaller against it. */
const MOST = 1.5;

void runPart(async ({ isQuick }) => {
  const [inputs, parserOf] = [readInputs(), await testParsers()];
  const sizes = TIMES.map((times) => makeSubjects(inputs, parserOf, SMALLEST * times));
  const repetitions = isQuick ? 3 : 9;
  const rows: Row[] = [];
  for (const [index, { name }] of (sizes[0] ?? []).entries()) {
    const costs = TIMES.map((): number[] => []);
    for (let repetition = 1; repetition <= repetitions; repetition++) {
      progress(`growth, ${name}: repetition ${repetition} of ${repetitions}`);
      for (const [size, times] of TIMES.entries()) {
        const subject = sizes[size]?.[index];
        if (!subject) continue;
        const { path, text } = subject;
        const parser = parserOf(path);
        const begin = cpuMilliseconds();
        // As many lines for each size, so that each is measured as long as the others.
        for (let left = 16; left > 0; left -= times)
          analyseText(text, { path, parser, rules: RULES, onRuleError: rethrow });
        costs[size]?.push((1000 * (cpuMilliseconds() - begin)) / (linesOf([subject]) * (16 / times)));
      }
    }
    const perLine = costs.map((each) => median(each));
    const [once = 1, , most = 1] = perLine;
    const detail = perLine.map((cost, size) => `${TIMES[size]} ×: ${cost.toFixed(1)} µs`).join(', ');
    rows.push({
      what: `${name}: a line at 16 × / at 1 ×`,
      measured: most / once,
      unit: '×',
      most: MOST,
      detail,
    });
  }
  return {
    rows,
    note: `Processor time for parsing and checking one file of ${TIMES.map((times) => times * SMALLEST).join(', ')} lines, for each line; medians of ${repetitions} repetitions in turn.`,
  };
});
