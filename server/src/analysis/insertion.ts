/** Edits that put code where it looks as if it had been written there. */
import type { Edit } from './fix';
import type { Node } from './node';

/** Puts statements at the end of a block, in its form: on its one line, or on lines of their own. */
export function atEndOfBlock(block: Node, lines: readonly string[]): Edit {
  const all = block.item.file.text;
  const last = block.children.at(-1);
  const at = last?.end ?? block.start + 1;
  const endsOnLine = last?.kind !== 'comment' || !last.text.startsWith('//');
  if (!block.text.includes('\n') && endsOnLine)
    return { start: at, end: block.end - 1, text: ` ${lines.join(' ')} ` };
  const newline = block.text.includes('\r\n') ? '\r\n' : '\n';
  const indentAt = (offset: number) =>
    /^[ \t]*/.exec(all.slice(all.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';
  const indent = last ? indentAt(last.start) : `${indentAt(block.end - 1)}  `;
  return { start: at, end: at, text: lines.map((line) => newline + indent + line).join('') };
}

/** Puts a statement before another: on a line of its own where that one begins its line. */
export function statementBefore({ start, item }: Node, line: string): Edit {
  const { text } = item.file;
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return { start, end: start, text: line + (indent.trim() === '' ? newline + indent : ' ') };
}

/** Puts members in front of those of an object, on lines of their own where they are. */
export function withMembers(object: Node, members: readonly string[]): Edit {
  const [first] = object.parts;
  if (!first) return { start: object.start, end: object.end, text: `{ ${members.join(', ')} }` };
  const { text } = object.item.file;
  const lineStart = text.lastIndexOf('\n', first.start - 1) + 1;
  const indent = text.slice(lineStart, first.start);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const isOnLines = lineStart > object.start && indent.trim() === '';
  const between = isOnLines ? `,${newline}${indent}` : ', ';
  return { start: first.start, end: first.start, text: members.map((member) => member + between).join('') };
}
