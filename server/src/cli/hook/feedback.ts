/** Which findings an agent is told of: those on its own lines, few at a time, and none again and again. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import type { AppendLog } from '../../host/append-log';
import { editLog, toldLog } from '../../host/edit-log';
import { decodeText } from '../../host/encoding';
import { findGitFolder, type GitFolder } from '../../host/git-folder';
import { readBytes } from '../../host/read-bytes';
import { type AiLines, aiLines } from '../../origin/ai-lines';
import type { LineRange, RangeEvidence } from '../../origin/evidence';
import { linesOf } from '../../origin/mapping/text-lines';
import { lineOrigin } from '../../origin/precedence';
import type { AgentEvent } from '../../origin/recorder/agent-event';
import { recordedLines, recordsOfSession } from '../../origin/recorder/recorded-lines';
import type { ToldFinding } from './answer';
import { decode, type RecordedFile, sha256 } from './record-edits';

/** Lines of a file in which findings are looked for. */
export interface LinesToCheck {
  /** Of the work tree; absolute, as `path`. */
  readonly root: string;
  readonly path: string;
  readonly ranges: readonly LineRange[];
  /** Those of them that are known well enough to be the agent's for the AI switch. */
  readonly aiLines: readonly AiLines[];
}

export type FindOnLines = (files: readonly LinesToCheck[]) => Promise<readonly ToldFinding[]>;

export interface FeedbackParts {
  readonly find: FindOnLines;
  readonly now: () => number;
  /** A folder of the work tree, where the event does not say. */
  readonly workingFolder: string;
}

const MOST_TOLD = 10;
const MOST_TIMES = 2;
/** A conversation may go on for long; its last files are looked at. */
const MOST_FILES = 20;
const MOST_BYTES = 1024 * 1024;

/**
 * What the agent is to be told; it is noted as told.
 *
 * @param recorded what this event wrote.
 */
export async function findingsToTell(
  event: AgentEvent,
  recorded: readonly RecordedFile[],
  { find, now, workingFolder }: FeedbackParts,
): Promise<readonly ToldFinding[]> {
  if (event.answer === 'none' || event.isRepeated) return [];
  // Of two hooks that are told of one edit, one answers.
  const fresh = recorded.filter(({ isKnown }) => !isKnown);
  const git = event.isStop ? findGitFolder(join(event.folder ?? workingFolder, '.git')) : fresh[0]?.git;
  if (!git) return [];
  const lines = event.isStop
    ? linesOfSession(git, event.session)
    : fresh.map(({ git: { root }, path, ranges, evidence }) => {
        return { root, path, ranges, aiLines: aiLinesOf(evidence) };
      });
  if (lines.length === 0) return [];
  const found = await find(lines);
  const log = toldLog(git.gitFolder, now);
  if (found.length === 0 || (event.toolUseId !== undefined && !isFirstToAnswer(event.toolUseId, log)))
    return [];
  return notedAsTold(found, event.session ?? '', log);
}

/**
 * Two hooks that run at the same time are told of one edit, and neither may see the record of the other. What they
 * append stands in one order for both.
 */
function isFirstToAnswer(toolUseId: string, log: AppendLog): boolean {
  const own = JSON.stringify({ id: toolUseId, answer: randomUUID() });
  const start = own.slice(0, own.indexOf(',"answer"'));
  log.append([own]);
  const first = log
    .read()
    .flatMap((bytes) => decode(bytes).split('\n'))
    .find((line) => line.startsWith(`${start},`));
  return first === own;
}

/** What a conversation wrote, as far as it is still there. */
function linesOfSession({ root, gitFolder }: GitFolder, session: string | undefined): LinesToCheck[] {
  if (session === undefined) return [];
  const records = recordsOfSession(editLog(gitFolder).read(), session, decode);
  const paths = [...new Set(records.map(({ path }) => path).reverse())].slice(0, MOST_FILES);
  return paths.flatMap((below) => {
    const path = join(root, below);
    const file = readBytes(path, MOST_BYTES);
    const text = file && 'bytes' in file ? decodeText(file.bytes)?.text : undefined;
    if (text === undefined) return [];
    const own = records.filter((record) => record.path === below);
    const ranges = recordedLines(own, linesOf(text), sha256).evidence;
    return ranges.length > 0 ? [{ root, path, ranges, aiLines: aiLinesOf(ranges) }] : [];
  });
}

function aiLinesOf(ranges: readonly RangeEvidence[]): AiLines[] {
  return aiLines(ranges.map((range) => ({ ...range, origin: lineOrigin({ evidence: [range.evidence] }) })));
}

/** Each is told twice in a conversation at most: an agent that does not mend it then has its reasons. */
function notedAsTold(found: readonly ToldFinding[], session: string, log: AppendLog): readonly ToldFinding[] {
  const times = new Map<string, number>();
  for (const bytes of log.read()) {
    for (const line of decode(bytes).split('\n')) times.set(line, (times.get(line) ?? 0) + 1);
  }
  const lineOf = ({ file, fingerprint }: ToldFinding) => JSON.stringify([session, file, fingerprint]);
  const told = found.filter((finding) => (times.get(lineOf(finding)) ?? 0) < MOST_TIMES).slice(0, MOST_TOLD);
  log.append(told.map(lineOf));
  return told;
}
