/** Calls that write data to a store: which argument is the data, and of what it is. */
import { nameByType } from '../analysis/declared-type';
import { type Call, callAt, type ItemFacts } from '../analysis/item-facts';
import { propertyName, unwrap } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import { namesLike } from '../analysis/name-tests';
import type { CallTest } from '../analysis/needs';
import type { Node } from '../analysis/node';
import { constantString, pairOf, resolvedValue } from '../analysis/value';
import { wordsOf } from '../analysis/words';

export interface DataWrite {
  /** What is written: an object with a property for each field. */
  readonly data: readonly Node[];
  /** The name of the model, table or entity, as written: `User`, `users`. */
  readonly entity: string;
  /** Whether it is known to be a store, not only by the form of the call. */
  readonly isKnown: boolean;
}

/** Which arguments are data. Sources: the documentation of the libraries of `STORES`. */
const METHODS: Readonly<Record<string, readonly number[]>> = {
  add: [0],
  create: [0],
  createMany: [0],
  insert: [0],
  insertMany: [0],
  insertOne: [0],
  bulkCreate: [0],
  build: [0],
  save: [0],
  values: [0],
  upsert: [0, 1],
  updateAttributes: [0],
  findOrCreate: [0],
  update: [0, 1],
  set: [0],
  patch: [0],
  merge: [1, 2],
  findByIdAndUpdate: [1],
  findOneAndUpdate: [1],
  findOneAndReplace: [1],
  updateOne: [1],
  updateMany: [1],
  replaceOne: [1],
};

/** Begins of canonical names. */
const STORES =
  /^(?:mongoose\.(?:connection\.|createConnection\(\)\.)?(?:model|collection|models)\b|mongodb\..*\.collection\(\)|sequelize\.(?:Sequelize|sequelize)?(?:\(\))?\.?(?:define\(\)|models?\b)|@prisma\/client\.PrismaClient\(\)\.|typeorm\..*(?:getRepository\(\)|getMongoRepository\(\)|Repository\(\)|manager)|@nestjs\/mongoose\.|knex\(\)|drizzle-orm\/[\w-]+\.drizzle\(\)\.(?:insert|update)\(\)|@supabase\/[\w-]+\.\w+\(\)\.from\(\)|firebase-admin\.firestore\(\)|firebase-admin\/firestore\.getFirestore\(\)|@google-cloud\/firestore\.Firestore\(\)|mongoose\.Model\(\))/;
