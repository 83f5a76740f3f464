// What the view of AI code to review says. Pure.
import type { AiRegion, AiRegionsAnswer } from '../../../protocol/reviews';
import { sentencesOf } from '../findings/finding-text';
import type { Translate } from '../translate';
import type { OpenFindingRow, RegionRow } from './region-rows';

/** Rows are narrow; tooltips have room. */
const NAMED_IN_ROW = 2;
const NAMED_IN_TOOLTIP = 12;

export interface RegionText {
  readonly label: string;
  readonly description: string;
  /** For screen readers. */
  readonly spoken: string;
}

export function regionText({ region, path }: RegionRow, t: Translate): RegionText {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const described = [riskSentence(region, t), region.tools.join(', ')].filter((part) => part !== '');
  const spoken = [
    riskWords(region, t),
    path,
    linesWords(region, t),
    ...riskReasons(region, NAMED_IN_ROW, t),
    ...(region.tools.length > 0 ? [t('by {0}', region.tools.join(', '))] : []),
    t('review: {0}', region.reason),
  ];
  return {
    label: `${name}:${lineNumbers(region)}`,
    description: described.join(' · '),
    spoken: spoken.join(', '),
  };
}

/** Why a region stands where it stands in the list: "high: 2 open findings, touches db.query, 30 lines". */
export function riskSentence(region: AiRegion, t: Translate): string {
  const level = { high: t('high'), medium: t('medium'), low: t('low') }[region.risk.level];
  return t('{0}: {1}', level, riskReasons(region, NAMED_IN_ROW, t).join(', '));
}

/** The paragraphs of the tooltip, as plain text; the first is a heading. */
export function regionDetails({ region, path }: RegionRow, t: Translate): string[] {
  const { tools, reason, open } = region;
  return [
    `${riskWords(region, t)}: ${riskReasons(region, NAMED_IN_TOOLTIP, t).join(', ')}`,
    t('Review: {0}.', reason.replace(/\.$/, '')),
    ...(tools.length > 0 ? [t('Written with {0}, by evidence.', tools.join(', '))] : []),
    ...(open.length > 0 ? [t('Fix or suppress the open findings before you countersign it.')] : []),
    `${path}:${lineNumbers(region)}`,
  ];
}

export function openFindingText({ finding, path }: OpenFindingRow, t: Translate): RegionText {
  const line = finding.range.start.line + 1;
  const wrong = sentencesOf(finding.message).wrong.replaceAll('`', '').replace(/\.$/, '');
  return {
    label: finding.ruleId,
    description: t('line {0} · {1}', line, wrong),
    spoken: t('Open finding: {0}, {1}, line {2}, rule {3}', wrong, path, line, finding.ruleId),
  };
}

/** What stands above the rows; undefined where there are none and the view says something else. */
export function reviewMessage(answer: AiRegionsAnswer | undefined, t: Translate): string | undefined {
  if (!answer) return undefined;
  const { unreviewed, lines, isLoading, causes } = answer;
  if (unreviewed.length === 0 && causes.length === 0) return undefined;
  const all = lines.reviewed + lines.unreviewed;
  const [cause, ...others] = causes;
  return [
    all > 0 ? t('{0} of {1} AI lines countersigned.', lines.reviewed, all) : '',
    isLoading ? t('Files are still looked through.') : '',
    cause === undefined ? '' : t('Regions may be missing: {0}', cause),
    others.length > 0 ? t('And {0} more reasons.', others.length) : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** What the context key says that chooses the text of an empty view. */
export function reviewState(answer: AiRegionsAnswer | undefined): 'loading' | 'some' | 'done' | 'none' {
  if (!answer) return 'loading';
  if (answer.unreviewed.length > 0) return 'some';
  if (answer.isLoading) return 'loading';
  return answer.lines.reviewed > 0 ? 'done' : 'none';
}

/** "lines 12 to 30", from 1. */
export function linesWords({ start, end }: Pick<AiRegion, 'start' | 'end'>, t: Translate): string {
  return end - start === 1 ? t('line {0}', start + 1) : t('lines {0} to {1}', start + 1, end);
}

function lineNumbers({ start, end }: AiRegion): string {
  return end - start === 1 ? String(end) : `${start + 1}–${end}`;
}

function riskWords({ risk }: AiRegion, t: Translate): string {
  return { high: t('High risk'), medium: t('Medium risk'), low: t('Low risk') }[risk.level];
}

function riskReasons({ open, risk }: AiRegion, most: number, t: Translate): string[] {
  const { touches, lines } = risk;
  const named = touches.slice(0, most).join(', ');
  const more = touches.length - most;
  const reasons: string[] = [];
  if (open.length === 1) reasons.push(t('1 open finding'));
  if (open.length > 1) reasons.push(t('{0} open findings', open.length));
  if (more > 0) reasons.push(t('touches {0} and {1} more', named, more));
  else if (touches.length > 0) reasons.push(t('touches {0}', named));
  reasons.push(lines === 1 ? t('1 line') : t('{0} lines', lines));
  return reasons;
}
