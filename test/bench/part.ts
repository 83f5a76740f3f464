/** A part of the benchmark is a program of its own, so that no part warms up or fills the memory of another. */
import type { Row } from './report';

/** What a part tells the program that started it. */
export interface PartResult {
  readonly rows: readonly Row[];
  /** What the numbers were made from, in one sentence. */
  readonly note: string;
}

export interface PartOptions {
  /** Fewer repetitions, less input: for a first look while working on something. */
  readonly isQuick: boolean;
  /**
   * Milliseconds. Processor time on a machine that is busy with something else, where the clock of the wall
   * would measure that; for what one thread does both are the same on an idle machine.
   */
  readonly clock: () => number;
}

/** Runs the one part that this process is for. */
export async function runPart(measure: (options: PartOptions) => Promise<PartResult>): Promise<void> {
  const result = await measure({
    isQuick: process.argv.includes('--quick'),
    clock: process.argv.includes('--busy') ? cpuMilliseconds : () => performance.now(),
  });
  if (process.send) process.send(result, () => process.exit());
  else console.log(JSON.stringify(result, null, 2));
}

/** Tells whoever waits what goes on. */
export function progress(message: string): void {
  process.stderr.write(`  ${message}\n`);
}

/** Processor time of this process so far, all threads, in milliseconds. */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
