/**
 * Writes to a property of an object that the code came to by keys which are not constant: a loop that goes from
 * object to object, or a function that calls itself with a property of what it was given.
 */
import { type Call, callAt, type ItemFacts } from '../../analysis/item-facts';
import { FUNCTION_KINDS, type Kind } from '../../analysis/kind';
import { unwrap } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { rememberedByNode } from '../../analysis/remembered';
import { functionOf, resultsOf } from '../../analysis/results';
import { constantString, resolvedValue } from '../../analysis/value';
import { calledAround, namesOfFunction } from './recursion';
import { alternatives, assignmentsTo, isSameRoot, type Root, rootsOf, sameVariable } from './value-ways';

/** `base[key] = value`, or what does the same. */
export interface KeyedWrite {
  readonly node: Node;
  readonly base: Node;
  readonly key: Node;
  readonly value: Node | undefined;
}

export interface DeepWrite {
  readonly write: KeyedWrite;
  /** Where the object is gone into: `target[key]`. */
  readonly step: Node;
  /** The function around both that is not a callback. */
  readonly region: Node;
  /** Whether the write only puts an empty object there. */
  readonly isCreation: boolean;
}

/** The deep writes of an item; of those that go one way into an object the one that says the most. */
export function deepWritesIn(facts: ItemFacts): readonly DeepWrite[] {
  const best = new Map<string, DeepWrite>();
  for (const write of keyedWritesIn(facts)) {
    const region = regionOf(write.node);
    const step = region && stepBefore(write, region);
    if (!step) continue;
    const found = { write, step, region, isCreation: isEmptyObject(write.value) };
    const key = `${region.item.stamp}:${region.index}`;
    const known = best.get(key);
    if (!known || rankOf(found) >= rankOf(known)) best.set(key, found);
  }
  return [...best.values()];
}

/** A value that is copied says more than an object that is made, or what a call answers. */
function rankOf({ write, isCreation }: DeepWrite): number {
  if (isCreation) return 0;
  return write.value && alternatives(write.value, 0).some(({ kind }) => kind === 'call_expression') ? 1 : 2;
}

function* keyedWritesIn(facts: ItemFacts): Generator<KeyedWrite> {
  for (const target of facts.nodes('subscript_expression')) {
    const { parent } = target;
    if (target.field !== 'left' || !parent || !/^(?:augmented_)?assignment_expression$/.test(parent.kind))
      continue;
    if (parent.kind.startsWith('augmented') && !/^(?:\|\||\?\?)=$/.test(parent.operator)) continue;
    const base = target.child('object');
    const key = target.child('index');
    if (base && key && isDynamicKey(key)) yield { node: parent, base, key, value: parent.child('right') };
  }
  for (const call of facts.callsTo(DEFINING)) {
    const [base, key, value] = call.args;
    if (base && key && isDynamicKey(key)) yield { node: call.node, base, key, value };
  }
  for (const call of facts.callsTo(ASSIGNING)) {
    const [base, ...values] = call.args;
    for (const pair of base ? values.flatMap((each) => resolvedValue(each).parts) : []) {
      const name = pair.kind === 'pair' ? pair.child('key') : undefined;
      const key = name?.kind === 'computed_property_name' ? name.parts[0] : undefined;
      if (key && isDynamicKey(key))
        yield { node: call.node, base: base as Node, key, value: pair.child('value') };
    }
  }
}

/** `Object.assign(target, { [key]: value })` */
const ASSIGNING: ReadonlySet<string> = new Set(['globalThis.Object.assign']);
const DEFINING: ReadonlySet<string> = new Set([
  'globalThis.Object.defineProperty',
  'globalThis.Reflect.set',
  'globalThis.Reflect.defineProperty',
]);

const NUMBERS: ReadonlySet<Kind> = new Set<Kind>(['number', 'update_expression', 'unary_expression']);

export function isDynamicKey(key: Node): boolean {
  const node = unwrap(key);
  if (NUMBERS.has(node.kind) || node.kind === 'string' || constantString(node) !== undefined) return false;
  return !/^globalThis\.Symbol\b/.test(canonicalName(node) ?? '');
}

/** The function around a place that is not a callback: what may be checked before is in it. */
export function regionOf(place: Node): Node | undefined {
  let region: Node | undefined;
  for (let fn = place.enclosingFunction; fn; fn = fn.enclosingFunction) {
    region = fn;
    if (fn.parent?.kind !== 'arguments') return fn;
    // The body of a module is no callback that anything is passed through.
    if (namesOfFunction(fn).length > 0) return fn;
  }
  return region;
}

/** The calls in a function, looked up once for all writes in it. */
const callsIn = rememberedByNode((region: Node): readonly Call[] =>
  [...region.walk()].flatMap((node) => (node.kind === 'call_expression' ? (callAt(node) ?? []) : [])),
);

function stepBefore(write: KeyedWrite, region: Node): Node | undefined {
  const base = unwrap(write.base);
  return base.kind === 'identifier'
    ? (stepOfWalk(base) ?? stepOfReduce(base, write.node) ?? stepOfRecursion(base, write, region))
    : base.kind === 'this'
      ? stepOfRecursion(base, write, region)
      : base.kind === 'call_expression'
        ? stepOfReduced(base)
        : undefined;
}

