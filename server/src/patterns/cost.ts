/** How long a regular expression may take on the worst text, as a class of growth. */
import type { Report } from 'scslre';
import { isAmbiguous } from './ambiguity';
import { restartedBy } from './restart';

export interface Cost {
  /**
   * - `exponential`: each character more doubles the time.
   * - `polynomial`: two or more repetitions read the same text, so the time grows with a power of its length.
   * - `restarting`: the time grows with the square, as the search begins anew at each place of a long run.
   */
  readonly growth: 'exponential' | 'polynomial' | 'restarting';
  /** Whether it is sure that the pattern can fail behind the repetition, without which it takes no time. */
  readonly canFail: boolean;
  /** What has to be repeated for it; not known for all. */
  readonly repeated: string | undefined;
  /** The repetition that is at fault, in the source of the pattern; undefined where it is all of it. */
  readonly part: { readonly start: number; readonly end: number } | undefined;
}

/** Longer patterns (UTF-16 units) are not judged: they are tables of words. */
const LONGEST = 1_500;
/** More repetitions take the analyser too long to compare with each other. */
const MOST_REPETITIONS = 25;
/** The analyser looks for no more causes in one pattern. */
const MOST_REPORTS = 40;
/** So many answers are kept, and all forgotten when there are more. */
const MOST_KNOWN = 2_000;

// The analyser is a megabyte of code, which is not read before there is a pattern to judge: `scripts/build.mjs`.
declare const require: (name: 'scslre') => typeof import('scslre');

const KNOWN = new Map<string, Cost | undefined>();

/** Undefined where the time grows with the length of the text alone, and where nobody can tell. */
export function costOf(source: string, flags: string): Cost | undefined {
  const repetitions = source.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0;
  if (repetitions === 0 || repetitions > MOST_REPETITIONS || source.length > LONGEST) return undefined;
  const key = `${flags}/${source}`;
  const known = KNOWN.get(key);
  if (known || KNOWN.has(key)) return known;
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  const cost = isPlain(source, flags) ? undefined : judged(source, flags);
  KNOWN.set(key, cost);
  return cost;
}

/**
 * Whether there is one repetition, of one character at a time, and nothing behind it can fail or the search cannot begin
 * anew: `/\s+/`, `/^v\d+$/`. Two of five patterns that people write are so, and the analyser need not be read for them.
 */
export function isPlain(source: string, flags: string): boolean {
  if (/[mv]/.test(flags)) return false;
  const signs = source
    .replace(/\\[\s\S]/g, (sign) => (/\d|k/.test(sign) ? '{' : 'x'))
    .replace(/\[[^\]]*\]/g, 'x');
  // Counted repetitions, references and what looks around are not looked into; a repeated group can hold another loop.
  if (/\{|\(\?<?[=!]|\)[*+]/.test(signs) || signs.match(/[*+]/g)?.length !== 1) return false;
  if (/[*+]\??\)*$/.test(signs)) return true;
  return signs.startsWith('^') && !hasAlternatives(signs);
}

/** Outside of groups. */
function hasAlternatives(signs: string): boolean {
  let depth = 0;
  for (const [sign] of signs.matchAll(/[()|]/g)) {
    if (sign === '|' && depth === 0) return true;
    if (sign !== '|') depth += sign === '(' ? 1 : -1;
  }
  return false;
}

/** By the analyser, whatever the pattern is. */
export function judged(source: string, flags: string): Cost | undefined {
  try {
    const { analyse } = require('scslre');
    const { parsed, reports } = analyse({ source, flags }, { maxReports: MOST_REPORTS });
    const failing = reports.filter((report) => canFail(report, source, flags));
    const reported = worst([...failing, ...searched(source, flags)], source);
    if (reported?.growth === 'exponential') return reported;
    if (isAmbiguous(parsed.pattern, flags))
      return { growth: 'exponential', canFail: mayBeTried(source), repeated: undefined, part: undefined };
    if (reported) return reported;
    const repeated = mayBeTried(source) ? restartedBy(parsed.pattern, flags) : undefined;
    return repeated === undefined
      ? undefined
      : { growth: 'restarting', canFail: true, repeated, part: undefined };
  } catch {
    // It is no regular expression, or one of a later ECMAScript.
    return undefined;
  }
}

