/** What is known of the lines that one commit brought to one file. */
import { commitEvidence } from '../commits/commit-evidence';
import type { Commit } from '../commits/commit-object';
import type { Evidence, NoteCoverage, RangeEvidence } from '../evidence';
import type { AiAttribution } from '../notes/ai-attribution';
import { type GitAiNote, noteCoverage } from '../notes/git-ai-note';

/** What is known of a commit, of all its files. */
export interface CommitRecord {
  readonly id: string;
  /** Undefined where it could not be read. */
  readonly commit: Commit | undefined;
  readonly gitAi?: GitAiNote | undefined;
  readonly agentblame?: ReadonlyMap<string, readonly RangeEvidence[]> | undefined;
  readonly attribution?: AiAttribution | undefined;
}

/** A version of a file: of those that blame names. */
export interface FileVersion {
  readonly commit: string;
  /** As the file was called there. */
  readonly path: string;
}

export interface VersionFacts {
  /** Of all lines. */
  readonly ofCommit: readonly Evidence[];
  /** In lines of the file at the commit; each list in ascending order, without overlaps. */
  readonly ofLines: readonly (readonly RangeEvidence[])[];
  readonly note: NoteCoverage;
}

/** Whether something asks how many lines the file has there: only what is not reliable does. */
export function asksLineCount({ gitAi, attribution }: CommitRecord, path: string): boolean {
  const isDoubtful = gitAi !== undefined && !gitAi.isReliable && [...gitAi.paths].includes(path);
  return isDoubtful || attribution?.kind === 'lines';
}

/**
 * @param isBoundary the lines may be of older commits that are not here: see `BlamedRange`.
 * @param traced what Agent Traces say of this version.
 */
export function versionFacts(
  { id, commit, gitAi, agentblame, attribution }: CommitRecord,
  path: string,
  {
    lineCount,
    isBoundary,
    traced,
  }: {
    readonly lineCount: number | undefined;
    readonly isBoundary: boolean;
    readonly traced: readonly RangeEvidence[];
  },
): VersionFacts {
  const isMerge = (commit?.parents.length ?? 0) > 1;
  const noted = { path, lineCount, commit: id, time: commit?.time, isMerge };
  const share = attribution?.kind === 'files' ? attribution.evidence(noted) : undefined;
  return {
    ofCommit: isBoundary || !commit ? [] : [...commitEvidence(id, commit), ...(share ? [share] : [])],
    ofLines: [
      gitAi?.evidence(noted) ?? [],
      agentblame?.get(path) ?? [],
      attribution?.kind === 'lines' ? attribution.evidence(noted) : [],
      traced,
    ].filter((ranges) => ranges.length > 0),
    note: noteCoverage(gitAi),
  };
}
