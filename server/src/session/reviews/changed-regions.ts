import { sha256 } from '../../host/digest';
import type { Git } from '../../host/git';
import type { Cancel, Host } from '../../host/host';
import { decode } from '../../origin/lines/decode';
import type { FileOrigins } from '../../origin/lines/file-origins';
import { recordedPaths } from '../../origin/lines/recorded-paths';
import type { OriginRun } from '../../origin/lines/text-origins';
import { linesOf } from '../../origin/mapping/text-lines';
import {
  type FileInRepository,
  findInRepository,
  type Repository,
  unknownRepository,
} from '../../origin/repository/repository';
import { findBranchBase } from '../../reviews/branch-base';
import { changedFiles } from '../../reviews/changed-files';
import { isRecordPath } from '../../reviews/records-of-commit';
import { isAi } from '../../signoffs/regions';
import { uriIn } from './repository-records';

/** A file that is not open, as it lies in the work tree. */
export interface ChangedFile<Checked> {
  readonly file: FileInRepository;
  readonly lines: readonly string[];
  /** Every line once; the same list until something else is known. */
  readonly runs: readonly OriginRun[];
  readonly checked: Checked;
}

export interface ChangedRegionsOptions<Checked> {
  readonly git: Git;
  readonly host: Host;
  readonly origins: FileOrigins;
  /** URIs of the workspace folders. */
  readonly folders: () => readonly string[];
  /** Whether a file is open: then it is known better. */
  readonly isOpen: (uri: string) => boolean;
  /** What the rules find in a text. Never comes once it is aborted. */
  readonly check: (
    uri: string,
    text: string,
    runs: readonly OriginRun[],
    signal: AbortSignal,
  ) => Promise<Checked>;
  /** Called with each repository that is looked through. */
  readonly onRepository: (repository: Repository) => void;
  /** Called when there is another file, or none any more. */
  readonly onChanged: () => void;
}

/** In bytes; what is larger was written by no hand, and read by none. */
const LARGEST_FILE = 1_000_000;
const MOST_FILES = 1_000;
const MOST_MILLISECONDS = 300_000;
/** After a change on disk; an agent or a commit changes many files in a row. */
const PAUSE = 1_000;
/** Not every change is told. */
const FRESH_FOR = 60_000;

/** Where a folder is in a repository is asked of a file in it, which need not be there. */
const NO_FILE = 'countersign-asks-where-it-is';

interface Known<Checked> {
  readonly key: string;
  /** Undefined where no line is AI. */
  readonly changed: ChangedFile<Checked> | undefined;
}

/**
 * The AI code of files that are not open, as far as the repositories of the workspace changed them: looked through in
 * the background, one file after the other, when somebody asks and when something changes after that.
 */
export class ChangedRegions<Checked> {
  readonly #options: ChangedRegionsOptions<Checked>;
  #known = new Map<string, Known<Checked>>();
  #causes: readonly string[] = [];
  #running: AbortController | undefined;
  #begun = Number.NEGATIVE_INFINITY;
  #isStale = false;
  #cancelPause: Cancel | undefined;
  /** Grows when what is known of who wrote lines may be something else. */
  #evidence = 0;

  constructor(options: ChangedRegionsOptions<Checked>) {
    this.#options = options;
  }

  get isLoading(): boolean {
    return this.#running !== undefined || this.#cancelPause !== undefined;
  }

  /** Why files may be missing, in sentences. */
  get causes(): readonly string[] {
    return this.#causes;
  }

  /** Those with AI lines that are not open. */
  get files(): readonly (ChangedFile<Checked> & { readonly uri: string })[] {
    return [...this.#known].flatMap(([uri, { changed }]) =>
      changed && !this.#options.isOpen(uri) ? [{ uri, ...changed }] : [],
    );
  }

  /** Begins to look, unless that was done lately. */
  look(): void {
    if (this.isLoading || this.#options.host.now() - this.#begun < FRESH_FOR) return;
    this.#begin();
  }

  /** Looks again, soon, if anybody ever did. @param isEvidence whether who wrote lines may be known otherwise. */
  again(isEvidence: boolean): void {
    if (isEvidence) this.#evidence++;
    if (this.#begun === Number.NEGATIVE_INFINITY) return;
    if (this.#running) {
      this.#isStale = true;
      return;
    }
    this.#cancelPause?.();
    this.#cancelPause = this.#options.host.after(PAUSE, () => {
      this.#cancelPause = undefined;
      this.#begin();
    });
  }

  dispose(): void {
    this.#cancelPause?.();
    this.#cancelPause = undefined;
    this.#running?.abort();
    this.#running = undefined;
    this.#begun = Number.NEGATIVE_INFINITY;
  }

