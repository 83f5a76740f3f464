/** Calls that hold a value against a schema or a rule, and how each says that the value is not valid. */
import { nameByType } from '../analysis/declared-type';
import type { Call } from '../analysis/item-facts';
import { unwrap } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import type { Node } from '../analysis/node';
import { rememberedByName } from '../analysis/remembered';
import { pairOf, resolvedValue } from '../analysis/value';
import { wordsOf } from '../analysis/words';

/**
 * - `answers`: the result says whether the value is valid; nothing is thrown.
 * - `throws`: what is not valid is thrown, and the result is the value as the schema makes it.
 * - `rejects`: as `throws`, by a promise.
 */
export type Way = 'answers' | 'throws' | 'rejects';

interface Validator {
  /** Of the canonical name. */
  readonly name: RegExp;
  readonly way: Way;
  /** The place of the value among the arguments. */
  readonly input?: number;
  /** The place of the schema among the arguments, where it is one of them. */
  readonly schema?: number;
  /** The members of the result that say whether the value is valid; without any each use of it counts. */
  readonly verdicts?: readonly string[];
  /** The member of the result that is the value. */
  readonly value?: string;
  /** The method that throws instead. */
  readonly throwing?: string;
}

export interface ValidatorCall extends Validator {
  /** Whether the library is known, not only the name of the method. */
  readonly isSure: boolean;
}

const ZOD_RESULT = { verdicts: ['success', 'error'], value: 'data' } as const;
const VALIBOT_RESULT = { verdicts: ['success', 'issues', 'typed'], value: 'output' } as const;
const JOI_RESULT = { verdicts: ['error', 'warning', 'errors'], value: 'value' } as const;

const SAFE_PARSE: readonly Validator[] = [
  { name: /\.safeParse$/, way: 'answers', input: 0, ...ZOD_RESULT, throwing: 'parse' },
  { name: /\.safeParseAsync$/, way: 'answers', input: 0, ...ZOD_RESULT, throwing: 'parseAsync' },
];

/**
 * Sources: the documentation of zod 4, valibot 1, joi 18, yup 1, ajv 8, superstruct 2, class-validator 0.14,
 * express-validator 7, TypeBox 0.34, io-ts 2, runtypes 7, arktype 2, jsonschema 1 and validator 13.
 */
const VALIDATORS: readonly Validator[] = [
  {
    name: /^zod(?:\/[\w-]+)*\.(?:z\.)?safeParse(?:Async)?$/,
    way: 'answers',
    input: 1,
    schema: 0,
    ...ZOD_RESULT,
  },
  { name: /^zod(?:\/[\w-]+)*\.(?:z\.)?parse$/, way: 'throws', input: 1, schema: 0 },
  { name: /^zod(?:\/[\w-]+)*\.(?:z\.)?parseAsync$/, way: 'rejects', input: 1, schema: 0 },
  { name: /^[@\w/-]*\bzod\b.*\.parse$/, way: 'throws', input: 0 },
  { name: /^[@\w/-]*\bzod\b.*\.parseAsync$/, way: 'rejects', input: 0 },
  { name: /^valibot\.(?:v\.)?safeParse(?:Async)?$/, way: 'answers', input: 1, schema: 0, ...VALIBOT_RESULT },
  { name: /^valibot\.(?:v\.)?is$/, way: 'answers', input: 1, schema: 0 },
  { name: /^valibot\.(?:v\.)?(?:parse|assert)$/, way: 'throws', input: 1, schema: 0 },
  { name: /^valibot\.(?:v\.)?parseAsync$/, way: 'rejects', input: 1, schema: 0 },
  { name: /^(?:@hapi\/)?joi\.(?:Joi\.)?validate$/, way: 'answers', input: 0, schema: 1, ...JOI_RESULT },
  { name: /^(?:@hapi\/)?joi\.(?:Joi\.)?(?:attempt|assert)$/, way: 'throws', input: 0, schema: 1 },
  { name: /^(?:@hapi\/)?joi\..*\)\.validate$/, way: 'answers', input: 0, ...JOI_RESULT },
  { name: /^(?:@hapi\/)?joi\..*\)\.validateAsync$/, way: 'rejects', input: 0 },
  { name: /^yup\..*\)\.validate$/, way: 'rejects', input: 0 },
  { name: /^yup\..*\)\.validateSync$/, way: 'throws', input: 0 },
  { name: /^yup\..*\)\.isValid(?:Sync)?$/, way: 'answers', input: 0 },
  { name: /^ajv[\w/-]*(?:\.\w+)?\(\)\.compile\(\)$/, way: 'answers', input: 0 },
  { name: /^ajv[\w/-]*(?:\.\w+)?\(\)\.validate$/, way: 'answers', input: 1, schema: 0 },
  { name: /^superstruct\.(?:is|validate)$/, way: 'answers', input: 0, schema: 1 },
  { name: /^superstruct\.(?:create|assert|mask)$/, way: 'throws', input: 0, schema: 1 },
  { name: /^class-validator\.validate(?:Sync)?$/, way: 'answers' },
  { name: /^class-validator\.validateOrReject$/, way: 'rejects' },
  { name: /^express-validator\.validationResult$/, way: 'answers' },
  { name: /^(?:@sinclair\/typebox|typebox)\/value\.Value\.Check$/, way: 'answers', input: 1, schema: 0 },
  { name: /^(?:@sinclair\/typebox|typebox)\/compiler\.TypeCompiler\.Compile\(\)\.Check$/, way: 'answers' },
  { name: /^io-ts\..*\.decode$/, way: 'answers', input: 0 },
  { name: /^runtypes\..*\.(?:guard|validate)$/, way: 'answers', input: 0 },
  { name: /^arktype\.type\(\)$/, way: 'answers', input: 0 },
  { name: /^jsonschema\.(?:validate|Validator\(\)\.validate)$/, way: 'answers', input: 0, schema: 1 },
  { name: /^validator(?:\/lib\/|\.)is[A-Z]\w*$/, way: 'answers', input: 0 },
];

