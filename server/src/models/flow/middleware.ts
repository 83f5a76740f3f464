/** What functions that run before a handler make sure of, where it is registered with them: `app.get('/a', check, handler)`. */
import { parameterAt } from '../../analysis/flow/binding';
import { EVERYTHING, maskOf, NOTHING, OF_FORM } from '../../analysis/flow/capability';
import { checkedAt } from '../../analysis/flow/checks';
import type { Assurance, FlowModel } from '../../analysis/flow/flow-model';
import type { Path } from '../../analysis/flow/path';
import { type Call, callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { argumentHolding, functionOf } from '../../analysis/results';
import { constantString, propertyOf, resolvedValue } from '../../analysis/value';
import { ROUTING } from './request-reads';
import { sortOfPart } from './schemas';

/** So many functions before a handler are looked at. */
const MOST = 12;

/** @param path to the part of the request that the handler reads: `['query', 'id']`. */
export function assuredBefore(fn: Node, path: Path, model: FlowModel): Assurance | undefined {
  const argument = argumentHolding(fn);
  const list = argument?.parent;
  const call = list?.kind === 'arguments' && list.parent ? callAt(list.parent) : undefined;
  if (!argument || !call || !ROUTING.has(call.method ?? '')) return undefined;
  let clean = NOTHING;
  let isUnknown = false;
  for (const each of before(argument, call)) {
    const assured = ofMiddleware(each, path, model) ?? ofRouteSchema(each, path);
    clean |= assured?.clean ?? NOTHING;
    isUnknown ||= assured?.isUnknown === true;
  }
  return clean === NOTHING && !isUnknown ? undefined : { clean, isUnknown };
}

function before(argument: Node, { args }: Call): readonly Node[] {
  const earlier = args.filter((each) => each.end <= argument.start);
  return earlier
    .flatMap((each) => {
      const value = resolvedValue(each);
      return value.kind === 'array' ? value.parts : [each];
    })
    .slice(0, MOST);
}

function ofMiddleware(middleware: Node, path: Path, model: FlowModel): Assurance | undefined {
  const fn = functionOf(middleware);
  if (fn) return ofFunction(fn, path, model);
  return ofRule(middleware, path);
}

/** Fastify: `{ schema: { querystring: { type: 'object', properties: { … } } } }` in the options of a route. */
function ofRouteSchema(options: Node, [part, ...path]: Path): Assurance | undefined {
  const object = resolvedValue(options);
  const schema = object.kind === 'object' ? propertyOf(object, 'schema') : undefined;
  const parts = schema && resolvedValue(schema);
  if (parts?.kind !== 'object' || part === undefined) return undefined;
  const inner = propertyOf(parts, part) ?? (part === 'query' ? propertyOf(parts, 'querystring') : undefined);
  const sort = inner && sortOfPart(inner, path);
  return sort === 'strict' ? { clean: OF_FORM } : undefined;
}

/** A function of the file: what holds wherever it goes on to the next one. */
function ofFunction(fn: Node, path: Path, model: FlowModel): Assurance | undefined {
  const [request, , next] = [0, 1, 2].map((index) => {
    const parameter = parameterAt(fn, index);
    return parameter?.child('pattern') ?? parameter;
  });
  if (request?.kind !== 'identifier' || next?.kind !== 'identifier') return undefined;
  const { file } = fn.item;
  const declaration = file.lookUp(request.text, request);
  if (!declaration) return undefined;
  let clean = EVERYTHING;
  let isUnknown = false;
  let goesOn = false;
  for (const node of fn.child('body')?.walk() ?? []) {
    const call = node.kind === 'call_expression' ? callAt(node) : undefined;
    if (call?.callee.text !== next.text || call.args.length > 0) continue;
    goesOn = true;
    const checked = checkedAt(node, path, file.nodeOf(declaration), declaration, model);
    clean &= checked.clean;
    isUnknown ||= checked.isUnknown;
  }
  return goesOn ? { clean, isUnknown } : undefined;
}

/** Rules of express-validator 7 that leave nothing harmful, and what escapes. Source: its documentation. */
const STRICT =
  /^is(?:Int|Float|Numeric|Decimal|Alpha|Alphanumeric|UUID|MongoId|Hexadecimal|Boolean|ISO8601|Date|IP|Port|Slug|In|MobilePhone|Hash)$|^to(?:Int|Float|Boolean|Date)$/;
const RULES = /^express-validator\.(?:check|body|query|param|cookie|header)$/;

/** `query('id').isInt()`: strict for a field of that name, and something for it otherwise. */
function ofRule(middleware: Node, path: Path): Assurance | undefined {
  let node = unwrap(resolvedValue(middleware));
  let clean = NOTHING;
  for (let steps = MOST; steps > 0 && node.kind === 'call_expression'; steps--) {
    const call = callAt(node);
    const object = call?.callee.child('object');
    if (call && RULES.test(call.name ?? '')) {
      const field = call.args[0] && constantString(call.args[0]);
      return field !== undefined && field === path[1] ? { clean, isUnknown: true } : undefined;
    }
    if (!call || !object) return undefined;
    if (STRICT.test(call.method ?? '')) clean = OF_FORM;
    else if (call.method === 'escape') clean |= maskOf(['html']);
    node = unwrap(object);
  }
  return undefined;
}
