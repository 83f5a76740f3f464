// What is said of a line's origin, as Markdown and as plain text. Pure, so that every state is tested without
// an editor.
import { type ConfidenceWords, confidenceWords } from '../../../protocol/confidence';
import type { LineReview, OriginRun } from '../../../protocol/origin';
import { markdownText } from '../markdown-text';
import type { Translate } from '../translate';
import { isExactRun } from './exact-run';

/** Of that much other evidence; the rest is counted. */
const LISTED_OTHERS = 5;
const SHORT_COMMIT = 7;

/** The run that a line belongs to, if there is something to say of it beside code that a person looks at. */
export function toldRunAt(runs: readonly OriginRun[], line: number): OriginRun | undefined {
  return runs.find(({ start, end, marker, state, source, others }) => {
    const isThere = start <= line && line < end;
    // Evidence that is too weak to be drawn is said. That a person wrote a line is what everybody expects.
    const hasEvidence = source !== undefined || (others?.length ?? 0) > 0;
    return isThere && (marker !== 'none' || (state !== 'human' && hasEvidence));
  });
}

/**
 * What a hover says of a line.
 * @param date how a day is written
 * @returns Markdown, in which nothing that came from the workspace means anything
 */
export function originMarkdown(run: OriginRun, date: (time: number) => string, t: Translate): string {
  const { commit, time, source, confidence, others = [], reviews = [] } = run;
  const facts = [
    commit &&
      `${t('Commit {0}', markdownText(commit.slice(0, SHORT_COMMIT)))}${time === undefined ? '' : `, ${markdownText(date(time))}`}`,
    commit === undefined && time !== undefined && markdownText(date(time)),
    source && t('Known from {0}', markdownText(source)),
    confidence !== undefined && t('Confidence: {0}', translated(confidenceWords(confidence), t)),
  ].filter((fact) => typeof fact === 'string' && fact !== '');
  const reviewed = reviews.map((review) => reviewWords(review, date, t));
  const listed = others.slice(0, LISTED_OTHERS).map((other) => `- ${markdownText(other)}`);
  const more = others.length - LISTED_OTHERS;
  if (more > 0) listed.push(`- ${t('{0} more', more)}`);
  return [
    `**${headline(run, t)}**${run.model ? ` \\(${markdownText(run.model)}\\)` : ''}`,
    reviewed.length > 1 ? reviewed.map((words) => `- ${words}`).join('\n') : reviewed.join(''),
    facts.join(' · '),
    listed.length > 0 ? `${t('Also:')}\n${listed.join('\n')}` : '',
    `*${t('Attribution from evidence, not proof.')}*`,
  ]
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** One sentence without its stop: who wrote the line, no surer than the evidence is. */
function headline(run: OriginRun, t: Translate): string {
  const said = stateWords(run, t);
  if (run.marker !== 'tick') return capitalized(said);
  const count = run.reviews?.length ?? 0;
  return count > 1
    ? t('Countersigned by {0} people; {1}', count, said)
    : t('Countersigned by a person; {0}', said);
}

/** Who countersigned a line and when, no surer than it is known. */
function reviewWords(
  { reviewer, time, isProven, note }: LineReview,
  date: (time: number) => string,
  t: Translate,
): string {
  const [who, when] = [markdownText(reviewer), markdownText(date(time))];
  const said = isProven
    ? t('{0}, {1}, proven by a signature', who, when)
    : t('{0}, {1}, recorded without a proof of who it was', who, when);
  return note === undefined ? said : t('{0}: “{1}”', said, markdownText(note));
}

function stateWords(run: OriginRun, t: Translate): string {
  const { state, marker, tool, commit } = run;
  const who = tool ? markdownText(tool) : t('an AI tool');
  if (state === 'ai') return isExactRun(run) ? t('written by {0}', who) : t('perhaps written by {0}', who);
  if (state === 'mixed') return t('written by {0}, edited since', who);
  if (state === 'human') return t('written by a person');
  if (state === 'ai-commit') {
    return commit === undefined
      ? t('{0} took part in this file; who wrote this line is not known', who)
      : t('{0} took part in the commit; who wrote this line is not known', who);
  }
  return marker === 'none'
    ? t('it is not known who wrote this line')
    : t('a line without words, drawn like its neighbors; who wrote it is not known');
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function translated(words: ConfidenceWords, t: Translate): string {
  // Written out, for whoever collects what is to be translated.
  const translations: Readonly<Record<ConfidenceWords, string>> = {
    'very high': t('very high'),
    high: t('high'),
    medium: t('medium'),
    low: t('low'),
    'very low': t('very low'),
  };
  return translations[words];
}