/** What a schema from another file is asked; only `safeParse` says by itself which library it is of. */
const OF_SCHEMAS: readonly Validator[] = [
  { name: /^parse$/, way: 'throws', input: 0 },
  { name: /^parseAsync$/, way: 'rejects', input: 0 },
  // Of joi it answers, of yup it rejects: either way nothing comes of a call that stands alone.
  { name: /^validate$/, way: 'answers', input: 0, ...JOI_RESULT },
  { name: /^validateAsync$/, way: 'rejects', input: 0 },
];

/** Members that any of the above ends with, so that others need no look at types. */
const VALIDATING =
  /^(?:(?:safeP|p)arse(?:Async)?|validate\w*|validationResult|attempt|assert|create|mask|is(?:[A-Z]\w*)?|Check|decode|guard)$/;

const knownValidator = rememberedByName((name) => VALIDATORS.find((each) => each.name.test(name)));

const safeMethod = rememberedByName((method) => SAFE_PARSE.find((each) => each.name.test(`.${method}`)));
const schemaMethod = rememberedByName((method) => OF_SCHEMAS.find((each) => each.name.test(method)));

/** What a call validates and how; undefined where it does not, or where nobody can tell. */
export function validatorCall({
  callee,
  args,
  name: plain,
  isNew,
  method: called,
}: Call): ValidatorCall | undefined {
  if (isNew || args.length === 0) return undefined;
  const found = validatorNamed(callee, plain, called);
  // Looked at last: it asks for values.
  return found && !isCallback(args.at(-1)) && !throwsByOption(args) ? found : undefined;
}

function validatorNamed(
  callee: Node,
  plain: string | undefined,
  called: string | undefined,
): ValidatorCall | undefined {
  const name = plain ?? (VALIDATING.test(called ?? '') ? nameByType(callee) : undefined);
  const known = name === undefined ? undefined : knownValidator(name);
  if (known) return { ...known, isSure: true };
  const method = callee.kind === 'member_expression' ? called : undefined;
  const safe = method === undefined ? undefined : safeMethod(method);
  const ofSchema = method === undefined ? undefined : schemaMethod(method);
  if (!safe && !ofSchema) return undefined;
  const receiver = callee.child('object');
  if (!receiver || !comesFromElsewhere(receiver)) return undefined;
  if (safe) return { ...safe, isSure: true };
  return ofSchema && isNamedSchema(receiver) ? { ...ofSchema, isSure: false } : undefined;
}

/** Old forms of joi and jsonschema hand the result to a callback. */
function isCallback(last: Node | undefined): boolean {
  const value = last && resolvedValue(last);
  return value?.kind === 'arrow_function' || value?.kind === 'function_expression';
}

/** `validate(instance, schema, { throwError: true })` */
function throwsByOption(args: readonly Node[]): boolean {
  const options = args.length > 1 ? args.at(-1) : undefined;
  const object = options && resolvedValue(options);
  return ['throwError', 'throwAll', 'throwFirst'].some((name) => object && pairOf(object, name));
}

function isNamedSchema(receiver: Node): boolean {
  const node = unwrap(receiver);
  return wordsOf((node.child('property') ?? node).text).includes('schema');
}

/** Whether a schema is handed over, or imported: what a file makes itself is known by its name or not at all. */
function comesFromElsewhere(receiver: Node): boolean {
  const name = canonicalName(receiver);
  if (name !== undefined) return !/^globalThis\b/.test(name);
  for (let node: Node | undefined = unwrap(receiver); node; node = node.child('object')) {
    node = unwrap(node);
    if (node.kind === 'this') return true;
    if (node.kind === 'identifier') return isParameter(node);
    if (node.kind !== 'member_expression' && node.kind !== 'subscript_expression') return false;
  }
  return false;
}

function isParameter(identifier: Node): boolean {
  const { file } = identifier.item;
  const declaration = file.lookUp(identifier.text, identifier);
  if (!declaration) return false;
  const node = file.nodeOf(declaration);
  const holder = node.parent;
  return (
    holder?.kind === 'required_parameter' ||
    holder?.kind === 'optional_parameter' ||
    holder?.kind === 'formal_parameters' ||
    (holder?.kind === 'arrow_function' && node.field === 'parameter')
  );
}
