/** Learns who wrote the lines of documents, for findings and for the client, and has it watch what that depends on. */
import {
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesParams,
  type Disposable,
} from 'vscode-languageserver/node';

import { type LineReview, ORIGINS_NOTIFICATION, type OriginsParams } from '../../../protocol/origin';
import type { Git } from '../host/git';
import { type AiLines, aiLines } from '../origin/ai-lines';
import { FileOrigins } from '../origin/lines/file-origins';
import { overrideSource, WorkTreeRecords } from '../reviews/work-tree-records';
import { type DocumentOrigins, OriginTracker } from '../session/origin/origin-tracker';
import { isWatched, watchedBy } from '../session/origin/watched-by';
import type { Context } from './context';
import { guarded } from './guard';
import { toldRuns } from './origin-runs';
import { settingsOf } from './settings';

/** Records are watched, or forgotten when a file is saved. In milliseconds. */
const RECORDS_KEPT_FOR = 60_000;

/** What is known of who reviewed the lines. */
export interface LineReviews {
  /** Whether somebody lists what is not reviewed, who needs to know all of every document. */
  readonly isAsked: boolean;
  linesOf(origins: DocumentOrigins): readonly (readonly LineReview[] | undefined)[];
  /** The regions of documents may be others. */
  changed(): void;
}

export class Origins {
  readonly tracker: OriginTracker;
  readonly files: FileOrigins;
  readonly records: WorkTreeRecords;
  /** To be set before documents are opened. */
  reviews: LineReviews | undefined;
  readonly #context: Context;
  #registration: Promise<Disposable> | undefined;

  /** @param onKnown called when something else is known of a document. */
  constructor(context: Context, git: Git, isTrusted: boolean, onKnown: (uri: string) => void) {
    const { host } = context.session;
    this.#context = context;
    this.records = new WorkTreeRecords(host, RECORDS_KEPT_FOR);
    this.files = new FileOrigins({ git, host, sources: [overrideSource(this.records, host)] });
    this.tracker = new OriginTracker({
      ...{ host, isTrusted, origins: this.files },
      onChanged: (uri) => {
        onKnown(uri);
        this.#inBackground('origins', () => this.#tell(uri));
        this.reviews?.changed();
      },
      onRepository: () => this.#inBackground('watching repositories', () => this.#watch()),
    });
  }

  open(uri: string): void {
    this.tracker.close(uri);
    // They say what is needed of it: see `follow`.
    this.#inBackground('settings for origins', async () => void (await settingsOf(this.#context, uri)));
  }

  /** Asks who wrote the lines of a document as far as its settings need it: for markers, or for the AI switch. */
  follow(uri: string): void {
    const { session, client } = this.#context;
    const [text, settings] = [session.text(uri), session.settings(uri)];
    if (!text || !settings) return;
    if (client.hasCommands && (settings.hasMarkers || this.reviews?.isAsked))
      this.tracker.follow(text, 'all');
    else if (settings.isEnabled && settings.ai) this.tracker.follow(text, 'raising');
    else this.tracker.close(uri);
  }

  /** Of a text that is open; none while they are not known. */
  aiLinesOf({ uri, version }: { readonly uri: string; readonly version: number }): readonly AiLines[] {
    const known = this.tracker.of(uri);
    return known?.version === version ? aiLines(known.runs) : [];
  }

  /** HEAD, notes or a log of another tool may be another one. */
  filesChanged({ changes }: DidChangeWatchedFilesParams): void {
    const { repositories } = this.tracker;
    if (changes.some(({ uri }) => isWatched(repositories, uri))) this.tracker.reload();
  }

  /** Who reviewed the lines may have changed. */
  tellAll(): void {
    for (const uri of this.#context.session.uris) this.#inBackground('origins', () => this.#tell(uri));
  }

  async #tell(uri: string): Promise<void> {
    const origins = this.tracker.of(uri);
    if (!origins || !this.#context.client.hasCommands || this.tracker.needOf(uri) !== 'all') return;
    const { version, state, cause, runs, lines } = origins;
    const params: OriginsParams = {
      ...{ uri, version, state, runs: toldRuns(runs, lines, this.reviews?.linesOf(origins)) },
      ...(cause !== undefined && { cause }),
    };
    await this.#context.connection.sendNotification(ORIGINS_NOTIFICATION, params);
  }

  async #watch(): Promise<void> {
    const { client, connection } = this.#context;
    // Without folders in patterns there is no way to name them: then they are looked at on saving.
    if (!client.watchesFiles || !client.hasRelativePatterns) return;
    const watchers = watchedBy(this.tracker.repositories).map(({ folder, pattern }) => ({
      globPattern: { baseUri: folder, pattern },
    }));
    const former = this.#registration;
    this.#registration = connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    await this.#registration;
    (await former)?.dispose();
  }

  #inBackground(name: string, action: () => Promise<void>): void {
    void guarded(name, this.#context.session.host.log, undefined, action);
  }
}
