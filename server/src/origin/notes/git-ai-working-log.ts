/**
 * git-ai's log of work that is not committed: `ai/working_logs/<commit>/` below the git directory. An internal
 * format without promises, so that anything unexpected counts as nothing said.
 */
import { type Decode, linesOf } from '../bytes';
import { type Evidence, evidenceOf, type LineRange, type RangeEvidence } from '../evidence';
import { lastWins, type RangesClaim } from '../last-wins';
import { rangeOf } from '../small-json';
import { cleanText, repositoryPath } from '../stranger-text';
import { ByteJson, MalformedJson } from './byte-json';
import { type Agent, readAgentId, readAgentRecord, readAuthor } from './git-ai-metadata';

export interface WorkingLogFiles {
  /** `checkpoints.jsonl`. */
  readonly checkpoints?: Uint8Array;
  /** `INITIAL`: what the log began with. */
  readonly initial?: Uint8Array;
}

export interface LoggedFile {
  /**
   * SHA-256 of the text that the lines are of; `blobs/<hash>` beside the log has that text. Undefined where the log
   * does not say, so that nothing can be looked up.
   */
  readonly blobHash: string | undefined;
  /** `isMapped` for a text that is not that one, to whose lines these are mapped. */
  evidence(isMapped: boolean): RangeEvidence[];
}

interface Attribution extends LineRange {
  readonly author: string;
  readonly overrode: string | undefined;
}

interface Entry {
  readonly blobHash: string | undefined;
  readonly attributions: readonly Attribution[];
  readonly time: number | undefined;
}

interface Log {
  readonly files: Map<string, Entry>;
  readonly agents: Map<string, Agent>;
  readonly humans: Map<string, string>;
}

/** git-ai goes up to 1 GiB; a log of one commit's work that exceeds this is not read. */
const LARGEST_LOG = 64_000_000;
const LONGEST_CHECKPOINT = 16_000_000;
const MOST_ATTRIBUTIONS = 100_000;
const API = /^checkpoint\/1\./;
const MAPPED_CONFIDENCE = 0.8;

/** The last that is said of each path. `sha256` is of the text in UTF-8, in hexadecimal digits and lower case. */
export function readWorkingLog(
  { checkpoints, initial }: WorkingLogFiles,
  sha256: (text: string) => string,
  decode: Decode,
): ReadonlyMap<string, LoggedFile> {
  const log: Log = { files: new Map(), agents: new Map(), humans: new Map() };
  if (initial !== undefined && initial.length <= LARGEST_LOG)
    attempt(() => readInitial(new ByteJson(initial, decode), log));
  if (checkpoints !== undefined && checkpoints.length <= LARGEST_LOG) {
    for (const line of linesOf(checkpoints)) {
      if (line.length > LONGEST_CHECKPOINT) continue;
      attempt(() => readCheckpoint(new ByteJson(line, decode), log, sha256));
    }
  }
  return new Map(
    [...log.files].map(([path, entry]) => [
      path,
      { blobHash: entry.blobHash, evidence: (isMapped) => evidenceFor(entry, log, isMapped) },
    ]),
  );
}

/** What is malformed was written half, or by another version. */
function attempt(read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof MalformedJson)) throw error;
  }
}

function readInitial(json: ByteJson, log: Log): void {
  const files = new Map<string, Attribution[]>();
  const blobs = new Map<string, string | undefined>();
  json.object((key) => {
    if (key === 'files') json.object((path) => files.set(path, readAttributions(json)));
    else if (key === 'file_blobs') json.object((path) => blobs.set(path, hashOf(json.string())));
    else if (key === 'prompts' || key === 'sessions')
      json.object((id) => log.agents.set(id, readAgentRecord(json)));
    else if (key === 'humans') {
      json.object((id) => {
        const author = readAuthor(json);
        if (author !== undefined) log.humans.set(id, author);
      });
    } else json.skip();
  });
  for (const [name, attributions] of files) {
    const path = repositoryPath(name);
    if (path !== undefined) log.files.set(path, { blobHash: blobs.get(name), attributions, time: undefined });
  }
}

