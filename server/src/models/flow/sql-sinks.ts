/** Which calls run SQL: by the library, or, for a client from another file, by the text and the client's name. */
import { nameByType } from '../../analysis/declared-type';
import { bindingOf } from '../../analysis/flow/binding';
import type { Flow } from '../../analysis/flow/flow';
import { calledFunction } from '../../analysis/flow/trace-call';
import type { Call, ItemFacts } from '../../analysis/item-facts';
import { callAt } from '../../analysis/item-facts';
import type { Kind } from '../../analysis/kind';
import { unwrap } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { rememberedByName, rememberedByNode } from '../../analysis/remembered';
import { argumentHolding } from '../../analysis/results';
import { constantString, propertyOf, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import {
  BUILDER,
  BUILDER_METHODS,
  DATABASE_WORDS,
  QUERY_FUNCTIONS,
  QUERY_METHODS,
  RAW_METHOD,
  SQL_FUNCTIONS,
  SQL_METHODS,
  type SqlFunction,
  TELLING_METHODS,
} from './sql-clients';
import { beginsAsSql, type SqlText, sqlTextOf } from './sql-text';

export interface SqlSink {
  readonly call: Call;
  readonly text: Node;
  readonly parts: SqlText;
  /** What is known of the function, where the library is. */
  readonly known: SqlFunction | undefined;
  /** Whether nothing but the text says that this is SQL: then others have to decide on what is in it. */
  readonly isByText?: true;
}

const functionNamed = rememberedByName((name) => SQL_FUNCTIONS.find((each) => each.name.test(name)));

/** Those of an item, for `ItemFacts.once`: several rules ask for them. */
export function sqlSinksIn(facts: ItemFacts): readonly SqlSink[] {
  return facts.calls.flatMap((call) => sqlSinkOf(call) ?? []);
}

/** Whether a call runs SQL, be the text constant or not. */
export function runsSql(call: Call): boolean {
  const name = nameOfCall(call);
  return (name !== undefined && functionNamed(name) !== undefined) || sqlSinkOf(call) !== undefined;
}

/**
 * The text that a call runs as SQL, unless it is constant.
 *
 * @param needsVerb whether the text must begin as SQL does where only its name says that something is a client.
 */
export function sqlSinkOf(call: Call, needsVerb = true): SqlSink | undefined {
  const method = call.method ?? (call.callee.kind === 'identifier' ? call.callee.text : '');
  const [first] = call.args;
  if ((call.isNew && call.name !== 'tedious.Request') || !first || isPlain(first) || isTagged(call))
    return undefined;
  const isCandidate = call.method === undefined || SQL_METHODS.has(method) || RAW_METHOD.test(method);
  if (!isCandidate) {
    if (!needsVerb) return undefined;
    const isOwn = call.callee.child('object')?.kind === 'this';
    const isTold = RUNNING.test(method) && WRITTEN.has(resolvedValue(first).kind);
    return (isOwn ? handedOn(call) : undefined) ?? (isTold ? byText(call) : undefined);
  }
  const name = nameOfCall(call);
  const known = name === undefined ? undefined : functionNamed(name);
  if (known) return sinkAt(call, known.text, known.property, known);
  if (BUILDER_METHODS.has(method) && isOfBuilder(call.callee)) return sinkAt(call, 0, undefined, BUILDER);
  if (name !== undefined && !isOfAnotherFile(name)) return undefined;
  if (TELLING_METHODS.has(method)) return sinkAt(call, 0, undefined, undefined);
  const sink = isOwnClient(call, method) ? sinkAt(call, 0, 'text', undefined) : undefined;
  if (sink) return sink.parts.hasVerb || !needsVerb ? sink : undefined;
  if (!needsVerb) return undefined;
  return (name === undefined ? handedOn(call) : undefined) ?? byText(call);
}

/** `repository.createQueryBuilder('u').where(…)`, of a repository from elsewhere, with a builder in a variable or not. */
function isOfBuilder(callee: Node): boolean {
  let node = callee.child('object');
  for (let steps = 20; node && steps > 0; steps--) {
    const value: Node = node.kind === 'identifier' ? resolvedValue(node) : unwrap(node);
    const call = callAt(value);
    if (call?.method === 'createQueryBuilder') return true;
    if (!call) return false;
    node = call.callee.child('object');
  }
  return false;
}

/** `rows.fetch("SELECT … FROM … WHERE id = " + id)`, of whatever that is: nobody else writes such texts. */
function byText(call: Call): SqlSink | undefined {
  const [text] = call.args;
  const receiver = call.callee.child('object') ?? call.callee;
  const name = nameOfCall(call);
  if (!text || (name !== undefined && !isOfAnotherFile(name)) || !isHandedOver(receiver)) return undefined;
  const sink = sinkAt(call, 0, 'text', undefined);
  return sink?.parts.isStatement ? { ...sink, isByText: true } : undefined;
}

/** Names of functions that run a text which they are given in place. */
const RUNNING = /quer|sql|^(?:exec|run|select|fetch)|^get(?:Rows?|All|One)$/i;
const WRITTEN: ReadonlySet<Kind> = new Set<Kind>(['template_string', 'binary_expression']);

/** A relative or internal module, or a variable that another script declares. */
function isOfAnotherFile(name: string): boolean {
  if (name.startsWith('globalThis.')) return !PLATFORM.test(name);
  return /^\.{0,2}\/|^[@~#]\//.test(name) || isOwnModule(name);
}

const PLATFORM =
  /^globalThis\.(?:console|document|window|navigator|chrome|browser|Promise|Object|Array|Map|Set|JSON|fetch|Math|String|RegExp|Reflect|\$|jQuery|_|cy|angular|history|location|localStorage|sessionStorage|caches|indexedDB|performance)\b/;

/** A function of the file that runs the text which it is given. */
function handedOn(call: Call): SqlSink | undefined {
  for (const [index, argument] of call.args.entries()) {
    if (!TEXTS.has(argument.kind) || !beginsAsSql(argument)) continue;
    const sink = sinkAt(call, index, undefined, undefined);
    if (!sink) continue;
    const fn = calledFunction(call.callee);
    return fn && textParameters(fn).includes(index) ? sink : undefined;
  }
  return undefined;
}

const TEXTS: ReadonlySet<Kind> = new Set<Kind>(['identifier', 'template_string', 'binary_expression']);

/** The parameters that a function runs as SQL, as they are. */
const textParameters = rememberedByNode((fn: Node): readonly number[] => {
  const found: number[] = [];
  for (const node of fn.walk()) {
    const call = node.kind === 'call_expression' ? callAt(node) : undefined;
    if (!call || !SQL_METHODS.has(call.method ?? '')) continue;
    const text = sqlSinkOf(call, false)?.text;
    const declaration = text?.kind === 'identifier' ? text.item.file.lookUp(text.text, text) : undefined;
    const binding = declaration && bindingOf(fn.item.file.nodeOf(declaration));
    if (binding?.how === 'parameter' && binding.fn.is(fn) && binding.path.length === 0)
      found.push(binding.index);
  }
  return found;
});

/** Whether what comes to a sink is SQL that a caller wrote: then the caller is where it is reported. */
export function isReportedAtCaller({ parts }: SqlSink, flow: Flow): boolean {
  const passed = parts.hasLiteral ? undefined : flow.hops.findLast(({ how }) => how === 'passed');
  const call = passed && callAt(passed.node);
  return call !== undefined && sqlSinkOf(call) !== undefined;
}

function sinkAt(
  call: Call,
  index: number,
  property: string | undefined,
  known: SqlFunction | undefined,
): SqlSink | undefined {
  const argument = call.args[index];
  if (!argument || argument.kind === 'spread_element') return undefined;
  const value = resolvedValue(argument);
  const inner =
    value.kind === 'object' && property !== undefined
      ? (propertyOf(value, property) ?? propertyOf(value, property === 'text' ? 'sql' : 'query'))
      : argument;
  if (!inner || constantString(inner) !== undefined) return undefined;
  return { call, text: inner, parts: sqlTextOf(inner), known };
}

function isPlain(argument: Node): boolean {
  return argument.kind === 'string' || argument.kind === 'number' || argument.kind === 'arrow_function';
}

function isTagged({ node }: Call): boolean {
  return node.child('arguments')?.kind === 'template_string';
}

/** A package of the same organisation, or of the workspace, is nobody's library that is known here. */
function isOwnModule(name: string): boolean {
  return /^[@~#]?[\w-]*\/(?:db|database|lib|src|server|utils|config|prisma)\b/.test(name);
}

/** As `nameByType`; also of what a known client hands to a callback: `pool.getConnection((error, connection) => …)`. */
function nameOfCall(call: Call): string | undefined {
  const name = nameByType(call.callee);
  // `promisify(connection.query).bind(connection)`
  if (name !== undefined) return name.replace(/\.bind\(\)$/, '');
  const object = call.callee.child('object');
  const { method } = call;
  if (!object || method === undefined) return undefined;
  const owner = clientOf(unwrap(object));
  return owner && `${owner}.${method}`;
}

const HANDING: ReadonlySet<string> = new Set(
  'getConnection connect transaction $transaction acquire'.split(' '),
);

/** The canonical name of what a callback's parameter is: the client that the callback was given to. */
function clientOf(object: Node): string | undefined {
  if (object.kind !== 'identifier') return undefined;
  const { file } = object.item;
  const declaration = file.lookUp(object.text, object);
  const binding = declaration && bindingOf(file.nodeOf(declaration));
  if (binding?.how !== 'parameter') return undefined;
  const argument = argumentHolding(binding.fn);
  const outer =
    argument?.parent?.kind === 'arguments' && argument.parent.parent
      ? callAt(argument.parent.parent)
      : undefined;
  const receiver = outer?.callee.child('object');
  if (!receiver || !HANDING.has(outer?.method ?? '')) return undefined;
  return canonicalName(receiver);
}

/** Whether what is called is a client or a function that another file, or a caller, hands over, and says so. */
function isOwnClient(call: Call, method: string): boolean {
  if (call.method === undefined) return QUERY_FUNCTIONS.test(method) && isHandedOver(call.callee);
  const receiver = call.callee.child('object');
  if (!receiver || !QUERY_METHODS.has(method)) return false;
  const last = lastName(receiver);
  return (
    last !== undefined && wordsOf(last).some((word) => DATABASE_WORDS.has(word)) && isHandedOver(receiver)
  );
}

export function lastName(receiver: Node): string | undefined {
  const node = unwrap(receiver);
  if (node.kind === 'identifier') return node.text;
  if (node.kind === 'member_expression') return node.child('property')?.text;
  const inner =
    node.kind === 'call_expression'
      ? node.child('function')
      : node.kind === 'await_expression'
        ? node.parts[0]
        : undefined;
  return inner && lastName(inner);
}

/** Whether a value is not made in this file, so that nobody can say here what it is. */
export function isHandedOver(expression: Node): boolean {
  for (let node: Node | undefined = unwrap(expression), steps = 20; node && steps > 0; steps--) {
    switch (node.kind) {
      case 'this':
        return true;
      case 'member_expression':
      case 'subscript_expression':
        node = node.child('object') && unwrap(node.child('object') as Node);
        break;
      case 'call_expression':
        node = node.child('function') && unwrap(node.child('function') as Node);
        break;
      case 'await_expression':
        node = node.parts[0] && unwrap(node.parts[0]);
        break;
      case 'identifier': {
        const { file } = node.item;
        const declaration = file.lookUp(node.text, node);
        // Of scripts that share their variables.
        if (!declaration) return canonicalName(node)?.startsWith('globalThis.') === true;
        const declared = file.nodeOf(declaration);
        const name = canonicalName(node);
        if (name !== undefined) return /^[.@~#/]/.test(name) || isOwnModule(name);
        const binding = bindingOf(declared);
        if (binding.how === 'parameter') return true;
        if (binding.how !== 'value' || !binding.value) return false;
        const value = unwrap(binding.value);
        // What this file makes by itself is known, or it is no client.
        if (value.kind === 'new_expression' || value.is(node)) return false;
        node = value;
        break;
      }
      default:
        return false;
    }
  }
  return false;
}
