/** Takes an entry out of `suppress` in the text of a configuration; what stands around it stays as it is. */
import { createScanner, type Node, parseTree } from 'jsonc-parser';

import type { Edit } from '../../analysis/fix';
import type { Span } from '../../analysis/span';

/**
 * The edits that remove an entry with its comma: whole lines where it stands on lines of its own, with a comment
 * behind it there. Comments before it stay, as does a list that is empty then.
 *
 * @param start where the entry starts; undefined is answered when none does.
 */
export function suppressEntryRemoval(text: string, start: number): readonly Edit[] | undefined {
  const list = suppressList(text);
  const entries = list?.children ?? [];
  const at = entries.findIndex(({ offset }) => offset === start);
  const entry = entries[at];
  if (!list || !entry) return undefined;
  const inner = { start: list.offset + 1, end: list.offset + list.length - 1 };
  const end = entry.offset + entry.length;
  const comma = commaBehind(text, end);
  const rest = text.slice(inner.start, start) + text.slice(comma?.end ?? end, inner.end);
  if (entries.length === 1 && (!comma || isBlank(text.slice(end, comma.start))) && isBlank(rest)) {
    return [removal(inner)];
  }
  const previous = entries[at - 1];
  const before = previous && commaBehind(text, previous.offset + previous.length);
  const isLeading =
    before && isOneLine(text, before.start, start) && !(comma && isOneLine(text, end, comma.end));
  // Behind the last entry there was no comma, so there is none behind the one that becomes the last.
  return removals(text, { start, end }, isLeading ? before : (comma ?? before));
}

function removals(text: string, entry: Span, comma: Span | undefined): readonly Edit[] {
  if (!comma) return [removal(withLine(text, entry))];
  const isBefore = comma.start < entry.start;
  const [first, second] = isBefore ? [comma, entry] : [entry, comma];
  const both = { start: first.start, end: second.end };
  const isTogether = isBlank(text.slice(first.end, second.start));
  if (isTogether && (!isBefore || isOnOwnLines(text, both))) return [removal(withLine(text, both))];
  if (isTogether && !isOnOwnLines(text, entry)) return [removal(both)];
  const isFirst = isBlank(text.slice(linesOf(text, comma).start, comma.start));
  const edits = [removal(isFirst ? withLine(text, comma) : comma), removal(withLine(text, entry))];
  return isBefore ? edits : edits.reverse();
}

function isOneLine(text: string, start: number, end: number): boolean {
  return !text.slice(start, end).includes('\n');
}

/** A span with its lines, where nothing else stands on them but a comment behind it; else with blanks on one side. */
function withLine(text: string, { start, end }: Span): Span {
  const line = linesOf(text, { start, end });
  if (isOnOwnLines(text, { start, end }))
    return { start: line.start, end: Math.min(line.end + 1, text.length) };
  const before = text.slice(line.start, start);
  const after = text.slice(end, line.end);
  if (isBlank(after) || !/^[ \t]/.test(after)) return { start: start - blanksAtEnd(before), end };
  return { start, end: end + (/^[ \t]*/.exec(after)?.[0].length ?? 0) };
}

function isOnOwnLines(text: string, { start, end }: Span): boolean {
  const line = linesOf(text, { start, end });
  const after = text.slice(end, line.end);
  return isBlank(text.slice(line.start, start)) && /^\s*(?:\/\/.*|\/\*(?:(?!\*\/).)*\*\/\s*)?$/.test(after);
}

/** From the start of the first line to the end of the last one, its line break left out. */
function linesOf(text: string, { start, end }: Span): Span {
  const next = text.indexOf('\n', end);
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: next < 0 ? text.length : next };
}

function blanksAtEnd(text: string): number {
  return isBlank(text) ? 0 : text.length - text.trimEnd().length;
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

function removal({ start, end }: Span): Edit {
  return { start, end, text: '' };
}

/** The comma that is the next token behind an offset. */
function commaBehind(text: string, offset: number): Span | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  scanner.scan();
  const start = scanner.getTokenOffset();
  return text[start] === ',' ? { start, end: start + 1 } : undefined;
}

/** Of several only the last one counts. */
function suppressList(text: string): Node | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root?.type !== 'object') return undefined;
  const property = root.children?.findLast(({ children: [key] = [] }) => key?.value === 'suppress');
  const value = property?.children?.[1];
  return value?.type === 'array' ? value : undefined;
}
