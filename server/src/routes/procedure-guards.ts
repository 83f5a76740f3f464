/** What stands before procedures of tRPC: `t.procedure.use(isLoggedIn)`, `protectedProcedure`. */

import { guardOf } from './effective';
import type { Part, Ref } from './facts';
import type { EffectiveGuard } from './graph';
import type { Resolver } from './resolver';

const MOST_STEPS = 30;
const OPEN = /^(?:public|open|base|anonymous|unauthenticated|unprotected|guest)/i;

/** @param base what the procedure is built on, as the file has it. */
export function procedureGuards(resolver: Resolver, file: string, base: Part): readonly EffectiveGuard[] {
  return guardsOf(resolver, file, base.ref, base, MOST_STEPS) ?? [unknown(file, base)];
}

function guardsOf(
  resolver: Resolver,
  file: string,
  ref: Ref,
  base: Part,
  steps: number,
): readonly EffectiveGuard[] | undefined {
  if (steps <= 0) return undefined;
  const next = (inner: Ref, at = file) => guardsOf(resolver, at, inner, base, steps - 1);
  switch (ref.is) {
    case 'import': {
      // `t.procedure` of another file.
      if (ref.path.at(-1) === 'procedure') return [];
      const found = resolver.exported(file, ref);
      if (found) return next(found.ref, found.file);
      const name = ref.path.at(-1) ?? '';
      return OPEN.test(name) ? [] : undefined;
    }
    case 'member':
      return ref.name === 'procedure' ? [] : next(ref.of);
    case 'call': {
      const called = ref.of.is === 'member' ? ref.of : undefined;
      // The path of an import goes on with its members.
      const method = called?.name ?? (ref.of.is === 'import' ? ref.of.path.at(-1) : undefined);
      const owner: Ref | undefined = called
        ? called.of
        : ref.of.is === 'import'
          ? { ...ref.of, path: ref.of.path.slice(0, -1) }
          : undefined;
      const before = owner && next(owner);
      if (!before) return undefined;
      if (method !== 'use' && method !== 'concat' && method !== 'unstable_concat') return before;
      const given = ref.args.map((arg) => guardOf(resolver, file, { ...base, ref: arg }, 'procedure'));
      if (given.length > 0) return [...before, ...given];
      return [...before, unknown(file, base)];
    }
    default:
      return undefined;
  }
}

function unknown(file: string, { name, start, end }: Part): EffectiveGuard {
  return {
    ...{ name, place: { file, start, end }, definition: undefined, from: 'procedure' },
    ...{ does: OPEN.test(name) ? 'nothing' : 'unknown', roles: [], isConditional: false },
  };
}
