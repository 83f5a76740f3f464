/** Places where a password goes into a database, or into a search of it, as somebody typed it. */

import type { Confidence } from '../../analysis/finding';
import type { Call, ItemFacts } from '../../analysis/item-facts';
import { propertyName } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { stringParts } from '../../analysis/string-parts';
import { usesOf } from '../../analysis/uses';
import { constantString, propertyOf, resolvedValue } from '../../analysis/value';
import { isPlainPasswordName } from '../crypto/passwords';
import { QUERY_METHODS } from '../flow/sql-clients';
import type { PlainPassword } from './compared';
import { isTypedPassword } from './plain';

/** Methods that write an entry, or look for one. Mongoose, Sequelize, Prisma, TypeORM, Knex, the driver of MongoDB. */
const WRITING: ReadonlySet<string> = new Set(
  'create insert insertOne build upsert save findOrCreate updateOne findByIdAndUpdate findOneAndUpdate push set'.split(
    ' ',
  ),
);
const READING: ReadonlySet<string> = new Set(
  'findOne find findFirst findUnique findAll where countDocuments exists get andWhere'.split(' '),
);
/** Names of models of people, and of what holds them. */
const PEOPLE =
  /(?:user|account|admin|customer|member|person|people|student|employee|teacher|patient|client|player|author|staff|seller|vendor|login|signup|register)s?(?:model|repository|repo|collection|entity|schema|service)?$/i;

const MAY_STORE: CallTest = {
  method: { has: (name) => QUERY_METHODS.has(name) || WRITING.has(name) || READING.has(name) },
  function: { has: (name) => /^[A-Z]/.test(name) && PEOPLE.test(name) },
};

export function* storedPasswords(facts: ItemFacts): Generator<PlainPassword> {
  for (const call of facts.callsOf(MAY_STORE)) {
    const found = storedBy(call);
    if (found) yield found;
  }
  yield* assigned(facts);
}

/** `user.password = req.body.password; user.save()` */
function* assigned(facts: ItemFacts): Generator<PlainPassword> {
  for (const node of facts.nodes('assignment_expression')) {
    const [left, right] = [node.child('left'), node.child('right')];
    const entry = left?.kind === 'member_expression' ? left.child('object') : undefined;
    if (!left || !right || entry?.kind !== 'identifier') continue;
    if (!isPlainPasswordName(left.child('property')?.text ?? '') || !isTypedPassword(right)) continue;
    const made = resolvedValue(entry);
    const model = made.kind === 'new_expression' ? made.child('constructor') : undefined;
    if (model && PEOPLE.test(model.text.slice(0, 60)) && isSaved(entry))
      yield { at: node, confidence: ofModel(model) };
  }
}

function isSaved(entry: Node): boolean {
  const { file } = entry.item;
  const declaration = file.lookUp(entry.text, entry);
  return (
    declaration !== undefined &&
    usesOf(declaration, file).some((use) => use.parent?.child('property')?.text === 'save')
  );
}

function storedBy(call: Call): PlainPassword | undefined {
  const { method, callee, args, isNew } = call;
  if (isNew) {
    const own = callee.kind === 'identifier' ? callee.text : '';
    return /^[A-Z]/.test(own) && PEOPLE.test(own) ? inObject(args[0], ofModel(callee)) : undefined;
  }
  if (method === undefined || args.length === 0) return undefined;
  if (QUERY_METHODS.has(method)) {
    const inText = inSql(args) ?? inStatement(call);
    if (inText) return inText;
  }
  const isWriting = WRITING.has(method);
  if (!isWriting && !READING.has(method)) return undefined;
  const object = callee.child('object');
  if (!object || !isOfPeople(object)) return undefined;
  const first = method === 'set' ? args[1] : args[0];
  if (method === 'where' || method === 'andWhere') {
    const isColumn = args[0] !== undefined && isPlainPasswordName(constantString(args[0]) ?? '');
    if (isColumn)
      return args[1] && isTypedPassword(args[1]) ? { at: args[1], confidence: 'high' } : undefined;
  }
  if (method === 'set' && first && isTypedPassword(first)) return { at: first, confidence: 'medium' };
  const options = first && resolvedValue(first);
  const inner = options && (propertyOf(options, isWriting ? 'data' : 'where') ?? options);
  return inObject(inner, isWriting ? ofModel(object) : 'high');
}

