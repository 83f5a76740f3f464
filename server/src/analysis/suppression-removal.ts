/** Takes suppressing comments back: wholly, or one of the rules that they name. */
import { type Directive, directivesOf, endOfBlock } from './directive';
import type { Edit } from './fix';
import type { SourceFile } from './source-file';
import type { TextFile } from './text-file';

/** Removes a comment, with the braces that JSX puts around it, and its whole line where it stands alone. */
export function directiveRemoval(text: string, directive: Directive): Edit {
  const parent = directive.comment?.parent;
  const isInBraces = parent?.kind === 'jsx_expression' && parent.children.length === 1;
  const { start, end } = isInBraces ? parent : directive;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const nextLine = text.indexOf('\n', end);
  const lineEnd = nextLine < 0 ? text.length : nextLine;
  const before = text.slice(lineStart, start);
  if (before.trim() !== '' || text.slice(end, lineEnd).trim() !== '') {
    return { start: start - (before.length - before.trimEnd().length), end, text: '' };
  }
  return { start: lineStart, end: Math.min(lineEnd + 1, text.length), text: '' };
}

/**
 * The edits after which a rule is not suppressed by a directive any more: its name goes, the comment with the
 * last name, and where a block ended for nothing else, its name at the end as well.
 *
 * @param at where the directive starts
 * @param ruleId undefined for a directive that names none
 * @returns undefined when there is no such directive, or it does not name the rule
 */
export function suppressionUndoing(
  file: SourceFile | TextFile,
  at: number,
  ruleId: string | undefined,
): readonly Edit[] | undefined {
  const directives = directivesOf(file);
  const directive = directives.find(({ start, form }) => start === at && form !== 'enable');
  if (!directive) return undefined;
  if (ruleId === undefined) {
    return directive.ruleIds.length === 0 ? [directiveRemoval(file.text, directive)] : undefined;
  }
  if (!directive.ruleIds.includes(ruleId)) return undefined;
  const edits = [withoutName(file.text, directive, ruleId)];
  const end = directive.form === 'block' ? endOfBlock(directive, ruleId, directives) : undefined;
  if (!end) return edits;
  const isNeeded = directives.some((block) => {
    if (block.form !== 'block') return false;
    const left = block.ruleIds.filter((id) => block !== directive || id !== ruleId);
    return left.some(
      (id) => (end.ruleIds.length === 0 || id === ruleId) && endOfBlock(block, id, directives) === end,
    );
  });
  if (isNeeded) return edits;
  return [
    ...edits,
    end.ruleIds.length === 0 ? directiveRemoval(file.text, end) : withoutName(file.text, end, ruleId),
  ];
}

/** Takes a rule out of the names of a directive; the whole comment goes with the last one. */
function withoutName(text: string, directive: Directive, ruleId: string): Edit {
  const kept = [...new Set(directive.ruleIds.filter((id) => id !== ruleId))];
  const comment = text.slice(directive.start, directive.end);
  const head = /countersign-[a-z-]+/.exec(comment);
  if (kept.length === 0 || !head) return directiveRemoval(text, directive);
  const from = head.index + head[0].length;
  const body = comment.slice(from).replace(/(?:\*+\/|-->|#>)$/, '');
  const separator = body.search(/(?:^|\s)--(?:\s|$)/);
  const names = separator < 0 ? body : body.slice(0, separator);
  const start = directive.start + from + (names.length - names.trimStart().length);
  const end = directive.start + from + names.trimEnd().length;
  return { start, end, text: kept.join(', ') };
}
