/**
 * Where the regions of records are in a text as it is. A record means the text that was reviewed, wherever in its file
 * that stands; a text that was changed is no longer what was reviewed, and the record is found nowhere.
 */
import type { LineRange } from '../origin/evidence';
import type { NamedRecord, RecordedRegion, ReviewRecord } from './record';
import { type Digest, normalisedLine, normalisedText } from './region-text';

/** Lines that are hashed for one text, at most: records may be made to fit everywhere until the last line. */
const MOST_HASHED = 2_000_000;
const FIRST_DIGITS = 16;

export interface PlacedRecord<R extends ReviewRecord = ReviewRecord> extends LineRange {
  readonly named: NamedRecord<R>;
}

/** What a record stores of a range of lines. */
export function recordedRegion(lines: readonly string[], range: LineRange, digest: Digest): RecordedRegion {
  return {
    start: range.start + 1,
    lines: range.end - range.start,
    first: firstOf(lines[range.start] ?? '', digest),
    hash: digest(normalisedText(lines, range)),
  };
}

/**
 * Whether a record may speak of a file: it names the file, or one that is no longer there, such as the file had
 * another name. A copy of a file that is still there is not reviewed by the record of the other.
 */
export function mayApply({ record }: NamedRecord, path: string, isThere: (path: string) => boolean): boolean {
  return record.path === path || !isThere(record.path);
}

/**
 * Records whose text stands in these lines, each at one place: of several the nearest to where it was. Another record
 * of the same text by the same person is for another place, unless it names the same.
 */
export function placeRecords<R extends ReviewRecord>(
  records: readonly NamedRecord<R>[],
  lines: readonly string[],
  digest: Digest,
): PlacedRecord<R>[] {
  if (records.length === 0) return [];
  const places = new Places(lines, digest);
  const taken = new Map<string, { readonly byWanted: Map<number, number>; readonly places: Set<number> }>();
  const placed: PlacedRecord<R>[] = [];
  // Those of one file in the order of their lines, so that the order of equal texts is kept.
  const inOrder = [...records].sort(
    (a, b) => a.record.region.start - b.record.region.start || (a.id < b.id ? -1 : 1),
  );
  for (const named of inOrder) {
    const { region, reviewer, path, kind } = named.record;
    const key = JSON.stringify([kind, path, region.hash, region.lines, reviewer.email.toLowerCase()]);
    const mine = taken.get(key) ?? { byWanted: new Map(), places: new Set() };
    taken.set(key, mine);
    const wanted = region.start - 1;
    const found =
      mine.byWanted.get(wanted) ??
      nearest(
        places.of(region).filter((place) => !mine.places.has(place)),
        wanted,
      );
    if (found === undefined) continue;
    mine.byWanted.set(wanted, found);
    mine.places.add(found);
    placed.push({ named, start: found, end: found + region.lines });
  }
  return placed;
}

function nearest(places: readonly number[], wanted: number): number | undefined {
  let best: number | undefined;
  for (const place of places) {
    if (best === undefined || Math.abs(place - wanted) < Math.abs(best - wanted)) best = place;
  }
  return best;
}

function firstOf(line: string, digest: Digest): string {
  return digest(normalisedLine(line)).slice(0, FIRST_DIGITS);
}

/** Where in a text a region stands, looked for once for each. */
class Places {
  readonly #lines: readonly string[];
  readonly #digest: Digest;
  readonly #byFirst = new Map<string, number[]>();
  readonly #known = new Map<string, readonly number[]>();
  #hashed = 0;

  constructor(lines: readonly string[], digest: Digest) {
    this.#lines = lines;
    this.#digest = digest;
    const digests = new Map<string, string>();
    lines.forEach((line, index) => {
      const text = normalisedLine(line);
      const first = digests.get(text) ?? firstOf(text, digest);
      digests.set(text, first);
      const places = this.#byFirst.get(first);
      if (places) places.push(index);
      else this.#byFirst.set(first, [index]);
    });
  }

  of(region: RecordedRegion): readonly number[] {
    const key = `${region.hash} ${region.first} ${region.lines}`;
    const known = this.#known.get(key) ?? this.#find(region);
    this.#known.set(key, known);
    return known;
  }

  #find({ first, lines: count, hash, start: line }: RecordedRegion): number[] {
    const wanted = line - 1;
    const candidates = (this.#byFirst.get(first) ?? [])
      .filter((start) => start + count <= this.#lines.length)
      .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b);
    const found: number[] = [];
    for (const start of candidates) {
      this.#hashed += count;
      if (this.#hashed > MOST_HASHED) break;
      if (this.#digest(normalisedText(this.#lines, { start, end: start + count })) === hash)
        found.push(start);
    }
    return found;
  }
}
