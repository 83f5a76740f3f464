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
  /** Null: nobody looked for sign-offs. */
  readonly signedOff: boolean | null;
}

/** @param path to tell where the file is in no repository. */
export function originReport(path: string, text: string, origins: LoadedOrigins): OriginReport {
  const file = origins.file?.path ?? path;
  const lines: ReportedLines[] = [];
  const runs = origins.runs(text);
  const count = lineCount(text, runs);
  for (const run of runs) {
    if (run.start >= count) break;
    const next = reported(run, count);
    const last = lines.at(-1);
    if (last && isSame(last, next)) lines[lines.length - 1] = { ...last, end: next.end };
    else lines.push(next);
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

function reported({ start, end, origin, commit }: OriginRun, count: number): ReportedLines {
  const { deciding, state } = origin;
  return {
    start: start + 1,
    end: Math.min(end, count),
    state,
    tool: deciding?.tool ?? null,
    model: deciding?.model ?? null,
    commit: commit ?? deciding?.commit ?? null,
    source: deciding?.source ?? null,
    confidence: deciding ? Math.round(deciding.confidence * 100) / 100 : null,
    signedOff: null,
  };
}

function isSame(one: ReportedLines, other: ReportedLines): boolean {
  const keys = ['state', 'tool', 'model', 'commit', 'source', 'confidence', 'signedOff'] as const;
  return keys.every((key) => one[key] === other[key]);
}
