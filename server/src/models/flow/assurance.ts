/** What conditions and assertions make sure of. */
import { EVERYTHING, maskOf, NOTHING, OF_FORM, OF_NUMBERS } from '../../analysis/flow/capability';
import type { Assurance, IsMeant } from '../../analysis/flow/flow-model';
import { type Call, callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { addends, templateParts } from '../../analysis/string-parts';
import { constantString, initializerOf, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { validatorCall } from '../validators';
import { pathAssurance } from './path-checks';
import { schemaAssurance } from './schema-checks';
import { sizeAssurance } from './size-checks';
import { harmlessFor, isAnchored, isArithmetic, isStrict, patternOf } from './strict-pattern';
import { urlAssurance } from './url-checks';

const ALL: Assurance = { clean: EVERYTHING };
/** An object may have any keys: what was read from JSON has `__proto__` of its own. */
const OF_OBJECT: Assurance = { clean: EVERYTHING & ~maskOf(['key']) };
/** A number, or another value without signs that speak, of any size. */
const PLAIN: Assurance = { clean: OF_NUMBERS };
const SOMETHING: Assurance = { clean: NOTHING, isUnknown: true };

/** Deeper conditions are not looked at. */
const DEEPEST = 30;

/** What is sure of a value when a condition has come to an outcome. */
export function assuredBy(test: Node, outcome: boolean, isMeant: IsMeant, depth = 0): Assurance | undefined {
  const node = unwrap(test.kind === 'expression_statement' ? (test.parts[0] ?? test) : test);
  if (depth > DEEPEST) return undefined;
  const ofText = either(pathAssurance(node, outcome, isMeant), urlAssurance(node, outcome, isMeant));
  return either(ofText ?? ofCondition(node, outcome, isMeant, depth), sizeAssurance(node, outcome, isMeant));
}

function ofCondition(node: Node, outcome: boolean, isMeant: IsMeant, depth: number): Assurance | undefined {
  const inner = (part: Node | undefined, wanted: boolean) =>
    part && assuredBy(part, wanted, isMeant, depth + 1);
  switch (node.kind) {
    case 'unary_expression':
      return node.operator === '!' ? inner(node.child('argument'), !outcome) : undefined;
    case 'await_expression':
      return inner(node.parts[0], outcome);
    case 'binary_expression': {
      const [left, right] = [node.child('left'), node.child('right')];
      if (!left || !right) return undefined;
      if (node.operator === '&&' || node.operator === '||') {
        const [a, b] = [inner(left, outcome), inner(right, outcome)];
        return (node.operator === '&&') === outcome ? either(a, b) : both(a, b);
      }
      return compared(node.operator, left, right, outcome, isMeant);
    }
    case 'call_expression': {
      const call = callAt(node);
      return call && ofCall(call, outcome, isMeant);
    }
    case 'identifier': {
      // Nothing, or an empty text.
      if (!outcome && isMeant(node)) return ALL;
      const value = resolvedValue(node);
      return value.is(node) ? ofVerdict(node, outcome, isMeant) : inner(value, outcome);
    }
    case 'member_expression':
      return ofResult(node, outcome, isMeant);
    default:
      return undefined;
  }
}

/** Both hold. */
function either(a: Assurance | undefined, b: Assurance | undefined): Assurance | undefined {
  if (!a || !b) return a ?? b;
  return { clean: a.clean | b.clean, isUnknown: a.isUnknown === true || b.isUnknown === true };
}

/** One of them holds, and nobody knows which. */
function both(a: Assurance | undefined, b: Assurance | undefined): Assurance | undefined {
  if (!a || !b) return undefined;
  return { clean: a.clean & b.clean, isUnknown: a.isUnknown === true || b.isUnknown === true };
}

function compared(
  operator: string,
  left: Node,
  right: Node,
  outcome: boolean,
  isMeant: IsMeant,
): Assurance | undefined {
  if (operator === 'in') return outcome && isMeant(left) ? OF_OBJECT : undefined;
  const isEquality = /^[!=]==?$/.test(operator);
  if (!isEquality) return ofPosition(operator, left, right, outcome, isMeant);
  const holds = operator.startsWith('=') === outcome;
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const plain = unwrap(one);
    if (plain.kind === 'unary_expression' && plain.operator === 'typeof') {
      const operand = plain.child('argument');
      return holds && operand && isMeant(operand) ? ofType(constantString(other)) : undefined;
    }
    if (isMeant(one)) return holds && isFixed(other) ? ALL : undefined;
    const method = unwrap(one).kind === 'call_expression' ? callAt(unwrap(one)) : undefined;
    if (method?.method === 'indexOf' && method.args[0] && isMeant(method.args[0])) {
      // `list.indexOf(x) === -1`
      return !holds && other.text === '-1' && isList(method.callee) ? ALL : undefined;
    }
    // `String(Number(x)) === x`
    if (isMeant(other) && holds && /\b(?:Number|parseInt|parseFloat)\b/.test(one.text)) return PLAIN;
  }
  return undefined;
}

/** `list.indexOf(x) >= 0`, `> -1`, `< 0` */
function ofPosition(
  operator: string,
  left: Node,
  right: Node,
  outcome: boolean,
  isMeant: IsMeant,
): Assurance | undefined {
  const call = unwrap(left).kind === 'call_expression' ? callAt(unwrap(left)) : undefined;
  if (call?.method !== 'indexOf' || !call.args[0] || !isMeant(call.args[0]) || !isList(call.callee))
    return undefined;
  const sign = `${operator}${right.text}`;
  const isFound = sign === '>=0' || sign === '>-1' ? true : sign === '<0' ? false : undefined;
  return isFound === outcome ? ALL : undefined;
}

function ofType(type: string | undefined): Assurance | undefined {
  if (type === 'string') return { clean: maskOf(['nosql']) };
  return type !== undefined && /^(?:number|boolean|bigint|undefined)$/.test(type) ? PLAIN : undefined;
}

/** A literal, or a name that is written as constants are. */
function isFixed(node: Node): boolean {
  const value = resolvedValue(node);
  if (constantString(value) !== undefined || /^(?:true|false|number)$/.test(value.kind)) return true;
  const last = value.child('property') ?? value;
  return /^(?:identifier|property_identifier)$/.test(last.kind) && /^[A-Z][A-Z\d_]*$/.test(last.text);
}

/** `list.includes` of a list, not of a text that is itself looked at. */
function isList(callee: Node): boolean {
  const object = callee.child('object');
  return object !== undefined && constantString(object) === undefined;
}

const MEMBERSHIP: ReadonlySet<string> = new Set(['includes', 'has', 'hasOwnProperty', 'contains', 'hasOwn']);
const OF_OBJECTS: ReadonlySet<string> = new Set(['hasOwnProperty', 'hasOwn']);
/** Source: the documentation of `validator` 13: nothing with a quote or a sign of the shell in it. */
const STRICT_VALIDATORS =
  /^(?:validator(?:\.default)?\.|validator\/(?:lib|es\/lib)\/)?is(?:Int|Float|Numeric|Decimal|Alpha|Alphanumeric|UUID|MongoId|Hexadecimal|Hash|Boolean|IP|ISO8601|Date|RFC3339|Port|JWT|Slug|MACAddress|CreditCard|MobilePhone|IPRange|FQDN|ISIN|ISBN|In)$/;
/** What the language has, and is known. */
const BUILT_IN =
  /^globalThis\.(?:Array|Object|JSON|String|Boolean|Number|Symbol|Reflect|console|parseInt|parseFloat|isNaN|isFinite)\b/;
const PREDICATE =
  /^(?:is|has|can|valid|validate|check|verify|assert|ensure|matches|allowed|safe|test|parse)$/;

function ofCall(call: Call, outcome: boolean, isMeant: IsMeant): Assurance | undefined {
  const { method, args, name, callee } = call;
  const isMember = method !== undefined && MEMBERSHIP.has(method);
  const index = args.findIndex((arg) => isMeant(arg) || (isMember && isPartOf(arg, isMeant)));
  const object = callee.child('object');
  if (name === 'globalThis.Boolean') return args[0] && assuredBy(args[0], outcome, isMeant);
  if (name !== undefined && /^globalThis\.(?:Number\.)?isNaN$/.test(name)) {
    const isMade = args[0] !== undefined && (isMeant(args[0]) || isNumberOf(args[0], isMeant));
    return !outcome && isMade ? PLAIN : undefined;
  }
  if (!outcome) return undefined;
  const bySchema = schemaAssurance(call, isMeant);
  if (bySchema) return bySchema;
  if (
    name !== undefined &&
    /^globalThis\.(?:Number\.(?:isInteger|isSafeInteger|isFinite)|isFinite)$/.test(name)
  ) {
    return args[0] && (isMeant(args[0]) || isNumberOf(args[0], isMeant)) ? PLAIN : undefined;
  }
  if (index >= 0) {
    if (isMember && object && !isMeant(object))
      return isList(callee) ? (OF_OBJECTS.has(method) ? OF_OBJECT : ALL) : undefined;
    if (method === 'test' && object) return matched(object);
    if (name === 'validator.matches' && args[1]) return matched(args[1]);
    // `isInt(x, { min: 1 })`
    if (name !== undefined && STRICT_VALIDATORS.test(name))
      return args[1] && /\b(?:min|gt)\b/.test(resolvedValue(args[1]).text) ? { clean: OF_FORM } : PLAIN;
    if (
      name !== undefined &&
      /^(?:uuid\.validate|net\.isIP(?:v[46])?|mongoose\..*isValid|mongodb\.ObjectId\.isValid)$/.test(name)
    )
      return { clean: OF_FORM };
    if (name !== undefined && BUILT_IN.test(name)) return undefined;
    return isPredicate(callee) ? SOMETHING : undefined;
  }
  if (object && isMeant(object)) {
    if (method === 'match' && args[0]) return matched(args[0]);
    return undefined;
  }
  // `allowed.some((each) => each === x)`
  if (method === 'some' || method === 'find') {
    const body = args[0] && resolvedValue(args[0]).child('body');
    const result = body?.kind === 'statement_block' ? body.parts[0]?.parts[0] : body;
    const comparison = result && unwrap(result);
    if (comparison?.kind === 'binary_expression' && /^={2,3}$/.test(comparison.operator)) {
      const sides = [comparison.child('left'), comparison.child('right')];
      if (sides.some((side) => side && isMeant(side))) return ALL;
    }
  }
  return undefined;
}

/** `files.includes(`${folder}/${name}`)`: a text of the list has the value in it. */
function isPartOf(argument: Node, isMeant: IsMeant): boolean {
  const text = resolvedValue(argument);
  const isSum = text.kind === 'binary_expression' && text.operator === '+';
  const parts = text.kind === 'template_string' ? templateParts(text) : isSum ? addends(text) : [];
  return parts.some((part) => typeof part !== 'string' && isMeant(part));
}

/** A pattern that is not anchored lets anything stand beside what it looks for. */
function matched(expression: Node): Assurance | undefined {
  const pattern = patternOf(expression);
  if (!pattern) return SOMETHING;
  if (isStrict(pattern)) return { clean: harmlessFor(pattern) };
  if (isArithmetic(pattern)) return { clean: maskOf(['code']), isUnknown: true };
  return isAnchored(pattern) ? SOMETHING : undefined;
}

/** `Number(x)`, `parseInt(x, 10)` */
function isNumberOf(expression: Node, isMeant: IsMeant): boolean {
  const node = unwrap(expression);
  if (node.kind === 'unary_expression' && node.operator === '+') {
    const operand = node.child('argument');
    return operand !== undefined && isMeant(operand);
  }
  const call = node.kind === 'call_expression' ? callAt(node) : undefined;
  // `parseInt('1; drop')` is a number, and says nothing of the text.
  return call?.name === 'globalThis.Number' && call.args[0] !== undefined && isMeant(call.args[0]);
}

/** Whether a function's name says that it checks something. */
function isPredicate(callee: Node): boolean {
  const name = (callee.child('property') ?? callee).text;
  const [verb = ''] = wordsOf(name);
  return PREDICATE.test(verb);
}

/** `schema.safeParse(x).success`: something is checked, by a schema of another file. */
function ofResult(member: Node, outcome: boolean, isMeant: IsMeant): Assurance | undefined {
  const object = member.child('object');
  const property = member.child('property')?.text ?? '';
  const value = object && resolvedValue(object);
  const call = value?.kind === 'call_expression' ? callAt(value) : undefined;
  const isGood =
    property === 'success' ? outcome : property === 'error' || property === 'issues' ? !outcome : false;
  if (!isGood || !call) return undefined;
  return call.args.some(isMeant) && !hasSchema(call) ? SOMETHING : schemaAssurance(call, isMeant);
}

/** `const { error } = schema.validate(x); if (error) return;` */
function ofVerdict(identifier: Node, outcome: boolean, isMeant: IsMeant): Assurance | undefined {
  const { file } = identifier.item;
  const declaration = identifier.kind === 'identifier' ? file.lookUp(identifier.text, identifier) : undefined;
  const bound = declaration && initializerOf(declaration, file.nodeOf(declaration));
  const [verdict, ...rest] = bound?.path ?? [];
  const isGood =
    verdict === 'success' ? outcome : /^(?:error|errors|issues)$/.test(verdict ?? '') && !outcome;
  const value = bound && unwrap(bound.value);
  const call = value && callAt(value.kind === 'await_expression' ? (value.parts[0] ?? value) : value);
  return isGood && rest.length === 0 && call ? schemaAssurance(call, isMeant) : undefined;
}

/** Whether the file says what the schema is: then what is left of a value is known field by field. */
function hasSchema({ callee }: Call): boolean {
  const schema = callee.child('object');
  return schema !== undefined && resolvedValue(schema).kind === 'call_expression';
}

const ASSERT_MODULE = /^(?:node:)?assert(?:\/strict)?(?:\.(?:ok|strict))?$/;

/** Whether a function is one that throws unless something holds, by its name. */
export function mayAssert({ name, callee }: Call): boolean {
  if (name !== undefined && (ASSERT_MODULE.test(name) || BUILT_IN.test(name)))
    return ASSERT_MODULE.test(name);
  const [verb = ''] = wordsOf((callee.child('property') ?? callee).text);
  return /^(?:assert|ensure|validate|verify|check|require|parse|must|guard)$/.test(verb);
}

/** What such a call makes sure of: `assertValid(x)`, `schema.parse(x)`. */
export function assertedBy(call: Call, isMeant: IsMeant): Assurance | undefined {
  const { name, args } = call;
  if (name !== undefined && ASSERT_MODULE.test(name)) return args[0] && assuredBy(args[0], true, isMeant);
  if (args.some(isMeant) && !hasSchema(call)) return SOMETHING;
  return validatorCall(call)?.way === 'answers' ? undefined : schemaAssurance(call, isMeant);
}
