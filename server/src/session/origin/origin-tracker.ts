import type { TextDocument, TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import type { Cancel, Host } from '../../host/host';
import type { FileOrigins } from '../../origin/lines/file-origins';
import type { LoadedOrigins } from '../../origin/lines/loaded-origins';
import type { OriginRun } from '../../origin/lines/text-origins';
import type { FileInRepository, Repository } from '../../origin/repository/repository';
import { TrackedText } from './tracked-text';

/** What is known of an open document. */
export interface DocumentOrigins {
  readonly version: number;
  /** `unavailable`: nothing can be said of any line. */
  readonly state: 'loading' | 'ready' | 'unavailable';
  /** What is not known, and why. */
  readonly cause: string | undefined;
  /** Of `version`. */
  readonly lines: readonly string[];
  /** Every line once, or none; the same list until the text or what is known of it changes. */
  readonly runs: readonly OriginRun[];
  /** Undefined where it is in no repository, or that is not known yet. */
  readonly file: FileInRepository | undefined;
}

export interface OriginTrackerOptions {
  readonly origins: FileOrigins;
  readonly host: Host;
  /** Nothing is asked of git before `trust`, unless this is true. */
  readonly isTrusted: boolean;
  /** Called when `of` answers something else, and typing has paused. */
  readonly onChanged: (uri: string) => void;
  /** Called when `repositories` has another one. */
  readonly onRepository?: (() => void) | undefined;
}

/** What is wanted of a document: everything, or only which of its lines may raise findings. */
export type OriginNeed = 'all' | 'raising';

interface Entry {
  readonly text: TrackedText;
  need: OriginNeed;
  state: DocumentOrigins['state'];
  cause: string | undefined;
  loading: AbortController | undefined;
  /** Something changed while it was loading. */
  isStale: boolean;
  cancelTelling: Cancel | undefined;
}

/** After an edit; typing faster than this is told when it pauses. */
const TYPING_PAUSE = 200;
/** HEAD and its log change together, and a commit writes more than one reference. */
const RELOAD_PAUSE = 300;
const UNTRUSTED = 'The workspace is not trusted, so git is not asked who wrote the lines.';

/**
 * Who wrote the lines of the open documents. Git is asked when a document is opened and when HEAD, notes or what is
 * on disk change, in the background; edits are followed in memory.
 */
export class OriginTracker {
  readonly #options: OriginTrackerOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #repositories = new Map<string, Repository>();
  #isTrusted: boolean;
  #cancelReload: Cancel | undefined;
  #isDisposed = false;

  constructor(options: OriginTrackerOptions) {
    this.#options = options;
    this.#isTrusted = options.isTrusted;
  }

  /** Whether git may be asked. */
  get isTrusted(): boolean {
    return this.#isTrusted;
  }

  /** Those of the documents that were loaded, and others that matter, since the start. */
  get repositories(): readonly Repository[] {
    return [...this.#repositories.values()];
  }

  /** Adds to `repositories` one that matters, though no document of it may be open. */
  know(repository: Repository): void {
    if (this.#repositories.has(repository.gitFolder)) return;
    this.#repositories.set(repository.gitFolder, repository);
    this.#options.onRepository?.();
  }

  /** Begins with a document, or goes on with another need. Git is asked where it is not followed like this already. */
  follow(text: TextDocument, need: OriginNeed): void {
    const present = this.#entries.get(text.uri);
    if (present?.need === need) return;
    if (present) {
      present.need = need;
      // Of another need was asked for less, or for more than is wanted.
      present.loading?.abort();
      present.loading = undefined;
      if (present.state === 'ready') present.state = 'loading';
      this.#load(text.uri, present);
      return;
    }
    const entry: Entry = {
      ...{ text: new TrackedText(text), need, state: 'loading', cause: undefined },
      ...{ loading: undefined, isStale: false, cancelTelling: undefined },
    };
    this.#entries.set(text.uri, entry);
    this.#load(text.uri, entry);
  }

  /** @param after the text that the changes lead to. */
  change(changes: readonly TextDocumentContentChangeEvent[], after: TextDocument): void {
    const entry = this.#entries.get(after.uri);
    if (!entry) return;
    entry.text.change(changes, after);
    entry.cancelTelling?.();
    entry.cancelTelling = this.#options.host.after(TYPING_PAUSE, () => {
      entry.cancelTelling = undefined;
      entry.text.settle();
      this.#options.onChanged(after.uri);
    });
  }

  close(uri: string): void {
    const entry = this.#entries.get(uri);
    entry?.loading?.abort();
    entry?.cancelTelling?.();
    this.#entries.delete(uri);
  }

  /** From here on git may be asked. */
  trust(): void {
    if (this.#isTrusted) return;
    this.#isTrusted = true;
    for (const [uri, entry] of this.#entries) this.#load(uri, entry);
  }

  /** Something on disk may say something else: HEAD, notes, logs of other tools. Looks again, soon. */
  reload(): void {
    this.#cancelReload?.();
    this.#cancelReload = this.#options.host.after(RELOAD_PAUSE, () => {
      this.#cancelReload = undefined;
      for (const [uri, entry] of this.#entries) this.#load(uri, entry);
    });
  }

  /** What is wanted of a document; undefined where it is not followed. */
  needOf(uri: string): OriginNeed | undefined {
    return this.#entries.get(uri)?.need;
  }

  /** Of the present text; undefined where the document is not open. */
  of(uri: string): DocumentOrigins | undefined {
    const entry = this.#entries.get(uri);
    if (!entry) return undefined;
    const { text, state, cause } = entry;
    const runs = state === 'unavailable' ? [] : (text.runs ?? []);
    return { version: text.version, state, cause, lines: text.lines, runs, file: text.loaded?.file };
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancelReload?.();
    for (const uri of [...this.#entries.keys()]) this.close(uri);
  }

  #load(uri: string, entry: Entry): void {
    if (!this.#isTrusted) {
      this.#tell(uri, entry, 'unavailable', UNTRUSTED);
      return;
    }
    if (entry.loading) {
      entry.isStale = true;
      return;
    }
    const loading = new AbortController();
    entry.loading = loading;
    const isFirst = entry.text.loaded === undefined;
    const onPartial = (partial: LoadedOrigins) => {
      if (loading.signal.aborted) return;
      entry.text.loaded = partial;
      this.#tell(uri, entry, 'loading', undefined);
    };
    const isForRaising = entry.need === 'raising';
    const request = { uri, signal: loading.signal, isForRaising, ...(isFirst && { onPartial }) };
    this.#options.origins.load(request).then(
      (loaded) => {
        if (loading.signal.aborted || this.#isDisposed) return;
        entry.loading = undefined;
        if (loaded === 'unknown-revision') return;
        this.#loaded(uri, entry, loaded);
        if (entry.isStale) {
          entry.isStale = false;
          this.#load(uri, entry);
        }
      },
      (error: unknown) => {
        if (loading.signal.aborted || this.#isDisposed) return;
        entry.loading = undefined;
        this.#options.host.log('error', `Asking who wrote the lines of ${uri} failed: ${error}`);
        this.#tell(uri, entry, 'unavailable', 'Asking who wrote the lines failed; the log says more.');
      },
    );
  }

  #loaded(uri: string, entry: Entry, loaded: LoadedOrigins): void {
    entry.text.loaded = loaded;
    if (loaded.file) this.know(loaded.file.repository);
    const cause = loaded.missing.length > 0 ? `Not known of ${loaded.missing.join('; ')}.` : undefined;
    // A file may say something of itself where git says nothing.
    const isSilent =
      !loaded.file && (entry.text.runs ?? []).every(({ origin }) => origin.evidence.length === 0);
    this.#tell(uri, entry, isSilent ? 'unavailable' : 'ready', cause);
  }

  #tell(uri: string, entry: Entry, state: DocumentOrigins['state'], cause: string | undefined): void {
    entry.state = state;
    entry.cause = cause;
    // While somebody types, it is told when the typing pauses.
    if (!entry.cancelTelling) this.#options.onChanged(uri);
  }
}
