import type { Host } from '../../host/host';
import type { RangeEvidence } from '../evidence';
import { commonLines } from '../mapping/common-lines';
import { linesOf } from '../mapping/text-lines';
import { type LoggedFile, readWorkingLog } from '../notes/git-ai-working-log';
import { decode } from './decode';
import { editedLines } from './edited-lines';
import type { TextEvidence, TextEvidenceSource, TextFacts } from './text-evidence';
import { sha256 } from './text-hash';

/** It is read in the thread that answers the editor. */
const LARGEST_LOG = 16_000_000;
const LARGEST_TEXT = 4_000_000;
/** What git-ai calls the commit where there is none. */
const NO_COMMIT = 'initial';

const UNREAD = "git-ai's log of uncommitted work: it cannot be read, or is larger than 16 MB";

/** What git-ai has logged of lines that are not committed. */
export function workingLogSource(host: Host): TextEvidenceSource {
  return {
    load: async ({ file, head, isWorkTree }) => {
      if (!file || !isWorkTree) return undefined;
      const folder = `${file.repository.gitFolder}/ai/working_logs/${head ?? NO_COMMIT}`;
      const checkpoints = host.readBytes(`${folder}/checkpoints.jsonl`, LARGEST_LOG);
      const initial = host.readBytes(`${folder}/INITIAL`, LARGEST_LOG);
      if (!checkpoints && !initial) return undefined;
      const files = {
        ...(checkpoints && 'bytes' in checkpoints && { checkpoints: checkpoints.bytes }),
        ...(initial && 'bytes' in initial && { initial: initial.bytes }),
      };
      const isWhole = !(checkpoints && 'refusal' in checkpoints) && !(initial && 'refusal' in initial);
      // Half of it would tell what was overruled since.
      if (!isWhole) return { of: () => ({ present: [] }), missing: UNREAD };
      const logged = readWorkingLog(files, sha256, decode).get(file.path);
      return logged?.blobHash ? evidenceOfLog(host, folder, logged.blobHash, logged) : undefined;
    },
  };
}

function evidenceOfLog(host: Host, folder: string, hash: string, logged: LoggedFile): TextEvidence {
  const exact: TextFacts = { present: logged.evidence(false) };
  let snapshot: readonly string[] | undefined;
  return {
    of: ({ text, lines }) => {
      if (sha256(text) === hash || sha256(`\uFEFF${text}`) === hash) return exact;
      if (!snapshot) {
        const blob = host.readBytes(`${folder}/blobs/${hash}`, LARGEST_TEXT);
        // What is there under another's name is not what was logged.
        snapshot = blob && 'bytes' in blob && sha256(blob.bytes) === hash ? linesOf(decode(blob.bytes)) : [];
      }
      return movedFacts(snapshot, lines, logged.evidence(true));
    },
  };
}

/**
 * What was said of the lines of a text, of those of another text: where a line is the same but for white space it is
 * said of it, where it was edited it is said of what it was before.
 */
export function movedFacts(
  former: readonly string[],
  lines: readonly string[],
  evidence: readonly RangeEvidence[],
): TextFacts {
  if (former.length === 0 || evidence.length === 0) return { present: [] };
  const indices = commonLines(former, lines);
  const edited = new Int32Array(lines.length).fill(-1);
  const same = (line: number) => ((indices[line] ?? -1) >= 0 ? indices[line] : undefined);
  for (const one of editedLines({ lines: former, gitLines: undefined }, lines, same)) {
    if (one.isOnlySpace) indices[one.line] = one.committed;
    else edited[one.line] = one.committed;
  }
  return { present: moved(evidence, indices), former: moved(evidence, edited) };
}

/** @param indices for each line what it was, or -1. They grow. */
function moved(evidence: readonly RangeEvidence[], indices: Int32Array): RangeEvidence[] {
  const ascending = [...evidence].sort((a, b) => a.start - b.start);
  const found: RangeEvidence[] = [];
  let next = 0;
  indices.forEach((index, line) => {
    if (index < 0) return;
    while ((ascending[next]?.end ?? Number.POSITIVE_INFINITY) <= index) next++;
    const range = ascending[next];
    if (!range || range.start > index) return;
    const last = found.at(-1);
    if (last?.end === line && last.evidence === range.evidence) {
      found[found.length - 1] = { ...last, end: line + 1 };
    } else found.push({ start: line, end: line + 1, evidence: range.evidence });
  });
  return found;
}
