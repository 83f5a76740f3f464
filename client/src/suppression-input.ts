// What a person may type as the reason and the last day of a suppression. Pure.
import type { SuppressRequest } from '../../protocol/messages';
import type { Translate } from './translate';

/** The arguments of the command `countersign.suppress`: with a reason given, nothing is asked. */
export type SuppressArguments = Omit<SuppressRequest, 'reason'> & { readonly reason?: string };

/** @returns what is wrong with a reason, or undefined */
export function reasonProblem(reason: string, t: Translate): string | undefined {
  if (reason.trim() === '') return t('Write why this is acceptable here.');
  if (/[\r\n\u2028\u2029]/.test(reason)) return t('Write the reason in one line.');
  if (reason.includes('*/')) return t('Leave out */: it would end the comment.');
  return undefined;
}

/**
 * @param until what was typed as the last day
 * @param today `YYYY-MM-DD`
 * @returns what is wrong with it, or undefined
 */
export function untilProblem(until: string, today: string, t: Translate): string | undefined {
  if (!isDay(until)) return t('Write the day as YYYY-MM-DD, such as {0}.', today);
  if (until < today) return t('This day is over. The suppression would have ended already.');
  return undefined;
}

/** `YYYY-MM-DD` of a day in the person's own time zone, `days` after `date`. */
export function dayAfter(date: Date, days: number): string {
  const day = new Date(date.getFullYear(), date.getMonth(), date.getDate() + days);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** Reads the command's argument, which a keybinding may have written by hand. */
export function suppressArguments(value: unknown): SuppressArguments | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { uri, version, ruleId, line, scope, reason, until } = value as Record<string, unknown>;
  if (typeof uri !== 'string' || typeof ruleId !== 'string') return undefined;
  if (!isCount(version) || !isCount(line)) return undefined;
  if (scope !== 'line' && scope !== 'file') return undefined;
  if (reason !== undefined && typeof reason !== 'string') return undefined;
  if (until !== undefined && typeof until !== 'string') return undefined;
  return {
    ...{ uri, version, ruleId, line, scope },
    ...(reason === undefined ? {} : { reason }),
    ...(until === undefined ? {} : { until }),
  };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
