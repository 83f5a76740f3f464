/** What must be there before anything is checked: the command line's start, and the size of the extension. */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';

import { repositoryRoot } from '../../repository-root';
import { runPart } from '../part';
import { median, medianRatio } from '../statistics';

const MEGABYTE = 1024 * 1024;

function milliseconds(args: readonly string[]): number {
  const begin = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
  const time = performance.now() - begin;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return time;
}

void runPart(async ({ isQuick }) => {
  const repetitions = isQuick ? 11 : 41;
  const inRoot = (path: string) => join(repositoryRoot(), path);
  const pairs = Array.from({ length: repetitions }, () => [
    milliseconds([inRoot('dist/cli.js'), '--version']),
    milliseconds(['-e', '0']),
  ]) as [number, number][];
  const [own, node] = [pairs.map(([time]) => time), pairs.map(([, time]) => time)];
  return {
    rows: [
      {
        what: '`countersign --version` / `node -e 0`',
        measured: medianRatio(pairs),
        unit: '×',
        most: 1.3,
        detail: `${median(own).toFixed(0)} ms against ${median(node).toFixed(0)} ms`,
      },
      {
        what: 'the VSIX',
        measured: statSync(inRoot('out/bench/countersign.vsix')).size / MEGABYTE,
        unit: 'MB',
        most: 6,
      },
    ],
    note: `Starts in turn, ${repetitions} of each.`,
  };
});
