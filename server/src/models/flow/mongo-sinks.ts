/** Which calls take a filter for MongoDB: by the library, or, for a model from another file, by what it is called. */

import { nameByType } from '../../analysis/declared-type';
import { type Call, callAt } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { propertyName } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { argumentHolding } from '../../analysis/results';
import { usesOf } from '../../analysis/uses';
import { resolvedValue } from '../../analysis/value';
import { importsAny } from '../runtime';
import { isHandedOver, lastName } from './sql-sinks';

export interface MongoSink {
  readonly call: Call;
  readonly filter: Node;
  /** Whether a library, a collection or a module of models says so, and not a name alone. */
  readonly isSure: boolean;
}

/** Methods with a filter that hardly anything else has. Source: the documentation of mongodb 6 and Mongoose 8. */
const TELLING: ReadonlySet<string> = new Set(
  (
    'findOneAndUpdate findOneAndDelete findOneAndReplace findOneAndRemove updateOne updateMany replaceOne deleteOne ' +
    'deleteMany countDocuments'
  ).split(' '),
);
/** Those that others have as well; the last ones are of older versions. */
const METHODS: ReadonlySet<string> = new Set([
  ...TELLING,
  ...'find findOne exists where distinct aggregate count update remove findAndModify findAndRemove findOneBy'.split(
    ' ',
  ),
]);

/** What calls are called that take a filter, or code in place of one. */
export const MAY_SEARCH: CallTest = { method: new Set([...METHODS, '$where']) };

/** Sources: the documentation of mongodb 6, Mongoose 8, Typegoose 12, monk 7, mongojs 3, NeDB 1 and 4, MarsDB 0.6. */
const KNOWN =
  /^(?:mongoose\.(?:\w+(?:\(\))?\.)?(?:model|collection)\(\)|mongoose\.models\.\w+|mongoose\.Model(?:\(\))?|mongodb\..*\.collection\(\)|mongodb\.Collection\(\)|@typegoose\/typegoose\.\w*[mM]odel\w*\(\)|monk\(\)\.get\(\)|mongojs\(\)\.(?:\w+|collection\(\))|mongoist\(\)\.\w+|(?:@seald-io\/)?nedb(?:-promises)?(?:\.create)?\(\)|@seald-io\/nedb\(\)|marsdb\.Collection\(\)|mongo-mock\..*\.collection\(\)|mongodb-promises\..*)$/;
const MONGO_PACKAGES = [
  'mongoose',
  'mongodb',
  'monk',
  'mongojs',
  '@nestjs/mongoose',
  '@typegoose/typegoose',
  'connect-mongo',
];
const OTHER_PACKAGES = [
  'sequelize',
  'sequelize-typescript',
  'typeorm',
  '@nestjs/typeorm',
  '@prisma/client',
  'objection',
  'bookshelf',
  'knex',
  'pg',
  'mysql',
  'mysql2',
  'sqlite3',
  'better-sqlite3',
  'firebase-admin',
  '@mikro-orm/',
];
const OF_MODELS = /(?:^|\/)(?:models?|schemas?|collections?|entities)(?:[/.]|$)/i;
/** What options of other mappers have where a filter of MongoDB has the fields themselves. */
const OPTIONS: ReadonlySet<string> = new Set(
  'where include attributes relations select limit offset order orderBy transaction raw take skip'.split(' '),
);

export function mongoSinkOf(call: Call): MongoSink | undefined {
  const { method, args } = call;
  if (method === undefined || !METHODS.has(method)) return undefined;
  const filter = args[method === 'distinct' ? 1 : 0];
  const receiver = call.callee.child('object');
  if (!filter || !receiver || /function/.test(filter.kind)) return undefined;
  const sureness = ofReceiver(receiver, method);
  if (!sureness || isOfOtherMapper(filter)) return undefined;
  return { call, filter, isSure: sureness === 'sure' };
}

