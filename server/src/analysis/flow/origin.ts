/** Where a value comes from, and the way that it took. */
import type { Node } from '../node';
import type { Mask } from './capability';
import type { Source } from './flow-model';
import type { Path } from './path';

/** A place on the way of a value, as a person is shown it. */
export interface Hop {
  readonly node: Node;
  readonly how: 'stored' | 'returned' | 'passed';
  /** Of the variable, the function. */
  readonly name: string;
}

interface From {
  /** Where the value is read for the first time, as far as it is known. */
  readonly node: Node;
  /** What was taken from it on the way. */
  readonly clean: Mask;
  /** Whether it passed a check of which nobody can tell what for. */
  readonly isChecked: boolean;
  /** From the source on. */
  readonly hops: readonly Hop[];
  /** The variables that it was in, to look for checks of them later. */
  readonly references: readonly Node[];
}

/** What is constant, or a number, has no origin. */
export type Origin =
  | (From & {
      readonly kind: 'source';
      readonly source: Source;
      /** What is read of it: of a parameter from that on, otherwise what is behind its canonical name. */
      readonly path: Path;
    })
  | (From & {
      readonly kind: 'parameter';
      readonly fn: Node;
      readonly index: number;
      readonly isRest: boolean;
      /** What is read of the parameter. */
      readonly path: Path;
    })
  | (From & { readonly kind: 'unknown' });

export type Origins = readonly Origin[];

export const NO_ORIGINS: Origins = [];

/** More hops are not kept; the first ones tell the most. */
const MOST_HOPS = 10;
const MOST_ORIGINS = 12;

export function unknown(node: Node): Origins {
  return [{ kind: 'unknown', node, ...UNTOUCHED }];
}

export const UNTOUCHED = { clean: 0, isChecked: false, hops: [], references: [] } as const;

export function via(origins: Origins, hop: Hop): Origins {
  return origins.map((origin) =>
    origin.hops.length < MOST_HOPS ? { ...origin, hops: [...origin.hops, hop] } : origin,
  );
}

export function cleaned(origins: Origins, clean: Mask, isChecked = false): Origins {
  if (clean === 0 && !isChecked) return origins;
  return origins.map((origin) => ({
    ...origin,
    clean: origin.clean | clean,
    isChecked: origin.isChecked || isChecked,
  }));
}

/** The other way round: what was taken from it, or never was in it, is there now. */
export function soiled(origins: Origins, soils: Mask): Origins {
  return origins.map((origin) => {
    const clean = origin.clean & ~soils;
    if (origin.kind !== 'source') return { ...origin, clean };
    return { ...origin, clean, source: { ...origin.source, clean: origin.source.clean & ~soils } };
  });
}

/** As what an origin became on another's way. */
export function behind(origin: Origin, later: Origin): Origin {
  return {
    ...origin,
    clean: origin.clean | later.clean,
    isChecked: origin.isChecked || later.isChecked,
    hops: [...origin.hops, ...later.hops].slice(0, MOST_HOPS),
    references: [...origin.references, ...later.references],
  };
}

/** Each once, with the shortest way; sources first, and not too many. */
export function distinct(origins: Origins): Origins {
  if (origins.length < 2) return origins;
  const best = new Map<string, Origin>();
  for (const origin of origins) {
    const at = `${origin.node.item.stamp}:${origin.node.index}`;
    const path = origin.kind === 'unknown' ? '' : origin.path.join('.');
    const key = `${origin.kind} ${at} ${path} ${origin.clean} ${origin.isChecked}`;
    const known = best.get(key);
    if (!known || known.hops.length > origin.hops.length) best.set(key, origin);
  }
  const all = [...best.values()];
  return all.length <= MOST_ORIGINS
    ? all
    : all.sort((a, b) => RANK[a.kind] - RANK[b.kind]).slice(0, MOST_ORIGINS);
}

const RANK = { source: 0, parameter: 1, unknown: 2 } as const;
