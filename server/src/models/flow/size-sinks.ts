/**
 * What takes as much memory, time or rounds as a value says. Sources: ECMAScript, Node's documentation, and those of
 * Mongoose 8, Knex 3, Prisma 6, Sequelize 6, TypeORM 0.3, Drizzle 0.44 and Elasticsearch 9.
 */
import { type Call, callAt, type ItemFacts } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { propertyOf, resolvedValue } from '../../analysis/value';

export interface SizeSink {
  /** The value that says how much. */
  readonly amount: Node;
  readonly at: Node;
  readonly of: 'memory' | 'time' | 'rounds' | 'records';
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
/** Methods of queries that say how many records are read at most. */
const LIMITING: ReadonlySet<string> = new Set(['limit', 'take']);
/** What they are called on: a query, or what one is made with. */
const QUERYING: ReadonlySet<string> = new Set(
  'find aggregate select selectFrom from where query createQueryBuilder skip offset orderBy populate lean'.split(
    ' ',
  ),
);
/** Names of variables that hold one. */
const QUERIES = /query|builder|^qb$|cursor/i;
/** Searches that take the number among their options, and what it is called there. */
const SEARCHES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...['findMany', 'findAll', 'findAndCountAll', 'findAndCount', 'find', 'paginate'].map(
    (name) => [name, ['limit', 'take', 'first', 'perPage', 'pageSize']] as const,
  ),
  ['search', ['size']],
]);

const MAY_TAKE: CallTest = {
  to: FUNCTIONS,
  method: { has: (name) => METHODS.has(name) || LIMITING.has(name) || SEARCHES.has(name) },
};

export function* sizeSinks(facts: ItemFacts): Generator<SizeSink> {
  for (const call of facts.callsOf(MAY_TAKE)) {
    const [first] = call.args;
    const known = call.name === undefined ? undefined : FUNCTIONS.get(call.name);
    const amount = known ? call.args[known.index] : undefined;
    const isAlone = call.name !== 'globalThis.Array' || call.args.length === 1;
    if (known && amount && isAlone) yield { amount, at: call.node, of: known.of };
    else if (first && call.method !== undefined && METHODS.has(call.method))
      yield { amount: first, at: call.node, of: 'memory' };
    else yield* recordsRead(call);
  }
  for (const loop of facts.nodes('for_statement')) {
    const sink = ofLoop(loop);
    if (sink) yield sink;
  }
}

/** `Post.find().limit(n)`, `prisma.post.findMany({ take: n })` */
function* recordsRead({ node, method = '', callee, args }: Call): Generator<SizeSink> {
  const [first] = args;
  const receiver = callee.child('object');
  if (!first || !receiver) return;
  if (LIMITING.has(method)) {
    if (args.length === 1 && isQuery(receiver)) yield { amount: first, at: node, of: 'records' };
    return;
  }
  const names = SEARCHES.get(method) ?? [];
  for (const argument of args) {
    const options = resolvedValue(argument);
    if (options.kind !== 'object') continue;
    const amount = names.flatMap((name) => propertyOf(options, name) ?? [])[0];
    if (amount) yield { amount, at: node, of: 'records' };
  }
}

function isQuery(receiver: Node): boolean {
  let node: Node | undefined = unwrap(receiver);
  for (let steps = MOST_CALLS; node && steps > 0; steps--) {
    if (node.kind === 'identifier') return QUERIES.test(node.text) || isQueryMade(node);
    const call = callAt(node);
    if (!call || QUERYING.has(call.method ?? '')) return call !== undefined;
    const object: Node | undefined = call.callee.child('object');
    node = object && unwrap(object);
  }
  return false;
}

/** So many calls of a chain are looked at. */
const MOST_CALLS = 20;

function isQueryMade(variable: Node): boolean {
  const call = callAt(resolvedValue(variable));
  return call !== undefined && QUERYING.has(call.method ?? '');
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
