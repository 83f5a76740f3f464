import { sha256 } from '../../host/digest';
import type { Git } from '../../host/git';
import type { Host } from '../../host/host';
import type { Signing } from '../../host/signing';
import type { FileOrigins } from '../../origin/lines/file-origins';
import type { Repository } from '../../origin/repository/repository';
import { findBranchBase } from '../../reviews/branch-base';
import { readAuthors } from '../../reviews/commit-authors';
import { type Person, readPerson } from '../../reviews/person';
import { RecordJudge } from '../../reviews/records-of-commit';
import { type ReviewRules, reviewRules } from '../../reviews/review-rules';
import { readTrustedKeys } from '../../reviews/trusted-keys';
import type { Requirements } from '../../signoffs/approvals';
import type { NamedRecord } from '../../signoffs/record';
import { CODE_OWNERS_PLACES, LONGEST_CODE_OWNERS } from '../configuration/code-owners';
import { CONFIGURATION_NAME } from '../configuration/configuration-name';
import { requirementsFor } from '../configuration/review-policy';
import { Judgements } from './judgements';
import type { RepositoryRecords } from './repository-records';
import { uriIn } from './repository-records';
import { type ReviewedText, reviewedText, type TextToReview } from './reviewed-text';

export interface ReviewParts {
  readonly git: Git;
  readonly host: Host;
  readonly signing: Signing;
  readonly origins: FileOrigins;
  readonly records: RepositoryRecords;
}

const LONGEST_CONFIGURATION = 1_000_000;

/** What decides over reviews in one work tree, as it is there at present, and what is known of its records. */
export class RepositoryReviews {
  readonly repository: Repository;
  readonly #parts: ReviewParts;
  readonly #onChanged: () => void;
  readonly #judgements: Judgements;
  readonly #authors = new Map<string, string | undefined>();
  #rules: ReviewRules | undefined;
  /** Of the person; undefined until it is known. */
  #address: string | undefined;
  #preparing: Promise<void> | undefined;
  #isStale = true;
  #turn = 0;

  /** @param onChanged called when `review` answers something else. */
  constructor(parts: ReviewParts, repository: Repository, onChanged: () => void) {
    this.#parts = parts;
    this.repository = repository;
    this.#onChanged = onChanged;
    this.#judgements = new Judgements(onChanged);
  }

  /** Policy and owners as they lie in the work tree. What is merged is judged by those of the base instead. */
  get rules(): ReviewRules {
    this.#rules ??= this.#readRules();
    return this.#rules;
  }

  requirementsFor(path: string): Requirements {
    return requirementsFor(this.rules.policy, path, this.rules.owners);
  }

  /** In memory, but for records and policy, which are read once. What has to be asked first is asked in the background. */
  review(path: string, text: TextToReview): ReviewedText {
    const requirements = this.requirementsFor(path);
    const unknown = new Set<string>();
    const reviewed = reviewedText(text, {
      requirements,
      records: this.#parts.records.of(this.repository, path),
      judgementOf: (named) => this.#judgements.of(named),
      authorOf: (commit) => {
        if (requirements.authorMayReview) return undefined;
        if (commit === undefined) return this.#address;
        if (!this.#authors.has(commit)) unknown.add(commit);
        return this.#authors.get(commit);
      },
    });
    if (unknown.size > 0) void this.#learnAuthors([...unknown]);
    if (this.#isStale && (this.#judgements.isWaiting || !requirements.authorMayReview)) void this.prepare();
    return reviewed;
  }

  /** Asked anew each time: settings of git are not watched. */
  async person(): Promise<Person> {
    const person = await readPerson(this.#parts.git, this.repository);
    this.#address = person.reviewer?.email.toLowerCase();
    return person;
  }

  /** Judges records that were made now, by the settings of git as they are now. */
  async judge(records: readonly NamedRecord[]): Promise<void> {
    this.#isStale = true;
    await this.prepare();
    await this.#judgements.judge(records);
  }

  /** Policy, keys or HEAD may be others. */
  reload(): void {
    this.#rules = undefined;
    const wasPrepared = !this.#isStale;
    this.#isStale = true;
    if (wasPrepared) void this.prepare();
  }

  /** Learns who the person is and whose keys count, where that is not known. Never rejects. */
  prepare(): Promise<void> {
    if (!this.#isStale) return this.#preparing ?? Promise.resolve();
    this.#isStale = false;
    // One after the other: what was asked before the last reload must not be the last word. In a row of reloads,
    // such as those of a rebase, those in between are left out.
    const turn = ++this.#turn;
    const before = this.#preparing ?? Promise.resolve();
    this.#preparing = before
      .then(() => (turn === this.#turn ? this.#prepare() : undefined))
      .catch((error: unknown) => {
        this.#parts.host.log('error', `Asking whose signatures count failed: ${error}`);
      });
    return this.#preparing;
  }

  async #prepare(): Promise<void> {
    const { git, host, origins, signing } = this.#parts;
    const before = this.#address;
    const [person, found] = [await this.person(), await findBranchBase(git, this.repository)];
    const { head, base } = 'kind' in found ? { head: undefined, base: undefined } : found;
    const keys = await readTrustedKeys({ git, host }, this.repository, base, person);
    const judge = new RecordJudge({
      ...{ repository: this.repository, head: undefined, host, origins, signing, keys },
    });
    // Which commit brought a record, and whose keys count.
    this.#judgements.use(judge, sha256(JSON.stringify([head, keys])));
    if (this.#address !== before) this.#onChanged();
  }

  async #learnAuthors(commits: readonly string[]): Promise<void> {
    for (const commit of commits) this.#authors.set(commit, undefined);
    const authors = await readAuthors(this.#parts.git, this.repository, commits);
    for (const [commit, author] of authors) this.#authors.set(commit, author);
    if (authors.size > 0) this.#onChanged();
    // Git failed, and may not the next time.
    else for (const commit of commits) this.#authors.delete(commit);
  }

  #readRules(): ReviewRules {
    const { host } = this.#parts;
    const root = host.realUri(this.repository.root);
    const unread: string[] = [];
    const read = (path: string, mostBytes: number): string | undefined => {
      const real = host.realUri(uriIn(this.repository, path));
      if (real === undefined) return undefined;
      const file = real.startsWith(`${root}/`) ? host.readBytes(real, mostBytes) : undefined;
      if (file && 'bytes' in file) return new TextDecoder().decode(file.bytes);
      unread.push(path);
      return undefined;
    };
    const configuration = read(CONFIGURATION_NAME, LONGEST_CONFIGURATION);
    const ownersPath = CODE_OWNERS_PLACES.find(
      (path) => host.realUri(uriIn(this.repository, path)) !== undefined,
    );
    const owners = ownersPath === undefined ? undefined : read(ownersPath, LONGEST_CODE_OWNERS);
    return reviewRules({ configuration, ownersPath, owners, unread }, host.today());
  }
}
