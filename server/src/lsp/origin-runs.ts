/** What is known of an open document's lines, as the client is told it. */
import { confidenceWords } from '../../../protocol/confidence';
import type { OriginRun as ToldRun } from '../../../protocol/origin';
import { type Evidence, SOURCES } from '../origin/evidence';
import type { OriginRun } from '../origin/lines/text-origins';
import { drawnMarkers, type LineOrigin, type Marker } from '../origin/precedence';

const MOST_OTHERS = 8;

const CLAIMS: Readonly<Record<Evidence['claim'], string>> = {
  ai: 'An AI tool wrote it',
  'ai-commit': 'An AI tool took part',
  mixed: 'An AI tool wrote it, and it was edited since',
  human: 'A person wrote it',
};

/** Without those of which nothing is known or drawn. @param lines of the text. */
export function toldRuns(runs: readonly OriginRun[], lines: readonly string[]): ToldRun[] {
  const origins = runs.flatMap(({ start, end, origin }) => new Array<LineOrigin>(end - start).fill(origin));
  const markers = drawnMarkers(origins, (line) => lines[line] ?? '');
  return runs.flatMap((run) => {
    const told: ToldRun[] = [];
    for (let start = run.start; start < run.end; ) {
      const marker = markers[start] as Marker;
      let end = start + 1;
      while (end < run.end && markers[end] === marker) end++;
      const isSomething =
        run.origin.state !== 'unknown' || run.origin.evidence.length > 0 || marker !== 'none';
      if (isSomething) told.push({ start, end, marker, ...factsOf(run) });
      start = end;
    }
    return told;
  });
}

function factsOf({ origin, commit }: OriginRun): Omit<ToldRun, 'start' | 'end' | 'marker'> {
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
