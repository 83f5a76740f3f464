import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { AiCode } from '../analysis/ai-code';
import type { RuleMeta } from '../analysis/rule';
import type { AiLines } from '../origin/ai-lines';

export type RulesById = ReadonlyMap<string, Pick<RuleMeta, 'severity' | 'aiSeverity'>>;

/**
 * The AI code of a text. A stretch belongs to it when one of the lines that it covers does; the first one gives the
 * reason.
 *
 * @param linesOf asked when a finding is there that it matters for; in order, none within another.
 */
export function aiCodeOf(text: TextDocument, linesOf: () => readonly AiLines[], rules: RulesById): AiCode {
  let known: readonly AiLines[] | undefined;
  return {
    rule: (id) => rules.get(id),
    reasonAt: ({ start, end }) => {
      known ??= linesOf();
      const first = text.positionAt(start).line;
      // What ends with the end of a line does not cover the next one.
      const last = end > start ? text.positionAt(end - 1).line : first;
      return known.find((lines) => lines.start <= last && lines.end > first)?.reason;
    },
  };
}
