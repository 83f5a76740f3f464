/** Edits that put the statements of a block into another block, as if they had been written there. */
import type { Edit } from './fix';
import type { Kind } from './kind';
import type { Node } from './node';

/** What keeps its text when a line is moved: blanks in it count. */
const LITERAL: ReadonlySet<Kind> = new Set<Kind>(['template_string', 'string', 'jsx_text']);

/**
 * All that is in a block comes between `open` and `close`, one step further in. A text that goes on over a line end
 * stays as it is.
 *
 * @param close lines, those between the first and the last one a step further in.
 */
export function surrounded(block: Node, open: string, close: readonly string[]): Edit[] {
  const { text } = block.item.file;
  const [inside, end] = [block.start + 1, block.end - 1];
  const lineStart = text.lastIndexOf('\n', end - 1) + 1;
  const first = block.children[0];
  const isOnLines =
    first && text.slice(inside, first.start).includes('\n') && text.slice(lineStart, end).trim() === '';
  if (!isOnLines)
    return [
      { start: inside, end: inside, text: ` ${open}` },
      { start: end, end, text: `${close.join(' ')} ` },
    ];
  const outer = text.slice(lineStart, end);
  const inner = indentOf(text, first.start);
  const step = inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : '  ';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const literals = [...block.walk()].filter(({ kind, text: own }) => LITERAL.has(kind) && own.includes('\n'));
  const edits: Edit[] = [{ start: inside, end: inside, text: `${eol}${outer}${step}${open}` }];
  for (let at = text.indexOf('\n', inside) + 1; at > 0 && at < lineStart; at = text.indexOf('\n', at) + 1) {
    const isBlank = /^[ \t]*\r?\n/.test(text.slice(at, at + 400));
    const isWithin = literals.some((literal) => literal.start < at && at < literal.end);
    if (!isBlank && !isWithin) edits.push({ start: at, end: at, text: step });
  }
  const lines = close.map(
    (line, i) => outer + step + (i > 0 && i < close.length - 1 ? step : '') + line + eol,
  );
  return [...edits, { start: lineStart, end: lineStart, text: lines.join('') }];
}

function indentOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))?.[0] ?? '';
}
