/** Records what an event says that an agent wrote. */
import { createHash } from 'node:crypto';
import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';

import type { AppendLog } from '../../host/append-log';
import { editLog } from '../../host/edit-log';
import { decodeText } from '../../host/encoding';
import { findGitFolder, type GitFolder, headCommit, pathInWorkTree } from '../../host/git-folder';
import { readBytes } from '../../host/read-bytes';
import type { LineRange, RangeEvidence } from '../../origin/evidence';
import { linesOf } from '../../origin/mapping/text-lines';
import type { AgentEvent, FileEdit } from '../../origin/recorder/agent-event';
import { compactRecords } from '../../origin/recorder/compact-records';
import { decodeRecord, type EditRecord, encodeRecord, recordsOf } from '../../origin/recorder/edit-record';
import { AGENTS } from '../../origin/recorder/payloads/agent-names';
import { recordedLines, recordKey } from '../../origin/recorder/recorded-lines';
import { type WrittenLines, writtenLines } from '../../origin/recorder/written-lines';

/** A file that an event wrote. */
export interface RecordedFile {
  readonly git: GitFolder;
  /** Absolute, without links. */
  readonly path: string;
  readonly ranges: readonly LineRange[];
  /** What was recorded of the lines, as whoever reads the record understands it. */
  readonly evidence: readonly RangeEvidence[];
  /** Whether another hook was told of the same edit before. */
  readonly isKnown: boolean;
}

export interface RecordParts {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Where paths start when the event does not say. */
  readonly workingFolder: string;
  /** The model, where the event does not say. Asked only where something is recorded. */
  readonly model: () => string | undefined;
}

const MOST_BYTES = 5 * 1024 * 1024;
const MOST_FILES = 200;
/** VS Code was seen to tell of an edit before the file has it; then it is read again after so many milliseconds. */
const LATER = [80, 240];
/** Of other agents, a file that was written within so many milliseconds has the edit. */
const JUST_NOW = 1_000;
/** Hooks that are told of one edit run at the same time. */
const LOOKED_BACK = 256 * 1024;

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Bytes of a log as text. */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** Files outside of git work trees are left out: nothing is recorded of them. */
export async function recordEdits(event: AgentEvent, parts: RecordParts): Promise<RecordedFile[]> {
  const recorded: RecordedFile[] = [];
  for (const edit of event.edits.slice(0, MOST_FILES)) {
    const path = realPath(resolve(event.folder ?? parts.workingFolder, edit.path));
    const git = findGitFolder(path);
    const below = git && pathInWorkTree(git, path);
    if (!git || below === undefined || !isAbsolute(path)) continue;
    const placed = await placedEdit(edit, path, event.tool === AGENTS.copilot, parts);
    if (!placed || placed.written.ranges.length === 0) continue;
    const records = recordsOf(
      {
        tool: event.tool,
        model: event.model ?? parts.model(),
        session: event.session,
        toolUseId: event.toolUseId,
        time: timeOf(event, parts.now()),
        path: below,
        head: headCommit(git),
        isAmended: edit.isAmended ?? false,
        isNewFile: edit.whole?.before === null,
      },
      placed.written,
      placed.lines,
      sha256,
    );
    const log = editLog(git.gitFolder, { now: parts.now, compact: (files) => compactRecords(files, decode) });
    const unknown = withoutKnown(records, log);
    log.append(unknown.map(encodeRecord));
    const { evidence } = recordedLines(records, placed.lines, sha256);
    recorded.push({ git, path, ranges: placed.written.ranges, evidence, isKnown: unknown.length === 0 });
  }
  return recorded;
}

/** Records are put in order by it, so a clock that is wrong is not believed. */
function timeOf({ time }: AgentEvent, now: number): number {
  return time !== undefined && Math.abs(now - time) < 3_600_000 ? time : now;
}

interface Placed {
  readonly written: WrittenLines;
  readonly lines: readonly string[];
}

async function placedEdit(
  edit: FileEdit,
  path: string,
  mayBeLate: boolean,
  { now, wait }: RecordParts,
): Promise<Placed | undefined> {
  for (const later of [...LATER, undefined]) {
    const text = textOf(path);
    const written = text === undefined ? undefined : writtenLines(edit, text);
    if (text !== undefined && written) return { written, lines: linesOf(text) };
    // What was just written may be the edit before this one, where an agent tells of edits too early.
    if (later === undefined || (text !== undefined && !mayBeLate && isFresh(path, now()))) break;
    await wait(later);
  }
  // The file may come later still: then it has what the tool was told to write.
  const { whole } = edit;
  if (!whole || statSync(path, { throwIfNoEntry: false })) return undefined;
  const written = writtenLines(edit, whole.text);
  return written && { written, lines: linesOf(whole.text) };
}

function textOf(path: string): string | undefined {
  const file = readBytes(path, MOST_BYTES);
  return file && 'bytes' in file ? decodeText(file.bytes)?.text : undefined;
}

function isFresh(path: string, now: number): boolean {
  const status = statSync(path, { throwIfNoEntry: false });
  return status !== undefined && now - status.mtimeMs < JUST_NOW;
}

/** Also where the file is not there yet. */
function realPath(path: string): string {
  for (let folder = path, rest = ''; ; folder = dirname(folder)) {
    try {
      return join(realpathSync.native(folder), rest);
    } catch {
      if (dirname(folder) === folder) return path;
      rest = join(basename(folder), rest);
    }
  }
}

function withoutKnown(records: readonly EditRecord[], log: AppendLog): EditRecord[] {
  const end = decode(log.end(LOOKED_BACK));
  // Hashes of texts hardly repeat, so mostly nothing has to be read.
  if (!records.some(({ text }) => end.includes(text))) return [...records];
  const known = new Set<string>();
  for (const line of end.split('\n')) {
    const record = records.some(({ text }) => line.includes(text)) ? decodeRecord(line) : undefined;
    if (record) known.add(recordKey(record));
  }
  return records.filter((record) => !known.has(recordKey(record)));
}
