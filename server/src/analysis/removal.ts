/** Edits that take something out of the text and leave no gap behind. */
import type { Edit } from './fix';
import type { Node } from './node';

/** Takes an element out of an object, an array, a pattern or a list of arguments, with its comma. */
export function withoutElement(element: Node): Edit | undefined {
  const { parent } = element;
  const { text } = element.item.file;
  if (!parent) return undefined;
  const siblings = parent.parts;
  const at = siblings.findIndex((sibling) => sibling.is(element));
  const next = siblings[at + 1];
  const former = siblings[at - 1];
  if (next && hasCommentBehind(text, element.end))
    return withoutLines(element, commaBehind(text, element.end) ?? element.end);
  if (next && /^\s*,\s*$/.test(text.slice(element.end, next.start)))
    return { start: element.start, end: next.start, text: '' };
  if (next) return withoutLines(element, commaBehind(text, element.end) ?? element.end);
  const end = commaBehind(text, element.end);
  if (former && /^\s*,\s*$/.test(text.slice(former.end, element.start)))
    return { start: former.end, end: end !== undefined ? end - 1 : element.end, text: '' };
  if (former) return withoutLines(element, end ?? element.end);
  // The only one: what is between the brackets goes, unless there are comments.
  const inside = { start: parent.start + 1, end: parent.end - 1, text: '' };
  return parent.children.length === 1 ? inside : withoutLines(element, end ?? element.end);
}

function hasCommentBehind(text: string, from: number): boolean {
  return /^[ \t]*,?[ \t]*\/\//.test(text.slice(from, from + 200));
}

function commaBehind(text: string, from: number): number | undefined {
  const match = /^\s*,/.exec(text.slice(from, from + 200));
  return match ? from + match[0].length : undefined;
}

/** Takes a statement out, and its whole line where it stands alone; undefined where one must stand there. */
export function withoutStatement(statement: Node): Edit | undefined {
  const kind = statement.parent?.kind;
  if (kind !== 'program' && kind !== 'statement_block') return undefined;
  return withoutLines(statement, statement.end);
}

function withoutLines(node: Node, end: number): Edit {
  const { text } = node.item.file;
  const lineStart = text.lastIndexOf('\n', node.start - 1) + 1;
  const newline = text.indexOf('\n', end);
  const lineEnd = newline < 0 ? text.length : newline + 1;
  // A comment behind it on the line is about it.
  const isLast = /^\s*(?:\/\/[^\n]*)?\s*$/.test(text.slice(end, lineEnd));
  const isAlone = text.slice(lineStart, node.start).trim() === '' && isLast;
  return isAlone ? { start: lineStart, end: lineEnd, text: '' } : { start: node.start, end, text: '' };
}
