/** What must be there before anything is checked: the command line's start, and the size of the extension. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { repositoryRoot } from '../../repository-root';
import { runPart } from '../part';
import type { Row } from '../report';
import { median, medianRatio } from '../statistics';

const MEGABYTE = 1024 * 1024;

function milliseconds(args: readonly string[], input = ''): number {
  const begin = performance.now();
  const { status } = spawnSync(process.execPath, args, { input, stdio: ['pipe', 'ignore', 'ignore'] });
  const time = performance.now() - begin;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return time;
}

/** A work tree with a file of 300 lines that an agent has just made. */
function workTree(): { readonly folder: string; readonly event: (id: number) => string } {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  mkdirSync(join(folder, '.git'));
  writeFileSync(join(folder, '.git', 'HEAD'), 'ref: refs/heads/main\n');
  const lines = (id: number) =>
    Array.from({ length: 100 }, (_, i) => `export function f${i}(x) {\n  return g(x, ${i + id});\n}`);
  const event = (id: number) => {
    const content = `${lines(id).join('\n')}\n`;
    writeFileSync(join(folder, 'a.js'), content);
    return JSON.stringify({
      ...{ hook_event_name: 'PostToolUse', session_id: 's', tool_use_id: `t${id}`, cwd: folder },
      ...{ tool_name: 'Write', tool_input: { file_path: join(folder, 'a.js'), content } },
      tool_response: { type: 'create', structuredPatch: [], originalFile: null },
    });
  };
  return { folder, event };
}

/** Each against the start of Node.js that came before it. */
function startRow(what: string, most: number, times: readonly number[], node: readonly number[]): Row {
  const detail = `${median(times).toFixed(0)} ms against ${median(node).toFixed(0)} ms`;
  const pairs = times.map((time, i): [number, number] => [time, node[i] as number]);
  return { what: `${what} / \`node -e 0\``, measured: medianRatio(pairs), unit: '×', most, detail };
}

void runPart(async ({ isQuick }) => {
  const repetitions = isQuick ? 11 : 41;
  const inRoot = (path: string) => join(repositoryRoot(), path);
  const cli = inRoot('dist/cli.js');
  const { folder, event } = workTree();
  const rounds = Array.from({ length: repetitions }, (_, i) => ({
    node: milliseconds(['-e', '0']),
    version: milliseconds([cli, '--version']),
    recording: milliseconds([cli, 'hook', 'claude'], event(2 * i)),
    linting: milliseconds([cli, 'hook', 'claude', '--findings'], event(2 * i + 1)),
  }));
  rmSync(folder, { recursive: true, force: true });
  const node = rounds.map((round) => round.node);
  const times = (key: 'version' | 'recording' | 'linting') => rounds.map((round) => round[key]);
  return {
    rows: [
      startRow('`countersign --version`', 1.3, times('version'), node),
      startRow('`countersign hook` that records', 1.5, times('recording'), node),
      startRow('`countersign hook --findings` on a file of 300 lines', 3.5, times('linting'), node),
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
