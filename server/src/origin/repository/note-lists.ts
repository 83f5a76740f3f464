import type { Git, GitRefusal } from '../../host/git';
import type { Repository } from './repository';

/** Ids of blobs by the full ids of the commits that they are notes of. */
export type NoteList = ReadonlyMap<string, string>;

/** So many notes of twice 64 digits. */
const MOST_BYTES = 32_000_000;
const MOST_LISTS = 8;

/** Which commits have notes. Lists are kept by the tip of their reference, which never means anything else. */
export class NoteLists {
  readonly #git: Git;
  readonly #lists = new Map<string, NoteList>();

  constructor(git: Git) {
    this.#git = git;
  }

  /**
   * The notes at the tip of a reference, such as `refs/notes/ai`.
   *
   * Its tree is read as it is: `git notes list` was seen to write objects where a tree names a commit twice, and it
   * knows references only, whose tip may move between two questions.
   *
   * @param tip full id; see `readTips`.
   */
  async at(repository: Repository, tip: string, signal?: AbortSignal): Promise<NoteList | GitRefusal> {
    const key = `${repository.commonFolder} ${tip}`;
    const known = this.#lists.get(key);
    if (known) {
      this.#keep(key, known);
      return known;
    }
    const result = await this.#git.run(['ls-tree', '-r', '-z', '--full-tree', tip], {
      folder: repository.root,
      mostBytes: MOST_BYTES,
      mostMilliseconds: 30_000,
      signal,
    });
    if (result.kind !== 'done') return result;
    const list = noteList(result.output.toString('latin1'));
    this.#keep(key, list);
    return list;
  }

  #keep(key: string, list: NoteList): void {
    this.#lists.delete(key);
    this.#lists.set(key, list);
    for (const oldest of this.#lists.keys()) {
      if (this.#lists.size <= MOST_LISTS) return;
      this.#lists.delete(oldest);
    }
  }
}

/** Folders split the ids of commits, at several places in one tree. Other files are no notes. */
function noteList(entries: string): NoteList {
  const list = new Map<string, string>();
  for (const [, blob, path] of entries.matchAll(/\d+ blob ([0-9a-f]+)\t([0-9a-f/]+)\0/g)) {
    const commit = path?.replaceAll('/', '') ?? '';
    if (blob && (commit.length === 40 || commit.length === 64)) list.set(commit, blob);
  }
  return list;
}
