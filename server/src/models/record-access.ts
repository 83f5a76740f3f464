/** Calls that reach one record, or those of one owner, by an id: what is reached, by which values, and what becomes of it. */
import { bindingOf } from '../analysis/flow/binding';
import { type Call, callAt } from '../analysis/item-facts';
import { propertyName, unwrap } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import type { CallTest } from '../analysis/needs';
import type { Node } from '../analysis/node';
import { functionOf, resultsOf } from '../analysis/results';
import { constantString, pairOf, propertyOf, resolvedValue } from '../analysis/value';
import { storeOf } from './data-writes';
import { isIdOf } from './record-ids';
import { sqlAccess } from './sql-access';

export interface RecordAccess {
  readonly call: Call;
  /** As it is written: `orders`, `Order`. */
  readonly entity: string;
  readonly does: 'reads' | 'changes' | 'deletes';
  /** The values that say which record: all of its condition that is not constant. */
  readonly ids: readonly Node[];
  /** The object with the conditions, or the argument that is the id. */
  readonly filter: Node;
  /** Whether `filter` is the id alone. */
  readonly isById: boolean;
}

type Does = RecordAccess['does'];

/** Methods whose first argument is the id. Sources: Mongoose 8, Sequelize 6, TypeORM 0.3. */
const BY_ID: Readonly<Record<string, Does>> = {
  findById: 'reads',
  findByPk: 'reads',
  findOneById: 'reads',
  findByIdAndUpdate: 'changes',
  findByIdAndReplace: 'changes',
  findByIdAndDelete: 'deletes',
  findByIdAndRemove: 'deletes',
  softDelete: 'deletes',
};
/** Methods that are given conditions, in the first argument or as its `where`. Those, MongoDB 6 and Prisma 6. */
const BY_FILTER: Readonly<Record<string, Does>> = {
  find: 'reads',
  findAll: 'reads',
  findMany: 'reads',
  findBy: 'reads',
  findOne: 'reads',
  findOneBy: 'reads',
  findOneOrFail: 'reads',
  findOneByOrFail: 'reads',
  findFirst: 'reads',
  findFirstOrThrow: 'reads',
  findUnique: 'reads',
  findUniqueOrThrow: 'reads',
  findOneAndUpdate: 'changes',
  findOneAndReplace: 'changes',
  update: 'changes',
  updateOne: 'changes',
  replaceOne: 'changes',
  findOneAndDelete: 'deletes',
  findOneAndRemove: 'deletes',
  delete: 'deletes',
  deleteOne: 'deletes',
  deleteMany: 'deletes',
  remove: 'deletes',
  destroy: 'deletes',
};
const SQL: ReadonlySet<string> = new Set(
  'query execute get all run each one oneOrNone any none raw $queryRaw $executeRaw'.split(' '),
);

/** The calls that `recordAccess` may say something of. */
export const ACCESS_CALLS: CallTest = {
  method: new Set([...Object.keys(BY_ID), ...Object.keys(BY_FILTER), ...SQL, 'where']),
  function: new Set(['sql']),
};

export function recordAccess(call: Call): RecordAccess | undefined {
  const { method, args, callee } = call;
  if (call.isNew) return undefined;
  const [first] = args;
  const isTagged = call.node.child('arguments')?.kind === 'template_string';
  if (isTagged || (method !== undefined && SQL.has(method))) {
    const found = sqlAccess(call, isTagged);
    if (found) return found;
  }
  const receiver = callee.child('object');
  if (method === undefined || !first || !receiver) return undefined;
  if (method === 'get') return ofMap(call, unwrap(receiver));
  if (Object.hasOwn(BY_ID, method)) return byId(call, BY_ID[method] as Does, first, receiver);
  if (method === 'where') return ofBuilder(call, receiver);
  if (!Object.hasOwn(BY_FILTER, method)) return undefined;
  const filter = resolvedValue(first);
  if (functionOf(first)) return method === 'find' ? ofList(call, first, receiver) : undefined;
  const does = BY_FILTER[method] as Does;
  if (filter.kind !== 'object') {
    // TypeORM: `orders.delete(id)`
    const isPlain =
      (method === 'delete' || method === 'update' || method === 'findOne') && /repo/i.test(receiver.text);
    return isPlain && filter.kind !== 'array' ? byId(call, does, first, receiver) : undefined;
  }
  const store = storeOf(unwrap(receiver), callee);
  // Sequelize has the new values first: `Order.update(values, { where })`.
  const second = method === 'update' && args[1] ? propertyOf(resolvedValue(args[1]), 'where') : undefined;
  const where = resolvedValue(second ?? propertyOf(filter, 'where') ?? filter);
  const ids = store && where.kind === 'object' ? idsIn(where, store.entity) : undefined;
  if (!store || !ids || hasCounters(call)) return undefined;
  return { call, entity: store.entity, does, ids, filter: where, isById: false };
}

