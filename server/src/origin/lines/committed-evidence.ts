import { type Git, wordsOfRefusal } from '../../host/git';
import type { BlamedRange } from '../blame/incremental-parser';
import type { TraceRange } from '../notes/agent-trace';
import type { FileInRepository } from '../repository/repository';
import type { Tips } from '../repository/tips';
import { type AgentTraces, isTraced, tracedRanges } from './agent-traces';
import type { CommitRecords } from './commit-records';
import { committedFacts, type FactsPiece } from './committed-facts';
import { decode } from './decode';
import { readInBatches } from './object-batches';
import { asksLineCount, type CommitRecord, type VersionFacts, versionFacts } from './version-facts';

/** Versions of the file, whose text is looked at for what is not reliable. */
const LARGEST_VERSION = 4_000_000;
const MOST_BYTES = 128_000_000;
const AT_ONCE = 16_000_000;

/** Puts together what is known of the lines of one file that one question is about, while blame finds them. */
export class CommittedEvidence {
  readonly #git: Git;
  readonly #records: CommitRecords;
  readonly #file: FileInRepository;
  readonly #tips: Tips;
  readonly #traces: AgentTraces;
  readonly #signal: AbortSignal | undefined;
  readonly #facts = new Map<string, VersionFacts>();
  readonly #missing = new Set<string>();

  constructor(
    {
      git,
      records,
      traces,
    }: { readonly git: Git; readonly records: CommitRecords; readonly traces: AgentTraces },
    {
      file,
      tips,
      signal,
    }: { readonly file: FileInRepository; readonly tips: Tips; readonly signal?: AbortSignal | undefined },
  ) {
    this.#git = git;
    this.#records = records;
    this.#traces = traces;
    this.#file = file;
    this.#tips = tips;
    this.#signal = signal;
  }

  /** What could not be read, in words. */
  get missing(): readonly string[] {
    return [...this.#missing];
  }

  /** Lines whose commit has not been asked for with `learn` are left out. */
  pieces(ranges: readonly BlamedRange[]): FactsPiece[] {
    return committedFacts(ranges, (range) => this.#facts.get(keyOf(range)));
  }

  /** Reads what is known of the commits of some lines. Never rejects. */
  async learn(ranges: readonly BlamedRange[]): Promise<void> {
    const news = new Map<string, BlamedRange>();
    for (const range of ranges) if (!this.#facts.has(keyOf(range))) news.set(keyOf(range), range);
    if (news.size === 0) return;
    const { repository } = this.#file;
    const commits = [...news.values()].map(({ commit }) => commit);
    const { records, missing } = await this.#records.read(repository, this.#tips, commits, this.#signal);
    for (const one of missing) this.#missing.add(one);

    const wanted = new Map<
      string,
      { range: BlamedRange; record: CommitRecord; traces: readonly TraceRange[] }
    >();
    for (const range of news.values()) {
      const record = records.get(range.commit);
      if (!record) continue;
      const traces = this.#traces.of(repository, range.path);
      if (asksLineCount(record, range.path) || isTraced(traces, range, revisionsOf(record))) {
        wanted.set(nameOf(range), { range, record, traces });
      }
      this.#facts.set(
        keyOf(range),
        versionFacts(record, range.path, { lineCount: undefined, isBoundary: range.isBoundary, traced: [] }),
      );
    }
    await this.#readVersions(wanted);
  }

  async #readVersions(
    wanted: ReadonlyMap<string, { range: BlamedRange; record: CommitRecord; traces: readonly TraceRange[] }>,
  ): Promise<void> {
    const unread = await readInBatches(
      this.#git,
      {
        ...{
          repository: this.#file.repository,
          names: [...wanted.keys()],
          type: 'blob',
          signal: this.#signal,
        },
        ...{ mostBytes: LARGEST_VERSION, mostBytesInAll: MOST_BYTES, mostBytesAtOnce: AT_ONCE },
      },
      (name, { bytes }) => {
        const { range, record, traces } = wanted.get(name) ?? {};
        if (!range || !record || !traces) return;
        const revisions = revisionsOf(record);
        const traced =
          traces.length > 0 ? tracedRanges(traces, { path: range.path, text: decode(bytes), revisions }) : [];
        this.#facts.set(
          keyOf(range),
          versionFacts(record, range.path, {
            ...{ lineCount: lineCount(bytes), isBoundary: range.isBoundary, traced },
          }),
        );
      },
    );
    if (!unread) return;
    const reason = unread.kind === 'too-many' ? 'there is too much of it' : wordsOfRefusal(unread);
    this.#missing.add(`former versions of the file: ${reason}`);
  }
}

function keyOf({ commit, path, isBoundary }: BlamedRange): string {
  return `${commit} ${isBoundary} ${path}`;
}

function nameOf({ commit, path }: BlamedRange): string {
  return `${commit}:${path}`;
}

function revisionsOf({ id, commit }: CommitRecord): string[] {
  const [parent] = commit?.parents ?? [];
  return parent === undefined ? [id] : [id, parent];
}

function lineCount(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  return bytes.length === 0 || bytes.at(-1) === 10 ? count : count + 1;
}
