/** What is reviewed of AI code: kept up to date, and told to clients that asked for it. */
import type { DidChangeWatchedFilesParams } from 'vscode-languageserver/node';
import type { LineReview } from '../../../protocol/origin';
import { AI_REGIONS_CHANGED_NOTIFICATION } from '../../../protocol/reviews';
import type { Git } from '../host/git';
import type { Cancel } from '../host/host';
import type { Signing } from '../host/signing';
import type { DocumentOrigins } from '../session/origin/origin-tracker';
import { isReviewFile, isWatched } from '../session/origin/watched-by';
import { RepositoryRecords } from '../session/reviews/repository-records';
import { ReviewTracker } from '../session/reviews/review-tracker';
import type { Context } from './context';
import { guarded } from './guard';
import type { Origins } from './origins';

/** Regions change with each text that settles; whoever lists them need not hear of each. */
const TELLING_PAUSE = 300;

export interface ReviewsParts {
  readonly origins: Origins;
  readonly git: Git;
  readonly signing: Signing;
  /** Of the product. */
  readonly version: string;
}

export class Reviews {
  readonly tracker: ReviewTracker;
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
  }

  /** Records, overrides, policy or keys may be others. */
  filesChanged({ changes }: DidChangeWatchedFilesParams): void {
    const { repositories } = this.parts.origins.tracker;
    if (changes.some(({ uri }) => isReviewFile(repositories, uri))) this.reload();
    // Which commit brought a record may be another one.
    else if (changes.some(({ uri }) => isWatched(repositories, uri))) this.tracker.reload();
  }

  /** Records, overrides, policy, keys or HEAD may be others. */
  reload(): void {
    this.parts.origins.records.forget();
    this.tracker.reload();
    // Overrides are evidence, which is read with all other.
    this.parts.origins.tracker.reload();
  }

  /** Somebody wants to know when the answer to `AI_REGIONS_REQUEST` is another one. */
  asked(): void {
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
    this.tracker.dispose();
  }
}
