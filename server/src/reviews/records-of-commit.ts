/** The records that a commit has, and whether each counts: who brought it, and whether its signature proves it. */
import { sha256 } from '../host/digest';
import type { Git } from '../host/git';
import type { Host } from '../host/host';
import type { Signing, TrustedKeys } from '../host/signing';
import { decode } from '../origin/lines/decode';
import type { FileOrigins } from '../origin/lines/file-origins';
import type { Repository } from '../origin/repository/repository';
import type { Proof } from '../signoffs/approvals';
import type { Judgement } from '../signoffs/line-reviews';
import { type NamedRecord, OVERRIDE_FOLDER, SIGN_OFF_FOLDER } from '../signoffs/record';
import { LONGEST_RECORD, readRecord, recordPath, signedText } from '../signoffs/record-file';
import { isAi } from '../signoffs/regions';
import { readTexts, type Tree } from './tree';

const MOST_RECORDS = 20_000;

/** A file that lies where records lie and is none, or counts for nothing. */
export interface BadRecord {
  readonly path: string;
  /** May follow a colon. */
  readonly reason: string;
}

export interface FoundRecords {
  /** Those that can be read; whether they count is another question. */
  readonly records: readonly NamedRecord[];
  readonly invalid: readonly BadRecord[];
  /** How many were not read, because there are too many. */
  readonly unread: number;
}

const UNASKED: Proof = { kind: 'unproven', reason: 'nobody asked' };

/** Whether a path is where records lie. */
export function isRecordPath(path: string): boolean {
  return path.startsWith(`${SIGN_OFF_FOLDER}/`) || path.startsWith(`${OVERRIDE_FOLDER}/`);
}

/** @throws Unanswered */
export async function readRecords(git: Git, repository: Repository, tree: Tree): Promise<FoundRecords> {
  const all = [...tree.keys()].filter(isRecordPath);
  const paths = all.slice(0, MOST_RECORDS);
  const texts = await readTexts(git, repository, tree, paths, LONGEST_RECORD);
  const records: NamedRecord[] = [];
  const invalid: BadRecord[] = [];
  for (const path of paths) {
    const read = tree.get(path)?.isFile
      ? readRecord(path, texts.get(path), sha256)
      : { reason: 'it is no file' };
    if ('reason' in read) invalid.push({ path, reason: read.reason });
    else records.push(read);
  }
  return { records, invalid, unread: all.length - paths.length };
}

export function pathOf({ id, record }: NamedRecord): string {
  return recordPath(record.kind, id);
}

/** Answers what has to be asked of a record once. */
export class RecordJudge {
  readonly #repository: Repository;
  readonly #head: string | undefined;
  readonly #host: Host;
  readonly #origins: FileOrigins;
  readonly #signing: Signing;
  readonly #keys: TrustedKeys;
  readonly #voids = new Map<string, Promise<string | undefined>>();
  readonly #proofs = new Map<string, Promise<Proof>>();

  constructor(parts: {
    readonly repository: Repository;
    /** A commit that has the records; undefined for those in the work tree. */
    readonly head: string | undefined;
    readonly host: Host;
    readonly origins: FileOrigins;
    readonly signing: Signing;
    readonly keys: TrustedKeys;
  }) {
    this.#repository = parts.repository;
    this.#head = parts.head;
    this.#host = parts.host;
    this.#origins = parts.origins;
    this.#signing = parts.signing;
    this.#keys = parts.keys;
  }

  /** Why a record counts for nothing, in words that may follow a colon; undefined where it counts. */
  async voidBecause(named: NamedRecord): Promise<string | undefined> {
    const known = this.#voids.get(named.id);
    if (known) return known;
    const answer = this.#judge(named);
    this.#voids.set(named.id, answer);
    return answer;
  }

  /** What its signature proves. */
  proofOf(named: NamedRecord): Promise<Proof> {
    const known = this.#proofs.get(named.id);
    if (known) return known;
    const answer = this.#prove(named);
    this.#proofs.set(named.id, answer);
    return answer;
  }

  /** Both. Where the record is void, its signature was not asked about. */
  async judgementOf(named: NamedRecord): Promise<Judgement> {
    const voidBecause = await this.voidBecause(named);
    if (voidBecause !== undefined) return { voidBecause, proof: UNASKED };
    return { voidBecause, proof: await this.proofOf(named) };
  }

  async #judge(named: NamedRecord): Promise<string | undefined> {
    const path = pathOf(named);
    const uri = `${this.#repository.root}/${path}`;
    const file = { repository: this.#repository, path };
    const loaded = await this.#origins.load({ uri, revision: this.#head, file });
    const text =
      loaded === 'unknown-revision' ? undefined : this.#head === undefined ? this.#onDisk(uri) : loaded.text;
    if (loaded === 'unknown-revision' || text === undefined) return 'it is not known which commit brought it';
    const run = loaded.runs(text).find(({ origin }) => isAi(origin));
    if (run) {
      const { tool = 'an AI tool' } = run.origin.deciding ?? {};
      const commit = run.commit === undefined ? '' : `, ${run.commit.slice(0, 7)}`;
      const what = run.commit === undefined ? 'it' : 'the commit that brings it';
      return `${what} is AI by evidence: ${tool}${commit}`;
    }
    const proof = await this.proofOf(named);
    return proof.kind === 'refuted' ? proof.reason : undefined;
  }

  #onDisk(uri: string): string | undefined {
    const file = this.#host.readBytes(uri, LONGEST_RECORD);
    return file && 'bytes' in file ? decode(file.bytes) : undefined;
  }

  async #prove({ record }: NamedRecord): Promise<Proof> {
    const { signature, reviewer, time } = record;
    if (!signature) return { kind: 'unproven', reason: 'it has no signature' };
    return this.#signing.verify({
      ...{ text: signedText(record), signature, email: reviewer.email },
      ...{ keys: this.#keys, time: Date.parse(time) },
    });
  }
}
