/**
 * From all that is known of a line to what is shown of it.
 *
 * **Invariant:** what is weaker never overrules what is stronger, a hint is no state, and only evidence that names a
 * person's own hand makes a line `human`.
 */
import { type Evidence, type NoteCoverage, type OriginState, SOURCES, type Source } from './evidence';

export interface LineFacts {
  /** What speaks of the line's text as it is, or of its commit or file. In any order. */
  readonly evidence: readonly Evidence[];
  /**
   * What speaks of the text as it was before somebody changed it, more than its white space: from the commit and its
   * notes, from a former event.
   */
  readonly former?: readonly Evidence[];
  /** The note of git-ai that belongs to the line's commit. */
  readonly note?: NoteCoverage;
}

export interface LineOrigin {
  readonly state: OriginState;
  /** What the state follows from; undefined exactly where it is `unknown`. */
  readonly deciding: Evidence | undefined;
  /** Everything, the strongest first. */
  readonly evidence: readonly Evidence[];
  /** In the gutter. */
  readonly marker: Marker;
  /** Whether findings on the line may be judged as those in AI code. */
  readonly mayRaise: boolean;
}

export type Marker = 'solid' | 'hollow' | 'none';

/** From here on, evidence that an AI tool wrote the line raises severity. */
const RAISES = 0.75;
/** Below, nothing is drawn. */
const DRAWN = 0.5;

/** Where a person is attested to have written the line. */
const ATTEST_HUMANS: ReadonlySet<Source> = new Set<Source>([
  'override',
  'git-ai-note-human',
  'git-ai-working-log',
  'agent-trace',
]);
/** What a reliable note overrules: it knows which lines of the commit were a tool's. */
const OF_COMMITS: ReadonlySet<Source> = new Set<Source>([
  'commit-author',
  'commit-co-author',
  'commit-trailer',
]);
/** Told in words, never drawn: measured to be wrong too often. */
const ONLY_IN_WORDS: ReadonlySet<Source> = new Set<Source>(['git-ai-old-note', 'hint']);
/** Of the text as it is now, up to here in rank; what ranks below does not know the text. */
const LAST_OF_TEXT = SOURCES['agent-trace'].rank;

export function lineOrigin({ evidence, former = [], note = 'none' }: LineFacts): LineOrigin {
  const standing = ranked(evidence);
  const before = ranked(former);
  const all = [...standing, ...before];
  const mayDecide = (one: Evidence) => isState(one) && !isOverruled(one, note);
  const present = standing.filter(mayDecide);
  const past = before.filter((one) => mayDecide(one) && (one.claim === 'ai' || one.claim === 'mixed'));
  const ofText = present.find((one) => SOURCES[one.source].rank <= LAST_OF_TEXT);
  if (ofText !== undefined) return decided(ofText.claim, ofText, all);
  const [edited] = past.filter(({ source }) => SOURCES[source].isLineExact);
  const [other] = present;
  if (edited !== undefined && (other === undefined || rankOf(edited) <= rankOf(other))) {
    return decided('mixed', edited, all);
  }
  if (other !== undefined) return decided(other.claim, other, all);
  return { state: 'unknown', deciding: undefined, evidence: all, marker: 'none', mayRaise: false };
}

function decided(state: OriginState, deciding: Evidence, evidence: readonly Evidence[]): LineOrigin {
  const { source, confidence } = deciding;
  const mayRaise =
    state === 'ai' && SOURCES[source].isLineExact && confidence >= RAISES && !ONLY_IN_WORDS.has(source);
  const isDrawn = state !== 'human' && confidence >= DRAWN && !ONLY_IN_WORDS.has(source);
  return { state, deciding, evidence, marker: mayRaise ? 'solid' : isDrawn ? 'hollow' : 'none', mayRaise };
}

function ranked(evidence: readonly Evidence[]): Evidence[] {
  return [...evidence].sort((a, b) => rankOf(a) - rankOf(b) || b.confidence - a.confidence);
}

function rankOf({ source }: Evidence): number {
  return SOURCES[source].rank;
}

function isState({ source, claim }: Evidence): boolean {
  return source !== 'hint' && (claim !== 'human' || ATTEST_HUMANS.has(source));
}

/** An agent that made the commit by itself made it also where the note came out empty. */
function isOverruled({ source }: Evidence, note: NoteCoverage): boolean {
  if (note === 'none' || !OF_COMMITS.has(source)) return false;
  return !(note === 'empty' && source === 'commit-author');
}

/** Spaces, and brackets with what ends a statement or element. */
const BLANK = /^[\s()[\]{};,]*$/;

/**
 * The markers as they are drawn: lines without a word of their own, of which nothing is known, take what the nearest
 * lines before and after them agree on. **Invariant:** for drawing only; states, counts and severity stay.
 */
export function drawnMarkers(origins: readonly LineOrigin[], lineAt: (line: number) => string): Marker[] {
  const drawn = origins.map(({ marker }) => marker);
  const inherits = origins.map(({ state }, line) => state === 'unknown' && BLANK.test(lineAt(line)));
  for (let line = 0; line < drawn.length; line++) {
    if (inherits[line] === false) continue;
    let end = line;
    while (end < drawn.length && inherits[end] === true) end++;
    const before = drawn[line - 1];
    if (before !== undefined && before === drawn[end]) drawn.fill(before, line, end);
    line = end;
  }
  return drawn;
}
