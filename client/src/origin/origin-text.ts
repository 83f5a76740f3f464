// What is said of a line's origin, as Markdown and as plain text. Pure, so that every state is tested without
// an editor.
import type { OriginRun } from '../../../protocol/origin';
import { markdownText } from '../markdown-text';
import type { Translate } from '../translate';

/** Of that much other evidence; the rest is counted. */
const LISTED_OTHERS = 5;
const SHORT_COMMIT = 7;
/** As the server has it for findings on lines of AI tools. */
const EXACT_FROM = 0.75;

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
  const { commit, time, source, confidence, others = [] } = run;
  const facts = [
    commit &&
      `${t('Commit {0}', markdownText(commit.slice(0, SHORT_COMMIT)))}${time === undefined ? '' : `, ${markdownText(date(time))}`}`,
    commit === undefined && time !== undefined && markdownText(date(time)),
    source && t('Known from {0}', markdownText(source)),
    confidence !== undefined && t('Confidence: {0}', confidenceWords(confidence, t)),
  ].filter((fact) => typeof fact === 'string' && fact !== '');
  const listed = others.slice(0, LISTED_OTHERS).map((other) => `- ${markdownText(other)}`);
  const more = others.length - LISTED_OTHERS;
  if (more > 0) listed.push(`- ${t('{0} more', more)}`);
  return [
    `**${headline(run, t)}**${run.model ? ` \\(${markdownText(run.model)}\\)` : ''}`,
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
  return run.marker === 'tick' ? t('Countersigned by a person; {0}', said) : capitalized(said);
}

function stateWords(run: OriginRun, t: Translate): string {
  const { state, marker, tool, commit } = run;
  const who = tool ? markdownText(tool) : t('an AI tool');
  if (state === 'ai') return isExact(run) ? t('written by {0}', who) : t('perhaps written by {0}', who);
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

/** A tick hides whether the evidence is exact. */
function isExact({ marker, confidence = 0 }: OriginRun): boolean {
  return marker === 'solid' || (marker === 'tick' && confidence >= EXACT_FROM);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The values are judgements, so a number would say more than is known. */
export function confidenceWords(confidence: number, t: Translate): string {
  if (confidence >= 0.95) return t('very high');
  if (confidence >= 0.8) return t('high');
  if (confidence >= 0.6) return t('medium');
  if (confidence >= 0.45) return t('low');
  return t('very low');
}
