/** Where a predictable value goes, inside one file: through arithmetic, texts, variables and small functions. */
import type { Declaration } from '../../analysis/declarations';
import { callAt } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { propertyName, unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { callsOfOwn } from '../../analysis/own-calls';
import { argumentHolding } from '../../analysis/results';
import type { SourceFile } from '../../analysis/source-file';
import { stringParts } from '../../analysis/string-parts';
import { usesOf } from '../../analysis/uses';
import { constantString, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { nameOfFunction } from '../auth/guard';
import { type Guarded, guardedName } from './guarded-names';
import {
  CALLING,
  ON_FUNCTIONS,
  ON_METHODS,
  ON_METHODS_OF_ARGUMENT,
  PREDICTABLE,
  UNPREDICTABLE,
} from './sources';

const PREDICTABLE_NAMES: ReadonlySet<string> = new Set(PREDICTABLE.map(({ name }) => name));

/** So many places are looked at for one source. */
const MOST_STEPS = 60;

/** The first place with a name that nobody may guess. */
export interface Sink {
  /** What has the name. */
  readonly node: Node;
  readonly name: string;
  readonly guarded: Guarded;
}

/** Where a value goes that must not be guessed; undefined where it does not, or is mixed with what cannot be. */
export function sinkOf(value: Node): Sink | undefined {
  const open: Node[] = [value];
  const seen = new Set<string>();
  let lesser: Sink | undefined;
  for (let steps = MOST_STEPS, node = open.pop(); node && steps > 0; steps--, node = open.pop()) {
    const key = `${node.start}:${node.end}:${node.kind}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const found = step(node);
    if (found.sink?.guarded === 'sure') return found.sink;
    lesser ??= found.sink;
    open.push(...found.next);
  }
  return lesser;
}

interface Step {
  readonly sink?: Sink | undefined;
  readonly next: readonly Node[];
}

const NOWHERE: Step = { next: [] };

function step(node: Node): Step {
  const { parent } = node;
  switch (parent?.kind) {
    case 'parenthesized_expression':
    case 'as_expression':
    case 'satisfies_expression':
    case 'non_null_expression':
    case 'await_expression':
    case 'spread_element':
    case 'array':
    case 'template_substitution':
      return on(parent);
    case 'template_string':
      return isMixed(parent, node) ? NOWHERE : on(parent);
    case 'unary_expression':
      return parent.operator === '!' ? NOWHERE : on(parent);
    case 'ternary_expression':
      return node.field === 'condition' ? NOWHERE : on(parent);
    case 'binary_expression':
      if (/^(?:[<>]=?|[!=]==?|instanceof|in|&&)$/.test(parent.operator)) return NOWHERE;
      return isMixed(parent, node) ? NOWHERE : on(parent);
    case 'subscript_expression':
      return node.field === 'index' && !isAlphabet(parent.child('object')) ? NOWHERE : on(parent);
    case 'member_expression':
      return throughMember(node, parent);
    case 'arguments':
      return intoCall(node, parent);
    case 'pair':
      return named(parent.child('key'), parent);
    case 'assignment_pattern':
    case 'object_assignment_pattern':
      return node.field === 'right' ? intoVariable(parent.child('left')) : NOWHERE;
    case 'variable_declarator':
      return intoVariable(parent.child('name'));
    case 'public_field_definition':
      return named(parent.child('name'), parent);
    case 'assignment_expression':
    case 'augmented_assignment_expression':
      if (parent.operator === '+=' && isMixedBeside(parent)) return NOWHERE;
      return node.field === 'right' && parent.operator !== '-=' ? intoTarget(parent.child('left')) : NOWHERE;
    case 'return_statement':
      return outOfFunction(parent.enclosingFunction);
    case 'arrow_function':
      return node.field === 'body' ? outOfFunction(parent) : NOWHERE;
    default:
      return NOWHERE;
  }
}

function on(node: Node): Step {
  return { next: [node] };
}

/** Whether another part cannot be guessed. */
function isMixed(sum: Node, part: Node): boolean {
  const others = sum.kind === 'template_string' ? stringParts(sum) : [sum.child('left'), sum.child('right')];
  return others.some((other) => {
    if (typeof other !== 'object' || part.contains(other)) return false;
    const resolved = resolvedValue(other);
    if (UNPREDICTABLE.test(resolved.kind === 'string' ? '' : `${other.text} ${resolved.text}`)) return true;
    return [...resolved.walk()].some(isUnknownCall);
  });
}

/** A text to which something that nobody can guess is added as well. */
function isMixedBeside(addition: Node): boolean {
  const left = addition.child('left');
  const { file } = addition.item;
  const declaration = left?.kind === 'identifier' ? file.lookUp(left.text, left) : undefined;
  return (declaration ? usesOf(declaration, file) : []).some(
    ({ field, parent }) =>
      field === 'left' && parent?.operator === '+=' && UNPREDICTABLE.test(parent.child('right')?.text ?? ''),
  );
}

/** A call of something that is neither the language's own nor known to be predictable may answer anything. */
function isUnknownCall(node: Node): boolean {
  const call = node.kind === 'call_expression' ? callAt(node) : undefined;
  if (!call || call.name?.startsWith('globalThis.') || PREDICTABLE_NAMES.has(call.name ?? '')) return false;
  return !ON_METHODS.has(call.method ?? '');
}

const ALPHABET =
  /char|alpha|letter|digit|symbol|possible|pool|upper|lower|number|hex|base|ascii|vowel|consonant|word|dict/i;

/** Whether what is chosen from are letters or words: choosing from a list of tokens makes none. */
export function isAlphabet(list: Node | undefined): boolean {
  if (!list) return false;
  const value = resolvedValue(list);
  if (ALPHABET.test(list.text.slice(0, 100)) || constantString(value) !== undefined) return true;
  if (value.kind === 'array') return value.parts.every((part) => (constantString(part) ?? '').length === 1);
  return value.kind === 'template_string' || /\.split\(['"]{2}\)$/.test(value.text.slice(-12));
}

function throughMember(node: Node, member: Node): Step {
  const call =
    member.parent?.kind === 'call_expression' && member.field === 'function' ? member.parent : undefined;
  const method = member.child('property')?.text ?? '';
  return node.field === 'object' && call && ON_METHODS.has(method) ? on(call) : NOWHERE;
}

function intoCall(node: Node, list: Node): Step {
  const call = list.parent && callAt(list.parent);
  if (!call || !list.parent) return NOWHERE;
  const object = call.callee.child('object');
  const method = call.method ?? '';
  if (call.name !== undefined && ON_FUNCTIONS.test(call.name)) return on(call.node);
  if (object && ON_METHODS_OF_ARGUMENT.has(method)) {
    return UNPREDICTABLE.test(resolvedValue(object).text) ? NOWHERE : on(call.node);
  }
  if (object && /^(?:push|unshift)$/.test(method)) return intoTarget(object);
  return storedBy(node, call.callee, call.args);
}

const STORING = /^(?:cookie|setCookie|setItem|set|put|setex|setEx|append|header|setHeader)$/;
const SENDING = new Set('set send save store update email sms deliver text hash'.split(' '));

/** `cookies.set('session_token', value)`, `sendOtp(email, code)` */
function storedBy(node: Node, callee: Node, args: readonly Node[]): Step {
  const name = propertyName(callee.child('property') ?? callee) ?? '';
  const [first] = args;
  const key = first && !first.is(node) ? textOf(first) : undefined;
  if (STORING.test(name) && key !== undefined) {
    const guarded = key
      .split(/[:/]/)
      .map((part) => guardedName(part))
      .find((each) => each !== undefined);
    return guarded
      ? { next: [], sink: { node: first as Node, name: key.replace(/:.*$/s, ''), guarded } }
      : NOWHERE;
  }
  // `updatePassword(user.id, hash, requestId)`: what is called something else is not the password.
  if (args.length > 1 && /(?:[iI]d|[eE]mail|[uU]ser)$/.test(unwrap(node).text)) return NOWHERE;
  const [verb = '', ...rest] = wordsOf(name);
  const guarded = SENDING.has(verb) && rest.length > 0 ? guardedName(rest.join('-')) : undefined;
  return guarded ? { next: [], sink: { node: callee, name, guarded } } : NOWHERE;
}

function textOf(expression: Node): string | undefined {
  const text = constantString(expression);
  const [first] = text === undefined ? stringParts(resolvedValue(expression)) : [text];
  return typeof first === 'string' ? first : first && constantString(first);
}

/** A name that is the end of the way, whatever it says. */
function named(key: Node | undefined, node: Node): Step {
  const name = key && (propertyName(key) ?? key.text.replace(/^#/, ''));
  const guarded = name === undefined ? undefined : guardedName(name);
  return guarded && name !== undefined ? { next: [], sink: { node: key ?? node, name, guarded } } : NOWHERE;
}

function intoTarget(target: Node | undefined): Step {
  if (target?.kind === 'subscript_expression') return intoTarget(target.child('object'));
  if (target?.kind === 'member_expression') return named(target.child('property'), target);
  return intoVariable(target);
}

/** Names that say what a number is for, so that its uses need no look. */
const DECIDED =
  /(?:colou?r|delay|jitter|index|idx|count|width|height|size|length|offset|duration|timeout|ratio|chance|probability|start|end|now|seed|score|rating|percent(?:age)?|time|timestamp|date|elapsed|ms|expiry|expires|at)$/i;

function intoVariable(target: Node | undefined): Step {
  const name = target?.kind === 'array_pattern' ? target.parts[0] : target;
  if (name?.kind !== 'identifier') return NOWHERE;
  const own = named(name, name);
  if (own.sink && own.sink.guarded !== 'code') return own;
  // An index chooses a letter; a length does not.
  if (DECIDED.test(name.text) && !/(?:index|idx)$/i.test(name.text)) return own;
  const { file } = name.item;
  const declaration = file.lookUp(name.text, name);
  return { sink: own.sink, next: declaration ? readsOf(declaration, file) : [] };
}

/** The last places that read a variable, as many as are looked at for one source. */
function readsOf(declaration: Declaration, file: SourceFile): readonly Node[] {
  return file.ofWholeFile(`last reads of ${file.declarationKey(declaration)}`, () =>
    usesOf(declaration, file).filter(isRead).slice(-MOST_STEPS),
  );
}

function isRead(use: Node): boolean {
  return !(use.field === 'left' && use.parent?.kind === 'assignment_expression');
}

/** To whoever calls the function: by its name, as a callback, or where the file calls it. */
function outOfFunction(fn: Node | undefined): Step {
  if (!fn) return NOWHERE;
  const argument = argumentHolding(fn);
  const call = argument?.parent?.kind === 'arguments' ? argument.parent.parent : undefined;
  if (call) {
    const callee = call.child('function');
    const method = (callee?.child('property') ?? callee)?.text ?? '';
    if (CALLING.has(method)) return on(call);
  }
  const name = nameOfFunction(fn);
  const guarded = guardedName(name);
  const own: Sink | undefined = guarded && { node: fn.child('name') ?? fn, name, guarded };
  if (own && own.guarded !== 'code') return { next: [], sink: own };
  const declared =
    fn.child('name') ?? (fn.parent?.kind === 'variable_declarator' ? fn.parent.child('name') : undefined);
  const { file } = fn.item;
  const declaration = declared?.kind === 'identifier' ? file.lookUp(declared.text, declared) : undefined;
  const calls = declaration ? usesOf(declaration, file).filter((use) => use.field === 'function') : [];
  return { sink: own, next: [...calls.flatMap((use) => use.parent ?? []), ...callsOfMethod(fn)] };
}

/** `this.newCode()` in the class that a method belongs to. */
function* callsOfMethod(fn: Node): Generator<Node> {
  const name = fn.child('name')?.text;
  const body = fn.parent;
  if (body?.kind !== 'class_body' || name === undefined) return;
  for (const { node } of callsOfOwn(body, name)) yield node;
}

/** The names of what is around a node: functions, variables and properties. */
export function* namesAround(node: Node): Generator<string> {
  for (const outer of node.ancestors()) {
    if (FUNCTION_KINDS.has(outer.kind)) yield nameOfFunction(outer);
    if (outer.kind === 'variable_declarator') yield outer.child('name')?.text ?? '';
    if (outer.kind === 'class_declaration') yield outer.child('name')?.text ?? '';
    if (outer.kind === 'pair') yield outer.child('key')?.text ?? '';
  }
}
