/**
 * Agent Trace records (agent-trace.dev 0.1.0) as they lie in `.agent-trace/`. Their revision is that before the
 * commit which brings the lines, their lines are those of the moment of writing, and the reference writer guesses
 * some: so a range counts by the text in it, or little.
 */
import { type Decode, linesOf } from '../bytes';
import { type Claim, type Evidence, evidenceOf, type LineRange, type RangeEvidence } from '../evidence';
import { lastWins, type RangesClaim } from '../last-wins';
import { asObject, type JsonObject, member, objectsIn, rangeOf, smallJson } from '../small-json';
import { repositoryPath } from '../stranger-text';
import { modelName, toolName } from '../tools';

export interface TraceRange extends LineRange {
  readonly path: string;
  readonly claim: Claim;
  /** `murmur3:9f2e8a1b`; of which text exactly, no specification says. */
  readonly contentHash: string | undefined;
  /** The commit that was checked out; undefined where it was not git, or is not said. */
  readonly revision: string | undefined;
  readonly tool: string | undefined;
  readonly model: string | undefined;
  /** Milliseconds since 1970. */
  readonly time: number | undefined;
}

/** A version of a file to which ranges may belong. */
export interface TracedFile {
  readonly path: string;
  /** Without their ends. */
  readonly lines: readonly string[];
  /** The commit of this version and its first parent; for uncommitted text, that which is checked out. */
  readonly revisions: readonly string[];
}

/**
 * The hash of a text by the name of an algorithm, in hexadecimal digits and lower case; undefined for an algorithm
 * that is not known.
 */
export type HashText = (algorithm: string, text: string) => string | undefined;

const LARGEST_FILE = 64_000_000;
const LONGEST_RECORD = 1_000_000;
const MOST_RANGES = 100_000;
/** What is hashed for one file, in characters: a range may be long, and there may be many. */
const HASHED_AT_MOST = 20_000_000;

/** Files of the reference writer that are no files. */
const NO_FILES = new Set(['.sessions', '.shell-history', '.unknown']);
const CLAIMS: ReadonlyMap<unknown, Claim> = new Map<unknown, Claim>([
  ['ai', 'ai'],
  ['mixed', 'mixed'],
  ['human', 'human'],
]);

/**
 * The ranges of a `.jsonl` file, or of a `.json` file with one record, in their order. The version is not looked at:
 * the reference writer writes one that its own schema refuses.
 */
export function readAgentTrace(bytes: Uint8Array, decode: Decode): TraceRange[] {
  if (bytes.length > LARGEST_FILE) return [];
  const whole = smallJson(bytes, LONGEST_RECORD, decode);
  if (whole !== undefined) return rangesOfRecord(whole);
  const ranges: TraceRange[] = [];
  for (const line of linesOf(bytes)) {
    const record = smallJson(line, LONGEST_RECORD, decode);
    if (record !== undefined) ranges.push(...rangesOfRecord(record).slice(0, MOST_RANGES - ranges.length));
    if (ranges.length >= MOST_RANGES) break;
  }
  return ranges;
}

/**
 * What traces say of a file; where they overlap, the later record holds, and text that matches holds before text
 * that was not compared.
 */
export function agentTraceEvidence(
  traces: readonly TraceRange[],
  file: TracedFile,
  hash: HashText,
): RangeEvidence[] {
  const ofFile = traces.filter(({ path, end }) => path === file.path && end <= file.lines.length);
  const matches = matcher(file.lines, hash);
  const verified: RangesClaim[] = [];
  const unverified: RangesClaim[] = [];
  for (const trace of ofFile) {
    const ranges = [{ start: trace.start, end: trace.end }];
    if (matches(trace)) verified.push({ ranges, evidence: evidence('agent-trace', trace.claim, trace) });
    else if (isPlaced(trace, file))
      unverified.push({ ranges, evidence: evidence('agent-trace-unverified', 'ai', trace) });
  }
  return lastWins([...unverified, ...verified]);
}

function rangesOfRecord(record: JsonObject): TraceRange[] {
  const vcs = asObject(member(record, 'vcs'));
  const revision = member(vcs, 'type') === 'git' ? member(vcs, 'revision') : undefined;
  const about = {
    revision: typeof revision === 'string' && /^[0-9a-f]{40,64}$/.test(revision) ? revision : undefined,
    tool: toolName(member(asObject(member(record, 'tool')), 'name')),
    time: timeOf(member(record, 'timestamp')),
  };
  const found: TraceRange[] = [];
  for (const file of objectsIn(member(record, 'files'), MOST_RANGES)) {
    const path = repositoryPath(member(file, 'path'));
    if (path === undefined || NO_FILES.has(path)) continue;
    for (const conversation of objectsIn(member(file, 'conversations'), MOST_RANGES)) {
      const contributor = asObject(member(conversation, 'contributor'));
      for (const range of objectsIn(member(conversation, 'ranges'), MOST_RANGES)) {
        const lines = rangeOf(member(range, 'start_line'), member(range, 'end_line'));
        const own = asObject(member(range, 'contributor')) ?? contributor;
        const claim = CLAIMS.get(member(own, 'type'));
        if (lines === undefined || claim === undefined || found.length >= MOST_RANGES) continue;
        const contentHash = hashOf(member(range, 'content_hash'));
        found.push({
          ...lines,
          ...about,
          path,
          claim,
          contentHash,
          model: modelName(member(own, 'model_id')),
        });
      }
    }
  }
  return found;
}

function hashOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[a-z0-9-]{1,20}:[0-9a-f]{8,128}$/i.test(value)
    ? value.toLowerCase()
    : undefined;
}

function timeOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]{5,20}(?:Z|[+-]\d\d:\d\d)$/.test(value))
    return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

/** Whether the text in the range is the one that was hashed: with or without the end of its last line. */
function matcher(lines: readonly string[], hash: HashText): (trace: TraceRange) => boolean {
  let left = HASHED_AT_MOST;
  return ({ start, end, contentHash }) => {
    const [algorithm, expected] = contentHash?.split(':') ?? [];
    if (algorithm === undefined || expected === undefined || left <= 0) return false;
    const text = lines.slice(start, end).join('\n');
    left -= 2 * text.length;
    return hash(algorithm, text) === expected || hash(algorithm, `${text}\n`) === expected;
  };
}

/**
 * A range from the first line on is what the reference writer writes where it does not know the place: `1-1` for a
 * whole file, `1-N` for text that it did not find.
 */
function isPlaced({ claim, start, revision }: TraceRange, { revisions }: TracedFile): boolean {
  return claim !== 'human' && start > 0 && revision !== undefined && revisions.includes(revision);
}

function evidence(
  source: 'agent-trace' | 'agent-trace-unverified',
  claim: Claim,
  trace: TraceRange,
): Evidence {
  return evidenceOf(source, claim, { tool: trace.tool, model: trace.model, time: trace.time });
}
