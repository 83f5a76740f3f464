/** From what was recorded of a file to what is known of the lines of its present text. */
import type { Decode } from '../bytes';
import { type Evidence, evidenceOf, type LineRange, type RangeEvidence } from '../evidence';
import { lastWins, type RangesClaim } from '../last-wins';
import { decodeRecord, type EditRecord, lineHash, type Sha256, textHash } from './edit-record';
import { PresentLines } from './present-lines';

export interface RecordedLines {
  /** What speaks of lines as they are. In order, apart from each other. */
  readonly evidence: readonly RangeEvidence[];
  /** What speaks of lines as they were before somebody changed them, more than their white space. Likewise. */
  readonly former: readonly RangeEvidence[];
}

/** Of one file; more are not its edits of late. */
export const MOST_RECORDS = 500;
/** The tool wrote the whole file: some of it may have stood there before. */
const WHOLE_FILE = {
  confidence: 0.6,
  detail: 'the whole file was written; some of it may have been there before',
};
const AMENDED = { detail: 'a person changed the edit before it was written' };

/**
 * The records of a file, the oldest first, each once.
 *
 * @param logs what the files of the log hold, the oldest first.
 * @param path from the root of the repository, with `/`.
 */
export function recordsOfFile(logs: readonly Uint8Array[], path: string, decode: Decode): EditRecord[] {
  const named = JSON.stringify(path);
  return decoded(logs, decode, (line) => line.includes(named))
    .filter((record) => record.path === path)
    .slice(-MOST_RECORDS);
}

/** By the path of the file; each as of `recordsOfFile`. */
export type RecordsByFile = ReadonlyMap<string, readonly EditRecord[]>;

/** The records of all files: for whoever asks for many. */
export function recordsByFile(logs: readonly Uint8Array[], decode: Decode): RecordsByFile {
  const byFile = new Map<string, EditRecord[]>();
  for (const record of decoded(logs, decode, (line) => line !== '')) {
    const records = byFile.get(record.path);
    if (records) records.push(record);
    else byFile.set(record.path, [record]);
  }
  for (const [path, records] of byFile) byFile.set(path, records.slice(-MOST_RECORDS));
  return byFile;
}

/** The records of a conversation, the oldest first. */
export function recordsOfSession(logs: readonly Uint8Array[], session: string, decode: Decode): EditRecord[] {
  const named = JSON.stringify(session);
  return decoded(logs, decode, (line) => line.includes(named)).filter((record) => record.session === session);
}

function decoded(
  logs: readonly Uint8Array[],
  decode: Decode,
  mayMatter: (line: string) => boolean,
): EditRecord[] {
  const records: EditRecord[] = [];
  const known = new Set<string>();
  for (const log of logs) {
    for (const line of decode(log).split('\n')) {
      const record = mayMatter(line) ? decodeRecord(line) : undefined;
      if (!record) continue;
      const key = recordKey(record);
      if (!known.has(key)) records.push(record);
      known.add(key);
    }
  }
  return records.sort((a, b) => a.time - b.time);
}

/** The same for records that two hooks made of one edit. */
export function recordKey({ toolUseId, session, path, text, ranges }: EditRecord): string {
  return JSON.stringify([toolUseId ?? session, path, text, ranges[0]]);
}

/**
 * @param records of this file, the oldest first.
 * @param lines of the present text, without their ends.
 */
export function recordedLines(
  records: readonly EditRecord[],
  lines: readonly string[],
  sha256: Sha256,
): RecordedLines {
  if (records.length === 0) return { evidence: [], former: [] };
  const text = textHash(lines, sha256);
  let present: PresentLines | undefined;
  const exact: RangesClaim[] = [];
  const mapped: RangesClaim[] = [];
  const former: RangesClaim[] = [];
  for (const record of records) {
    if (record.text === text) {
      exact.push({ ranges: record.ranges.map(placeOf), evidence: evidenceFor(record, true) });
      continue;
    }
    present ??= new PresentLines(
      lines,
      lines.map((line) => lineHash(line, sha256)),
    );
    const now = present;
    const found = record.ranges.map(({ hashes }) => now.find(hashes));
    mapped.push({ ranges: found.flatMap(({ same }) => same), evidence: evidenceFor(record, false) });
    former.push({ ranges: found.flatMap(({ changed }) => changed), evidence: evidenceFor(record, false) });
  }
  // What is known of this very text goes before what was found again in it.
  return { evidence: lastWins([...mapped, ...exact]), former: lastWins(former) };
}

function placeOf({ start, hashes }: EditRecord['ranges'][number]): LineRange {
  return { start, end: start + hashes.length - 2 };
}

function evidenceFor(record: EditRecord, isSameText: boolean): Evidence {
  const { tool, model, session, time, placing, isAmended } = record;
  const source = isSameText && placing === 'exact' ? 'recorder-exact' : 'recorder-matched';
  return evidenceOf(source, isAmended ? 'mixed' : 'ai', {
    ...{ tool, model, session, time },
    ...(isAmended && AMENDED),
    ...(placing === 'whole' && WHOLE_FILE),
  });
}
