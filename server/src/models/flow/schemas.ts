/** What is left in a value that was held against a schema: the schema says it field by field, where it is in the file. */

import { EVERYTHING, maskOf, NOTHING, OF_FORM } from '../../analysis/flow/capability';
import type { Answer } from '../../analysis/flow/flow-model';
import { ELEMENT, type Path } from '../../analysis/flow/path';
import { type Call, callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { propertyOf, resolvedValue } from '../../analysis/value';
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
  const schema = validator.input === 0 ? call.callee.child('object') : call.args[0];
  const sort = schema ? sortAt(schema, inside, DEEPEST) : 'unknown';
  const clean = sort === 'strict' ? OF_FORM : sort === 'text' ? maskOf(['nosql']) : NOTHING;
  const from = [{ of: validator.input, as: 'same' }] as const;
  return { answer: { from, clean, isChecked: sort === 'unknown' }, inside };
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
    'ulid nanoid datetime isoDate isoDateTime ip ipv4 ipv6 picklist valid oneOf integer positive alphanum hex hexadecimal digits'
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
  return sortAt(schema, path, DEEPEST);
}

/** Goes through the chain of a schema from its end: `z.string().uuid().optional()`. */
function sortAt(schema: Node, path: Path, depth: number): Sort {
  let isText = false;
  let node: Node | undefined = resolvedValue(schema);
  for (let steps = DEEPEST; node && steps > 0 && depth > 0; steps--) {
    const call: Call | undefined = node.kind === 'call_expression' ? callAt(node) : undefined;
    if (!call) return 'unknown';
    const method: string = call.method ?? call.callee.text;
    const [step, ...rest] = path;
    const [argument] = call.args;
    if (HOLDERS.has(method) && argument) {
      const field = step === undefined ? undefined : propertyOf(resolvedValue(argument), step);
      if (field) return sortAt(field, rest, depth - 1);
      if (step === undefined) return 'unknown';
    } else if (LISTS.has(method) && argument && (step === ELEMENT || /^\d+$/.test(step ?? ''))) {
      return sortAt(argument, rest, depth - 1);
    } else if (STRICT.has(method)) return 'strict';
    else if (/^(?:regex|matches|pattern)$/.test(method)) {
      const pattern = patternOf(argument);
      return pattern && isStrict(pattern) ? 'strict' : 'unknown';
    } else if (/^(?:refine|superRefine|transform|pipe|check|custom|test|preprocess)$/.test(method))
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