  #begin(): void {
    const { host, onChanged } = this.#options;
    const running = new AbortController();
    this.#running = running;
    this.#begun = host.now();
    this.#isStale = false;
    this.#look(running.signal)
      .catch((error: unknown) => host.log('error', `Looking through changed files failed: ${error}`))
      .finally(() => {
        if (running.signal.aborted) return;
        this.#running = undefined;
        onChanged();
        if (this.#isStale) this.again(false);
      });
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { git, host, folders } = this.#options;
    const began = host.now();
    const causes: string[] = [];
    const wanted: { readonly file: FileInRepository; readonly head: string | undefined }[] = [];
    for (const repository of await this.#repositories(folders(), causes, signal)) {
      this.#options.onRepository(repository);
      const found = await findBranchBase(git, repository, signal);
      const { head, base } = 'kind' in found ? { head: undefined, base: undefined } : found;
      const { paths, missing } = await changedFiles(git, repository, base, signal);
      for (const words of missing) causes.push(`Not known of ${words}.`);
      for (const path of new Set([...paths, ...recordedPaths(host, repository)])) {
        if (!isRecordPath(path)) wanted.push({ file: { repository, path }, head });
      }
    }
    const seen = new Set<string>();
    let left = 0;
    for (const { file, head } of wanted) {
      const uri = this.#uriOf(file);
      if (seen.size >= MOST_FILES || host.now() - began > MOST_MILLISECONDS) {
        left++;
        continue;
      }
      seen.add(uri);
      if (!this.#options.isOpen(uri)) await this.#file(uri, file, head, signal);
      if (signal.aborted) return;
    }
    if (left > 0) causes.push(`${left} changed files were not looked at, because there are too many.`);
    for (const uri of this.#known.keys()) if (!seen.has(uri)) this.#known.delete(uri);
    this.#causes = [...new Set(causes)];
  }

  /** Those of the folders, each once. @param causes gets why one of a folder is not known. */
  async #repositories(
    folders: readonly string[],
    causes: string[],
    signal: AbortSignal,
  ): Promise<readonly Repository[]> {
    const { git, host } = this.#options;
    const found = new Map<string, Repository>();
    for (const folder of folders) {
      if (!folder.startsWith('file:')) continue;
      const file = await findInRepository(git, host, `${folder.replace(/\/$/, '')}/${NO_FILE}`, signal);
      if (!('kind' in file)) found.set(file.repository.root, file.repository);
      // A folder in no repository is nothing to tell of; a repository that git does not answer for is.
      else if (file.kind !== 'no-repository' && file.kind !== 'cancelled')
        causes.push(`Not known of what the branch changes: ${unknownRepository(file)}.`);
    }
    return [...found.values()];
  }

  /** As the client calls it: a workspace folder may be a link to where the repository is. */
  #uriOf({ repository, path }: FileInRepository): string {
    const uri = uriIn(repository, path);
    for (const folder of this.#options.folders()) {
      const root = folder.replace(/\/$/, '');
      const real = this.#options.host.realUri(root);
      if (real !== undefined && uri.startsWith(`${real}/`)) return `${root}${uri.slice(real.length)}`;
    }
    return uri;
  }

  async #file(
    uri: string,
    file: FileInRepository,
    head: string | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const { host, origins, check, onChanged } = this.#options;
    const before = this.#known.get(uri);
    // A link is no file of the repository, wherever it leads.
    const [real, root] = [host.realUri(uri), host.realUri(file.repository.root)];
    const isOwn = real !== undefined && decoded(real) === `${decoded(root ?? '')}/${file.path}`;
    const content = isOwn ? host.readBytes(uri, LARGEST_FILE) : undefined;
    const bytes = content && 'bytes' in content && !content.bytes.includes(0) ? content.bytes : undefined;
    const text = bytes && decode(bytes);
    if (text === undefined) {
      if (this.#known.delete(uri) && before?.changed) onChanged();
      return;
    }
    const key = `${this.#evidence} ${head} ${sha256(text)}`;
    if (before?.key === key) return;
    const loaded = await origins.load({ uri, file, signal });
    if (signal.aborted || loaded === 'unknown-revision') return;
    const lines = linesOf(text);
    const runs = loaded.runs(text, lines);
    const isWritten = runs.some(({ origin }) => isAi(origin) || origin.deciding?.source === 'override');
    const checked = isWritten ? await check(uri, text, runs, signal) : undefined;
    if (signal.aborted) return;
    this.#known.set(uri, { key, changed: checked && { file, lines, runs, checked } });
    if (checked !== undefined || before?.changed) onChanged();
  }
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
