import { type Git, wordsOfRefusal } from '../../host/git';
import { type Commit, readCommit } from '../commits/commit-object';
import { readAgentblameNote } from '../notes/agentblame';
import { readAiAttribution } from '../notes/ai-attribution';
import { readGitAiNote, splitNote } from '../notes/git-ai-note';
import { NoteLists } from '../repository/note-lists';
import type { Repository } from '../repository/repository';
import type { Tips } from '../repository/tips';
import { decode } from './decode';
import { readInBatches, type Unread } from './object-batches';
import type { CommitRecord } from './version-facts';

/** Of tools that note lines of commits. */
export const NOTE_REFERENCES = [
  'refs/notes/ai',
  'refs/notes/agentblame',
  'refs/notes/ai-attribution',
] as const;
type NoteReference = (typeof NOTE_REFERENCES)[number];

interface Kept<T> {
  readonly value: T;
  /** About so many bytes. */
  readonly size: number;
}

interface Note {
  readonly commit: string;
  readonly blob: string;
  readonly reference: NoteReference;
}

const LARGEST_COMMIT = 2_000_000;
const LARGEST_NOTE = 32_000_000;
/** For one file. A note of an early git-ai may hold whole conversations, and a file may have thousands of commits. */
const MOST_BYTES = 512_000_000;
const AT_ONCE = 32_000_000;
/** Of what is kept, for all files. */
const MOST_KEPT = 64_000_000;

/** Reads commits and their notes, many at a time, and each once: neither ever changes under its id. */
export class CommitRecords {
  readonly #git: Git;
  readonly #lists: NoteLists;
  readonly #commits = new Map<string, Kept<Commit | undefined>>();
  readonly #notes = new Map<string, Kept<Partial<CommitRecord>>>();

  constructor(git: Git) {
    this.#git = git;
    this.#lists = new NoteLists(git);
  }

  /** Lists the notes, so that it is done when commits are asked for. Never rejects. */
  async prepare(repository: Repository, tips: Tips, signal?: AbortSignal): Promise<void> {
    const wanted = NOTE_REFERENCES.flatMap((reference) => tips.references.get(reference) ?? []);
    await Promise.all(wanted.map((tip) => this.#lists.at(repository, tip, signal)));
  }

  /**
   * What is known of some commits. Never rejects.
   *
   * @param commits full ids.
   * @returns a record for each, and what could not be read, in words.
   */
  async read(
    repository: Repository,
    tips: Tips,
    commits: readonly string[],
    signal?: AbortSignal,
  ): Promise<{ readonly records: ReadonlyMap<string, CommitRecord>; readonly missing: readonly string[] }> {
    const missing: string[] = [];
    const ids = [...new Set(commits)];
    const found = new Map<string, Commit | undefined>();
    const unknown = ids.filter((id) => !this.#known(this.#commits, id, (commit) => found.set(id, commit)));
    const common = { repository, signal, mostBytesInAll: MOST_BYTES, mostBytesAtOnce: AT_ONCE };
    const unreadCommits = await readInBatches(
      this.#git,
      { ...common, names: unknown, type: 'commit', mostBytes: LARGEST_COMMIT },
      (id, { bytes }) => {
        const commit = readCommit(bytes, decode);
        found.set(id, commit);
        this.#commits.set(id, { value: commit, size: 500 + bytes.length * 2 });
      },
    );
    if (unreadCommits) missing.push(`commits: ${words(unreadCommits)}`);

    const said = new Map<string, Partial<CommitRecord>>();
    const say = (id: string, part: Partial<CommitRecord>) => said.set(id, { ...said.get(id), ...part });
    const notes = await this.#notesOf(repository, tips, ids, missing, signal);
    const keyOf = ({ reference, commit, blob }: Note) => `${reference} ${commit} ${blob}`;
    const unread = new Map<string, Note[]>();
    for (const note of notes) {
      if (this.#known(this.#notes, keyOf(note), (part) => say(note.commit, part))) continue;
      const others = unread.get(note.blob);
      if (others) others.push(note);
      else unread.set(note.blob, [note]);
    }
    const passedOver = new Set(unread.keys());
    const unreadNotes = await readInBatches(
      this.#git,
      { ...common, names: [...unread.keys()], type: 'blob', mostBytes: LARGEST_NOTE },
      (blob, { bytes }) => {
        passedOver.delete(blob);
        for (const note of unread.get(blob) ?? []) {
          const part = readNote(note, bytes, found.get(note.commit)?.time);
          say(note.commit, part);
          this.#notes.set(keyOf(note), { value: part, size: sizeOf(bytes) });
        }
      },
    );
    if (unreadNotes) missing.push(`notes: ${words(unreadNotes)}`);
    else if (passedOver.size > 0) missing.push(`notes: too large or not here: ${passedOver.size}`);
    shrink(this.#commits);
    shrink(this.#notes);
    const records = ids.map((id) => [id, { id, commit: found.get(id), ...said.get(id) }] as const);
    return { records: new Map(records), missing };
  }

  async #notesOf(
    repository: Repository,
    tips: Tips,
    ids: readonly string[],
    missing: string[],
    signal: AbortSignal | undefined,
  ): Promise<Note[]> {
    const notes: Note[] = [];
    for (const reference of NOTE_REFERENCES) {
      const tip = tips.references.get(reference);
      if (tip === undefined) continue;
      const list = await this.#lists.at(repository, tip, signal);
      if ('kind' in list) {
        missing.push(`${reference}: ${wordsOfRefusal(list)}`);
        continue;
      }
      for (const commit of ids) {
        const blob = list.get(commit);
        if (blob !== undefined) notes.push({ commit, blob, reference });
      }
    }
    return notes;
  }

  #known<T>(kept: Map<string, Kept<T>>, key: string, use: (value: T) => void): boolean {
    const entry = kept.get(key);
    if (!entry) return false;
    // What was asked for last goes last.
    kept.delete(key);
    kept.set(key, entry);
    use(entry.value);
    return true;
  }
}

function readNote(
  { reference, commit }: Note,
  bytes: Buffer,
  time: number | undefined,
): Partial<CommitRecord> {
  switch (reference) {
    case 'refs/notes/ai':
      return { gitAi: readGitAiNote(bytes, decode) };
    case 'refs/notes/agentblame':
      return { agentblame: readAgentblameNote(bytes, { commit, time }, decode) };
    case 'refs/notes/ai-attribution':
      return { attribution: readAiAttribution(bytes, decode) };
  }
}

/** What is kept of a note is what it says of lines, as objects. */
function sizeOf(bytes: Buffer): number {
  return 1000 + 12 * (splitNote(bytes)?.attestation.length ?? bytes.length);
}

function shrink(kept: Map<string, Kept<unknown>>): void {
  let size = 0;
  for (const entry of kept.values()) size += entry.size;
  for (const [key, entry] of kept) {
    if (size <= MOST_KEPT) return;
    size -= entry.size;
    kept.delete(key);
  }
}

function words(unread: Unread): string {
  if (unread.kind === 'too-many') return `there is too much of them, ${unread.count} were not read`;
  return wordsOfRefusal(unread);
}
