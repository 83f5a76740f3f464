/** Sets up recording for an agent, and takes it back: first what would change, and only then the change. */
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { readBytes } from '../host/read-bytes';
import { replaceFile } from '../host/replace-file';
import type { AgentName } from '../origin/recorder/payloads/agent-names';
import { AGENT_SETTINGS } from './agent-settings';
import { SettingsError, withHooks, withoutHooks } from './hook-entries';
import { type Launched, launcherCommand, launcherName, launcherText } from './launcher';
import { changedStretch, readNotes, type UndoNote, undone, writtenNotes } from './undo-notes';

/** What there is of the person's machine. */
export interface Surroundings extends Launched {
  /** Absolute. */
  readonly home: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
}

export interface SetupRequest {
  readonly agent: AgentName;
  readonly isRemoval: boolean;
  /** Whether the agent is to be told of findings. */
  readonly hasFindings: boolean;
  /** The top of a project, where it is to be set up for that alone; undefined for all that the person does. */
  readonly project: string | undefined;
}

/** A change to be shown before it is made. */
export interface SetupPlan {
  /** The settings file; absolute. */
  readonly file: string;
  /** Undefined where there is no file. */
  readonly before: string | undefined;
  /** Undefined where the file is removed. */
  readonly after: string | undefined;
  readonly isChanged: boolean;
  /** What a person should know. */
  readonly notes: readonly string[];
}

const MOST_BYTES = 4 * 1024 * 1024;

/** Reads, and writes nothing. @throws SettingsError */
export function planSetup(request: SetupRequest, surroundings: Surroundings): SetupPlan {
  const settings = AGENT_SETTINGS[request.agent];
  const file = settingsFile(request, surroundings);
  const before = textOf(file);
  const bare = before === undefined ? undefined : withoutOurs(file, before, surroundings);
  const after = request.isRemoval
    ? bare
    : withHooks(bare ?? '', settings, {
        command: commandFor(request, surroundings),
        hasFindings: request.hasFindings,
      });
  const inProject = request.project !== undefined && !request.isRemoval;
  return {
    ...{ file, before, after, isChanged: before !== after },
    notes: [
      ...(request.isRemoval ? [] : settings.notes),
      ...(inProject ? ['It names a file in your home folder: do not commit it.'] : []),
    ],
  };
}

/**
 * Writes what was planned.
 *
 * @throws SettingsError where somebody else wrote the settings meanwhile, and what the system says.
 */
export function carryOut(plan: SetupPlan, { isRemoval }: SetupRequest, surroundings: Surroundings): void {
  if (!isRemoval) writeLauncher(surroundings);
  const notes = readNotes(textOf(notesFile(surroundings)));
  const old = notes.get(plan.file);
  if (plan.isChanged) {
    const folders = writeSettings(plan);
    if (!isRemoval && plan.after !== undefined) notes.set(plan.file, noteFor(plan, plan.after, folders, old));
    if (isRemoval && plan.after === undefined) removeEmpty(old?.folders ?? []);
  }
  if (isRemoval) notes.delete(plan.file);
  if (notes.size > 0) writeAnew(notesFile(surroundings), writtenNotes(notes), 0o600);
  else if (isRemoval) removeOwn(surroundings);
}

/** Where the launcher is; for whoever refreshes it when the program has moved. */
export function writeLauncher(surroundings: Surroundings): void {
  mkdirSync(ownFolder(surroundings), { recursive: true, mode: 0o700 });
  writeAnew(launcherFile(surroundings), launcherText(surroundings, surroundings.platform), 0o755);
}

function settingsFile({ agent, project }: SetupRequest, { home, environment }: Surroundings): string {
  const { userFile, projectFile, folderVariable } = AGENT_SETTINGS[agent];
  if (project !== undefined) return join(project, ...projectFile.split('/'));
  const folder = folderVariable === undefined ? undefined : environment[folderVariable];
  const [first, ...rest] = userFile.split('/') as [string, ...string[]];
  return folder ? join(folder, ...rest) : join(home, first, ...rest);
}

function commandFor({ agent, hasFindings }: SetupRequest, surroundings: Surroundings): string {
  const words = [agent, ...(hasFindings ? ['--findings'] : [])];
  return launcherCommand(launcherFile(surroundings), words, surroundings.platform);
}

/**
 * Exactly what was there before, where nobody has changed the file since; else the file without our hooks. Undefined
 * where there was no file.
 */
function withoutOurs(file: string, text: string, surroundings: Surroundings): string | undefined {
  const note = readNotes(textOf(notesFile(surroundings))).get(file);
  if (note?.after !== sha256(text)) return withoutHooks(text);
  return note.isNewFile ? undefined : undone(text, note);
}

/** What takes back this change, and the one before it that it replaces. */
function noteFor(
  plan: SetupPlan,
  after: string,
  folders: readonly string[],
  old: UndoNote | undefined,
): UndoNote {
  const before = plan.before ?? '';
  const isOurs = old !== undefined && plan.before !== undefined && old.after === sha256(plan.before);
  const first = isOurs && !old.isNewFile ? undone(before, old) : before;
  return {
    after: sha256(after),
    isNewFile: isOurs ? old.isNewFile : plan.before === undefined,
    folders: isOurs ? old.folders : folders,
    ...changedStretch(first, after),
  };
}

/** The folders that were made for it, the innermost first. */
function writeSettings({ file, before, after }: SetupPlan): string[] {
  if (after === undefined) {
    if (textOf(file) !== before) throw new SettingsError('Somebody else has written it meanwhile.');
    rmSync(file);
    return [];
  }
  if (before !== undefined) {
    if (!replaceFile(file, Buffer.from(before), Buffer.from(after)))
      throw new SettingsError('Somebody else has written it meanwhile.');
    return [];
  }
  const folders: string[] = [];
  for (let folder = dirname(file); !existsSync(folder); folder = dirname(folder)) folders.push(folder);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, after, { flag: 'wx', mode: 0o600 });
  return folders;
}

function removeEmpty(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      rmdirSync(folder);
    } catch {
      // Somebody else keeps something there.
      return;
    }
  }
}

function removeOwn(surroundings: Surroundings): void {
  for (const file of [notesFile(surroundings), launcherFile(surroundings)]) rmSync(file, { force: true });
  removeEmpty([ownFolder(surroundings)]);
}

function ownFolder({ home }: Surroundings): string {
  return join(home, '.countersign');
}

function launcherFile(surroundings: Surroundings): string {
  return join(ownFolder(surroundings), launcherName(surroundings.platform));
}

function notesFile(surroundings: Surroundings): string {
  return join(ownFolder(surroundings), 'undo.json');
}

/** Agents may be calling it just now. */
function writeAnew(path: string, text: string, mode: number): void {
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, text, { mode });
  chmodSync(beside, mode);
  renameSync(beside, path);
}

/** Undefined where there is none. @throws SettingsError */
function textOf(path: string): string | undefined {
  const file = readBytes(path, MOST_BYTES);
  if (!file) return undefined;
  if ('refusal' in file) throw new SettingsError(`It cannot be read (${file.refusal}).`);
  const text = file.bytes.toString('utf8');
  if (!Buffer.from(text).equals(file.bytes))
    throw new SettingsError('It is not in UTF-8, so it is left alone.');
  return text;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