/**
 * `/^([^]*?)x?\/*$/` never fails, and yet tries each place for the end: what is reported on the assumption that there
 * is a text that does not match holds for the lazy repetition.
 */
function searched(source: string, flags: string): readonly Report[] {
  if (!/[*+}]\?/.test(source) || !/[^\\]\$\)*$/.test(source)) return [];
  const { analyse } = require('scslre');
  const { reports } = analyse({ source, flags }, { assumeRejectingSuffix: true, maxReports: MOST_REPORTS });
  return reports.filter(
    (report) => report.type === 'Trade' && !report.startQuant.greedy && !report.exponential,
  );
}

function worst(reports: readonly Report[], source: string): Cost | undefined {
  const exponential = reports.find((report) => report.exponential);
  const report = exponential ?? reports.find(({ type }) => type !== 'Move') ?? reports[0];
  if (!report) return undefined;
  const { start, end } = report.type === 'Trade' ? report.endQuant : report.quant;
  return {
    growth: exponential ? 'exponential' : report.type === 'Move' ? 'restarting' : 'polynomial',
    canFail: mayBeTried(source) || endsBehind(source.slice(end)),
    repeated: report.character.pick,
    part: { start, end },
  };
}

/** Whether a pattern wants the text to end somewhere behind a repetition, with no other choice but in later groups. */
function endsBehind(rest: string): boolean {
  if (!/(?:^|[^\\])\$\)*$/.test(rest)) return false;
  let depth = 0;
  for (const [sign] of rest.replace(/\\.|\[(?:\\.|[^\]\\])*\]/g, '').matchAll(/[()|]/g)) {
    if (sign === '|' && depth === 0) return false;
    if (sign === '(') depth++;
    else if (sign === ')' && depth > 0) depth--;
  }
  return true;
}

/** What a text may go on with behind the repetition, so that a pattern fails. */
const ENDINGS = ['', '\n', '!', '\0', 'a', '0', ' ', '/', '\n\n', '\na'];
const BEGINNINGS = ['', 'a', '!'];
/** Patterns with more repetitions, and with longer counted ones, are not tried: that could take as long as they are blamed for. */
const MOST_TRIED = 5;
/** So often what is repeated is tried, and so often where each time doubles the ways. */
const RUN = 12;
const SHORT_RUN = 6;

function mayBeTried(source: string): boolean {
  return (source.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0) <= MOST_TRIED && !/\d{3}/.test(source);
}

/** The analyser takes for granted that there is a text that does not match: `/([^:]+?)(:|$)/` always does. */
function canFail({ character, exponential }: Report, source: string, flags: string): boolean {
  if (!mayBeTried(source)) return true;
  const run = character.pick.repeat(exponential ? SHORT_RUN : RUN);
  const pattern = new RegExp(source, flags.replace(/[gy]/g, ''));
  return BEGINNINGS.some((beginning) =>
    ENDINGS.some((ending) => {
      const match = pattern.exec(beginning + run + ending);
      return !match || match.index > beginning.length;
    }),
  );
}

/** The source of a pattern that matches the same and takes no longer than the text is; undefined where none is known. */
export function sameInLess(source: string, flags: string): string | undefined {
  try {
    const { analyse } = require('scslre');
    for (const report of analyse({ source, flags }).reports) {
      const fixed = report.fix();
      if (fixed && fixed.flags === flags && !costOf(fixed.source, flags)) return fixed.source;
    }
  } catch {
    return undefined;
  }
  return undefined;
}
