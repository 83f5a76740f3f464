import type { Host } from '../../host/host';
import type { RangeEvidence } from '../evidence';
import { committedLines } from '../mapping/text-lines';
import { agentTraceEvidence, readAgentTrace, type TraceRange } from '../notes/agent-trace';
import type { Repository } from '../repository/repository';
import { decode } from './decode';
import type { TextEvidenceSource } from './text-evidence';
import { hashText } from './text-hash';
import type { FileVersion } from './version-facts';

const FOLDER = '.agent-trace';
/** Of all files together; the first that fit are read. */
const MOST_BYTES = 16_000_000;
const MOST_FILES = 100;
/** Several files of a repository are often asked for at once. In milliseconds. */
const KEPT_FOR = 5000;

/** Agent Traces as they lie in work trees. */
export class AgentTraces {
  readonly #host: Host;
  #kept:
    | { readonly root: string; readonly until: number; readonly traces: readonly TraceRange[] }
    | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Those of a file. Files that lead out of the work tree are not read. */
  of({ root }: Repository, path: string): readonly TraceRange[] {
    if (this.#kept?.root !== root || this.#kept.until <= this.#host.now()) {
      this.#kept = { root, until: this.#host.now() + KEPT_FOR, traces: this.#read(root) };
    }
    return this.#kept.traces.filter((trace) => trace.path === path);
  }

  #read(root: string): readonly TraceRange[] {
    const folder = `${root}/${FOLDER}`;
    let left = MOST_BYTES;
    const names = this.#host.namesIn(folder).filter((name) => /^[\w.-]+\.jsonl?$/.test(name));
    return names
      .sort()
      .slice(0, MOST_FILES)
      .flatMap((name) => {
        const [real, realRoot] = [this.#host.realUri(`${folder}/${name}`), this.#host.realUri(root)];
        if (!real || !realRoot || !real.startsWith(`${realRoot}/`)) return [];
        const file = this.#host.readBytes(real, left);
        if (!file || 'refusal' in file) return [];
        left -= file.bytes.length;
        return readAgentTrace(file.bytes, decode);
      });
  }
}

/**
 * Whether a version of a file has to be read for what traces say of it: one was written just before the commit, or
 * can be recognised by its text wherever it is.
 */
export function isTraced(
  traces: readonly TraceRange[],
  { path }: FileVersion,
  revisions: readonly string[],
): boolean {
  return traces.some(
    (trace) =>
      trace.path === path &&
      (trace.contentHash !== undefined ||
        (trace.revision !== undefined && revisions.includes(trace.revision))),
  );
}

/** @param revisions the commit of the version and its first parent. */
export function tracedRanges(
  traces: readonly TraceRange[],
  {
    path,
    text,
    revisions,
  }: { readonly path: string; readonly text: string; readonly revisions: readonly string[] },
): RangeEvidence[] {
  return agentTraceEvidence(traces, { path, lines: committedLines(text).lines, revisions }, hashText);
}

/** What traces say of a text that is not committed: by its text, or where HEAD is what they were written on. */
export function traceSource(traces: AgentTraces): TextEvidenceSource {
  return {
    load: async ({ file, head, isWorkTree }) => {
      if (!file || !isWorkTree) return undefined;
      const ofFile = traces.of(file.repository, file.path);
      if (ofFile.length === 0) return undefined;
      const revisions = head === undefined ? [] : [head];
      return {
        of: ({ lines, committedLine }) => {
          const found = agentTraceEvidence(ofFile, { path: file.path, lines, revisions }, hashText);
          return {
            present: found.flatMap((range) =>
              range.evidence.source === 'agent-trace' ? [range] : uncommitted(range, committedLine),
            ),
          };
        },
      };
    },
  };
}

/** A position that was not compared with the text says nothing of what was there before. */
function uncommitted(
  { start, end, evidence }: RangeEvidence,
  committedLine: (line: number) => number | undefined,
): RangeEvidence[] {
  const found: RangeEvidence[] = [];
  for (let line = start; line < end; line++) {
    if (committedLine(line) === undefined) found.push({ start: line, end: line + 1, evidence });
  }
  return found;
}
