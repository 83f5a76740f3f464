/** Verifies that what a range of commits brings of AI tools was reviewed as the base revision asks. */
import { fileURLToPath } from 'node:url';
import { sha256 } from '../host/digest';
import type { Git } from '../host/git';
import type { Host } from '../host/host';
import type { Signing } from '../host/signing';
import { commitEvidence } from '../origin/commits/commit-evidence';
import type { Commit } from '../origin/commits/commit-object';
import { NOTE_REFERENCES } from '../origin/lines/commit-records';
import { FileOrigins } from '../origin/lines/file-origins';
import { readObjects } from '../origin/repository/objects';
import type { Repository } from '../origin/repository/repository';
import { readTips, type Tips } from '../origin/repository/tips';
import { cleanText } from '../origin/stranger-text';
import { CONFIGURATION_NAME } from '../session/configuration/configuration-name';
import { requirementsFor } from '../session/configuration/review-policy';
import { isOverride, type NamedRecord, type Override, SIGN_OFF_FOLDER } from '../signoffs/record';
import { type BaseRules, readBaseRules } from './base-rules';
import { type CommitRange, commitsBetween } from './commit-range';
import { missingPolicy } from './missing-policy';
import { readPerson } from './person';
import { type FoundRecords, isRecordPath, pathOf, RecordJudge, readRecords } from './records-of-commit';
import { type AiCommit, reviewOfText } from './review-of-text';
import { readTree, type Tree, Unanswered } from './tree';
import type { VerifyFinding, VerifyReport } from './verify-report';

export interface VerifyParts {
  readonly git: Git;
  readonly host: Host;
  readonly signing: Signing;
}

const AT_ONCE = 4;
const LARGEST_FILE = 4_000_000;
const DID = {
  lines: 'wrote this',
  commit: 'took part in the commit or the file of these lines',
  either: 'wrote this, or took part in it',
} as const;

/** @returns the report; or, where the base has a policy that nobody understands, what is wrong with it. @throws Unanswered */
export async function verifyRange(
  parts: VerifyParts,
  repository: Repository,
  range: CommitRange,
): Promise<VerifyReport | { readonly problems: readonly string[] }> {
  const { git } = parts;
  const person = await readPerson(git, repository);
  const [guarding, after] = [
    await readTree(git, repository, range.rules),
    await readTree(git, repository, range.head),
  ];
  const rules = await readBaseRules(parts, repository, guarding, person);
  if (rules.problems.length > 0) return { problems: rules.problems };
  const tips = await readTips(git, repository, NOTE_REFERENCES);
  if ('kind' in tips) throw new Unanswered('Notes cannot be looked up', tips);
  const commits = await commitsBetween(git, repository, range.base, range.head);
  const found = await readRecords(git, repository, after);
  const origins = new FileOrigins(parts);
  const judge = new RecordJudge({
    ...{ repository, head: range.head, host: parts.host, origins, signing: parts.signing },
    keys: rules.keys,
  });
  return new RangeVerification({
    parts,
    repository,
    range,
    tips: { ...tips, head: range.head },
    guarding,
    before: range.base === undefined ? new Map() : guarding,
    after,
    rules,
    commits,
    found,
    origins,
    judge,
  }).run();
}

interface Known {
  readonly parts: VerifyParts;
  readonly repository: Repository;
  readonly range: CommitRange;
  readonly tips: Tips;
  /** What decides. */
  readonly guarding: Tree;
  readonly before: Tree;
  readonly after: Tree;
  readonly rules: BaseRules;
  readonly commits: ReadonlyMap<string, Commit | undefined>;
  readonly found: FoundRecords;
  readonly origins: FileOrigins;
  readonly judge: RecordJudge;
}

class RangeVerification {
  readonly #known: Known;
  readonly #findings: VerifyFinding[] = [];
  readonly #degraded: { file: string; cause: string }[] = [];
  /** Where their first line is. */
  readonly #aiCommits = new Map<string, AiCommit & { readonly file: string }>();
  readonly #placedOverrides = new Set<string>();
  #files = 0;
  #reviewed = 0;
  #unproven = 0;
  #unreviewed = 0;

  constructor(known: Known) {
    this.#known = known;
  }

