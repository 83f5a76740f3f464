/**
 * What is known of who wrote a line, and how it is known.
 *
 * **Invariant:** a state other than `unknown` has evidence, and nothing follows from the absence of evidence. Only
 * what says `human` in so many words makes a line `human`.
 */

/**
 * What evidence can say of a line.
 *
 * - `ai`: an AI tool wrote it.
 * - `ai-commit`: an AI tool took part in the commit or file that it belongs to; the line itself may be a person's.
 * - `mixed`: an AI tool wrote it, and it was edited since.
 * - `human`: a person wrote it, attested.
 */
export type Claim = 'ai' | 'ai-commit' | 'mixed' | 'human';
export type OriginState = Claim | 'unknown';

/** Where evidence comes from. What each is worth stands in `SOURCES`. */
export type Source = keyof typeof SOURCES;

/** One piece of evidence. Texts in it are a stranger's: cleaned and bounded by its reader, escaped where shown. */
export interface Evidence {
  readonly source: Source;
  readonly claim: Claim;
  /** From 0 to 1. */
  readonly confidence: number;
  /** The tool as a person knows it, `Claude Code`; undefined where only "an AI tool" is known. */
  readonly tool?: string | undefined;
  readonly model?: string | undefined;
  /** The tool's name of the conversation. */
  readonly session?: string | undefined;
  /** Full object id of the commit that brought the line. */
  readonly commit?: string | undefined;
  /** Milliseconds since 1970. */
  readonly time?: number | undefined;
  /** Who is attested to have written the line, `Ann <ann@example.org>`. */
  readonly person?: string | undefined;
  /** What else a person should know, in words: `73 % of the commit`. */
  readonly detail?: string | undefined;
}

/** What else is known of an evidence than its source and claim. */
export type Circumstances = Partial<Omit<Evidence, 'source' | 'claim'>>;

/** With the confidence that its source has unless told. */
export function evidenceOf(source: Source, claim: Claim, known: Circumstances = {}): Evidence {
  return { source, claim, confidence: SOURCES[source].confidence, ...known };
}

/** Lines from 0, `end` excluded, of the version of the file that the reader speaks of. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

export interface RangeEvidence extends LineRange {
  readonly evidence: Evidence;
}

/**
 * Whether what git-ai's note on a commit leaves unsaid means anything.
 *
 * - `none`: there is none, or it is of a version that is not reliable.
 * - `empty`: it is reliable, and says nothing of any line.
 * - `lines`: it is reliable, and speaks of lines, of this file or others.
 */
export type NoteCoverage = 'none' | 'empty' | 'lines';

/** What is said of one source: how far it goes, and how sure it is. */
interface SourceKind {
  /** Of several pieces of evidence for a line, that of the lowest rank decides; the others are kept. */
  readonly rank: number;
  /** Unless the reader knows better. A judgement, informed by measurements of public histories. */
  readonly confidence: number;
  /** Whether it speaks of lines; other evidence speaks of a commit or a file. */
  readonly isLineExact: boolean;
  /** The source in words, to follow "known from". */
  readonly words: string;
}

/** In order of precedence. */
export const SOURCES = {
  override: { rank: 1, confidence: 1, isLineExact: true, words: 'a mark that a person set' },
  'recorder-exact': {
    rank: 2,
    confidence: 0.98,
    isLineExact: true,
    words: 'the edit as the agent reported it',
  },
  'git-ai-note': { rank: 3, confidence: 0.97, isLineExact: true, words: 'a git-ai note' },
  'git-ai-note-human': {
    rank: 4,
    confidence: 0.85,
    isLineExact: true,
    words: 'a git-ai note, from a save in an editor',
  },
  'git-ai-working-log': {
    rank: 5,
    confidence: 0.92,
    isLineExact: true,
    words: "git-ai's log of uncommitted work",
  },
  'recorder-matched': {
    rank: 6,
    confidence: 0.88,
    isLineExact: true,
    words: 'the edit as the agent reported it, found by its text',
  },
  agentblame: { rank: 7, confidence: 0.95, isLineExact: true, words: 'an agentblame note' },
  'git-ai-old-note': {
    rank: 8,
    confidence: 0.4,
    isLineExact: true,
    words: 'a note of an early git-ai, which is often wrong',
  },
  'agent-trace': { rank: 9, confidence: 0.85, isLineExact: true, words: 'an Agent Trace whose text matches' },
  'commit-author': { rank: 10, confidence: 0.85, isLineExact: false, words: 'the author of the commit' },
  'commit-co-author': {
    rank: 11,
    confidence: 0.65,
    isLineExact: false,
    words: 'a co-author or session of the commit',
  },
  'commit-trailer': { rank: 12, confidence: 0.55, isLineExact: false, words: 'a line of the commit message' },
  'agent-trace-unverified': {
    rank: 13,
    confidence: 0.5,
    isLineExact: true,
    words: 'an Agent Trace whose text was not compared',
  },
  'file-marker': { rank: 14, confidence: 0.6, isLineExact: false, words: 'a marker in the file' },
  'range-marker': { rank: 14, confidence: 0.5, isLineExact: true, words: 'a pair of markers in the file' },
  'file-percentage': {
    rank: 15,
    confidence: 0.5,
    isLineExact: false,
    words: 'a note about the file as a whole',
  },
  hint: { rank: 16, confidence: 0.35, isLineExact: false, words: 'a weak hint' },
} as const satisfies Record<string, SourceKind>;