function ofReceiver(receiver: Node, method: string): 'sure' | 'likely' | undefined {
  const name = nameByType(receiver);
  if (name !== undefined && KNOWN.test(name)) return 'sure';
  const { file } = receiver.item;
  const isOwn =
    name === undefined || /^(?:[.~@#]*\/|\.{1,2}$)|^@[\w-]*\/(?:models?|db|server|lib)\b/.test(name);
  if (!isOwn && !name.startsWith('globalThis.')) return undefined;
  // `db.collection('users')`
  const value = callAt(resolvedValue(receiver));
  if (value?.method === 'collection' && value.args.length > 0) return 'sure';
  const last = lastName(receiver);
  if (last === undefined || !isHandedOver(receiver)) return undefined;
  if (/(?:[cC]ollection|Coll?)$/.test(last))
    return TELLING.has(method) || importsMongo(file) ? 'sure' : 'likely';
  const isModel = /^[A-Z][a-z]\w*$|Model$/.test(last);
  if (!isModel || (importsAny(file, OTHER_PACKAGES) && !importsMongo(file))) return undefined;
  const module = moduleOf(receiver);
  if (importsMongo(file) || (module !== undefined && OF_MODELS.test(module))) return 'sure';
  return TELLING.has(method) || method === 'findOne' || method === 'find' ? 'likely' : undefined;
}

function importsMongo(file: Node['item']['file']): boolean {
  return importsAny(file, MONGO_PACKAGES);
}

/** `const User = require('../models/user')`, `models.User` */
function moduleOf(receiver: Node): string | undefined {
  for (let node: Node | undefined = receiver; node; node = node.child('object')) {
    const name = canonicalName(node);
    if (name !== undefined && /^[.~@#]/.test(name)) return name;
  }
  return undefined;
}

function isOfOtherMapper(filter: Node): boolean {
  const object = resolvedValue(filter);
  if (object.kind !== 'object') return false;
  return object.parts.some((part) => {
    const key = part.kind === 'pair' ? part.child('key') : part;
    const name = key && (propertyName(key) ?? key.text);
    return name !== undefined && part.kind !== 'spread_element' && OPTIONS.has(name);
  });
}

/** A place in a filter where an object would be read as an operator. */
export interface FilterPlace {
  readonly value: Node;
  /** The pair, the short property, or what stands for the filter itself. */
  readonly part: Node;
  /** Whether it is written to a filter that grows field by field, as that of a list does. */
  readonly isAdded?: true;
}

/** Operators that hold filters, or lists of these; what others hold is compared. */
const HOLDERS: ReadonlySet<string> = new Set('$or $and $nor $match $not $elemMatch query filter'.split(' '));
const MOST_DEPTH = 4;

export function* placesIn(filter: Node, depth = MOST_DEPTH): Generator<FilterPlace> {
  const object = resolvedValue(filter);
  if (object.kind === 'array') {
    if (depth > 0) for (const part of object.parts) yield* placesIn(part, depth - 1);
    return;
  }
  if (object.kind !== 'object') {
    yield { value: filter, part: filter };
    return;
  }
  if (depth === MOST_DEPTH && filter.kind === 'identifier') yield* writtenTo(filter);
  for (const part of object.parts) {
    if (part.kind === 'spread_element') {
      yield { value: part, part };
      continue;
    }
    const value = part.kind === 'pair' ? part.child('value') : part;
    if (!value) continue;
    const key = part.kind === 'pair' ? part.child('key') : part;
    const name = key && propertyName(key);
    const inner = resolvedValue(value);
    if (inner.kind !== 'object' && inner.kind !== 'array') yield { value, part };
    else if (depth > 0 && name !== undefined && HOLDERS.has(name)) yield* placesIn(inner, depth - 1);
  }
}

/** `filter.name = …`, `filter['name'] = …` of a filter in a variable. */
function* writtenTo(filter: Node): Generator<FilterPlace> {
  const { file } = filter.item;
  const declaration = file.lookUp(filter.text, filter);
  for (const use of declaration ? usesOf(declaration, file) : []) {
    const member = use.field === 'object' ? use.parent : undefined;
    const assignment = member?.field === 'left' ? member.parent : undefined;
    const value = assignment?.kind === 'assignment_expression' ? assignment.child('right') : undefined;
    if (!value || use.start > filter.start) continue;
    const inner = resolvedValue(value);
    if (inner.kind !== 'object' && inner.kind !== 'array') yield { value, part: value, isAdded: true };
  }
}

const VALIDATING = /valid|schema|celebrate|saniti[sz]e|\bjoi\b|\bzod\b|\bcheck\b|\bbody\(/i;

/** Whether a route has what looks like a validator before the handler that reads a value. */
export function isValidatedBefore(from: Node): boolean {
  for (const outer of from.ancestors()) {
    if (!FUNCTION_KINDS.has(outer.kind)) continue;
    const argument = argumentHolding(outer);
    const before = argument?.parent?.parts.slice(1).filter((each) => each.end <= argument.start) ?? [];
    if (before.some((each) => VALIDATING.test(each.text.slice(0, 200)))) return true;
  }
  return false;
}

/** `const data: LoginInput = req.body`, with a type of a module of schemas: something holds the body against it. */
export function isTypedBySchema(from: Node): boolean {
  for (const outer of from.ancestors()) {
    const isFunction = FUNCTION_KINDS.has(outer.kind);
    const text = isFunction ? outer.child('parameters')?.text : outer.text;
    const isTyped = isFunction || outer.kind === 'variable_declarator' || outer.kind === 'as_expression';
    for (const [, name] of isTyped
      ? (text ?? '').slice(0, 300).matchAll(/(?::|\bas|[<,])\s*([A-Z]\w*)\b/g)
      : [])
      if (
        from.item.file.says(
          new RegExp(`\\bimport\\b[^;'"]*\\b${name}\\b[^;'"]*['"][^'"]*(?:valid|schema|dto)`, 'i'),
        )
      )
        return true;
    if (isFunction) return false;
  }
  return false;
}
