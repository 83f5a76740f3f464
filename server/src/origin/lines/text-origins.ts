/** From what is known of the lines at a commit, and of a text, to who wrote each line of the text. */
import type { LineRange, RangeEvidence } from '../evidence';
import type { CommittedLines } from '../mapping/text-lines';
import { type LineFacts, type LineOrigin, lineOrigin } from '../precedence';
import type { FactsPiece } from './committed-facts';
import { editedLines } from './edited-lines';
import type { TextFacts, TextVersion } from './text-evidence';

/** Lines of a text, from 0, of which the same is known. */
export interface OriginRun extends LineRange {
  readonly origin: LineOrigin;
  /** Full id of the commit that brought the lines; undefined where they are not committed or not blamed. */
  readonly commit: string | undefined;
}

export interface CommittedFile {
  readonly lines: CommittedLines;
  readonly pieces: readonly FactsPiece[];
}

/** Every line of the text once, in order. @param facts of the text, from all sources. */
export function originRuns(
  version: TextVersion,
  committed: CommittedFile | undefined,
  facts: readonly TextFacts[],
): OriginRun[] {
  const count = version.lines.length;
  const places = placesOf(version, committed);
  const present = facts.flatMap((one) => one.present);
  const former = facts.flatMap((one) => one.former ?? []);
  const cuts = new Uint8Array(count + 1);
  for (const { start, end } of [...present, ...former]) {
    cuts[Math.min(start, count)] = 1;
    cuts[Math.min(end, count)] = 1;
  }
  const activePresent = new ActiveRanges(present);
  const activeFormer = new ActiveRanges(former);
  const runs: OriginRun[] = [];
  for (let start = 0; start < count; ) {
    let end = start + 1;
    while (end < count && cuts[end] === 0 && places[end] === places[start]) end++;
    const place = places[start];
    const origin = lineOrigin(
      factsOf(place, evidenceOf(activePresent.at(start)), evidenceOf(activeFormer.at(start))),
    );
    runs.push({ start, end, origin, commit: place?.isEdited === false ? place.piece.commit : undefined });
    start = end;
  }
  return runs;
}

/** What was there at the commit: the same line, but for white space, or the line before it was edited. */
interface Place {
  readonly piece: FactsPiece;
  readonly isEdited: boolean;
}

/** For each line of the text; the same object for lines of which the same is known. */
function placesOf(version: TextVersion, committed: CommittedFile | undefined): (Place | undefined)[] {
  const places = new Array<Place | undefined>(version.lines.length).fill(undefined);
  if (!committed) return places;
  const { pieces, lines } = committed;
  const same = pieces.map((piece): Place => ({ piece, isEdited: false }));
  const edited = pieces.map((piece): Place => ({ piece, isEdited: true }));
  const pieceAt = (line: number) => indexAt(pieces, line);
  for (let line = 0; line < places.length; line++) {
    const at = version.committedLine(line);
    if (at !== undefined) places[line] = same[pieceAt(at)];
  }
  for (const one of editedLines(lines, version.lines, (line) => version.committedLine(line))) {
    places[one.line] = (one.isOnlySpace ? same : edited)[pieceAt(one.committed)];
  }
  return places;
}

function factsOf(
  place: Place | undefined,
  present: LineFacts['evidence'],
  former: LineFacts['evidence'],
): LineFacts {
  if (!place) return { evidence: present, former };
  const { evidence, note } = place.piece.facts;
  const known = note === undefined ? {} : { note };
  if (place.isEdited) return { evidence: present, former: [...former, ...evidence], ...known };
  return { evidence: [...present, ...evidence], former, ...known };
}

function evidenceOf(ranges: readonly RangeEvidence[]): LineFacts['evidence'] {
  return ranges.map(({ evidence }) => evidence);
}

/** The piece with a line, or -1. */
function indexAt(pieces: readonly FactsPiece[], line: number): number {
  let low = 0;
  for (let high = pieces.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((pieces[middle] as FactsPiece).end <= line) low = middle + 1;
    else high = middle;
  }
  const piece = pieces[low];
  return piece && piece.start <= line ? low : -1;
}

/** Which of many ranges, in any order and overlapping, hold a line. Asked for lines that grow. */
class ActiveRanges {
  readonly #ranges: readonly RangeEvidence[];
  #next = 0;
  #active: RangeEvidence[] = [];

  constructor(ranges: readonly RangeEvidence[]) {
    this.#ranges = [...ranges].sort((a, b) => a.start - b.start);
  }

  at(line: number): readonly RangeEvidence[] {
    if (this.#active.some(({ end }) => end <= line))
      this.#active = this.#active.filter(({ end }) => end > line);
    for (; (this.#ranges[this.#next]?.start ?? Number.POSITIVE_INFINITY) <= line; this.#next++) {
      const range = this.#ranges[this.#next] as RangeEvidence;
      if (range.end > line) this.#active.push(range);
    }
    return this.#active;
  }
}
