/** A scan of the same files from the command line: time of the whole process, ESLint's against ours. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { repositoryRoot } from '../../repository-root';
import { described, type Input, packagesFolder, readInputs } from '../inputs';
import { progress, runPart } from '../part';
import { median, medianRatio, spread } from '../statistics';

/** ESLint takes minutes for all files. */
const FILES = 500;

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

void runPart(async ({ isQuick }) => {
  const inputs = spread(readInputs(), isQuick ? 60 : FILES);
  const folder = copied(inputs);
  const inRoot = (path: string) => join(repositoryRoot(), path);
  const ways = {
    eslint: () =>
      timed([inRoot('out/bench/eslint-scan.cjs')], JSON.stringify(inputs.map(({ path }) => path))),
    own: () => timed([inRoot('dist/cli.js'), 'scan', folder, '--format', 'json', '--fail-on', 'never'], ''),
  };
  const pairs: [number, number][] = [];
  const said = new Set<string>();
  const repetitions = isQuick ? 1 : 3;
  for (let repetition = 1; repetition <= repetitions; repetition++) {
    progress(`scan against ESLint: repetition ${repetition} of ${repetitions}`);
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
    rows: [
      {
        what: 'scan: ESLint / Countersign',
        measured: medianRatio(pairs),
        unit: '×',
        least: 10,
        detail: `${median(eslint).toFixed(1)} s against ${median(own).toFixed(2)} s; ${[...said].join(', ')}`,
      },
    ],
    note: `Time of the whole process over ${described(inputs)}, evenly taken from all; medians of ${repetitions} repetitions in turn.`,
  };
});
