/** What takes a change of a settings file back exactly: the place and what stood there, and no more of the file. */
import { asObject, member } from '../origin/small-json';

export interface UndoNote {
  /** SHA-256 of the text after the change, in hexadecimal digits. */
  readonly after: string;
  /** Whether there was no file before. */
  readonly isNewFile: boolean;
  /** Folders that were made for it, the innermost first; absolute. */
  readonly folders: readonly string[];
  /** In the text after the change: this many characters from `start` on stand in the place of `former`. */
  readonly start: number;
  readonly length: number;
  readonly former: string;
}

/** The smallest stretch in which the texts differ. */
export function changedStretch(before: string, after: string): Pick<UndoNote, 'start' | 'length' | 'former'> {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let same = 0;
  while (same < most - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return { start, length: after.length - start - same, former: before.slice(start, before.length - same) };
}

export function undone(text: string, { start, length, former }: UndoNote): string {
  return text.slice(0, start) + former + text.slice(start + length);
}

/** By the absolute path of the file; what is no note is left out. */
export function readNotes(text: string | undefined): Map<string, UndoNote> {
  const notes = new Map<string, UndoNote>();
  for (const [path, value] of Object.entries(objectIn(text ?? ''))) {
    const note = asObject(value);
    const [start, length, former, after] = ['start', 'length', 'former', 'after'].map((key) =>
      member(note, key),
    );
    const folders = member(note, 'folders');
    if (!isCount(start) || !isCount(length) || typeof former !== 'string' || typeof after !== 'string')
      continue;
    notes.set(path, {
      ...{ start, length, former, after, isNewFile: member(note, 'isNewFile') === true },
      folders: Array.isArray(folders) ? folders.filter((folder) => typeof folder === 'string') : [],
    });
  }
  return notes;
}

export function writtenNotes(notes: ReadonlyMap<string, UndoNote>): string {
  return `${JSON.stringify(Object.fromEntries(notes), undefined, 2)}\n`;
}

function objectIn(text: string): object {
  try {
    return asObject(JSON.parse(text)) ?? {};
  } catch {
    return {};
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