const OF_DOCUMENTS = /^(?:firebase-admin|@google-cloud\/firestore)\b/;
/** Modules of an application that hold its models. */
const MODEL_MODULE = /^[.@~#].*(?:^|[/._-])(?:models?|entit(?:y|ies)|schemas?|collections?)(?:[/._-]|$)/i;
/** Last words of the names of what stores. */
const STORING: ReadonlySet<string> = new Set('model repository repo collection entity'.split(' '));
const CLIENTS: ReadonlySet<string> = new Set('prisma db tx trx orm knex supabase'.split(' '));
/** Last words of names with capitals that are no models. */
const NO_MODEL =
  /(?:Service|Controller|Factory|Helper|Client|Api|API|Utils?|Manager|Dto|DTO|Schema|Error|Validator|Provider|Handler|Logger|Store|Cache|Mailer|Email|Stripe|Token|Session|Builder|Resolver|Gateway|Object|Reflect|Map|Set|Array|Promise)$/;
/** Properties of an argument that are the data in it: Prisma, MongoDB, Sequelize. */
const INSIDE: readonly string[] = ['data', 'create', 'update', '$set', '$setOnInsert', 'defaults'];

/** What calls are called of which `dataWrite` says anything. */
export const MAY_STORE: CallTest = {
  to: { has: (name) => STORES.test(name) || MODEL_MODULE.test(name) },
  method: { has: (name) => Object.hasOwn(METHODS, name) },
};

/** Those of an item, for `ItemFacts.once`: several rules ask for them. */
export function dataWritesIn(
  facts: ItemFacts,
): readonly { readonly call: Call; readonly write: DataWrite }[] {
  return facts.callsOf(MAY_STORE).flatMap((call) => {
    const write = dataWrite(call);
    return write ? [{ call, write }] : [];
  });
}

/** What a call writes; undefined where it is none that writes. */
export function dataWrite(call: Call): DataWrite | undefined {
  const { method, callee, args, isNew } = call;
  if (args.length === 0) return undefined;
  if (isNew) return madeModel(call);
  if (callee.kind === 'identifier') return ofTakenMethod(call);
  const places = method === undefined ? undefined : METHODS[method];
  const receiver = callee.child('object');
  if (!places || !Object.hasOwn(METHODS, method as string) || !receiver) return undefined;
  const store = storeOf(unwrap(receiver), callee);
  // Carts and lists have an `add` as well.
  if (!store || (method === 'add' && !OF_DOCUMENTS.test(nameByType(callee) ?? ''))) return undefined;
  const data = places.flatMap((place) => (args[place] ? dataIn(args[place]) : []));
  return data.length > 0 ? { data, ...store } : undefined;
}

/** `const { create } = require('./models/user'); create(…);` */
function ofTakenMethod({ name, args }: Call): DataWrite | undefined {
  const [, owner, method] = /^(.+)\.(\w+)$/.exec(name ?? '') ?? [];
  const places = method !== undefined && Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  if (!places || owner === undefined || !MODEL_MODULE.test(owner)) return undefined;
  const data = places.flatMap((place) => (args[place] ? dataIn(args[place]) : []));
  return data.length > 0 ? { data, entity: owner.replace(/^.*[/.]/s, ''), isKnown: true } : undefined;
}

/** `new User(req.body)`, which is saved later. */
function madeModel({ callee, args, name }: Call): DataWrite | undefined {
  const [data] = args;
  if (callee.kind !== 'identifier' || !/^[A-Z]/.test(callee.text) || !data) return undefined;
  const isKnown = name !== undefined && (STORES.test(name) || MODEL_MODULE.test(name));
  return isKnown && !NO_MODEL.test(callee.text) ? { data: [data], entity: callee.text, isKnown } : undefined;
}

/** The store that a method is called on; undefined where it is none. */
export function storeOf(receiver: Node, callee: Node): Omit<DataWrite, 'data'> | undefined {
  const name = nameByType(callee);
  const entity = entityOf(receiver);
  if (name !== undefined && STORES.test(name)) return { entity, isKnown: true };
  const last = lastName(receiver);
  if (last !== undefined && /^[A-Z]/.test(last) && !/^[A-Z\d_]+$/.test(last)) {
    if (NO_MODEL.test(last)) return undefined;
    const module = canonicalName(receiver);
    if (module === undefined) return extendsModel(receiver) ? { entity, isKnown: true } : undefined;
    if (/^globalThis\b/.test(module)) return undefined;
    // `@scope/package` is of somebody else, apart from aliases such as `@models/user`.
    const isKnown = MODEL_MODULE.test(module);
    return isKnown || /^(?:[.~#]|@\/)/.test(module) ? { entity, isKnown } : undefined;
  }
  if (last !== undefined && STORING.has(wordsOf(last).at(-1) ?? '')) return { entity, isKnown: false };
  const owner = ownerOf(receiver);
  return owner !== undefined && CLIENTS.has(wordsOf(owner).at(-1) ?? '')
    ? { entity, isKnown: owner === 'prisma' }
    : undefined;
}

/** `class User extends Model {}` in the file. */
function extendsModel(identifier: Node): boolean {
  const { file } = identifier.item;
  const declaration = file.lookUp(identifier.text, identifier);
  const holder = declaration && file.nodeOf(declaration).parent;
  if (holder?.kind === 'variable_declarator')
    return STORES.test(canonicalName(identifier) ?? '') || /\bmodel\(|\.define\(/.test(holder.text);
  return /\bextends\s+(?:[\w$]+\.)?(?:Base)?(?:Model|Entity)\b/.test(
    holder?.childOf('class_heritage')?.text ?? '',
  );
}

/** `prisma.user` is of `prisma`, `db.collection('users')` and `knex('users')` of what is called. */
function ownerOf(receiver: Node): string | undefined {
  let node: Node | undefined = receiver;
  if (node.kind === 'call_expression') {
    const inner: Node | undefined = node.child('function');
    if (inner?.kind === 'identifier') return inner.text;
    node = inner;
  }
  const object = node?.child('object');
  return object ? lastName(unwrap(object)) : undefined;
}

function lastName(node: Node): string | undefined {
  if (node.kind === 'identifier') return node.text;
  const property = node.kind === 'member_expression' ? node.child('property') : undefined;
  return property && propertyName(property);
}

/** `User`, `userModel`, `prisma.user`, `db.collection('users')`, `knex('users').where(…)` */
function entityOf(receiver: Node): string {
  for (let node: Node | undefined = receiver, steps = 8; node && steps > 0; steps--) {
    if (node.kind !== 'call_expression') {
      const object: Node | undefined = node.child('object');
      if (node.child('property')?.text && object?.kind === 'call_expression') node = object;
      else return lastName(node) ?? '';
      continue;
    }
    const [first] = node.child('arguments')?.parts ?? [];
    const text = first && (constantString(first) ?? (first.kind === 'identifier' ? first.text : undefined));
    const method: string = (node.child('function')?.child('property') ?? node.child('function'))?.text ?? '';
    if (text !== undefined && !/^(?:where|select|eq|from_)$/.test(method)) return text;
    node = node.child('function')?.child('object');
  }
  return '';
}

function dataIn(argument: Node): readonly Node[] {
  const value = resolvedValue(argument);
  if (value.kind === 'array' && value.parts[0]) return [value.parts[0]];
  if (value.kind !== 'object') return [argument];
  const inside = INSIDE.flatMap((key) => pairOf(value, key)?.value ?? []);
  return inside.length > 0 ? inside : [argument];
}

/** Entities of which a client must not write every field: people and their rights, money, whole tenants. */
const SENSITIVE: ReadonlySet<string> = new Set(
  (
    'user account member admin profile customer employee staff role permission order payment wallet transaction ' +
    'subscription organization organisation tenant company student teacher seller vendor invoice balance license ' +
    'credential doctor patient'
  ).split(' '),
);

export function isSensitiveEntity(entity: string): boolean {
  return wordsOf(entity).some((word) => SENSITIVE.has(word) || SENSITIVE.has(word.replace(/s$/, '')));
}

const ASSIGNING =
  /^(?:globalThis\.Object\.assign|lodash\.(?:assign|merge|extend|defaultsDeep)|lodash\/(?:assign|merge|extend)|underscore\.extend|object-assign)$/;

/** What calls are called of which `isWrittenLater` says yes. */
export const MAY_ASSIGN: CallTest = { to: namesLike(ASSIGNING) };

/** `Object.assign(user, req.body); await user.save();` */
export function isWrittenLater({ name, args, node }: Call): boolean {
  if (name === undefined || !ASSIGNING.test(name)) return false;
  const target = args[0] && unwrap(args[0]);
  if (target?.kind !== 'identifier') return false;
  const isTarget = (each: Node | undefined) => each !== undefined && unwrap(each).text === target.text;
  for (const each of node.enclosingFunction?.child('body')?.walk() ?? []) {
    const call = each.kind === 'call_expression' && each.start > node.end ? callAt(each) : undefined;
    if (call?.method !== 'save' && call?.method !== 'persist') continue;
    if (isTarget(call.callee.child('object')) || isTarget(call.args[0])) return true;
  }
  return false;
}
