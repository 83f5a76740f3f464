/** Fixes that take a guard out of its comment. */
import type { CommentRun, Stretch } from '../../analysis/commented-code';
import type { Edit, Fix } from '../../analysis/fix';
import { freeNames } from '../../analysis/free-names';
import { FUNCTION_KINDS } from '../../analysis/kind';
import type { Node } from '../../analysis/node';
import type { CommentedGuard } from './commented-guard';

/** Undefined where a name that the guard uses is not there, or where it would not stand alone. */
export function restoreFix(run: CommentRun, stretch: Stretch, guard: CommentedGuard): Fix | undefined {
  if (!areNamesThere(run.first, guard) || (waits(guard.code) && !mayWait(run.first))) return undefined;
  const edits = run.isBlock ? ofBlock(run, stretch, guard) : ofLines(run, stretch, guard);
  return edits && { title: 'Restore the guard', safety: 'choice', edits };
}

function areNamesThere(comment: Node, { code, form }: CommentedGuard): boolean {
  const { file } = comment.item;
  let free: ReadonlySet<string> | undefined;
  for (const name of freeNames(code.item.file)) {
    // What the code is wrapped in to be parsed.
    if (form !== 'statements' && (name === 'a' || name === 'A')) continue;
    if (file.lookUp(name, comment)) continue;
    free ??= freeNames(file);
    if (!free.has(name) && name !== 'undefined' && !/^[A-Z]?(?:Error|TypeError)$/.test(name)) return false;
  }
  return true;
}

function waits(code: Node): boolean {
  for (const node of code.walkOwn()) if (node.kind === 'await_expression') return true;
  return false;
}

function mayWait(comment: Node): boolean {
  const fn = comment.enclosingFunction;
  return fn !== undefined && FUNCTION_KINDS.has(fn.kind) && fn.hasKeyword('async');
}

/** Takes the signs of line comments away. */
function ofLines({ lines }: CommentRun, { from, to }: Stretch, guard: CommentedGuard): readonly Edit[] {
  const edits: Edit[] = lines
    .slice(from, to + 1)
    .map(({ comment, start }) => ({ start: comment.start, end: start, text: '' }));
  const last = lines[to];
  const comma = last && missingComma(last.comment, guard, last.text);
  if (last && comma)
    edits.push({ start: last.start + last.text.length, end: last.start + last.text.length, text: ',' });
  return edits;
}

/** A block comment has to hold the guard and nothing else. */
function ofBlock(run: CommentRun, { from, to }: Stretch, guard: CommentedGuard): readonly Edit[] | undefined {
  const others = run.lines.filter((_, i) => i < from || i > to);
  if (others.some(({ text }) => text.trim() !== '')) return undefined;
  const text = run.lines
    .slice(from, to + 1)
    .map((line) => line.text)
    .join('\n')
    .trim();
  const comma = missingComma(run.first, guard, text) ? ',' : '';
  return [{ start: run.first.start, end: run.first.end, text: text + comma }];
}

/** Whether an element or a pair is followed by another and has no comma of its own. */
function missingComma(comment: Node, { form }: CommentedGuard, text: string): boolean {
  if (form !== 'elements' && form !== 'pairs') return false;
  const isFollowed = comment.parent?.parts.some((part) => part.start >= comment.end) ?? false;
  return isFollowed && !text.trimEnd().endsWith(',');
}