/** `while (…) o = o[key]` */
function stepOfWalk(base: Node): Node | undefined {
  for (const { value, at } of assignmentsTo(base)) {
    if (!isRepeated(at, base)) continue;
    for (const each of alternatives(value, 3)) {
      const step = asStep(each);
      const object = step?.child('object');
      if (step && object && leadsTo(object, base)) return step;
    }
  }
  return undefined;
}

/** Whether an object is a variable, or another that is set to it in turn. */
function leadsTo(object: Node, variable: Node): boolean {
  if (sameVariable(object, variable)) return true;
  return assignmentsTo(object).some(({ value }) => sameVariable(value, variable));
}

const LOOPS: ReadonlySet<Kind> = new Set<Kind>([
  'for_statement',
  'for_in_statement',
  'while_statement',
  'do_statement',
]);

/** Whether an assignment is made again and again while the variable lives: in a loop, or in a callback. */
function isRepeated(at: Node, variable: Node): boolean {
  const { file } = variable.item;
  const declaration = file.lookUp(variable.text, variable);
  const declared = declaration && file.nodeOf(declaration);
  if (!declared) return false;
  for (const outer of at.ancestors()) {
    if (LOOPS.has(outer.kind)) return !outer.child('body')?.contains(declared);
    if (FUNCTION_KINDS.has(outer.kind))
      return !outer.contains(declared) && outer.parent?.kind === 'arguments';
  }
  return false;
}

/** `keys.reduce((o, key) => (o[key] = o[key] || {}), target)` */
function stepOfReduce(base: Node, write: Node): Node | undefined {
  const fn = write.enclosingFunction;
  const first = fn && isFirst(base, fn);
  return first && isReducer(fn) ? stepOfReducer(fn) : stepOfReducedVariable(base);
}

function isFirst(object: Node, fn: Node): boolean {
  return rootsOf(object).some((root) => root.index === 0 && fn.is(root.fn));
}

function stepOfReducedVariable(base: Node): Node | undefined {
  for (const { value } of assignmentsTo(base)) {
    const step = stepOfReduced(value);
    if (step) return step;
  }
  return undefined;
}

function stepOfReduced(value: Node): Node | undefined {
  const node = unwrap(value);
  const call = node.kind === 'call_expression' ? callAt(node) : undefined;
  const fn =
    call && /^reduce(?:Right)?$/.test(call.method ?? '') && call.args[0]
      ? functionOf(call.args[0])
      : undefined;
  return fn && stepOfReducer(fn);
}

function isReducer(fn: Node): boolean {
  const call = fn.parent?.kind === 'arguments' && fn.parent.parent ? callAt(fn.parent.parent) : undefined;
  return /^reduce(?:Right)?$/.test(call?.method ?? '');
}

function stepOfReducer(fn: Node): Node | undefined {
  for (const result of resultsOf(fn)) {
    for (const each of alternatives(result, 3)) {
      const step = asStep(each);
      const object = step?.child('object');
      if (step && object && isFirst(object, fn)) return step;
    }
  }
  return undefined;
}

/** `merge(target[key], source[key])` in `merge` itself, or in what `merge` calls. */
function stepOfRecursion(base: Node, write: KeyedWrite, region: Node): Node | undefined {
  const roots = rootsOf(base);
  if (roots.length === 0) return undefined;
  for (const call of callsIn(region)) {
    const fn = calledAround(call, write.node);
    if (!fn) continue;
    const isOfThis = roots.some(({ index }) => index === 'this');
    const receiver = isOfThis ? call.callee.child('object') : undefined;
    const own = roots.filter((root) => root.fn?.is(fn));
    const given =
      own.length === 0 || own.some(({ index }) => index === 'any')
        ? call.args
        : call.args.filter((_, i) => own.some(({ index }) => index === i));
    for (const argument of receiver ? [...given, receiver] : given) {
      for (const each of alternatives(argument, 4)) {
        const step = asStep(each);
        const object = step?.child('object');
        if (step && object && isSameObject(object, base, roots)) return step;
      }
    }
  }
  return undefined;
}

function isSameObject(object: Node, base: Node, roots: readonly Root[]): boolean {
  if (sameVariable(object, base)) return true;
  return rootsOf(object).some((one) => roots.some((other) => isSameRoot(one, other)));
}

/** `o[key]`, also as the target of what is assigned. */
function asStep(node: Node): Node | undefined {
  const index = node.kind === 'subscript_expression' ? node.child('index') : undefined;
  return index && isDynamicKey(index) ? node : undefined;
}

function isEmptyObject(value: Node | undefined): boolean {
  if (!value) return false;
  const all = alternatives(value, 0);
  const made = all.filter(({ kind, parts }) => /^(?:object|array)$/.test(kind) && parts.length === 0);
  return made.length > 0 && all.every((each) => made.includes(each) || each.kind === 'subscript_expression');
}
