// The rows of the view of AI code to review. Pure.
import type { AiRegion, OpenFinding } from '../../../protocol/reviews';

export interface RegionRow {
  readonly kind: 'region';
  /** Stays the same while the region is edited, and when others come and go. */
  readonly id: string;
  readonly region: AiRegion;
  /** As a person reads it. */
  readonly path: string;
  readonly open: readonly OpenFindingRow[];
}

/** A finding that has to be fixed or suppressed before its region is countersigned. */
export interface OpenFindingRow {
  readonly kind: 'open-finding';
  readonly id: string;
  readonly uri: string;
  readonly path: string;
  readonly finding: OpenFinding;
}

/**
 * One row for each region, in their order.
 * @param before the rows so far, whose identity is kept
 */
export function regionRows(
  regions: readonly AiRegion[],
  before: readonly RegionRow[],
  pathOf: (uri: string) => string,
): RegionRow[] {
  const left = new Set(before);
  const ids = new Map<AiRegion, string>();
  // What has the same text goes first: an edit elsewhere may have moved it onto the lines of another.
  for (const isSame of [hasSameText, overlaps]) {
    for (const region of regions.filter((each) => !ids.has(each))) {
      const candidates = [...left].filter((row) => isSame(row.region, region));
      const nearest = candidates.sort((a, b) => distance(a.region, region) - distance(b.region, region))[0];
      if (!nearest) continue;
      left.delete(nearest);
      ids.set(region, nearest.id);
    }
  }
  const taken = new Set(ids.values());
  return regions.map((region) => {
    const id = ids.get(region) ?? freeId(region, taken);
    taken.add(id);
    return rowOf(region, id, pathOf(region.uri));
  });
}

function rowOf(region: AiRegion, id: string, path: string): RegionRow {
  const open = region.open.map(
    (finding, index): OpenFindingRow => ({
      kind: 'open-finding',
      id: `${id} ${finding.ruleId} ${index}`,
      uri: region.uri,
      path,
      finding,
    }),
  );
  return { kind: 'region', id, region, path, open };
}

function freeId({ uri, hash }: AiRegion, taken: ReadonlySet<string>): string {
  const name = `${uri} ${hash}`;
  let ordinal = 0;
  while (taken.has(`${name} ${ordinal}`)) ordinal++;
  return `${name} ${ordinal}`;
}

function hasSameText(a: AiRegion, b: AiRegion): boolean {
  return a.uri === b.uri && a.hash === b.hash;
}

function overlaps(a: AiRegion, b: AiRegion): boolean {
  return a.uri === b.uri && a.start < b.end && b.start < a.end;
}

function distance(a: AiRegion, b: AiRegion): number {
  return Math.abs(a.start - b.start);
}