function readCheckpoint(json: ByteJson, log: Log, sha256: (text: string) => string): void {
  const entries = new Map<string, Omit<Entry, 'time'>>();
  let api: string | undefined;
  let kind: string | undefined;
  let author: string | undefined;
  let seconds: number | undefined;
  let agent: ReturnType<typeof readAgentId> | undefined;
  json.object((key) => {
    if (key === 'api_version') api = json.string();
    else if (key === 'kind') kind = json.string();
    else if (key === 'author') author = json.string();
    else if (key === 'timestamp') seconds = json.number();
    else if (key === 'agent_id') agent = readAgentId(json);
    else if (key === 'entries') {
      json.array(() => {
        const { file, ...entry } = readEntry(json);
        if (file !== undefined) entries.set(file, entry);
      });
    } else json.skip();
  });
  if (api === undefined || !API.test(api)) return;
  // Keys are made of who it was: so they are told what they mean.
  if (agent !== undefined) {
    const hash = sha256(agent.hashed);
    log.agents.set(hash.slice(0, 16), agent.agent).set(`s_${hash.slice(0, 14)}`, agent.agent);
  }
  const person = cleanText(author);
  if (kind === 'KnownHuman' && author !== undefined && person !== undefined) {
    log.humans.set(`h_${sha256(author).slice(0, 14)}`, person);
  }
  const time = seconds === undefined ? undefined : seconds * 1000;
  for (const [path, entry] of entries) log.files.set(path, { ...entry, time });
}

function readEntry(json: ByteJson): Omit<Entry, 'time'> & { readonly file: string | undefined } {
  let file: string | undefined;
  let blobHash: string | undefined;
  let attributions: Attribution[] = [];
  json.object((key) => {
    if (key === 'file') file = repositoryPath(json.string());
    else if (key === 'blob_sha') blobHash = hashOf(json.string());
    else if (key === 'line_attributions') attributions = readAttributions(json);
    else json.skip();
  });
  return { file, blobHash, attributions };
}

function readAttributions(json: ByteJson): Attribution[] {
  const found: Attribution[] = [];
  json.array(() => {
    const said: {
      first?: number | undefined;
      last?: number | undefined;
      author?: string | undefined;
      overrode?: string | undefined;
    } = {};
    json.object((key) => {
      if (key === 'start_line') said.first = json.number();
      else if (key === 'end_line') said.last = json.number();
      else if (key === 'author_id') said.author = json.string();
      else if (key === 'overrode') said.overrode = json.string();
      else json.skip();
    });
    const range = rangeOf(said.first, said.last);
    if (range === undefined || said.author === undefined || found.length >= MOST_ATTRIBUTIONS) return;
    found.push({ ...range, author: said.author, overrode: said.overrode });
  });
  return found;
}

function hashOf(value: string | undefined): string | undefined {
  return value !== undefined && /^[0-9a-f]{64}$/.test(value) ? value : undefined;
}

function evidenceFor({ attributions, time }: Entry, log: Log, isMapped: boolean): RangeEvidence[] {
  const made = new Map<string, Evidence | undefined>();
  const confidence = isMapped ? { confidence: MAPPED_CONFIDENCE } : {};
  const claims = attributions.map(({ start, end, author, overrode }): RangesClaim => {
    const key = `${author}\n${overrode ?? ''}`;
    if (!made.has(key)) made.set(key, evidenceOfAuthor(author, overrode, log, { ...confidence, time }));
    return { ranges: [{ start, end }], evidence: made.get(key) };
  });
  return lastWins(claims);
}

function evidenceOfAuthor(
  author: string,
  overrode: string | undefined,
  { agents, humans }: Log,
  known: { readonly confidence?: number; readonly time: number | undefined },
): Evidence | undefined {
  if (isAgentKey(author))
    return evidenceOf('git-ai-working-log', 'ai', { ...agents.get(recordOf(author)), ...known });
  if (overrode !== undefined && isAgentKey(overrode)) {
    return evidenceOf('git-ai-working-log', 'mixed', { ...agents.get(recordOf(overrode)), ...known });
  }
  // `human` is written for edits that nobody is known to have made.
  const person = humans.get(author);
  return person === undefined ? undefined : evidenceOf('git-ai-working-log', 'human', { person, ...known });
}

function isAgentKey(key: string): boolean {
  return /^(?:s_[0-9a-f]{7,64}(?:::t_[0-9a-f]+)?|[0-9a-f]{16})$/.test(key);
}

function recordOf(key: string): string {
  return key.split('::', 1)[0] as string;
}
