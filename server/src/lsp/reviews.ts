/** What is reviewed of AI code: kept up to date, and told to clients that asked for it. */
import type { DidChangeWatchedFilesParams } from 'vscode-languageserver/node';
import type { LineReview } from '../../../protocol/origin';
import { AI_REGIONS_CHANGED_NOTIFICATION } from '../../../protocol/reviews';
import type { Git } from '../host/git';
import type { Cancel } from '../host/host';
import type { Signing } from '../host/signing';
import { aiLines } from '../origin/ai-lines';
import type { OriginRun } from '../origin/lines/text-origins';
import type { DocumentOrigins } from '../session/origin/origin-tracker';
import { isReviewFile, isWatched } from '../session/origin/watched-by';
import { ChangedRegions } from '../session/reviews/changed-regions';
import { RepositoryRecords } from '../session/reviews/repository-records';
import { ReviewTracker } from '../session/reviews/review-tracker';
import type { Session } from '../session/session';
import { SIGN_OFF_FOLDER } from '../signoffs/record';
import type { Context } from './context';
import { guarded } from './guard';
import type { Origins } from './origins';
import { answerOf } from './settings';

/** Regions change with each text that settles; whoever lists them need not hear of each. */
const TELLING_PAUSE = 300;

/** A file that is not open, with what the rules find in it. */
export type CheckedFile = Awaited<ReturnType<Session['checkClosed']>>;

export interface ReviewsParts {
  readonly origins: Origins;
  readonly git: Git;
  readonly signing: Signing;
  /** Of the product. */
  readonly version: string;
}

export class Reviews {
  readonly tracker: ReviewTracker;
  /** What is known of files that are not open. */
  readonly closed: ChangedRegions<CheckedFile>;
  readonly parts: ReviewsParts;
  readonly #context: Context;
  /** Nobody is told who never asked. */
  isAsked = false;
  #cancelTelling: Cancel | undefined;

  constructor(context: Context, parts: ReviewsParts) {
    const { host } = context.session;
    const { git, signing, origins } = parts;
    this.#context = context;
    this.parts = parts;
    this.tracker = new ReviewTracker({
      ...{ git, host, signing, origins: origins.files },
      records: new RepositoryRecords(host, origins.records),
      onChanged: () => {
        origins.tellAll();
        this.changed();
      },
    });
    this.closed = new ChangedRegions({
      ...{ git, host, origins: origins.files },
      folders: () => (origins.tracker.isTrusted ? context.session.folders : []),
      isOpen: (uri) => {
        const wanted = decoded(uri);
        return context.session.uris.some((open) => decoded(open) === wanted);
      },
      check: (uri, text, runs, signal) => this.check({ uri, text, runs }, signal),
      onRepository: (repository) => origins.tracker.know(repository),
      onChanged: () => this.changed(),
    });
  }

  /** What the rules find in a file that is not open. Never comes once it is aborted. */
  async check(
    { uri, text, runs }: { readonly uri: string; readonly text: string; readonly runs: readonly OriginRun[] },
    signal: AbortSignal,
  ): Promise<CheckedFile> {
    const settings = await answerOf(this.#context, uri);
    return this.#context.session.checkClosed({ uri, text, signal }, settings, aiLines(runs));
  }

  /** Records, overrides, policy or keys may be others. */
  filesChanged({ changes }: DidChangeWatchedFilesParams): void {
    const { repositories } = this.parts.origins.tracker;
    const ofReviews = changes.filter(({ uri }) => isReviewFile(repositories, uri));
    if (ofReviews.length > 0) this.reload(ofReviews.some(({ uri }) => !uri.includes(`/${SIGN_OFF_FOLDER}/`)));
    if (!changes.some(({ uri }) => isWatched(repositories, uri))) return;
    // Which commit brought a record may be another one, and who is known to have written lines.
    this.tracker.reload();
    this.closed.again(true);
  }

  /** Records, policy, keys or HEAD may be others. @param areOverrides whether overrides may be others, too. */
  reload(areOverrides: boolean): void {
    this.parts.origins.records.forget();
    this.tracker.reload();
    if (!areOverrides) return;
    // They are evidence, which is read with all other.
    this.parts.origins.tracker.reload();
    this.closed.again(true);
  }

  /** Somebody wants to know when the answer to `AI_REGIONS_REQUEST` is another one. */
  asked(): void {
    this.closed.look();
    if (this.isAsked) return;
    this.isAsked = true;
    for (const uri of this.#context.session.uris) this.parts.origins.follow(uri);
  }

  /** The regions of open documents, or what is found in them, may be others. */
  changed(): void {
    if (!this.isAsked || this.#cancelTelling) return;
    const { session, connection } = this.#context;
    this.#cancelTelling = session.host.after(TELLING_PAUSE, () => {
      this.#cancelTelling = undefined;
      void guarded('aiRegionsChanged', session.host.log, undefined, () =>
        connection.sendNotification(AI_REGIONS_CHANGED_NOTIFICATION),
      );
    });
  }

  /** Why regions may be missing, in sentences. */
  get causes(): readonly string[] {
    return [...this.closed.causes, ...this.tracker.causes];
  }

  /** For each line of a document its reviews, where it is reviewed. */
  linesOf(origins: DocumentOrigins): readonly (readonly LineReview[] | undefined)[] {
    const reviewed = this.tracker.of(origins);
    return (reviewed?.approvals ?? []).map((approvals) =>
      approvals?.map(({ named: { record }, proof }): LineReview => {
        const { reviewer, time, note } = record;
        return {
          reviewer: `${reviewer.name} <${reviewer.email}>`,
          time: Date.parse(time),
          isProven: proof.kind === 'proven',
          ...(note !== undefined && { note }),
        };
      }),
    );
  }

  dispose(): void {
    this.#cancelTelling?.();
    this.#cancelTelling = undefined;
    this.isAsked = false;
    this.closed.dispose();
    this.tracker.dispose();
  }
}

/** Clients differ in what they encode. */
function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
