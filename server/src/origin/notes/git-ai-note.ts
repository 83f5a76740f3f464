/**
 * Notes of git-ai under `refs/notes/ai`: the authorship log 3.0.0 as repositories hold it, which is not always as
 * its specification has it. How far each version goes was measured on git-ai's own history: of the lines that notes
 * before 1.4 attest, the commits had added 80 % and less.
 */
import { asciiBytes, type Decode, indexOfBytes } from '../bytes';
import { type Evidence, evidenceOf, type NoteCoverage, type RangeEvidence } from '../evidence';
import { lastWins, type RangesClaim } from '../last-wins';
import { type Attestation, type AttestationEntry, readAttestation } from './attestation';
import { type GitAiMetadata, readGitAiMetadata } from './git-ai-metadata';

/** A file at the commit that a note belongs to. */
export interface NotedFile {
  /** As it was called there. */
  readonly path: string;
  /**
   * Of the file there; undefined where it is not there or was not counted. Only notes that are not reliable ask, and
   * say nothing where it is undefined.
   */
  readonly lineCount: number | undefined;
  readonly commit: string;
  /** Milliseconds since 1970. */
  readonly time: number | undefined;
  readonly isMerge: boolean;
}

export interface GitAiNote {
  /** Written by git-ai 1.4 or later: what it says of lines holds, and so does what it leaves unsaid. */
  readonly isReliable: boolean;
  /** Whether it says nothing of any line. */
  readonly isEmpty: boolean;
  readonly paths: Iterable<string>;
  /** In lines of the file at the commit: only those that blame gives to this commit may be looked up. */
  evidence(file: NotedFile): RangeEvidence[];
}

/** The largest seen had 3.2 MB. */
const LARGEST_NOTE = 32_000_000;
const LARGEST_ATTESTATION = 8_000_000;

const DIVIDER = asciiBytes('---\n');
const LINE_AND_DIVIDER = asciiBytes('\n---\n');

const RELIABLE = [1, 4] as const;
/** Before it, and from it on, notes of merges were and are of use. */
const MERGES_HOLD = [1, 2] as const;
const BETTER_OF_OLD = [1, 3] as const;
const BETTER_OF_OLD_CONFIDENCE = 0.6;
/** `human` is said of what no agent reported, without anybody attesting it. */
const NAMELESS_HUMAN_CONFIDENCE = 0.6;

/** Undefined for what is no such note. Does not keep the bytes. */
export function readGitAiNote(bytes: Uint8Array, decode: Decode): GitAiNote | undefined {
  const parts = splitNote(bytes);
  if (parts === undefined) return undefined;
  const attestation = readAttestation(decode(parts.attestation));
  const metadata = readGitAiMetadata(parts.metadata, keysOf(attestation), decode);
  if (metadata === undefined) return undefined;
  return {
    isReliable: isFrom(metadata, RELIABLE),
    isEmpty: attestation.size === 0,
    paths: attestation.keys(),
    evidence: (file) => evidenceFor(file, attestation.get(file.path) ?? [], metadata),
  };
}

export function noteCoverage(note: GitAiNote | undefined): NoteCoverage {
  if (note?.isReliable !== true) return 'none';
  return note.isEmpty ? 'empty' : 'lines';
}

/** At the first line that is `---`: the part about lines is small, and the other may be megabytes. */
export function splitNote(
  bytes: Uint8Array,
): { readonly attestation: Uint8Array; readonly metadata: Uint8Array } | undefined {
  if (bytes.length > LARGEST_NOTE) return undefined;
  const isFirst = DIVIDER.every((byte, index) => bytes[index] === byte);
  const end = isFirst ? 0 : indexOfBytes(bytes, LINE_AND_DIVIDER) + 1;
  if ((end === 0 && !isFirst) || end > LARGEST_ATTESTATION) return undefined;
  return { attestation: bytes.subarray(0, end), metadata: bytes.subarray(end + DIVIDER.length) };
}

/** Of keys with a trace, the session. */
function keysOf(attestation: Attestation): Set<string> {
  const keys = new Set<string>();
  for (const entries of attestation.values()) for (const { key } of entries) keys.add(recordOf(key));
  return keys;
}

function recordOf(key: string): string {
  const end = key.indexOf('::');
  return end === -1 ? key : key.slice(0, end);
}

function evidenceFor(
  file: NotedFile,
  entries: readonly AttestationEntry[],
  metadata: GitAiMetadata,
): RangeEvidence[] {
  if (!isFrom(metadata, RELIABLE) && !isPlausible(file, entries, metadata)) return [];
  const made = new Map<string, Evidence | 'nothing' | undefined>();
  const claims: RangesClaim[] = [];
  for (const { key, ranges } of entries) {
    const record = recordOf(key);
    if (!made.has(record)) made.set(record, evidenceOfKey(record, file, metadata));
    const evidence = made.get(record);
    // A key without a meaning lets earlier entries stand.
    if (evidence !== undefined)
      claims.push({ ranges, evidence: evidence === 'nothing' ? undefined : evidence });
  }
  return lastWins(claims);
}

/** Ranges behind the end of the file show that the lines are those of another version of it. */
function isPlausible(
  { lineCount, isMerge }: NotedFile,
  entries: readonly AttestationEntry[],
  metadata: GitAiMetadata,
): boolean {
  if (lineCount === undefined || (isMerge && !isFrom(metadata, MERGES_HOLD))) return false;
  return entries.every(({ ranges }) => ranges.every(({ end }) => end <= lineCount));
}

/** Undefined for a key without a meaning; `nothing` where it has one, but says nothing that may be passed on. */
function evidenceOfKey(
  key: string,
  { commit, time }: NotedFile,
  metadata: GitAiMetadata,
): Evidence | 'nothing' | undefined {
  const isReliable = isFrom(metadata, RELIABLE);
  if (key === 'human' || key.startsWith('h_')) {
    const person = metadata.humans.get(key);
    if (person === undefined && key !== 'human') return undefined;
    if (!isReliable) return 'nothing';
    const known = person === undefined ? { confidence: NAMELESS_HUMAN_CONFIDENCE } : { person };
    return evidenceOf('git-ai-note-human', 'human', { ...known, commit, time });
  }
  const agent = metadata.agents.get(key);
  // A job that rewrites notes after a squash leaves out who the agents were, but keeps the lines.
  const isNamelessAgent = !isReliable || (!metadata.namesAgents && isAgentKey(key));
  if (agent === undefined && !isNamelessAgent) return undefined;
  if (isReliable) return evidenceOf('git-ai-note', 'ai', { ...agent, commit, time });
  const known = isFrom(metadata, BETTER_OF_OLD) ? { confidence: BETTER_OF_OLD_CONFIDENCE } : {};
  return evidenceOf('git-ai-old-note', 'ai', { ...agent, ...known, commit, time });
}

/** Of a session, or of a prompt. Their lengths may change by git-ai's specification. */
function isAgentKey(key: string): boolean {
  return /^(?:s_)?[0-9a-f]{7,64}$/.test(key);
}

function isFrom({ version }: GitAiMetadata, [major, minor]: readonly [number, number]): boolean {
  if (version === undefined) return false;
  return version[0] > major || (version[0] === major && version[1] >= minor);
}