function byId(call: Call, does: Does, id: Node, receiver: Node): RecordAccess | undefined {
  const store = storeOf(unwrap(receiver), call.callee);
  if (!store || hasCounters(call)) return undefined;
  return { call, entity: store.entity, does, ids: [id], filter: id, isById: true };
}

/** `{ $push: { comments } }`, `{ $inc: { views: 1 } }`: what others than the owner do to a record. */
function hasCounters({ args }: Call): boolean {
  return args.slice(1).some((each) => {
    const data = resolvedValue(each);
    return ['$push', '$addToSet', '$pull', '$inc'].some((key) => data.kind === 'object' && pairOf(data, key));
  });
}

/** What keeps records of everybody apart from others: `{ _id, published: true }`. */
const SHOWN = /^(?:is_?)?(?:public|published|visible|visibility|shared|approved|status|state)$/i;

/** The values of a filter, where all that is not constant is ids. */
function idsIn(filter: Node, entity: string): readonly Node[] | undefined {
  const ids: Node[] = [];
  for (const part of filter.parts) {
    const isShort = part.kind === 'shorthand_property_identifier';
    const key = isShort ? part.text : propertyName(part.child('key') ?? part);
    const written = isShort ? part : part.child('value');
    const value = written && operand(written);
    if (key === undefined || !value || part.kind === 'spread_element') return undefined;
    if (CONSTANT.test(resolvedValue(value).kind)) {
      if (SHOWN.test(key)) return undefined;
    } else if (isIdOf(key, entity) && value.kind !== 'object') ids.push(value);
    else return undefined;
  }
  return ids.length > 0 ? ids : undefined;
}

const CONSTANT = /^(?:string|number|true|false|null|undefined)$/;

/** Of `{ $eq: x }` and `{ equals: x }`. */
function operand(value: Node): Node {
  const object = unwrap(value);
  if (object.kind !== 'object') return value;
  return propertyOf(object, '$eq') ?? propertyOf(object, 'equals') ?? object;
}

/** knex and Drizzle: `knex('orders').where({ id })`, `db.delete(orders).where(eq(orders.id, id))`. */
function ofBuilder(call: Call, receiver: Node): RecordAccess | undefined {
  const [first, second, third] = call.args;
  const chain = wholeChain(call.node);
  const methods = methodsIn(chain);
  if (!first || methods.filter((each) => /where|andWhere|eq$|has$/i.test(each)).length > 1) return undefined;
  const does: Does = methods.some((each) => /^(?:del|delete)$/.test(each))
    ? 'deletes'
    : methods.includes('update')
      ? 'changes'
      : 'reads';
  const equal = callAt(unwrap(first));
  if (equal?.name !== undefined && /^drizzle-orm(?:\/[\w-]+)*\.eq$/.test(equal.name)) {
    const column = equal.args[0]?.child('property')?.text ?? '';
    const id = equal.args[1];
    const entity = equal.args[0]?.child('object')?.text ?? '';
    return id && isIdOf(column, entity)
      ? { call, entity, does, ids: [id], filter: first, isById: false }
      : undefined;
  }
  const store = storeOf(unwrap(receiver), call.callee);
  if (!store) return undefined;
  const filter = resolvedValue(first);
  if (filter.kind === 'object') {
    const ids = idsIn(filter, store.entity);
    return ids && { call, entity: store.entity, does, ids, filter, isById: false };
  }
  const column = constantString(first)?.replace(/^.*\./, '');
  const id = third ?? second;
  if (
    column === undefined ||
    !id ||
    !isIdOf(column, store.entity) ||
    (third && constantString(second as Node) !== '=')
  )
    return undefined;
  return { call, entity: store.entity, does, ids: [id], filter: first, isById: false };
}

