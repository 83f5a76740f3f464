/** `.countersign` in the person's home: the launcher, which program it runs, and what takes changes of settings back. */
import { chmodSync, existsSync, mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix, win32 } from 'node:path';

import { readBytes } from '../host/read-bytes';
import { asObject, member } from '../origin/small-json';
import { SettingsError } from './hook-entries';
import { extensionsFolder, type Launched, launcherName, launcherText } from './launcher';

/** What there is of the person's machine. */
export interface Surroundings extends Omit<Launched, 'tellsFindings'> {
  /** Undefined leaves it as it was chosen before. */
  readonly tellsFindings?: boolean;
  /** Absolute. */
  readonly home: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
}

const MOST_BYTES = 4 * 1024 * 1024;

export function launcherFile(surroundings: Surroundings): string {
  return join(ownFolder(surroundings), launcherName(surroundings.platform));
}

export function notesFile(surroundings: Surroundings): string {
  return join(ownFolder(surroundings), 'undo.json');
}

export function writeLauncher(surroundings: Surroundings): void {
  const { node, program, isExtension } = surroundings;
  const tellsFindings = surroundings.tellsFindings ?? readLaunched(surroundings)?.tellsFindings ?? false;
  mkdirSync(ownFolder(surroundings), { recursive: true, mode: 0o700 });
  writeLaunched({ node, program, isExtension, tellsFindings }, surroundings);
}

/** Whether agents that call the launcher reach a program. */
export function isLauncherThere(surroundings: Surroundings): boolean {
  const launched = readLaunched(surroundings);
  return existsSync(launcherFile(surroundings)) && launched !== undefined && existsSync(launched.program);
}

/**
 * Makes the launcher run the program of these surroundings, where an editor's extension wrote it that was of another
 * version or is gone, and tell agents of findings as they say. The launcher of another editor or of the command line
 * is left alone, except for what a person has just chosen.
 *
 * @returns whether it was written.
 */
export function renewLauncher(surroundings: Surroundings, isChosen: boolean): boolean {
  const former = readLaunched(surroundings);
  if (!former) return false;
  const { node, program, isExtension, tellsFindings = former.tellsFindings } = surroundings;
  const renewed: Launched = isOwn(former, surroundings)
    ? { node, program, isExtension, tellsFindings }
    : { ...former, ...(isChosen && { tellsFindings }) };
  const isSame = (Object.keys(renewed) as (keyof Launched)[]).every((key) => renewed[key] === former[key]);
  if (isSame && existsSync(launcherFile(surroundings))) return false;
  writeLaunched(renewed, surroundings);
  return true;
}

/** Agents may be calling it just now. */
export function writeAnew(path: string, text: string, mode: number): void {
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, text, { mode });
  chmodSync(beside, mode);
  renameSync(beside, path);
}

export function removeOwn(surroundings: Surroundings): void {
  for (const file of [notesFile, launcherFile, launchedFile]) rmSync(file(surroundings), { force: true });
  removeEmpty([ownFolder(surroundings)]);
}

/** As long as nobody else keeps something there. */
export function removeEmpty(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      rmdirSync(folder);
    } catch {
      return;
    }
  }
}

/** Undefined where there is none. @throws SettingsError */
export function textOf(path: string): string | undefined {
  const file = readBytes(path, MOST_BYTES);
  if (!file) return undefined;
  if ('refusal' in file) throw new SettingsError(`It cannot be read (${file.refusal}).`);
  const text = file.bytes.toString('utf8');
  if (!Buffer.from(text).equals(file.bytes))
    throw new SettingsError('It is not in UTF-8, so it is left alone.');
  return text;
}

function ownFolder({ home }: Surroundings): string {
  return join(home, '.countersign');
}

function launchedFile(surroundings: Surroundings): string {
  return join(ownFolder(surroundings), 'launcher.json');
}

function writeLaunched(launched: Launched, surroundings: Surroundings): void {
  const { home, platform } = surroundings;
  writeAnew(launcherFile(surroundings), launcherText(launched, home, platform), 0o755);
  writeAnew(launchedFile(surroundings), `${JSON.stringify(launched, undefined, 2)}\n`, 0o600);
}

function readLaunched(surroundings: Surroundings): Launched | undefined {
  const file = readBytes(launchedFile(surroundings), MOST_BYTES);
  if (!file || !('bytes' in file)) return undefined;
  try {
    const object = asObject(JSON.parse(file.bytes.toString('utf8')));
    const [node, program] = [member(object, 'node'), member(object, 'program')];
    if (typeof node !== 'string' || typeof program !== 'string') return undefined;
    const isSet = (key: string) => member(object, key) === true;
    return { node, program, isExtension: isSet('isExtension'), tellsFindings: isSet('tellsFindings') };
  } catch {
    return undefined;
  }
}

function isOwn(former: Launched, { program, platform }: Surroundings): boolean {
  const path = platform === 'win32' ? win32 : posix;
  const folder = extensionsFolder(program, path);
  const isOtherVersion = folder !== undefined && folder === extensionsFolder(former.program, path);
  const isMine = former.program === program || isOtherVersion || !existsSync(former.program);
  return former.isExtension && isMine;
}
