import type { Repository } from '../../origin/repository/repository';
import type { DocumentOrigins } from '../origin/origin-tracker';
import { RepositoryReviews, type ReviewParts } from './repository-reviews';
import type { ReviewedText } from './reviewed-text';

export interface ReviewTrackerOptions extends ReviewParts {
  /** Called when texts that were not edited may be reviewed now, or no longer. */
  readonly onChanged: () => void;
}

/**
 * Which lines of texts are reviewed, at present: of open documents as of files that are not open. What is slow is
 * asked in the background.
 */
export class ReviewTracker {
  readonly #options: ReviewTrackerOptions;
  readonly #repositories = new Map<string, RepositoryReviews>();
  /** By the list of runs, which is another one after each edit. */
  #reviewed = new WeakMap<object, ReviewedText>();
  #isDisposed = false;

  constructor(options: ReviewTrackerOptions) {
    this.#options = options;
  }

  /** Undefined where nothing can be reviewed, because the document is in no repository. */
  of({ file, lines, runs }: Pick<DocumentOrigins, 'file' | 'lines' | 'runs'>): ReviewedText | undefined {
    if (!file) return undefined;
    const known = this.#reviewed.get(runs);
    if (known) return known;
    const reviewed = this.in(file.repository).review(file.path, { lines, runs });
    this.#reviewed.set(runs, reviewed);
    return reviewed;
  }

  in(repository: Repository): RepositoryReviews {
    const known = this.#repositories.get(repository.root);
    if (known) return known;
    const reviews = new RepositoryReviews(this.#options, repository, () => this.#changed());
    this.#repositories.set(repository.root, reviews);
    return reviews;
  }

  /** What is wrong with the policies in force, in sentences. */
  get causes(): readonly string[] {
    return [...this.#repositories.values()].flatMap(({ rules }) => rules.problems);
  }

  /** Records, policy, keys or HEAD may be others. */
  reload(): void {
    for (const reviews of this.#repositories.values()) reviews.reload();
    this.#changed();
  }

  dispose(): void {
    this.#isDisposed = true;
  }

  #changed(): void {
    if (this.#isDisposed) return;
    this.#reviewed = new WeakMap();
    this.#options.onChanged();
  }
}