/** With all that is called on what a call answers. */
export function wholeChain(node: Node): Node {
  let outer = node;
  for (
    let member = outer.parent;
    member?.kind === 'member_expression' && outer.field === 'object';
    member = outer.parent
  ) {
    const call = member.field === 'function' ? member.parent : undefined;
    if (!call) return member;
    outer = call;
  }
  return outer;
}

function methodsIn(chain: Node): readonly string[] {
  const methods: string[] = [];
  for (let call = callAt(chain), steps = 20; call && steps > 0; steps--) {
    methods.push(call.method ?? call.callee.text.slice(0, 20));
    const object = call.callee.child('object');
    call = object && callAt(unwrap(object));
  }
  return methods;
}

/** `orders.find((order) => order.id === id)` */
function ofList(call: Call, callback: Node, receiver: Node): RecordAccess | undefined {
  const fn = functionOf(callback);
  const [result, ...others] = fn ? resultsOf(fn) : [];
  const test = result && unwrap(result);
  const list = unwrap(receiver);
  const entity = (list.child('property') ?? list).text;
  if (!fn || test?.kind !== 'binary_expression' || !/^={2,3}$/.test(test.operator) || others.length > 0)
    return undefined;
  if (!/^[a-zA-Z_$][\w$]*$/.test(entity)) return undefined;
  const sides = [test.child('left'), test.child('right')].flatMap((side) => (side ? [unwrap(side)] : []));
  const own = sides.find((side) => side.kind === 'member_expression' && isOwn(side, fn));
  const id = sides.find((side) => !side.is(own));
  if (!own || !id || !isIdOf(own.child('property')?.text ?? '', entity)) return undefined;
  return { call, entity, does: 'reads', ids: [id], filter: test, isById: false };
}

/** `orders[req.params.id]` of a variable of the file that holds records by their ids, or a `Map` of them. */
export function recordByKey(subscript: Node): RecordAccess | undefined {
  const [object, index] = [subscript.child('object'), subscript.child('index')];
  if (object?.kind !== 'identifier' || !index || !MAY_BE_KEY.test(index.kind)) return undefined;
  if (!HOLDING.test(resolvedValue(object).kind) || subscript.field === 'left') return undefined;
  const isDeleted = subscript.parent?.kind === 'unary_expression' && subscript.parent.hasKeyword('delete');
  const call: Call = {
    node: subscript,
    callee: object,
    name: undefined,
    method: undefined,
    args: [],
    isNew: false,
  };
  return {
    call,
    entity: object.text,
    does: isDeleted ? 'deletes' : 'reads',
    ids: [index],
    filter: index,
    isById: true,
  };
}

const MAY_BE_KEY = /^(?:identifier|member_expression|call_expression|subscript_expression)$/;
const HOLDING = /^(?:object|array)$/;

/** `orders.get(id)` of a `Map` of the file. */
function ofMap(call: Call, receiver: Node): RecordAccess | undefined {
  const [id, ...others] = call.args;
  const map = resolvedValue(receiver);
  if (!id || others.length > 0 || receiver.kind !== 'identifier' || map.kind !== 'new_expression')
    return undefined;
  if (canonicalName(map.child('constructor') ?? map) !== 'globalThis.Map') return undefined;
  return { call, entity: receiver.text, does: 'reads', ids: [id], filter: id, isById: true };
}

function isOwn(member: Node, fn: Node): boolean {
  const object = member.child('object');
  const declaration =
    object?.kind === 'identifier' ? object.item.file.lookUp(object.text, object) : undefined;
  const binding = declaration && bindingOf(member.item.file.nodeOf(declaration));
  return binding?.how === 'parameter' && binding.fn.is(fn);
}
