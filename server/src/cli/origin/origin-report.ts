/** What `countersign origin` says of a file, as plain data. */
import type { OriginState, Source } from '../../origin/evidence';
import type { LoadedOrigins } from '../../origin/lines/loaded-origins';
import type { OriginRun } from '../../origin/lines/text-origins';

/** The object of `--format json`; docs/command-line.md describes it. */
export interface OriginReport {
  readonly version: 1;
  readonly file: string;
  readonly head: string | null;
  readonly lines: readonly ReportedLines[];
  readonly degraded: readonly { readonly file: string; readonly cause: string }[];
}

export interface ReportedLines {
  /** From 1. */
  readonly start: number;
  /** Included. */
  readonly end: number;
  readonly state: OriginState;
  readonly tool: string | null;
  readonly model: string | null;
  readonly commit: string | null;
  readonly source: Source | null;
  readonly confidence: number | null;
  /** Whether a sign-off covers the lines; null for lines that are no AI tool's, and where nobody looked for any. */
  readonly signedOff: boolean | null;
}

/**
 * @param path to tell where the file is in no repository.
 * @param isSignedOff asked of lines from 0; undefined where nobody looked for sign-offs.
 */
export function originReport(
  path: string,
  text: string,
  origins: LoadedOrigins,
  isSignedOff?: (line: number) => boolean,
): OriginReport {
  const file = origins.file?.path ?? path;
  const lines: ReportedLines[] = [];
  const runs = origins.runs(text);
  const count = lineCount(text, runs);
  for (const run of runs) {
    if (run.start >= count) break;
    for (const next of reported(run, count, isSignedOff)) {
      const last = lines.at(-1);
      if (last && isSame(last, next)) lines[lines.length - 1] = { ...last, end: next.end };
      else lines.push(next);
    }
  }
  return {
    version: 1,
    file,
    head: origins.head ?? null,
    lines,
    degraded: origins.missing.map((cause) => ({ file, cause })),
  };
}

/** What stands behind the last end of a line is a line only where it is something. */
function lineCount(text: string, runs: readonly OriginRun[]): number {
  const count = runs.at(-1)?.end ?? 0;
  return text === '' || /[\r\n]$/.test(text) ? count - 1 : count;
}

/** Divided where a sign-off begins or ends. */
function reported(
  run: OriginRun,
  count: number,
  isSignedOff: ((line: number) => boolean) | undefined,
): ReportedLines[] {
  const facts = factsOf(run);
  const isAi = facts.state === 'ai' || facts.state === 'ai-commit' || facts.state === 'mixed';
  const signedOff = (line: number) => (isAi && isSignedOff ? isSignedOff(line) : null);
  const parts: ReportedLines[] = [];
  for (let start = run.start; start < Math.min(run.end, count); ) {
    let end = start + 1;
    while (end < Math.min(run.end, count) && signedOff(end) === signedOff(start)) end++;
    parts.push({ start: start + 1, end, ...facts, signedOff: signedOff(start) });
    start = end;
  }
  return parts;
}

function factsOf({ origin, commit }: OriginRun): Omit<ReportedLines, 'start' | 'end' | 'signedOff'> {
  const { deciding, state } = origin;
  return {
    state,
    tool: deciding?.tool ?? null,
    model: deciding?.model ?? null,
    commit: commit ?? deciding?.commit ?? null,
    source: deciding?.source ?? null,
    confidence: deciding ? Math.round(deciding.confidence * 100) / 100 : null,
  };
}

function isSame(one: ReportedLines, other: ReportedLines): boolean {
  const keys = ['state', 'tool', 'model', 'commit', 'source', 'confidence', 'signedOff'] as const;
  return keys.every((key) => one[key] === other[key]);
}
