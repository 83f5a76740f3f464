/** Which lines of a text the AI switch is about, and what it says of each. */
import { type Evidence, type LineRange, SOURCES, type Source } from './evidence';
import type { LineOrigin } from './precedence';

/** Lines that findings may be judged by as AI code. */
export interface AiLines extends LineRange {
  readonly reason: {
    /** To follow "raised: ": `written by Claude Code, note on 3f2a1c9`. */
    readonly words: string;
    readonly tool: string | undefined;
    readonly source: Source;
    readonly commit: string | undefined;
  };
}

const SHORT_COMMIT = 7;

/** What the evidence is called beside a finding, with its commit where it belongs to one; shorter than in a hover. */
const NAMES: Readonly<Partial<Record<Source, { readonly name: string; readonly on?: string }>>> = {
  override: { name: 'marked by a person' },
  'recorder-exact': { name: 'its edit was recorded' },
  'recorder-matched': { name: 'its edit was recorded and found by its text' },
  'git-ai-note': { name: 'git-ai note', on: 'note on' },
  'git-ai-working-log': { name: "git-ai's log of uncommitted work" },
  agentblame: { name: 'agentblame note', on: 'agentblame note on' },
  'agent-trace': { name: 'Agent Trace' },
};

/** @param runs of one text, in order. */
export function aiLines(runs: readonly (LineRange & { readonly origin: LineOrigin })[]): AiLines[] {
  return runs.flatMap(({ start, end, origin: { mayRaise, deciding } }) =>
    mayRaise && deciding ? [{ start, end, reason: reasonOf(deciding) }] : [],
  );
}

function reasonOf({ source, tool, commit }: Evidence): AiLines['reason'] {
  const words = `written by ${tool ?? 'an AI tool'}, ${nameOf(source, commit)}`;
  return { words, tool, source, commit };
}

function nameOf(source: Source, commit: string | undefined): string {
  const { name, on } = NAMES[source] ?? { name: SOURCES[source].words };
  return on !== undefined && commit !== undefined ? `${on} ${commit.slice(0, SHORT_COMMIT)}` : name;
}
