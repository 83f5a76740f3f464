/**
 * Which lines of a text an edit wrote. What cannot be placed for sure is left out: it stays unknown.
 *
 * **Invariant:** a line is told as written only where the text has what the agent says it wrote.
 */
import type { LineRange } from '../evidence';
import { commonLines } from '../mapping/common-lines';
import { linesOf } from '../mapping/text-lines';
import type { FileEdit, NumberedHunk, ReplacedSpan, WholeText } from './agent-event';
import { linesAfter, withoutSpace } from './hunk-lines';
import { rangesOf } from './line-ranges';
import { type FoundLines, placePatch } from './place-patch';
import { placeReplacements } from './place-replacements';

/**
 * - `exact`: the place is the agent's, or follows from the texts before and after.
 * - `matched`: found by what was written there.
 * - `whole`: the tool wrote the whole file, and what of it stood there before is not known.
 */
export type Placing = 'exact' | 'matched' | 'whole';

export interface WrittenLines {
  /** In order, apart from each other, none empty. */
  readonly ranges: readonly LineRange[];
  readonly placing: Placing;
}

/**
 * Undefined where the edit cannot be placed: the text may be older than the edit, or has been changed since.
 * Without ranges where it wrote no line, as when it only removed some.
 */
export function writtenLines(edit: FileEdit, text: string): WrittenLines | undefined {
  const lines = linesOf(text);
  return (
    exact(edit.hunks && placeHunks(edit.hunks, lines)) ??
    exact(edit.spans && placeSpans(edit.spans, lines)) ??
    (edit.whole && placeWhole(edit.whole, lines)) ??
    matched(edit.replacements && placeReplacements(edit.replacements, lines)) ??
    matched(edit.patch && placePatch(edit.patch, lines))
  );
}

function exact(found: FoundLines): WrittenLines | undefined {
  return found && { ranges: rangesOf(found), placing: 'exact' };
}

function matched(found: FoundLines): WrittenLines | undefined {
  return found && { ranges: rangesOf(found), placing: 'matched' };
}

function placeHunks(hunks: readonly NumberedHunk[], lines: readonly string[]): FoundLines {
  // None are given where the difference took too long, or there is none.
  if (hunks.length === 0) return undefined;
  const written: number[] = [];
  for (const hunk of hunks) {
    let line = hunk.start;
    for (const { text, isWritten } of linesAfter(hunk.lines)) {
      if (lines[line]?.trimEnd() !== text.trimEnd()) return undefined;
      if (isWritten) written.push(line);
      line++;
    }
  }
  return written;
}

function placeSpans(spans: readonly ReplacedSpan[], lines: readonly string[]): FoundLines {
  if (spans.length === 0) return undefined;
  const written: number[] = [];
  for (const { line, column, text } of spans) {
    const parts = linesOf(text);
    const stands = parts.every((part, i) => {
      const present = lines[line + i];
      const rest = i === 0 ? present?.slice(column) : present;
      return i === parts.length - 1 ? rest?.startsWith(part) : rest === part;
    });
    if (!stands) return undefined;
    parts.forEach((part, i) => {
      if (part !== '') written.push(line + i);
    });
  }
  return written;
}

function placeWhole({ text, before }: WholeText, lines: readonly string[]): WrittenLines | undefined {
  const said = linesOf(text);
  if (!isSame(said, lines)) return undefined;
  const end = said.at(-1) === '' ? said.length - 1 : said.length;
  const all: LineRange[] = end > 0 ? [{ start: 0, end }] : [];
  if (before === undefined) return { ranges: all, placing: 'whole' };
  if (before === null || before === '') return { ranges: all, placing: 'exact' };
  const written: number[] = [];
  commonLines(linesOf(before).map(withoutSpace), said.map(withoutSpace)).forEach((former, line) => {
    if (former === -1) written.push(line);
  });
  return { ranges: rangesOf(written), placing: 'exact' };
}

/** Formatters and agents differ over ends of lines, and over that of the last one. */
function isSame(one: readonly string[], other: readonly string[]): boolean {
  const [a, b] = [withoutEnd(one), withoutEnd(other)];
  return a.length === b.length && a.every((line, i) => line.trimEnd() === b[i]?.trimEnd());
}

function withoutEnd(lines: readonly string[]): readonly string[] {
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
