/** Sets up recording for an agent, and takes it back: first what would change, and only then the change. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';

import { replaceFile } from '../host/replace-file';
import type { AgentName } from '../origin/recorder/payloads/agent-names';
import { AGENT_SETTINGS } from './agent-settings';
import { SettingsError, withHooks, withoutHooks } from './hook-entries';
import { launcherCommand } from './launcher';
import {
  launcherFile,
  notesFile,
  removeEmpty,
  removeOwn,
  type Surroundings,
  textOf,
  writeAnew,
  writeLauncher,
} from './own-folder';
import { changedStretch, readNotes, type UndoNote, undone, writtenNotes } from './undo-notes';

export interface SetupRequest {
  readonly agent: AgentName;
  readonly isRemoval: boolean;
  readonly findings: FindingsChoice;
  /** Whether the AI switch is off in what it is told; on, or as the configuration says, unless given. */
  readonly isAiOff?: boolean;
  /** The top of a project, where it is to be set up for that alone; undefined for all that the person does. */
  readonly project: string | undefined;
}

/**
 * Whether the agent is told of findings: as its settings say, or, with `as-launched`, as the launcher says whenever it
 * is called; then the hooks that only findings need are there in any case.
 */
export type FindingsChoice = 'off' | 'on' | 'as-launched';

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

/** Reads, and writes nothing. @throws SettingsError */
export function planSetup(request: SetupRequest, surroundings: Surroundings): SetupPlan {
  const settings = AGENT_SETTINGS[request.agent];
  const file = settingsFile(request, surroundings);
  if (request.project !== undefined) checkInside(request.project, file);
  const before = textOf(file);
  const bare = before === undefined ? undefined : withoutOurs(file, before, surroundings);
  const after = request.isRemoval
    ? bare
    : withHooks(bare ?? '', settings, {
        command: commandFor(request, surroundings),
        hasFindings: request.findings !== 'off',
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

/** Absolute. */
export function settingsFile(
  { agent, project }: Pick<SetupRequest, 'agent' | 'project'>,
  { home, environment }: Surroundings,
): string {
  const { userFile, projectFile, folderVariable } = AGENT_SETTINGS[agent];
  if (project !== undefined) return join(project, ...projectFile.split('/'));
  const folder = folderVariable === undefined ? undefined : environment[folderVariable];
  const [first, ...rest] = userFile.split('/') as [string, ...string[]];
  return folder ? join(folder, ...rest) : join(home, first, ...rest);
}

/** A link that a project brings is not followed out of it. @throws SettingsError */
function checkInside(project: string, file: string): void {
  const there = relative(realPath(project), realPath(file));
  if (there === '..' || /^\.\.[/\\]/.test(there) || isAbsolute(there))
    throw new SettingsError('It leads out of the project by a link, so it is left alone.');
}

/** Of the path, or of the innermost folder around it that is there. */
function realPath(path: string): string {
  for (let at = path; ; at = dirname(at)) if (existsSync(at) || at === dirname(at)) return realpathSync(at);
}

function commandFor({ agent, findings, isAiOff }: SetupRequest, surroundings: Surroundings): string {
  const words = [agent, ...(findings === 'on' ? ['--findings'] : []), ...(isAiOff ? ['--no-ai'] : [])];
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

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
