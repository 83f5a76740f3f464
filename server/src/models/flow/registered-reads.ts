/** The request of a function that is handed to a known framework, whatever its parameter is called. */
import { parametersOf } from '../../analysis/flow/binding';
import { maskOf, OF_FORM } from '../../analysis/flow/capability';
import type { Source } from '../../analysis/flow/flow-model';
import type { Path } from '../../analysis/flow/path';
import { type Call, callAt } from '../../analysis/item-facts';
import { propertyName, wrapped } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { rememberedByNode } from '../../analysis/remembered';
import { argumentHolding } from '../../analysis/results';
import { resolvedValue } from '../../analysis/value';
import type { Reads } from './request-reads';
import * as reads from './request-reads';
import { part } from './request-source';
import { sortOfPart } from './schemas';

export const registeredReads = rememberedByNode((fn: Node, index: number): Reads | undefined => {
  const [call, isOption] = registrationOf(fn);
  const method = call?.method ?? call?.name?.split('.').at(-1);
  if (!call || method === undefined || !reads.ROUTING.has(method)) return undefined;
  const table = tableOf(call);
  // Of Fastify and hapi alone; Elysia has other functions in its options.
  if (!table || (isOption && table !== reads.REQUEST)) return undefined;
  const list = fn.child('parameters');
  const isErrorHandler = !isOption && list !== undefined && parametersOf(list).length === 4;
  return index === (isErrorHandler ? 1 : 0) ? table : undefined;
});

/** The call that a function is an argument of, or a handler in the options of. */
function registrationOf(fn: Node): readonly [call?: Call | undefined, isOption?: boolean] {
  const argument = argumentHolding(fn);
  if (argument) return [callOfArgument(argument)];
  const holder = fn.kind === 'method_definition' ? fn : wrapped(fn).parent;
  const key = holder?.kind === 'pair' ? holder.child('key') : holder?.child('name');
  const options = holder?.parent;
  if (!key || options?.kind !== 'object' || !reads.HANDLER_KEYS.has(propertyName(key) ?? '')) return [];
  return [callOfArgument(options), true];
}

function callOfArgument(argument: Node): Call | undefined {
  const list = argument.parent;
  return list?.kind === 'arguments' && list.parent ? callAt(list.parent) : undefined;
}

function tableOf(call: Call): Reads | undefined {
  const receiver = call.callee.child('object');
  const name =
    call.name !== undefined && /createServer$/.test(call.name)
      ? call.name
      : receiver && canonicalName(receiver);
  return name === undefined ? undefined : (reads.APPS[name] ?? reads.APPS[name.replace(CHAIN, '')]);
}

/** `router.route('/').get(f)`, `app.get('/', f).post('/', g)` */
const CHAIN = /(?:\.(?:route|get|post|put|patch|delete|all|use|group|basePath|guard|head|options)\(\))+$/;

/** `const handler: APIGatewayProxyHandler = async (event) => …` */
export function typedReads(fn: Node): Reads | undefined {
  const outer = wrapped(fn).parent;
  const text = outer?.kind === 'variable_declarator' ? outer.child('type')?.text : undefined;
  const [first = '', ...rest] = /[\w$]+(?:\.[\w$]+)*/.exec(text ?? '')?.[0].split('.') ?? [];
  if (first === '') return undefined;
  const { file } = fn.item;
  const declaration = file.lookUp(first, fn);
  const name = declaration && canonicalName(file.nodeOf(declaration));
  return name === undefined ? undefined : reads.HANDLER_TYPES[[name, ...rest].join('.')];
}

/** Koa 1: `app.use(function* () { this.query })`; in a file of its own the generator gives it away. */
export function contextSource(fn: Node, path: Path): Source | undefined {
  if (fn.kind !== 'generator_function' && fn.kind !== 'generator_function_declaration') return undefined;
  const isTelling = path[0] === 'request' || path[0] === 'params' || path[0] === 'query';
  const isKoa = registeredReads(fn, 0) === reads.KOA;
  return isKoa || isTelling ? part(reads.KOA, path) : undefined;
}

/** tRPC: `procedure.input(schema).query(({ input }) => …)`. */
export function inputSource(fn: Node, index: number, path: Path): Source | undefined {
  if (index !== 0) return undefined;
  const [call] = registrationOf(fn);
  if (!call || !/^(?:query|mutation|subscription)$/.test(call.method ?? '')) return undefined;
  const schema = path[0] === 'input' ? inputSchema(call.callee) : undefined;
  const source = part(reads.TRPC, path);
  const clean = source && schema ? leftBy(schema, path.slice(1)) : 0;
  return source && { ...source, clean: source.clean | clean };
}

function inputSchema(callee: Node): Node | undefined {
  for (let node = callee.child('object'); node; ) {
    const call = node.kind === 'call_expression' ? callAt(node) : undefined;
    if (call?.method === 'input') return call.args[0];
    node = (call ? call.callee : node).child('object');
  }
  return undefined;
}

/** What nobody can see here is taken for strict: who writes a schema in another file means to be. */
function leftBy(schema: Node, path: Path): number {
  const value = resolvedValue(schema);
  const isSeen = value.kind === 'call_expression' || value.kind === 'arrow_function';
  const sort = isSeen ? sortOfPart(value, path) : 'strict';
  if (sort === 'strict' || (sort === 'unknown' && path.length === 0 && value.kind === 'call_expression'))
    return OF_FORM;
  return sort === 'text' ? maskOf(['nosql']) : 0;
}
