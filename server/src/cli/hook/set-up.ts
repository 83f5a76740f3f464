/** `countersign hook --install` and `--uninstall`: shows what would change, asks, and changes it. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';

import type { Surroundings } from '../../agents/own-folder';
import { carryOut, planSetup, type SetupRequest } from '../../agents/recording-setup';
import { textDiff } from '../../agents/text-diff';
import { AGENTS } from '../../origin/recorder/payloads/agent-names';
import { type Environment, EXIT, UsageError } from '../command';
import { harmless } from '../output/safe-text';

export interface SetUpOptions extends SetupRequest {
  /** Nothing is written. */
  readonly isDryRun: boolean;
  /** The person has agreed already. */
  readonly isAgreed: boolean;
}

/** @returns the exit code. @throws UsageError */
export async function setUpRecording(
  options: SetUpOptions,
  { out, err, folder }: Environment,
): Promise<number> {
  const surroundings: Surroundings = {
    home: homedir(),
    environment: process.env,
    platform: process.platform,
    node: process.execPath,
    program: join(folder, 'cli.js'),
    isExtension: false,
  };
  const plan = refusing(() => planSetup(options, surroundings));
  const tool = AGENTS[options.agent];
  if (!plan.isChanged) {
    await out.write(`${plan.file} needs no change.\n`);
    // The launcher may have to lead elsewhere.
    if (!options.isDryRun && (plan.before !== undefined || options.isRemoval))
      carryOut(plan, options, surroundings);
    return EXIT.clean;
  }
  const what = plan.before === undefined ? ' (new)' : plan.after === undefined ? ' (removed)' : '';
  const diff = textDiff(plan.before ?? '', plan.after ?? '').filter((line) => !/^[ +-]$/.test(line));
  await out.write(`${[`${plan.file}${what}`, ...diff].map(harmless).join('\n')}\n`);
  for (const note of plan.notes) await out.write(`Note: ${note}\n`);
  if (options.isDryRun) return EXIT.clean;
  if (!options.isAgreed && !(await agrees(err.isTerminal))) {
    await err.write('Nothing was written.\n');
    return EXIT.clean;
  }
  refusing(() => carryOut(plan, options, surroundings));
  const done = options.isRemoval ? 'is no longer set up' : 'is set up';
  await out.write(`Recording ${done} for ${tool}.\n`);
  return EXIT.clean;
}

async function agrees(isTerminal: boolean): Promise<boolean> {
  if (!process.stdin.isTTY || !isTerminal) {
    throw new UsageError(
      'Nobody can be asked here. To write it, add `--yes`; to look only, add `--dry-run`.',
    );
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await prompt.question('Write this? [y/N] ')).trim());
  } finally {
    prompt.close();
  }
}

function refusing<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof Error) throw new UsageError(`The settings were not changed. ${error.message}`);
    throw error;
  }
}
