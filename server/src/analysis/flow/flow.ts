/** The flows into a place that rules ask for: from a source, with every step of the way. */
import { type Call, callAt } from '../item-facts';
import { wrapped } from '../literal';
import type { Node } from '../node';
import { callsOfOwn } from '../own-calls';
import { usesOf } from '../uses';
import { parameterAt } from './binding';
import { type Capability, has } from './capability';
import { checkedAt } from './checks';
import { isExported } from './exported';
import type { FlowModel, Source } from './flow-model';
import { behind, type Hop, type Origin, type Origins, via } from './origin';
import { type Path, WHOLE } from './path';
import { Trace } from './trace';
import { argumentFor } from './trace-call';
import { writesTo } from './writes';

export interface Flow {
  /** Where the value is read first. */
  readonly from: Node;
  /** Undefined where it is not known what it is. */
  readonly source: Source | undefined;
  /** What is read of the source: `['body', 'role']`; nothing where it is not known what it is. */
  readonly path: Path;
  /** From the source to the sink, both not among them. */
  readonly hops: readonly Hop[];
  /** Whether it passed a check that may or may not be enough. */
  readonly isChecked: boolean;
}

/** Callers are looked for this often, one behind the other. */
const MOST_CALLERS = 4;
/** Of so many calls of one function. */
const MOST_CALLS = 20;

/**
 * What may come to an expression that is dangerous in a way: one flow for each source, the shortest. Undefined where
 * a limit was hit: then nothing is known.
 *
 * @param sink where the value does harm; checks count up to there.
 * @param later the variables that what was made of the expression goes through: these may be checked as well.
 * @param part what of the expression is meant, if not all of it.
 * @param isOpen whether a parameter of a function that nobody in the file calls is something that is not known; it
 *   has no flow otherwise, unless the function is exported.
 */
export function flowsInto(
  expression: Node,
  sink: Node,
  capability: Capability,
  model: FlowModel,
  later: readonly Hop[] = [],
  part: Path = WHOLE,
  isOpen = false,
): readonly Flow[] | undefined {
  const trace = new Trace(model);
  const found: Flow[] = [];
  const variables = later.map(({ node }) => node);
  for (const origin of beyondParameters(trace, trace.of(expression, part), MOST_CALLERS, new Set(), isOpen)) {
    if (has(origin.clean, capability)) continue;
    if (origin.kind === 'source' && has(origin.source.clean, capability)) continue;
    const checked = checkedLater(origin, variables, sink, model, capability);
    if (checked === 'clean') continue;
    found.push({
      from: origin.node,
      source: origin.kind === 'source' ? origin.source : origin.kind === 'parameter' ? API : undefined,
      path: origin.kind === 'unknown' ? WHOLE : origin.path,
      hops: origin.hops,
      isChecked: origin.isChecked || checked === 'unknown',
    });
  }
  if (trace.isPartial || trace.missesCallers) sink.item.file.unfollowed?.push(sink);
  return trace.isPartial ? undefined : shortest(found);
}

const API: Source = { kind: 'api', clean: 0 };

/** A variable that is written once may be checked after something was made of it, as long as it is before the sink. */
function checkedLater(
  origin: Origin,
  variables: readonly Node[],
  sink: Node,
  model: FlowModel,
  capability: Capability,
): 'clean' | 'unknown' | undefined {
  let isUnknown = false;
  const { file } = sink.item;
  for (const use of [...origin.references, ...variables]) {
    const declaration = file.lookUp(use.text, use);
    const declared = declaration && file.nodeOf(declaration);
    if (!declaration || !declared) continue;
    const [write, ...others] = writesTo(declared, declaration);
    // `let url; try { url = new URL(x); } …` gives it its one value later.
    const isEmpty = declared.parent?.kind === 'variable_declarator' && !declared.parent.child('value');
    if (write && (!isEmpty || others.length > 0)) continue;
    const checked = checkedAt(sink, [], declared, declaration, model, write?.node.start);
    if (has(checked.clean, capability)) return 'clean';
    // Who checks a whole request, `verify(req)`, checks mostly who sends it.
    const isRequest = origin.kind === 'source' && origin.node.contains(use);
    isUnknown ||= checked.isUnknown && !isRequest;
  }
  return isUnknown ? 'unknown' : undefined;
}

/**
 * Origins with the parameters of functions that the file calls replaced by what it gives them. What is left of them
 * are parameters of exported functions, which anybody may call.
 */
