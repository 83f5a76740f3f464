/** A scan of the same files from the command line: time of the whole process, ESLint's against ours. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { repositoryRoot } from '../../repository-root';
import { described, type Input, packagesFolder, readInputs } from '../inputs';
import { progress, runPart } from '../part';
import type { Row } from '../report';
import { median, medianRatio, spread } from '../statistics';

/** A small project; what starting costs weighs more there. */
const FEW = 500;

interface Scanned {
  readonly seconds: number;
  readonly said: string;
}

function timed(args: readonly string[], input: string): Scanned {
  const begin = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  const seconds = (performance.now() - begin) / 1000;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return { seconds, said: stdout };
}

/** Copies the files out of `node_modules`, which a scan of a folder passes over. */
function copied(inputs: readonly Input[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  for (const { path } of inputs) cpSync(join(packagesFolder(), 'node_modules', path), join(folder, path));
  return folder;
}

/** @param least what the ratio should be; undefined where it is only told. */
function compare(inputs: readonly Input[], repetitions: number, least: number | undefined): Row {
  const folder = copied(inputs);
  const inRoot = (path: string) => join(repositoryRoot(), path);
  const ways = {
    eslint: () =>
      timed([inRoot('out/bench/eslint-scan.cjs')], JSON.stringify(inputs.map(({ path }) => path))),
    own: () => timed([inRoot('dist/cli.js'), 'scan', folder, '--format', 'json', '--fail-on', 'never'], ''),
  };
  const pairs: [number, number][] = [];
  const said = new Set<string>();
  for (let repetition = 1; repetition <= repetitions; repetition++) {
    progress(`scan of ${inputs.length} files against ESLint: repetition ${repetition} of ${repetitions}`);
    const [own, eslint] = [ways.own(), ways.eslint()];
    pairs.push([eslint.seconds, own.seconds]);
    const { messages, unread } = JSON.parse(eslint.said);
    said.add(
      `${JSON.parse(own.said).findings.length} findings and ${messages}; ESLint could not parse ${unread} files`,
    );
  }
  rmSync(folder, { recursive: true, force: true });
  const [eslint, own] = [pairs.map(([time]) => time), pairs.map(([, time]) => time)];
  return {
    what: `${described(inputs)}: ESLint / Countersign`,
    measured: medianRatio(pairs),
    unit: '×',
    ...(least !== undefined && { least }),
    detail: `${median(eslint).toFixed(1)} s against ${median(own).toFixed(2)} s, ${repetitions} times; ${[...said].join(', ')}`,
  };
}

void runPart(async ({ isQuick }) => {
  const all = readInputs();
  const few = compare(spread(all, isQuick ? 60 : FEW), isQuick ? 1 : 3, undefined);
  return {
    rows: isQuick ? [few] : [compare(all, 1, 10), few],
    note: 'Time of the whole process, in turn.',
  };
});
