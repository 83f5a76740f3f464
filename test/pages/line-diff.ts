// A line diff by the longest common subsequence. Examples have a few dozen lines, so the plain table is
// fast enough.

/** The lines of both texts: `- ` only expected, `+ ` only actual, two blanks in both. */
export function lineDiff(expected: readonly string[], actual: readonly string[]): string[] {
  const lengths = commonLengths(expected, actual);
  const diff: string[] = [];
  let left = 0;
  let right = 0;
  while (left < expected.length || right < actual.length) {
    if (left < expected.length && right < actual.length && expected[left] === actual[right]) {
      diff.push(`  ${expected[left]}`);
      left += 1;
      right += 1;
    } else if (
      right >= actual.length ||
      (left < expected.length && lengths[left + 1]![right]! >= lengths[left]![right + 1]!)
    ) {
      diff.push(`- ${expected[left]}`);
      left += 1;
    } else {
      diff.push(`+ ${actual[right]}`);
      right += 1;
    }
  }
  return diff;
}

/** `result[i][j]` is the number of lines common to `expected` from i on and `actual` from j on. */
function commonLengths(expected: readonly string[], actual: readonly string[]): number[][] {
  const lengths = Array.from({ length: expected.length + 1 }, () =>
    new Array<number>(actual.length + 1).fill(0),
  );
  for (let left = expected.length - 1; left >= 0; left -= 1) {
    for (let right = actual.length - 1; right >= 0; right -= 1) {
      lengths[left]![right] =
        expected[left] === actual[right]
          ? lengths[left + 1]![right + 1]! + 1
          : Math.max(lengths[left + 1]![right]!, lengths[left]![right + 1]!);
    }
  }
  return lengths;
}
