/** Finds the hunks of a patch without line numbers in the text that it made. */
import type { PatchHunk } from './agent-event';
import { linesAfter } from './hunk-lines';

/** Numbers of lines; undefined where the place is not sure. */
export type FoundLines = readonly number[] | undefined;

const MOST_COMPARED = 20_000_000;

/** Undefined when one of the hunks is nowhere, or at several places that nothing tells apart. */
export function placePatch(hunks: readonly PatchHunk[], lines: readonly string[]): FoundLines {
  // So much is no edit of a person's file, and would take long.
  if (hunks.length * lines.length > MOST_COMPARED) return undefined;
  const written: number[] = [];
  let from = 0;
  for (const hunk of hunks) {
    const wanted = linesAfter(hunk.lines);
    if (!wanted.some(({ isWritten }) => isWritten)) continue;
    const start = placeOf(
      wanted.map(({ text }) => text),
      hunk.heading,
      lines,
      from,
    );
    if (start === undefined) return undefined;
    wanted.forEach(({ isWritten }, i) => {
      if (isWritten) written.push(start + i);
    });
    from = start + wanted.length;
  }
  return written;
}

/** Hunks are in the order of the file, and a heading stands above. */
function placeOf(
  wanted: readonly string[],
  heading: string | undefined,
  lines: readonly string[],
  from: number,
): number | undefined {
  const everywhere = placesOf(wanted, lines);
  const places = everywhere.filter((place) => place >= from);
  if (places.length <= 1) return places[0];
  if (heading === undefined) return undefined;
  const above = lines.flatMap((line, i) => (i >= from && line.trim() === heading ? [i] : []));
  const [only, ...more] = above;
  if (only === undefined || more.length > 0) return undefined;
  return places.find((place) => place > only);
}

/** Where the lines stand one after the other, spaces at their ends aside. */
export function placesOf(
  wanted: readonly string[],
  lines: readonly string[],
  normal = (line: string) => line.trimEnd(),
): number[] {
  const [first, ...rest] = wanted.map(normal);
  if (first === undefined) return [];
  const present = lines.map(normal);
  const places: number[] = [];
  for (let at = present.indexOf(first); at !== -1; at = present.indexOf(first, at + 1)) {
    if (rest.every((line, i) => present[at + 1 + i] === line)) places.push(at);
  }
  return places;
}
