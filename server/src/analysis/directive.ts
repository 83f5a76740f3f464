/**
 * Comments that suppress findings, in line or block comments of any language alike:
 *
 *     countersign-disable-next-line <rule>[, <rule>] -- reason [until YYYY-MM-DD]
 *     countersign-disable-line <rule> -- reason
 *     countersign-disable <rule> -- reason        up to: countersign-enable <rule>
 *     countersign-disable-file <rule> -- reason
 */

import type { Node } from './node';
import type { Span } from './span';

export interface Directive extends Span {
  /** The comment in code; undefined in other files. */
  readonly comment: Node | undefined;
  readonly form: 'next-line' | 'line' | 'block' | 'enable' | 'file';
  readonly ruleIds: readonly string[];
  /** Undefined when none is given. */
  readonly reason: string | undefined;
  /** The last day on which it holds, `YYYY-MM-DD`; undefined for ever. */
  readonly until: string | undefined;
}

const FORMS: Readonly<Record<string, Directive['form']>> = {
  'disable-next-line': 'next-line',
  'disable-line': 'line',
  'disable-file': 'file',
  disable: 'block',
  enable: 'enable',
};

const DIRECTIVE =
  /^countersign-(disable-next-line|disable-line|disable-file|disable|enable)(?![\w-])\s*([\s\S]*)$/;
const UNTIL = /(?:^|\s)until\s+(\d{4}-\d{2}-\d{2})\.?$/;

/** The directive that a comment of code holds, if any. */
export function directiveIn(comment: Node): Directive | undefined {
  return read(comment.text, comment, comment);
}

/** The directive that a comment of any other file holds, if any. */
export function directiveAt(comment: Span, text: string): Directive | undefined {
  return read(text.slice(comment.start, comment.end), comment, undefined);
}

function read(text: string, { start, end }: Span, comment: Node | undefined): Directive | undefined {
  const inner = text.replace(/^(?:\/[/*]+|#+|<!--)|(?:\*+\/|-->)$/g, '').trim();
  const match = DIRECTIVE.exec(inner);
  if (!match) return undefined;
  const [, word = '', rest = ''] = match;
  const separator = rest.search(/(?:^|\s)--(?:\s|$)/);
  const names = separator < 0 ? rest : rest.slice(0, separator);
  const explanation =
    separator < 0
      ? ''
      : rest
          .slice(separator)
          .replace(/^\s*--/, '')
          .trim();
  const until = UNTIL.exec(explanation);
  const reason = (until ? explanation.slice(0, until.index) : explanation).trim();
  return {
    form: FORMS[word] ?? 'line',
    ruleIds: names.split(/[\s,]+/).filter((name) => name !== ''),
    reason: reason === '' ? undefined : reason,
    until: until?.[1],
    comment,
    start,
    end,
  };
}

/** How a suppression is written; the opposite of `directiveIn`. */
export function directiveText(
  form: 'disable-next-line' | 'disable-file',
  ruleId: string,
  reason: string,
  until: string | undefined,
): string {
  const words = reason.replace(/\s+/g, ' ').replaceAll('*/', '* /').replaceAll('-->', '-- >').trim();
  return `countersign-${form} ${ruleId} -- ${words}${until ? ` until ${until}` : ''}`;
}
