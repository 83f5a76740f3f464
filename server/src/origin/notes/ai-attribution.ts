/** Notes under `refs/notes/ai-attribution`, a name that several tools use. What they are shows in the text. */
import type { Decode } from '../bytes';
import { type Evidence, evidenceOf, type RangeEvidence } from '../evidence';
import { asObject, member, smallJson } from '../small-json';
import { repositoryPath } from '../stranger-text';
import { toolName } from '../tools';
import { type GitAiNote, type NotedFile, readGitAiNote } from './git-ai-note';

const LARGEST_NOTE = 4_000_000;
const MOST_FILES = 20_000;
const OPENING_BRACE = 0x7b;

export type AiAttribution =
  /** Qwen Code: how much of each file was its own, without lines. */
  | { readonly kind: 'files'; readonly evidence: (file: NotedFile) => Evidence | undefined }
  /**
   * A log in the manner of git-ai, by a tool of which nothing was measured: no better than a note of an early git-ai,
   * whatever version it says.
   */
  | { readonly kind: 'lines'; readonly evidence: (file: NotedFile) => RangeEvidence[] };

export function readAiAttribution(bytes: Uint8Array, decode: Decode): AiAttribution | undefined {
  if (bytes.find((byte) => byte > 0x20) === OPENING_BRACE) return readFiles(bytes, decode);
  const note = readGitAiNote(bytes, decode);
  return note === undefined ? undefined : { kind: 'lines', evidence: (file) => linesOf(note, file) };
}

function readFiles(bytes: Uint8Array, decode: Decode): AiAttribution | undefined {
  const note = smallJson(bytes, LARGEST_NOTE, decode);
  const generator = member(note, 'generator');
  if (typeof generator !== 'string' || member(note, 'version') !== 1) return undefined;
  const percents = new Map<string, number>();
  for (const [name, said] of Object.entries(asObject(member(note, 'files')) ?? {}).slice(0, MOST_FILES)) {
    const path = repositoryPath(name);
    const percent = member(asObject(said), 'percent');
    if (path !== undefined && typeof percent === 'number' && percent > 0 && percent <= 100)
      percents.set(path, percent);
  }
  const tool = toolName(generator);
  return {
    kind: 'files',
    evidence: ({ path, commit, time }) => {
      const percent = percents.get(path);
      if (percent === undefined) return undefined;
      const detail = `${Math.max(1, Math.round(percent))} % of what the commit changed in the file`;
      return evidenceOf('file-percentage', 'ai-commit', { tool, detail, commit, time });
    },
  };
}

function linesOf(note: GitAiNote, file: NotedFile): RangeEvidence[] {
  const found = note.evidence(file);
  const isPlausible =
    file.lineCount !== undefined && found.every(({ end }) => end <= (file.lineCount as number));
  if (!isPlausible) return [];
  return found.flatMap(({ start, end, evidence }) => {
    if (evidence.claim !== 'ai') return [];
    const { tool, model, session, commit, time } = evidence;
    return {
      start,
      end,
      evidence: evidenceOf('git-ai-old-note', 'ai', { tool, model, session, commit, time }),
    };
  });
}
