/**
 * `--record`: which findings were there before and are gone, and the records of that. What could be the same finding
 * by another name, or was only hidden, is not recorded: a record says that something was fixed.
 */
import { fileURLToPath, pathToFileURL } from 'node:url';

import { blobId } from '../../host/digest';
import type { Git } from '../../host/git';
import type { Host } from '../../host/host';
import { readBytes } from '../../host/read-bytes';
import { findInRepository, type Repository, unknownRepository } from '../../origin/repository/repository';
import { newResolved, type ResolvedRecord } from '../../resolved/resolved-record';
import { ResolvedRecords } from '../../resolved/resolved-records';
import { writeResolved } from '../../resolved/write-resolved';
import { readTree, type Tree } from '../../reviews/tree';
import { MOST_BYTES } from '../../session/size-limits';
import { UsageError } from '../command';
import type { BaselineEntry, FindingKey } from './baseline';
import type { ChangedSince } from './changed-since';
import { type KnownFindings, nameOf } from './known-findings';
import type { FoundFinding } from './reported-part';
import type { Scope } from './scope';

export interface RecordedFinding extends BaselineEntry {
  /** Path of the record. Both are from the root of the repository. */
  readonly record: string;
}

/** A file as it was looked at. */
export interface LookedAt {
  /** All that is found, whether shown or not. */
  readonly found: readonly FoundFinding[];
  /** What would have been reported before the change; none where nothing is compared with. */
  readonly former: readonly FindingKey[];
  /** Whether all of it could be checked. */
  readonly isWhole: boolean;
}

export interface ResolvedInScanParts {
  readonly git: Git;
  readonly host: Host;
  readonly scope: Scope;
  /** Of Countersign. */
  readonly version: string;
  readonly since: ChangedSince | undefined;
  readonly baseline: KnownFindings | undefined;
}

export class ResolvedInScan {
  readonly #parts: ResolvedInScanParts;
  readonly #repository: Repository;
  readonly #files = new Map<string, LookedAt>();

  private constructor(parts: ResolvedInScanParts, repository: Repository) {
    this.#parts = parts;
    this.#repository = repository;
  }

  /** @throws UsageError where nothing could be recorded, or nothing would be known of what is gone. */
  static async begin(parts: ResolvedInScanParts): Promise<ResolvedInScan> {
    const { since, baseline, git, host, scope, version } = parts;
    if (!since && baseline?.writtenBy !== undefined && baseline.writtenBy !== version) {
      throw new UsageError(
        `The baseline was written by Countersign ${baseline.writtenBy.replace(/\p{C}/gu, '?')} and this is ${version}, so a finding may be gone because the rules are others. Write the baseline anew with \`--update-baseline\`, or name a revision with \`--base\`.`,
      );
    }
    if (since) return new ResolvedInScan(parts, since.repository);
    const place = await findInRepository(git, host, `${pathToFileURL(scope.root).href}/x`);
    if (!('kind' in place)) return new ResolvedInScan(parts, place.repository);
    throw new UsageError(
      place.kind === 'no-repository'
        ? 'Records of fixes are kept in a git repository, and this folder is in none. Leave out `--record`.'
        : `Nothing can be recorded: ${unknownRepository(place)}.`,
    );
  }

  /** @param path absolute. */
  checked(path: string, file: LookedAt): void {
    this.#files.set(path, file);
  }

  /** @throws UsageError where the records cannot be written. */
  async write(): Promise<readonly RecordedFinding[]> {
    const gone = this.#parts.since ? this.#goneSince() : this.#goneFromBaseline();
    const { byPath } = new ResolvedRecords(this.#parts.host).in(this.#repository.root);
    const unknown = gone.filter(({ file, ...key }) => !byPath.get(file)?.has(nameOf(key)));
    if (unknown.length === 0) return [];
    const commits = await this.#commitsOf(unknown.map(({ file }) => file));
    const how = {
      time: new Date().toISOString(),
      tool: `countersign ${this.#parts.version}`,
      by: 'scan',
    } as const;
    const records = unknown.map(
      ({ file, ruleId, fingerprint }): ResolvedRecord =>
        newResolved({ ruleId, fingerprint, path: file, commit: commits.get(file) }, how),
    );
    const written = await writeResolved(this.#parts.git, this.#repository, records);
    if ('refusal' in written) throw new UsageError(written.refusal);
    return unknown.map((entry, i) => ({ ...entry, record: written.paths[i] as string }));
  }

  #goneSince(): readonly BaselineEntry[] {
    const appeared = new Set<string>();
    for (const { found, former } of this.#files.values()) {
      const before = new Set(former.map(nameOf));
      for (const finding of found) if (!before.has(nameOf(finding))) appeared.add(finding.ruleId);
    }
    return [...this.#files].flatMap(([path, { found, former, isWhole }]) => {
      if (!isWhole) return [];
      const present = new Set(found.map(nameOf));
      const file = this.#parts.since?.pathInRepository(path) as string;
      return former
        .filter((finding) => !present.has(nameOf(finding)) && !appeared.has(finding.ruleId))
        .map(({ ruleId, fingerprint }) => ({ file, ruleId, fingerprint }));
    });
  }

  #goneFromBaseline(): readonly BaselineEntry[] {
    const { baseline } = this.#parts;
    if (!baseline) return [];
    const found = new Map([...this.#files].map(([path, file]) => [baseline.nameIn(path), file]));
    // What is new may be what was there, in a function of another name or in another file.
    const appeared = new Set(
      [...this.#files].flatMap(([path, file]) => {
        const known = new Set(baseline.of(path).map(nameOf));
        return file.found.filter((each) => !known.has(nameOf(each))).map(({ ruleId }) => ruleId);
      }),
    );
    return baseline.gone.filter((entry) => {
      const file = found.get(entry.file);
      if (!file?.isWhole || appeared.has(entry.ruleId)) return false;
      return !file.found.some((each) => nameOf(each) === nameOf(entry));
    });
  }

  /** The commit that changed each file since the base, where there is exactly one and nothing came after it. */
  async #commitsOf(files: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { since, git } = this.#parts;
    const commits = new Map<string, string>();
    if (!since?.base || !since.head || since.base === since.head) return commits;
    const tree = await readTree(git, this.#repository, since.head);
    for (const file of new Set(files)) {
      if (!this.#isCommitted(file, tree)) continue;
      const result = await git.run(
        ['rev-list', '--max-count=2', since.head, `^${since.base}`, '--', `:(top,literal)${file}`],
        { folder: this.#repository.root, mostBytes: 1000, mostMilliseconds: 30_000 },
      );
      const [only = '', ...more] =
        result.kind === 'done' ? result.output.toString('latin1').trim().split('\n') : [];
      if (more.length === 0 && /^[0-9a-f]{40,64}$/.test(only)) commits.set(file, only);
    }
    return commits;
  }

  #isCommitted(path: string, tree: Tree): boolean {
    const id = tree.get(path)?.id;
    const file = readBytes(`${fileURLToPath(this.#repository.root)}/${path}`, MOST_BYTES);
    return id !== undefined && file !== undefined && 'bytes' in file && blobId(file.bytes, id.length) === id;
  }
}
