/** Guards and handlers as they are in effect: what they do, found across files. */
import type { Part } from './facts';
import type { EffectiveGuard, EffectiveHandler } from './graph';
import { isGuarding, type Resolver } from './resolver';

const MOST_WRITES = 6;
/** So many functions, one called by the other, are looked through for what a handler changes. */
const DEEPEST = 3;

export function guardOf(
  resolver: Resolver,
  file: string,
  part: Part,
  from: EffectiveGuard['from'],
): EffectiveGuard {
  const { does, roles, definition, asksForPath } = resolver.done(file, part.ref);
  const { start, end, name } = part;
  const isConditional = part.isConditional === true || (asksForPath && from !== 'route' && from !== 'method');
  return { name, place: { file, start, end }, definition, from, does, roles, isConditional };
}

export function handlerOf(resolver: Resolver, file: string, part: Part): EffectiveHandler {
  const target = resolver.target(file, part.ref);
  // `asyncHandler(async (req, res) => …)`
  const inner = part.ref.is === 'call' && target?.is !== 'function' ? part.ref.args : [];
  const own =
    target?.is === 'function'
      ? target
      : inner.map((ref) => resolver.target(file, ref)).find((each) => each?.is === 'function');
  const facts = own?.is === 'function' ? own.facts : undefined;
  const done = resolver.done(file, part.ref);
  const writes = own?.is === 'function' ? writesOf(resolver, own.file, own.facts, DEEPEST) : [];
  const definition = own && facts ? { file: own.file, start: facts.start, end: facts.end } : undefined;
  return {
    name: part.name,
    definition,
    facts,
    does: isGuarding(done.does) ? done.does : (facts?.does ?? 'unknown'),
    writes,
  };
}

function writesOf(
  resolver: Resolver,
  file: string,
  facts: NonNullable<EffectiveHandler['facts']>,
  depth: number,
): readonly string[] {
  const writes = new Set(facts.writes);
  for (const { ref } of depth > 0 ? facts.calls : []) {
    if (writes.size >= MOST_WRITES) break;
    const target = resolver.target(file, ref);
    if (target?.is !== 'function') continue;
    for (const write of writesOf(resolver, target.file, target.facts, depth - 1)) writes.add(write);
  }
  return [...writes].slice(0, MOST_WRITES);
}
