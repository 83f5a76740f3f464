/** The AI code of a text, for the choice of findings: where it is known, and where it is still to be asked for. */
import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { AiCode } from '../analysis/ai-code';
import type { RuleMeta } from '../analysis/rule';
import type { Span } from '../analysis/span';
import type { AiLines } from '../origin/ai-lines';
import type { LineRange } from '../origin/evidence';

export type RulesById = ReadonlyMap<string, Pick<RuleMeta, 'severity' | 'aiSeverity'>>;

/**
 * A stretch belongs to the AI code of a text when one of the lines that it covers does; the first one gives the reason.
 *
 * @param linesOf asked when a finding is there that it matters for; in order, none within another.
 */
export function aiCodeOf(text: TextDocument, linesOf: () => readonly AiLines[], rules: RulesById): AiCode {
  let known: readonly AiLines[] | undefined;
  return {
    rule: (id) => rules.get(id),
    reasonAt: (span) => {
      known ??= linesOf();
      const covered = coveredLines(text, span);
      return known.find((lines) => overlap(lines, covered))?.reason;
    },
  };
}

/**
 * As if nothing were known of a text, and notes the lines for which it matters.
 *
 * @param onAsked gets the lines of each finding that the AI switch would change if a tool had written one of them.
 */
export function askedAiCode(
  text: TextDocument,
  onAsked: (lines: LineRange) => void,
  rules: RulesById,
): AiCode {
  return {
    rule: (id) => rules.get(id),
    reasonAt: (span) => {
      onAsked(coveredLines(text, span));
      return undefined;
    },
  };
}

export function overlap(some: LineRange, others: LineRange): boolean {
  return some.start < others.end && others.start < some.end;
}

/** What ends with the end of a line does not cover the next one. */
function coveredLines(text: TextDocument, { start, end }: Span): LineRange {
  const first = text.positionAt(start).line;
  const last = end > start ? text.positionAt(end - 1).line : first;
  return { start: first, end: last + 1 };
}
