/** The first part of a note of git-ai: which key wrote which lines of which file. */
import type { LineRange } from '../evidence';
import { MOST_RANGES } from '../last-wins';
import { repositoryPath } from '../stranger-text';

export interface AttestationEntry {
  /** Who: a session with its trace, a person, a prompt, or what early versions wrote. */
  readonly key: string;
  /** In the order of the note, which is not always ascending. */
  readonly ranges: readonly LineRange[];
}

/** The entries of each file in their order; where lines overlap, the last holds. */
export type Attestation = ReadonlyMap<string, readonly AttestationEntry[]>;

const LONGEST_KEY = 100;
/** git-ai counts lines in 32 bits; no file has more lines than this. */
const LAST_LINE = 100_000_000;

/**
 * What makes no sense is left out, entry by entry. Of two parts about one path only the first counts, as in git-ai.
 */
export function readAttestation(text: string): Attestation {
  const files = new Map<string, AttestationEntry[]>();
  let entries: AttestationEntry[] | undefined;
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd();
    if (line === '') continue;
    if (line.startsWith('  ')) {
      const entry = readEntry(line.slice(2));
      if (entry !== undefined) entries?.push(entry);
      continue;
    }
    const path = repositoryPath(/^".+"$/.test(line) ? line.slice(1, -1) : line);
    entries = path === undefined || files.has(path) ? undefined : [];
    if (path !== undefined && entries !== undefined) files.set(path, entries);
  }
  for (const [path, found] of files) if (found.length === 0) files.delete(path);
  return files;
}

function readEntry(line: string): AttestationEntry | undefined {
  const space = line.indexOf(' ');
  if (space < 1 || space > LONGEST_KEY) return undefined;
  const ranges: LineRange[] = [];
  for (const part of line.slice(space + 1).split(',', MOST_RANGES + 1)) {
    const [, first, last = first] = /^(\d{1,10})(?:-(\d{1,10}))?$/.exec(part.trim()) ?? [];
    const start = Number(first) - 1;
    const end = Math.min(Number(last), LAST_LINE);
    if (start >= 0 && start < end) ranges.push({ start, end });
  }
  return ranges.length === 0 ? undefined : { key: line.slice(0, space), ranges };
}
