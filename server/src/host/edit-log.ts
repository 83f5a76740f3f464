/** Where edits of agents are recorded: below the git directory of the work tree, and never in the work tree. */
import { join } from 'node:path';

import { AppendLog, type AppendLogOptions } from './append-log';

const MEGABYTE = 1024 * 1024;

/** In the git directory. */
export function recordFolder(gitFolder: string): string {
  return join(gitFolder, 'countersign');
}

/** @param gitFolder absolute path of that of the work tree, not of what linked work trees share. */
export function editLog(
  gitFolder: string,
  options: Pick<AppendLogOptions, 'now' | 'compact'> = { now: Date.now },
): AppendLog {
  const size = { fullBytes: 2 * MEGABYTE, mostBytes: 10 * MEGABYTE };
  return new AppendLog({ folder: recordFolder(gitFolder), name: 'edits', ...size, ...options });
}

/** What findings an agent was told. */
export function toldLog(gitFolder: string, now: () => number): AppendLog {
  const size = { fullBytes: MEGABYTE / 4, mostBytes: MEGABYTE };
  return new AppendLog({ folder: recordFolder(gitFolder), name: 'told', ...size, now });
}

/** What went wrong in hooks. */
export function errorLog(gitFolder: string, now: () => number): AppendLog {
  const size = { fullBytes: MEGABYTE / 16, mostBytes: MEGABYTE / 4 };
  return new AppendLog({ folder: recordFolder(gitFolder), name: 'errors', ...size, now });
}
