/** Guards and handlers as they are in effect: what they do, found across files. */
import type { FunctionFacts, Part } from './facts';
import type { EffectiveGuard, EffectiveHandler } from './graph';
import { isGuarding, type Resolver } from './resolver';

const MOST_WRITES = 6;
const MOST_REACHED = 60;
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
  const definition = own && facts ? { file: own.file, start: facts.start, end: facts.end } : undefined;
  const reached = new Set<FunctionFacts>();
  if (own?.is === 'function') reach(resolver, own.file, own.facts, DEEPEST, reached);
  return {
    name: part.name,
    definition,
    facts,
    does: isGuarding(done.does) ? done.does : (facts?.does ?? 'unknown'),
    asksWho: [...reached].some(({ asksWho, readsProof }) => asksWho || readsProof),
    writes: [...new Set([...reached].flatMap(({ writes }) => writes))].slice(0, MOST_WRITES),
  };
}

/** A function with those that it calls, as far as they are found. */
function reach(
  resolver: Resolver,
  file: string,
  facts: FunctionFacts,
  depth: number,
  reached: Set<FunctionFacts>,
): void {
  if (reached.has(facts) || reached.size >= MOST_REACHED) return;
  reached.add(facts);
  for (const { ref } of depth > 0 ? facts.calls : []) {
    const target = resolver.target(file, ref);
    if (target?.is === 'function') reach(resolver, target.file, target.facts, depth - 1, reached);
  }
}
