/** The report of `countersign origin` for people. */
import { type OriginState, SOURCES } from '../../origin/evidence';
import { type Colours, coloursFor } from '../output/colours';
import { harmless, harmlessPath } from '../output/safe-text';
import type { OriginReport, ReportedLines } from './origin-report';

const STATES: Readonly<Record<OriginState, string>> = {
  ai: 'AI',
  'ai-commit': 'AI took part',
  mixed: 'AI, edited',
  human: 'person',
  unknown: 'unknown',
};
const SHORT_ID = 10;
/** Below, evidence does not make a state a fact. */
const SURE = 0.75;

export function prettyOrigin(report: OriginReport, isColoured: boolean): string {
  const colours = coloursFor(isColoured);
  const { file, head, lines, degraded } = report;
  const at = head === null ? '' : colours.dim(` compared with ${head.slice(0, SHORT_ID)}`);
  const rows = lines.map((one) => row(one, colours, report));
  const unknown = degraded.map(({ cause }) => `  not known of ${harmless(cause)}`);
  return [`${colours.bold(harmlessPath(file))}${at}`, ...rows, `  ${summary(lines)}`, ...unknown, '']
    .join('\n')
    .concat('\n');
}

function row(one: ReportedLines, colours: Colours, { lines }: OriginReport): string {
  const width = 2 * String(lines.at(-1)?.end ?? 0).length + 1;
  const range = one.start === one.end ? String(one.start) : `${one.start}-${one.end}`;
  const tool = [one.tool, one.model].filter((word) => word !== null).join(', ');
  const known =
    one.source === null || one.confidence === null
      ? undefined
      : `${SOURCES[one.source].words}, ${Math.round(one.confidence * 100)} %`;
  const facts = [
    tool === '' ? undefined : tool,
    known,
    one.commit?.slice(0, SHORT_ID),
    one.signedOff ? 'countersigned' : undefined,
  ]
    .filter((word) => word !== undefined)
    .map(harmless);
  return `  ${range.padStart(width)}  ${state(one, colours)}  ${facts.join(' · ')}`.trimEnd();
}

function state({ state, confidence }: ReportedLines, { severity, green, dim }: Colours): string {
  const isDoubtful = state === 'ai' && (confidence ?? 0) < SURE;
  const padded = (isDoubtful ? 'AI, perhaps' : STATES[state]).padEnd(12);
  if (state === 'human') return green(padded);
  if (state === 'unknown') return dim(padded);
  return state === 'ai' ? severity.hint(padded) : severity.info(padded);
}

/** `12 lines: 8 AI, 4 unknown.` */
function summary(lines: readonly ReportedLines[]): string {
  const counts = new Map<OriginState, number>();
  for (const { state, start, end } of lines) counts.set(state, (counts.get(state) ?? 0) + end - start + 1);
  const all = lines.at(-1)?.end ?? 0;
  const parts = Object.entries(STATES).flatMap(([state, words]) => {
    const count = counts.get(state as OriginState);
    return count === undefined ? [] : [`${count} ${words}`];
  });
  return all === 0 ? 'No lines.' : `${all} ${all === 1 ? 'line' : 'lines'}: ${parts.join('; ')}.`;
}
