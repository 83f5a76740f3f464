// Which region is the one at a place, the next or the previous one. Pure.
import type { AiRegion } from '../../../protocol/reviews';

type Lines = Pick<AiRegion, 'uri' | 'start' | 'end'>;

/** Where a person is. */
export interface ReviewPlace {
  readonly uri: string;
  /** From 0. */
  readonly line: number;
}

/** Where a person last went, and which in the order it was. */
export interface VisitedRegion extends Lines {
  readonly index: number;
}

export function isIn({ uri, start, end }: Lines, place: ReviewPlace): boolean {
  return uri === place.uri && start <= place.line && place.line < end;
}

/**
 * The index of the region to go to, in the order of the list, which has no end: after the last comes the first.
 * From a region it is the one beside it in the list; where a region was that is reviewed meanwhile, the one that
 * took its place. From elsewhere in a file with regions it is the nearest in this direction, so that who reads on in
 * a file stays there.
 * @param regions riskiest first; at least one
 */
export function indexToGoTo(
  regions: readonly Lines[],
  step: 1 | -1,
  place: ReviewPlace | undefined,
  visited: VisitedRegion | undefined,
): number {
  const count = regions.length;
  const wrapped = (index: number) => (index + count) % count;
  if (place) {
    const current = regions.findIndex((region) => isIn(region, place));
    if (current >= 0) return wrapped(current + step);
    if (visited && isIn(visited, place)) {
      const index = Math.min(visited.index, count);
      return step === 1 ? index % count : wrapped(index - 1);
    }
    const nearest = nearestInFile(regions, step, place);
    if (nearest !== undefined) return nearest;
  }
  return step === 1 ? 0 : count - 1;
}

function nearestInFile(
  regions: readonly Lines[],
  step: 1 | -1,
  { uri, line }: ReviewPlace,
): number | undefined {
  const ahead = regions
    .map((region, index) => ({ index, distance: (region.start - line) * step, uri: region.uri }))
    .filter((each) => each.uri === uri && each.distance > 0)
    .sort((a, b) => a.distance - b.distance);
  return ahead[0]?.index;
}
