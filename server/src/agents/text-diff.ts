import { commonLines } from '../origin/mapping/common-lines';
import { linesOf } from '../origin/mapping/text-lines';

/** Lines around a change that are shown. */
const AROUND = 3;

/** What differs between two texts, for a person: `+`, `-` and a space before lines, `…` where some are left out. */
export function textDiff(before: string, after: string): string[] {
  const [former, lines] = [linesOf(before), linesOf(after)];
  const all: string[] = [];
  let next = 0;
  commonLines(former, lines).forEach((index, line) => {
    if (index < 0) all.push(`+${lines[line]}`);
    else {
      while (next < index) all.push(`-${former[next++]}`);
      next++;
      all.push(` ${lines[line]}`);
    }
  });
  while (next < former.length) all.push(`-${former[next++]}`);
  const isNear = all.map((_, i) =>
    all.slice(Math.max(0, i - AROUND), i + AROUND + 1).some((line) => !line.startsWith(' ')),
  );
  return all.flatMap((line, i) => (isNear[i] ? [line] : isNear[i - 1] ? ['…'] : []));
}