  async run(): Promise<VerifyReport> {
    const { repository, range, rules, commits, found } = this.#known;
    const changed = this.#changedFiles();
    await inPool(changed, AT_ONCE, (path) => this.#file(path));
    await this.#records();
    this.#commits();
    if (found.unread > 0) {
      const message = `${found.unread} records were not read, because there are too many.`;
      this.#find('badRecord', { file: SIGN_OFF_FOLDER, message }, 'too many');
    }
    for (const message of missingPolicy(rules, this.#known.guarding, this.#reviewed + this.#unreviewed > 0)) {
      this.#find('policyMissing', { file: CONFIGURATION_NAME, message }, message);
    }
    return {
      root: fileURLToPath(repository.root),
      ...{ base: range.rules, head: range.head, all: range.base === undefined },
      commits: commits.size,
      files: this.#files,
      lines: { reviewed: this.#reviewed, unproven: this.#unproven, unreviewed: this.#unreviewed },
      findings: this.#findings.sort(byPlace),
      degraded: this.#degraded.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)),
    };
  }

  /** A record is no code; what lies between records and is none is looked at like any file. */
  #changedFiles(): string[] {
    const { before, after, found } = this.#known;
    const invalid = new Set(found.invalid.map(({ path }) => path));
    return [...after].flatMap(([path, { isFile, id }]) => {
      const isRecord = isRecordPath(path) && !invalid.has(path);
      return isFile && !isRecord && before.get(path)?.id !== id ? [path] : [];
    });
  }

  async #file(path: string): Promise<void> {
    const { repository, range, tips, rules, found, after, commits, judge, origins } = this.#known;
    const requirements = requirementsFor(rules.policy, path, rules.owners);
    const uri = `${repository.root}/${path.split('/').map(encodeURIComponent).join('/')}`;
    const loaded = await origins.load({
      ...{ uri, revision: range.head, since: range.base, tips, file: { repository, path } },
    });
    if (loaded === 'unknown-revision' || loaded.text === undefined) {
      if (await this.#isBinary(path)) return;
      const cause =
        loaded === 'unknown-revision' ? 'there is no such commit' : (loaded.missing[0] ?? 'git does not say');
      this.#find('unknown', { file: path, message: `It is not known ${cause}.` }, path);
      return;
    }
    this.#files++;
    for (const cause of loaded.missing) this.#degraded.push({ file: path, cause });
    const isThere = (other: string) => after.has(other);
    const verified = await reviewOfText({
      ...{ path, text: loaded.text, loaded, requirements, records: found.records },
      ...{ isThere, judge },
      isAsked: (commit) => commit !== undefined && commits.has(commit),
      authorOf: (commit) => commits.get(commit ?? '')?.author.address.toLowerCase(),
    });
    this.#reviewed += verified.reviewed;
    this.#unproven += verified.unproven;
    this.#unreviewed += verified.unreviewed;
    for (const [commit, found] of verified.aiCommits) {
      const known = this.#aiCommits.get(commit);
      if (!known || path < known.file) this.#aiCommits.set(commit, { file: path, ...found });
    }
    for (const id of verified.placedOverrides) this.#placedOverrides.add(id);
    for (const { start, end, reason, tools, knownOf, fingerprint } of verified.regions) {
      const by = `${tools.length > 0 ? tools.join(', ') : 'An AI tool'} ${DID[knownOf]}`;
      const place = { file: path, line: start + 1, endLine: end };
      this.#find('unreviewed', { ...place, message: `${by}: ${reason}.` }, fingerprint);
    }
  }

  /** What git takes for no text has no lines. */
  async #isBinary(path: string): Promise<boolean> {
    const { parts, repository, after } = this.#known;
    const id = after.get(path)?.id ?? '';
    const most = { mostBytes: LARGEST_FILE, mostBytesInAll: LARGEST_FILE };
    const objects = await readObjects(parts.git, { repository, names: [id], type: 'blob', ...most });
    return !('kind' in objects) && objects.get(id)?.bytes?.includes(0) === true;
  }

  /** Those that the range brings: what was there before was somebody else's to refuse. */
  async #records(): Promise<void> {
    const { before, found, judge } = this.#known;
    for (const { path, reason } of found.invalid) {
      if (before.has(path)) continue;
      this.#find('badRecord', { file: path, message: `This is no record of a review: ${reason}.` }, path);
    }
    await inPool(found.records, AT_ONCE, async (named) => {
      const path = pathOf(named);
      const isNew = !before.has(path);
      if (!isNew && !this.#placedOverrides.has(named.id)) return;
      const reason = await judge.voidBecause(named);
      if (reason !== undefined && isNew) {
        this.#find('badRecord', { file: path, message: `This record is void: ${reason}.` }, path);
      } else if (isOverride(named)) await this.#override(named, path);
    });
  }

  async #override(named: NamedRecord<Override>, path: string): Promise<void> {
    const { claim, reviewer, reason, path: file } = named.record;
    const proof = await this.#known.judge.proofOf(named);
    const proven =
      proof.kind === 'proven' ? 'proven by a signature' : `recorded, not proven: ${proof.reason}`;
    const there = this.#placedOverrides.has(named.id) ? '' : ' Its text is not among the changed files.';
    const who = claim === 'ai' ? 'an AI tool' : 'a person';
    const message =
      `${reviewer.name} <${reviewer.email}> says that ${who} wrote lines of ${cleanText(file)}: ` +
      `${reason} (${proven}).${there}`;
    this.#find('override', { file: path, message }, path);
  }

  #commits(): void {
    const { rules, commits } = this.#known;
    if (!rules.policy.requireTrailer) return;
    for (const [id, commit] of commits) {
      const place = this.#aiCommits.get(id);
      if (!place) continue;
      if (commit !== undefined && commitEvidence(id, commit).length > 0) continue;
      const { file, line, tool = 'Claude Code' } = place;
      const subject = cleanText(commit?.message.split('\n', 1)[0], 60) ?? '';
      const message =
        `Commit ${id.slice(0, 7)} (${subject}) has lines that an AI tool wrote, and its message does not say so. ` +
        `Add a trailer such as \`Assisted-by: ${tool}\`.`;
      this.#find('untagged', { file, line: line + 1, commit: id, message }, id);
    }
  }

  #find(
    kind: VerifyFinding['kind'],
    finding: Omit<VerifyFinding, 'kind' | 'fingerprint'>,
    about: string,
  ): void {
    this.#findings.push({ kind, ...finding, fingerprint: sha256(`${kind} ${about}`) });
  }
}

function byPlace(a: VerifyFinding, b: VerifyFinding): number {
  const key = ({ file, line = 0, message }: VerifyFinding) => [file, line, message] as const;
  const [one, other] = [key(a), key(b)];
  for (const [index, value] of one.entries()) {
    const against = other[index] as typeof value;
    if (value !== against) return value < against ? -1 : 1;
  }
  return 0;
}

async function inPool<T>(
  items: readonly T[],
  most: number,
  action: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const work = async () => {
    for (const item of rest) await action(item);
  };
  await Promise.all(Array.from({ length: most }, work));
}