function beyondParameters(
  trace: Trace,
  origins: Origins,
  steps: number,
  seen: ReadonlySet<string>,
  isOpen: boolean,
): Origins {
  return origins.flatMap((origin): Origins => {
    if (origin.kind !== 'parameter') return [origin];
    const { fn } = origin;
    const key = `${fn.item.stamp}:${fn.index}`;
    if (seen.has(key)) return [];
    const calls = callsOf(fn);
    if (calls.length > (steps === 0 ? 0 : MOST_CALLS)) trace.missesCallers = true;
    if (steps === 0) return [];
    const given = calls.slice(0, MOST_CALLS).flatMap((call) => {
      const name = parameterName(origin);
      const passed = { node: call.node, how: 'passed', name } as const;
      return argumentFor(trace, call, { ...origin, hops: [], references: [] })
        .map((each) => via([each], passed)[0] as Origin)
        .map((each) => behind(each, origin));
    });
    const known = beyondParameters(trace, given, steps - 1, new Set([...seen, key]), isOpen);
    // What a method of the parameter answers is whatever the caller's object does.
    const isData = !origin.path.some((step) => step.endsWith('()'));
    if (isData && isExported(fn)) return [...known, origin];
    return isOpen && calls.length === 0 ? [{ ...origin, kind: 'unknown' }] : known;
  });
}

function parameterName({ fn, index, node }: Extract<Origin, { kind: 'parameter' }>): string {
  const parameter = parameterAt(fn, index);
  const own = parameter?.child('pattern') ?? parameter;
  return own?.kind === 'identifier' ? own.text : node.text;
}

/** Where the file calls one of its functions. */
function callsOf(fn: Node): readonly Call[] {
  return [...callsByName(fn), ...callsOfMethod(fn)];
}

function callsByName(fn: Node): readonly Call[] {
  const name = nameOfFunction(fn);
  if (!name) return [];
  const { file } = fn.item;
  const declaration = file.lookUp(name.text, name);
  if (!declaration || !file.nodeOf(declaration).is(name)) return [];
  return usesOf(declaration, file).flatMap((use) => {
    // `new Store(path)` calls a function as well.
    const isCalled = use.field === 'function' || use.field === 'constructor';
    const call = isCalled && use.parent ? callAt(use.parent) : undefined;
    return call ? [call] : [];
  });
}

function nameOfFunction(fn: Node): Node | undefined {
  if (fn.kind === 'method_definition')
    return fn.child('name')?.text === 'constructor' ? nameOfClass(fn) : undefined;
  const own = fn.kind === 'arrow_function' ? undefined : fn.child('name');
  if (own && fn.kind === 'function_declaration') return own;
  let outer = wrapped(fn);
  // `const Store = (exports.Store = function () {})`
  while (outer.parent?.kind === 'assignment_expression' && outer.field === 'right')
    outer = wrapped(outer.parent);
  const name = outer.parent?.kind === 'variable_declarator' ? outer.parent.child('name') : undefined;
  return name?.kind === 'identifier' ? name : undefined;
}

function nameOfClass(maker: Node): Node | undefined {
  const made = maker.parent?.parent;
  if (made?.kind === 'class_declaration') return made.child('name');
  const name = made?.parent?.kind === 'variable_declarator' ? made.parent.child('name') : undefined;
  return name?.kind === 'identifier' ? name : undefined;
}

/** `this.find(id)` in the class, `users.find(id)` of an object literal that has a name. */
function callsOfMethod(fn: Node): readonly Call[] {
  const holder = fn.kind === 'method_definition' ? fn : wrapped(fn).parent;
  const key = holder?.child('name') ?? holder?.child('key');
  const body = holder?.parent;
  if (!holder || !key || !body || !/^(?:method_definition|public_field_definition|pair)$/.test(holder.kind))
    return [];
  if (body.kind === 'class_body') return callsOfOwn(body, key.text);
  const name = body.parent?.kind === 'variable_declarator' ? body.parent.child('name') : undefined;
  if (name?.kind !== 'identifier') return [];
  const { file } = fn.item;
  const declaration = file.lookUp(name.text, name);
  return (declaration ? usesOf(declaration, file) : []).flatMap((use) => {
    const member = use.field === 'object' ? use.parent : undefined;
    const call = member?.field === 'function' && member.parent ? callAt(member.parent) : undefined;
    return call?.method === key.text ? [call] : [];
  });
}

/** For each place that a value comes from the shortest way, and the least checked first. */
function shortest(flows: readonly Flow[]): readonly Flow[] {
  const best = new Map<string, Flow>();
  for (const flow of flows) {
    const key = `${flow.from.item.stamp}:${flow.from.index}:${flow.source?.kind}`;
    const known = best.get(key);
    const isBetter = !known || Number(flow.isChecked) - Number(known.isChecked) < 0;
    if (isBetter || (known.isChecked === flow.isChecked && flow.hops.length < known.hops.length))
      best.set(key, flow);
  }
  return [...best.values()];
}
