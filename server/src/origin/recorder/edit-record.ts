/**
 * What is kept of an edit: one line of JSON, with hashes in place of text.
 *
 * **Invariant:** no text of a file and none of a conversation is in a record.
 */
import type { LineRange } from '../evidence';
import { asObject, member, objectsIn } from '../small-json';
import { cleanText, repositoryPath } from '../stranger-text';
import { modelName, toolName } from '../tools';
import { withoutSpace } from './hunk-lines';
import type { Placing, WrittenLines } from './written-lines';

/** SHA-256 of a text in UTF-8, in hexadecimal digits and lower case. */
export type Sha256 = (text: string) => string;

export interface EditRecord {
  readonly tool: string;
  readonly model: string | undefined;
  readonly session: string | undefined;
  readonly toolUseId: string | undefined;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** From the root of the repository, with `/`. */
  readonly path: string;
  /** Full id of the commit that was checked out; undefined where that is not known. */
  readonly head: string | undefined;
  readonly placing: Placing;
  /** Whether a person changed the edit before it was written. */
  readonly isAmended: boolean;
  /** Whether the edit made the file. */
  readonly isNewFile: boolean;
  /** `textHash` of the whole text after the edit. */
  readonly text: string;
  readonly ranges: readonly RecordedRange[];
}

export interface RecordedRange {
  /** Line from 0 of the text after the edit. */
  readonly start: number;
  /** `lineHash` of the line before, of each line, and of the line after; empty beyond the ends of the text. */
  readonly hashes: readonly string[];
}

const VERSION = 1;
/** A record is written at once: a long edit is several records. */
const MOST_LINES = 2_000;
const LONGEST_RECORD = 200_000;
const HASH = /^[0-9a-f]{16}$/;

/** White space does not count: who only formats a line has not written it. */
export function lineHash(line: string, sha256: Sha256): string {
  return sha256(withoutSpace(line)).slice(0, 16);
}

/** Ends of lines do not count. */
export function textHash(lines: readonly string[], sha256: Sha256): string {
  return sha256(lines.join('\n')).slice(0, 32);
}

/** @param written lines of the text. */
export function recordsOf(
  about: Omit<EditRecord, 'placing' | 'text' | 'ranges'>,
  written: WrittenLines,
  lines: readonly string[],
  sha256: Sha256,
): EditRecord[] {
  const hashAt = (line: number) => (line in lines ? lineHash(lines[line] as string, sha256) : '');
  const recorded = (range: LineRange): RecordedRange => ({
    start: range.start,
    hashes: Array.from({ length: range.end - range.start + 2 }, (_, i) => hashAt(range.start - 1 + i)),
  });
  const text = textHash(lines, sha256);
  return portions(written.ranges).map((ranges) => ({
    ...about,
    placing: written.placing,
    text,
    ranges: ranges.map(recorded),
  }));
}

function portions(ranges: readonly LineRange[]): LineRange[][] {
  const result: LineRange[][] = [];
  let room = 0;
  for (const { start, end } of ranges) {
    for (let from = start; from < end; ) {
      if (room === 0) {
        result.push([]);
        room = MOST_LINES;
      }
      const to = Math.min(end, from + room);
      result.at(-1)?.push({ start: from, end: to });
      room -= to - from;
      from = to;
    }
  }
  return result;
}

export function encodeRecord(record: EditRecord): string {
  const { tool, model, session, toolUseId, time, path, head, placing, isAmended, isNewFile, text, ranges } =
    record;
  return JSON.stringify({
    v: VERSION,
    time,
    tool,
    model,
    session,
    id: toolUseId,
    path,
    head,
    placing,
    amended: isAmended || undefined,
    newFile: isNewFile || undefined,
    text,
    ranges: ranges.map(({ start, hashes }) => ({ start, lines: hashes.join(' ') })),
  });
}

/** Undefined for what is no record, or half of one. */
export function decodeRecord(line: string): EditRecord | undefined {
  if (line === '' || line.length > LONGEST_RECORD) return undefined;
  let object: ReturnType<typeof asObject>;
  try {
    object = asObject(JSON.parse(line));
  } catch {
    return undefined;
  }
  const path = repositoryPath(member(object, 'path'));
  const tool = toolName(member(object, 'tool'));
  const time = member(object, 'time');
  const placing = member(object, 'placing');
  const text = member(object, 'text');
  const head = member(object, 'head');
  if (member(object, 'v') !== VERSION || path === undefined || tool === undefined) return undefined;
  if (typeof time !== 'number' || typeof text !== 'string' || !isPlacing(placing)) return undefined;
  return {
    tool,
    model: modelName(member(object, 'model')),
    session: cleanText(member(object, 'session'), 100),
    toolUseId: cleanText(member(object, 'id'), 100),
    time,
    path,
    head: typeof head === 'string' && /^[0-9a-f]{40,64}$/.test(head) ? head : undefined,
    placing,
    isAmended: member(object, 'amended') === true,
    isNewFile: member(object, 'newFile') === true,
    text,
    ranges: objectsIn(member(object, 'ranges'), MOST_LINES).flatMap((range) => {
      const start = member(range, 'start');
      const lines = member(range, 'lines');
      if (!Number.isSafeInteger(start) || (start as number) < 0 || typeof lines !== 'string') return [];
      const hashes = lines.split(' ');
      const isWhole = hashes.length > 2 && hashes.every((hash) => hash === '' || HASH.test(hash));
      return isWhole ? [{ start: start as number, hashes }] : [];
    }),
  };
}

function isPlacing(value: unknown): value is Placing {
  return value === 'exact' || value === 'matched' || value === 'whole';
}