/** What a model from another file does before it saves, nobody can see here: many of them hash. */
function ofModel(object: Node): Confidence {
  let root = object;
  for (let inner = root.child('object'); inner; inner = root.child('object')) root = inner;
  return /^\.{0,2}\//.test(canonicalName(root) ?? '') ? 'low' : 'medium';
}

/** `User`, `prisma.user`, `this.usersRepository`, `db.collection('users')` */
function isOfPeople(object: Node): boolean {
  const own = object.child('property') ?? object;
  if (object.kind === 'call_expression') {
    const [name] = object.child('arguments')?.parts ?? [];
    return PEOPLE.test(name?.text.replace(/['"`]/g, '') ?? '');
  }
  return own.text.length < 60 && PEOPLE.test(own.text);
}

/** `{ name, password: req.body.password }` */
function inObject(given: Node | undefined, confidence: Confidence): PlainPassword | undefined {
  const object = given && resolvedValue(given);
  if (object?.kind !== 'object') return undefined;
  for (const part of object.parts) {
    const key = part.child('key') ?? part;
    const name = propertyName(key);
    if (name === undefined || !isPlainPasswordName(name)) continue;
    const value =
      part.kind === 'pair'
        ? part.child('value')
        : part.kind === 'shorthand_property_identifier'
          ? part
          : undefined;
    if (value && isTypedPassword(value)) return { at: part, confidence };
  }
  return undefined;
}

/** `db.prepare('SELECT … WHERE password = ?').get(name, password)` */
function inStatement({ callee, args }: Call): PlainPassword | undefined {
  const made = callee.child('object');
  const statement = made && resolvedValue(made);
  if (statement?.kind !== 'call_expression') return undefined;
  const [text] = statement.child('arguments')?.parts ?? [];
  return statement.child('function')?.child('property')?.text === 'prepare' && text
    ? inSql([text, ...args])
    : undefined;
}

const COLUMN = /\b(?:user_?)?(?:password|passwd|pwd|pass)\b/i;

const INTO_PEOPLE =
  /^["'`\s]*insert\s+into\s+["'`]?\w*(?:user|account|member|customer|admin|login)s?\w*["'`]?\s+values\b/i;

/** `INSERT INTO users (name, password) VALUES (?, ?)`, `… WHERE name = ? AND password = ?` */
function inSql([text, ...rest]: readonly Node[]): PlainPassword | undefined {
  const whole = text && resolvedValue(text);
  if (
    !whole ||
    (whole.kind !== 'string' && whole.kind !== 'template_string' && whole.kind !== 'binary_expression')
  )
    return undefined;
  const parts = stringParts(whole);
  const sql = parts
    .map((part) => (typeof part === 'string' ? part : part.kind === 'string' ? part.text : '?'))
    .join('');
  if (!/^["'`\s]*(?:insert|update|select|replace)\b/i.test(sql)) return undefined;
  if (!COLUMN.test(sql) && !INTO_PEOPLE.test(sql)) return undefined;
  // The database may hash: `crypt($2, gen_salt('bf'))`, `MD5(?)`.
  if (/crypt\s*\(|md5\s*\(|sha\d?\s*\(|password\s*\(|digest\s*\(/i.test(sql)) return undefined;
  if (
    /^["'`\s]*select/i.test(sql) &&
    !/where[\s\S]*\b(?:password|passwd|pwd|pass)\b\W{0,3}\s*(?:=|like)/i.test(sql)
  )
    return undefined;
  const inText = parts.find(
    (part): part is Node => typeof part !== 'string' && part.kind !== 'string' && isTypedPassword(part),
  );
  const bound = rest.flatMap((argument) => {
    const value = resolvedValue(argument);
    return value.kind === 'array' ? value.parts : value.kind === 'object' ? [] : [argument];
  });
  const at = inText ?? bound.find(isTypedPassword);
  return at && { at, confidence: 'high' };
}
