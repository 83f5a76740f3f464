import type { AiLines } from '../../origin/ai-lines';
import { LineMapping } from '../../origin/mapping/line-mapping';
import { linesOf } from '../../origin/mapping/text-lines';

/** Lines of a text in what fixes made of it; those that a fix changed are a tool's no longer. */
export function movedAiLines(lines: readonly AiLines[], before: string, after: string): readonly AiLines[] {
  if (before === after) return lines;
  const mapping = new LineMapping({ lines: linesOf(before), gitLines: undefined }, linesOf(after));
  const moved: AiLines[] = [];
  for (let line = 0; line < mapping.lineCount; line++) {
    const former = mapping.committedLine(line);
    const known =
      former === undefined ? undefined : lines.find(({ start, end }) => start <= former && former < end);
    if (known) moved.push({ start: line, end: line + 1, reason: known.reason });
  }
  return moved;
}
