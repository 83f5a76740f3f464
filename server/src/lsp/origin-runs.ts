/** What is known of an open document's lines, as the client is told it. */
import { confidenceWords } from '../../../protocol/confidence';
import type { LineReview, OriginRun as ToldRun } from '../../../protocol/origin';
import { type Evidence, SOURCES } from '../origin/evidence';
import type { OriginRun } from '../origin/lines/text-origins';
import { drawnMarkers, type LineOrigin, type Marker } from '../origin/precedence';
import { isBlank } from '../signoffs/region-text';

const MOST_OTHERS = 8;

const CLAIMS: Readonly<Record<Evidence['claim'], string>> = {
  ai: 'An AI tool wrote it',
  'ai-commit': 'An AI tool took part',
  mixed: 'An AI tool wrote it, and it was edited since',
  human: 'A person wrote it',
};

type Reviews = readonly LineReview[] | undefined;

/**
 * Without those of which nothing is known or drawn.
 *
 * @param lines of the text.
 * @param reviews of each line; none of a line that is not reviewed, or of any.
 */
export function toldRuns(
  runs: readonly OriginRun[],
  lines: readonly string[],
  reviews: readonly Reviews[] = [],
): ToldRun[] {
  const origins = runs.flatMap(({ start, end, origin }) => new Array<LineOrigin>(end - start).fill(origin));
  const markers = drawnMarkers(origins, (line) => lines[line] ?? '');
  const ticks = drawnReviews(reviews, (line) => isFilled(lines[line] ?? '', origins[line], markers[line]));
  return runs.flatMap((run) => {
    const told: ToldRun[] = [];
    for (let start = run.start; start < run.end; ) {
      const marker = markers[start] as Marker;
      const tick = ticks[start];
      let end = start + 1;
      while (end < run.end && markers[end] === marker && isAlike(ticks[end], tick)) end++;
      const isSomething =
        run.origin.state !== 'unknown' || run.origin.evidence.length > 0 || marker !== 'none' || tick;
      const drawn = tick ? ({ marker: 'tick', reviews: tick } as const) : { marker };
      if (isSomething) told.push({ start, end, ...drawn, ...factsOf(run) });
      start = end;
    }
    return told;
  });
}

/** Whether a line is drawn as its neighbours are: it is blank, or nothing is known of it by itself. */
function isFilled(line: string, origin: LineOrigin | undefined, marker: Marker | undefined): boolean {
  return isBlank(line) || (origin?.marker === 'none' && marker !== 'none');
}

/** The reviews to draw: lines that only fill take those of the lines around them, where both are reviewed. */
function drawnReviews(reviews: readonly Reviews[], isFilled: (line: number) => boolean): readonly Reviews[] {
  const drawn = reviews.map((each) => (each && each.length > 0 ? each : undefined));
  for (let line = 0; line < drawn.length; line++) {
    const before = drawn[line - 1];
    if (drawn[line] || !before || !isFilled(line)) continue;
    let end = line;
    while (end < drawn.length && !drawn[end] && isFilled(end)) end++;
    if (drawn[end]) drawn.fill(before, line, end);
    line = end - 1;
  }
  return drawn;
}

function isAlike(one: Reviews, other: Reviews): boolean {
  return one === other || (one !== undefined && JSON.stringify(one) === JSON.stringify(other));
}

function factsOf({ origin, commit }: OriginRun): Omit<ToldRun, 'start' | 'end' | 'marker' | 'reviews'> {
  const { state, deciding, evidence } = origin;
  const others = evidence.filter((one) => one !== deciding).slice(0, MOST_OTHERS);
  const id = commit ?? deciding?.commit;
  return {
    state,
    ...(deciding?.tool !== undefined && { tool: deciding.tool }),
    ...(deciding?.model !== undefined && { model: deciding.model }),
    ...(id !== undefined && { commit: id }),
    ...(deciding?.time !== undefined && { time: deciding.time }),
    ...(deciding && { source: sourceWords(deciding), confidence: deciding.confidence }),
    ...(others.length > 0 && { others: others.map(sentenceOf) }),
  };
}

/** `a co-author or session of the commit, 73 % of the commit`. */
function sourceWords({ source, detail, person }: Evidence): string {
  return [SOURCES[source].words, person, detail].filter((words) => words !== undefined).join(', ');
}

/** `An AI tool took part: Claude Code, known from the author of the commit; confidence: high.` */
function sentenceOf(evidence: Evidence): string {
  const { claim, tool, confidence } = evidence;
  const named = tool === undefined ? CLAIMS[claim] : `${CLAIMS[claim]}: ${tool}`;
  return `${named}, known from ${sourceWords(evidence)}; confidence: ${confidenceWords(confidence)}.`;
}
