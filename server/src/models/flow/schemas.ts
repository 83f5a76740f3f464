/** What is left in a value that was held against a schema: the schema says it field by field, where it is in the file. */

import { EVERYTHING, maskOf, NOTHING, OF_FORM } from '../../analysis/flow/capability';
import type { Answer } from '../../analysis/flow/flow-model';
import { ELEMENT, type Path } from '../../analysis/flow/path';
import { type Call, callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { constantString, propertyOf, resolvedValue } from '../../analysis/value';
import { validatorCall } from '../validators';
import { isStrict, patternOf } from './strict-pattern';

/** What a validated value is, and which part of the input the result's part is. */
export function validatedAnswer(call: Call, path: Path): { answer: Answer; inside: Path } | undefined {
  if (call.name === 'express-validator.matchedData') return matchedData(path);
  const validator = validatorCall(call);
  if (!validator || validator.input === undefined) return undefined;
  const [first, ...rest] = path;
  if (validator.way === 'answers' && validator.value === undefined) return undefined;
  const inside = validator.way === 'answers' ? rest : path;
  if (validator.way === 'answers' && first !== validator.value) {
    return { answer: { from: [], clean: EVERYTHING }, inside };
  }
  const schema = schemaOf(call, validator.schema);
  const sort = schema ? sortOfPart(schema, inside) : 'unknown';
  const clean = sort === 'strict' ? OF_FORM : sort === 'text' ? maskOf(['nosql']) : NOTHING;
  const from = [{ of: validator.input, as: 'same' }] as const;
  return { answer: { from, clean, isChecked: sort === 'unknown' }, inside };
}

/** The schema that a call holds its value against: an argument, or what made the function or the object that is called. */
export function schemaOf({ args, callee }: Call, index: number | undefined): Node | undefined {
  if (index !== undefined) return args[index];
  const compiled = callAt(resolvedValue(callee));
  return compiled?.method === 'compile' ? compiled.args[0] : callee.child('object');
}

/** The fields that a chain was made for, wherever in the request they are: what was checked is with the chain. */
function matchedData(path: Path): { answer: Answer; inside: Path } {
  return {
    answer: { from: [{ of: 0, as: 'same' }], clean: NOTHING, isChecked: true },
    inside: ['body', ...path],
  };
}

export type Sort = 'strict' | 'text' | 'unknown';

const DEEPEST = 12;

/** Sources: the documentation of zod 4, valibot 1, yup 1 and joi 18. */
const STRICT: ReadonlySet<string> = new Set(
  (
    'number int float32 float64 int32 uint32 bigint boolean date enum nativeEnum literal uuid uuidv4 guid cuid cuid2 ' +
    'ulid nanoid datetime isoDate isoDateTime ip ipv4 ipv6 picklist valid oneOf enums only integer positive alphanum hex hexadecimal digits'
  ).split(' '),
);
const TEXT: ReadonlySet<string> = new Set(['string', 'email', 'url']);
const HOLDERS: ReadonlySet<string> = new Set([
  'object',
  'strictObject',
  'looseObject',
  'shape',
  'keys',
  'extend',
]);
const LISTS: ReadonlySet<string> = new Set(['array', 'of', 'items', 'set']);

/** What a schema lets through in a part of what it describes. */
export function sortOfPart(schema: Node, path: Path): Sort {
  const value = resolvedValue(schema);
  return value.kind === 'object' ? sortInJson(value, path, DEEPEST) : sortAt(value, path, DEEPEST);
}

/** Goes through the chain of a schema from its end: `z.string().uuid().optional()`. */
function sortAt(schema: Node, path: Path, depth: number): Sort {
  let isText = false;
  let node: Node | undefined = resolvedValue(schema);
  for (let steps = DEEPEST; node && steps > 0 && depth > 0; steps--) {
    const call: Call | undefined = node.kind === 'call_expression' ? callAt(node) : undefined;
    if (!call) return 'unknown';
    const method = lowered(call.method ?? call.name?.split('.').at(-1) ?? call.callee.text);
    const [step, ...rest] = path;
    const [argument] = call.args;
    if (HOLDERS.has(method) && argument) {
      const field = step === undefined ? undefined : propertyOf(resolvedValue(argument), step);
      if (field) return sortAt(field, rest, depth - 1);
      if (step === undefined) return 'unknown';
    } else if (LISTS.has(method) && argument && (step === ELEMENT || /^\d+$/.test(step ?? ''))) {
      return sortAt(argument, rest, depth - 1);
    } else if (method === 'union' && argument) {
      return commonSort(resolvedValue(argument).parts, path, depth);
    } else if (method === 'pipe') {
      const sorts = call.args.map((each) => sortAt(each, path, depth - 1));
      return sorts.includes('strict') ? 'strict' : 'unknown';
    } else if (STRICT.has(method)) return 'strict';
    else if (/^(?:regex|matches|pattern)$/.test(method)) {
      const pattern = patternOf(argument);
      return pattern && isStrict(pattern) ? 'strict' : 'unknown';
    } else if (/^(?:refine|superRefine|transform|or|try|check|custom|test|preprocess)$/.test(method))
      return 'unknown';
    else if (TEXT.has(method)) isText = true;
    const object: Node | undefined = call.callee.child('object');
    const inner: Node | undefined = object && unwrap(object);
    if (inner?.kind !== 'call_expression') {
      const bound: Node | undefined = inner?.kind === 'identifier' ? resolvedValue(inner) : undefined;
      if (bound?.kind !== 'call_expression') break;
      node = bound;
    } else node = inner;
  }
  return isText && path.length === 0 ? 'text' : 'unknown';
}

function commonSort(schemas: readonly Node[], path: Path, depth: number): Sort {
  const isStrictAll =
    schemas.length > 0 && schemas.every((each) => sortAt(each, path, depth - 1) === 'strict');
  return isStrictAll ? 'strict' : 'unknown';
}

/** TypeBox writes its functions as types are: `Type.Integer()`. */
function lowered(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Source: JSON Schema 2020-12, as Ajv and Fastify read it. */
const STRICT_FORMATS = /^(?:uuid|date|time|date-time|duration|ipv4|ipv6)$/;

function sortInJson(schema: Node, path: Path, depth: number): Sort {
  const object = resolvedValue(schema);
  if (object.kind !== 'object' || depth === 0) return 'unknown';
  const [step, ...rest] = path;
  if (step !== undefined) {
    const holder = step === ELEMENT || /^\d+$/.test(step) ? 'items' : 'properties';
    const inner = propertyOf(object, holder);
    const field = inner && (holder === 'items' ? inner : propertyOf(resolvedValue(inner), step));
    return field ? sortInJson(field, rest, depth - 1) : 'unknown';
  }
  if (propertyOf(object, 'enum') ?? propertyOf(object, 'const')) return 'strict';
  const [type, format, pattern] = ['type', 'format', 'pattern'].map((name) => {
    const value = propertyOf(object, name);
    return (value && constantString(value)) ?? '';
  });
  if (/^(?:integer|number|boolean|null)$/.test(type ?? '') || STRICT_FORMATS.test(format ?? ''))
    return 'strict';
  if (pattern && isStrict({ source: pattern, flags: '' })) return 'strict';
  return type === 'string' ? 'text' : 'unknown';
}
