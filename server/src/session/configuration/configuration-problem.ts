import type { RuleMeta } from '../../analysis/rule';
import type { Span } from '../../analysis/span';

/** What is wrong in a text of the configuration, and where. */
export interface ConfigurationProblem extends Span {
  readonly rule: RuleMeta;
  readonly message: string;
  /** The keys that lead to the place. */
  readonly keys: readonly string[];
  /** Whether whoever reads JSON tells it, whatever the file is for. */
  readonly isOfJson?: boolean;
}

/** The 0-based lines of offsets, which are in ascending order. */
export function linesOf(text: string, offsets: readonly number[]): number[] {
  let line = 0;
  let next = text.indexOf('\n');
  return offsets.map((offset) => {
    for (; next >= 0 && next < offset; next = text.indexOf('\n', next + 1)) line++;
    return line;
  });
}
