/**
 * Comments that suppress findings, in line or block comments of any language alike:
 *
 *     countersign-disable-next-line <rule>[, <rule>] -- reason [until YYYY-MM-DD]
 *     countersign-disable-line <rule> -- reason
 *     countersign-disable <rule> -- reason        up to: countersign-enable <rule>
 *     countersign-disable-file <rule> -- reason
 */

import { Node } from './node';
import type { SourceFile } from './source-file';
import type { Span } from './span';
import { TextFile } from './text-file';

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
  const inner = text.replace(/^(?:\/[/*]+|#+|<!--|<#|--+|;+|%+)|(?:\*+\/|-->|#>)$/g, '').trim();
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

/** What every directive has in it: most files are passed over by this alone. */
const SIGN = 'countersign-';

/** All directives of a file, in the order of its text. */
export function directivesOf(file: SourceFile | TextFile): Directive[] {
  if (!file.text.includes(SIGN)) return [];
  if (file instanceof TextFile) {
    return file.comments.flatMap((comment) => directiveAt(comment, file.text) ?? []);
  }
  const directives: Directive[] = [];
  for (const item of file.items) {
    for (const index of item.indicesOf('comment')) {
      const directive = directiveIn(new Node(item, index));
      if (directive) directives.push(directive);
    }
  }
  return directives.sort((a, b) => a.start - b.start);
}

/** The directive at which a block ends for a rule; undefined when it goes on to the end of the file. */
export function endOfBlock(
  block: Directive,
  ruleId: string,
  all: readonly Directive[],
): Directive | undefined {
  return all.find(
    ({ form, start, ruleIds }) =>
      form === 'enable' && start > block.start && (ruleIds.length === 0 || ruleIds.includes(ruleId)),
  );
}

/** How a suppression is written; the opposite of `directiveIn`. */
export function directiveText(
  form: 'disable-next-line' | 'disable-file',
  ruleId: string,
  reason: string,
  until: string | undefined,
): string {
  const words = reason
    .replace(/\s+/g, ' ')
    .replaceAll('*/', '* /')
    .replaceAll('-->', '-- >')
    .replaceAll('#>', '# >')
    .trim();
  return `countersign-${form} ${ruleId} -- ${words}${until ? ` until ${until}` : ''}`;
}
