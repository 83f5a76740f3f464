// What a person may type about a review, and what commands may be called with. Pure.
import type { Translate } from '../translate';

/** As records have it. */
const LONGEST_NOTE = 2_000;

/** Where a command is to act, as a key binding, a test or the menu of the gutter says. */
export interface GivenPlace {
  readonly uri: string;
  /** From 0. */
  readonly line: number;
}

/** @returns what is wrong with a note, which may be left out, or undefined */
export function noteProblem(note: string, t: Translate): string | undefined {
  if (/[\r\n\u2028\u2029]/.test(note)) return t('Write it in one line.');
  if (note.length > LONGEST_NOTE) return t('Write at most {0} characters.', LONGEST_NOTE);
  return undefined;
}

/** @returns what is wrong with the reason of a mark, or undefined */
export function markReasonProblem(reason: string, t: Translate): string | undefined {
  if (reason.trim() === '') return t('Write how you know who wrote these lines.');
  return noteProblem(reason, t);
}

/** The place in an argument: `line` counts from 0; `lineNumber`, which menus of the gutter tell, from 1. */
export function givenPlace(argument: unknown): GivenPlace | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { uri, line, lineNumber } = argument as Record<string, unknown>;
  const from0 = isCount(line) ? line : isCount(lineNumber) ? lineNumber - 1 : undefined;
  const text = String(uri ?? '');
  return from0 === undefined || from0 < 0 || text === '' ? undefined : { uri: text, line: from0 };
}

/** A text in an argument, such as a note: with it given, nothing is asked. */
export function givenText(argument: unknown, key: 'note' | 'reason'): string | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const value = (argument as Record<string, unknown>)[key];
  return typeof value === 'string' ? value : undefined;
}

/**
 * The lines that are selected, from 0 and `end` excluded. A last line of which nothing is selected is none of them.
 */
export function selectedLines({
  start,
  end,
}: {
  readonly start: { readonly line: number };
  readonly end: { readonly line: number; readonly character: number };
}): { start: number; end: number } {
  const isLastOutside = end.line > start.line && end.character === 0;
  return { start: start.line, end: isLastOutside ? end.line : end.line + 1 };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
