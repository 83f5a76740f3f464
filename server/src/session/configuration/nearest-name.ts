/** Names longer than this are not compared: they are no slip of the hand. */
const LONGEST = 100;
/** So much of a name must be there for it to be taken as the beginning of another. */
const SHORTEST_BEGINNING = 3;

/** The name that was probably meant: it differs in up to a third of its letters, or one begins with the other. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  if (written.length > LONGEST) return undefined;
  const lower = written.toLowerCase();
  let nearest: string | undefined;
  let least = Math.floor(written.length / 3) + 1;
  for (const name of names) {
    const distance = editDistance(lower, name.toLowerCase());
    if (distance >= least) continue;
    nearest = name;
    least = distance;
  }
  return nearest ?? names.find((name) => isBeginning(lower, name) || isBeginning(name, lower));
}

function isBeginning(beginning: string, name: string): boolean {
  return beginning.length >= SHORTEST_BEGINNING && name.startsWith(beginning);
}

/** Letters to insert, remove, replace or swap with the next (Damerau and Levenshtein, each letter touched once). */
function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const replaced = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1);
      const isSwapped = j > 0 && from[i] === to[j - 1] && from[i - 1] === to[j];
      const swapped = isSwapped ? (before[j - 1] ?? 0) + 1 : replaced;
      next.push(Math.min(replaced, swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}
