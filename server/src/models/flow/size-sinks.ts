/** What takes as much memory, time or rounds as a value says. Sources: ECMAScript, Node's documentation. */
import type { ItemFacts } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';

export interface SizeSink {
  /** The value that says how much. */
  readonly amount: Node;
  readonly at: Node;
  readonly of: 'memory' | 'time' | 'rounds';
  /** Whether an object of the client's stands for a list: its `length` may be any number. */
  readonly isOfObject?: boolean;
}

/** By canonical name: which argument says how much. */
const FUNCTIONS: ReadonlyMap<string, { readonly index: number; readonly of: SizeSink['of'] }> = new Map([
  ...['alloc', 'allocUnsafe', 'allocUnsafeSlow'].flatMap((name) =>
    ['buffer.Buffer', 'globalThis.Buffer'].map(
      (holder) => [`${holder}.${name}`, { index: 0, of: 'memory' }] as const,
    ),
  ),
  ...['Array', 'ArrayBuffer', 'Uint8Array', 'Uint16Array', 'Uint32Array', 'Float32Array', 'Float64Array'].map(
    (name) => [`globalThis.${name}`, { index: 0, of: 'memory' }] as const,
  ),
  ['crypto.randomBytes', { index: 0, of: 'memory' }],
  ['globalThis.setTimeout', { index: 1, of: 'time' }],
  ['globalThis.setInterval', { index: 1, of: 'time' }],
]);
const METHODS: ReadonlySet<string> = new Set(['repeat', 'padStart', 'padEnd']);

export function* sizeSinks(facts: ItemFacts): Generator<SizeSink> {
  for (const call of facts.calls) {
    const [first] = call.args;
    const known = call.name === undefined ? undefined : FUNCTIONS.get(call.name);
    const amount = known ? call.args[known.index] : undefined;
    const isAlone = call.name !== 'globalThis.Array' || call.args.length === 1;
    if (known && amount && isAlone) yield { amount, at: call.node, of: known.of };
    else if (first && call.method !== undefined && METHODS.has(call.method))
      yield { amount: first, at: call.node, of: 'memory' };
  }
  for (const loop of facts.nodes('for_statement')) {
    const sink = ofLoop(loop);
    if (sink) yield sink;
  }
}

/** `for (let i = 0; i < n; i++)` */
function ofLoop(loop: Node): SizeSink | undefined {
  const stated = loop.child('condition');
  const condition =
    stated && unwrap(stated.kind === 'expression_statement' ? (stated.parts[0] ?? stated) : stated);
  if (condition?.kind !== 'binary_expression' || !/^<=?$/.test(condition.operator)) return undefined;
  const limit = condition.child('right');
  if (!limit) return undefined;
  const end = unwrap(limit);
  const object =
    end.kind === 'member_expression' && end.child('property')?.text === 'length'
      ? end.child('object')
      : undefined;
  const isNumber =
    end.kind === 'identifier' || end.kind === 'call_expression' || end.kind === 'member_expression';
  if (object) return { amount: object, at: condition, of: 'rounds', isOfObject: true };
  return isNumber ? { amount: end, at: condition, of: 'rounds' } : undefined;
}
