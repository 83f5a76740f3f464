/** What a call answers: by what is known of a library's function or of a method, or by what a function of the file returns. */
import { memberOfClass } from '../class-member';
import { nameByType } from '../declared-type';
import { type Call, callAt } from '../item-facts';
import { FUNCTION_KINDS } from '../kind';
import { propertyName, unwrap } from '../literal';
import { canonicalName } from '../name';
import type { Node } from '../node';
import { functionOf, resultsOf } from '../results';
import { resolvedValue } from '../value';
import { parameterAt } from './binding';
import { EVERYTHING } from './capability';
import type { Answer, Origination } from './flow-model';
import { functionHeldBy } from './members';
import {
  behind,
  cleaned,
  NO_ORIGINS,
  type Origin,
  type Origins,
  soiled,
  UNTOUCHED,
  unknown,
  via,
} from './origin';
import { ELEMENT, longer, type Path, referenceOf, WHOLE } from './path';
import type { Trace } from './trace';

export function originsOfCall(trace: Trace, node: Node, path: Path): Origins {
  const call = callAt(node);
  if (!call) return unknown(node);
  const name = nameByType(call.callee);
  if (name !== undefined) {
    const source = trace.model.sourceNamed(`${name}()`);
    if (source) return [{ kind: 'source', source, path, node, ...UNTOUCHED }];
  }
  const told = trace.model.sourceOfCall(call, name, path);
  if (told) return [{ kind: 'source', source: told, path, node, ...UNTOUCHED }];
  if (node.child('arguments')?.kind === 'template_string') {
    // What a tag makes of its template is not the text of it.
    return name === 'globalThis.String.raw' ? trace.all(call.args) : NO_ORIGINS;
  }
  const known = name === undefined ? undefined : trace.model.answerOf(name);
  if (known) return answered(trace, call, known, path);
  const validated = trace.model.answerOfValidator(call, path);
  if (validated) return answered(trace, call, validated.answer, validated.inside);
  const fn = calledFunction(call.callee);
  if (fn) return returned(trace, call, fn, path);
  if (SLICING.test(call.callee.text)) {
    // Where in the list an element was is not kept.
    const [first, ...rest] = path;
    return trace.of(call.args[0], first === undefined ? path : [ELEMENT, ...rest]);
  }
  const { method } = call;
  const receiver = call.callee.child('object');
  if (method === undefined || !receiver) return unknown(node);
  if (method === 'filter') {
    const filtered = ofFilter(trace, call, receiver, path);
    if (filtered) return filtered;
  }
  const byMethod = trace.model.answerOfMethod(call, method);
  if (byMethod) return answered(trace, call, byMethod, path);
  return ofObject(trace, node, receiver, method, path);
}

/** `[].slice.call(arguments)`, as lists were made of them. */
const SLICING = /^(?:\[\]|Array\.prototype)\.slice\.call$/;

/** `list.filter((each) => allowed.includes(each))`: what is left has passed the test. */
function ofFilter(trace: Trace, call: Call, receiver: Node, path: Path): Origins | undefined {
  const [test] = call.args;
  const fn = test && functionOf(test);
  if (!fn) return test?.text === 'Boolean' ? trace.of(receiver, path) : undefined;
  const parameter = parameterAt(fn, 0);
  const pattern = parameter?.child('pattern') ?? parameter;
  const isMeant = (node: Node) => pattern?.kind === 'identifier' && plainName(node) === pattern.text;
  const assurances = resultsOf(fn).map((result) => trace.model.assured(result, true, isMeant));
  const clean = assurances.reduce(
    (mask, each) => mask & (each?.clean ?? 0),
    assurances.length > 0 ? EVERYTHING : 0,
  );
  const isChecked = assurances.some((each) => each?.isUnknown);
  return cleaned(trace.of(receiver, path), clean, isChecked);
}

function plainName(node: Node): string | undefined {
  const reference = referenceOf(node);
  return reference?.path.length === 0 ? reference.root.text : undefined;
}

/** A method that says nothing by its name: `req.json()` is one of a request, if `req` is one. */
function ofObject(trace: Trace, node: Node, receiver: Node, method: string, path: Path): Origins {
  const isChain =
    referenceOf(receiver) !== undefined ||
    /^(?:call|await|new|member)_expression$/.test(unwrap(receiver).kind);
  const found = isChain ? trace.of(receiver, longer(`${method}()`, path)) : NO_ORIGINS;
  const isReader = READERS.has(method);
  const sources = found.filter(({ kind }) => kind === 'source' || (kind === 'parameter' && isReader));
  const shown = sources.map((origin) =>
    origin.hops.length === 0 && node.contains(origin.node) ? { ...origin, node } : origin,
  );
  return shown.length > 0 ? shown : unknown(node);
}

/** Methods of requests, forms and the like, which a caller may have handed on. */
const READERS: ReadonlySet<string> = new Set('get getAll json text formData query param header'.split(' '));

export function originsOfNew(trace: Trace, node: Node, path: Path): Origins {
  const call = callAt(node);
  if (!call) return unknown(node);
  const known = call.name === undefined ? undefined : trace.model.answerOf(call.name);
  return known ? answered(trace, call, known, path) : unknown(node);
}

function answered(trace: Trace, call: Call, answer: Answer, path: Path): Origins {
  const { from, clean, soils = 0, isChecked } = answer;
  if (clean === EVERYTHING) return NO_ORIGINS;
  const origins = from.flatMap((each) => originated(trace, call, each, path));
  const part = answer.parts?.get(path[0] ?? '');
  const soiledOrigins = soils === 0 ? origins : soiled(origins, soils);
  // What was checked of the whole is not known of a part that is read in another way.
  const ofPart = part?.soils
    ? soiled(soiledOrigins, part.soils).map((origin) => ({ ...origin, isChecked: false }))
    : soiledOrigins;
  return cleaned(ofPart, clean | (part?.clean ?? 0), isChecked);
}

function originated(trace: Trace, call: Call, { of, as }: Origination, path: Path): Origins {
  if (of === 'callback') {
    const [, ...rest] = path;
    const inside = as === 'holder' ? (path.length === 0 ? WHOLE : rest) : path;
    return call.args.flatMap((argument) => {
      const fn = functionOf(argument);
      return fn ? resultsOfCallback(trace, fn, inside) : byLibrary(trace, call, argument);
    });
  }
  const [, ...rest] = path;
  const inside =
    as === 'same'
      ? path
      : as === 'text'
        ? WHOLE
        : as === 'element'
          ? longer(ELEMENT, path)
          : path.length
            ? rest
            : WHOLE;
  if (of === 'receiver') return trace.of(call.callee.child('object'), inside);
  const meant = typeof of === 'number' ? call.args.slice(of, of + 1) : call.args.slice(of.from);
  return trace.all(meant, inside);
}

/** `texts.map(Number)`: a library's function as the callback. */
function byLibrary(trace: Trace, call: Call, argument: Node): Origins {
  const name = canonicalName(argument);
  const known = name === undefined ? undefined : trace.model.answerOf(name);
  if (!known) return name === undefined ? NO_ORIGINS : unknown(call.node);
  if (known.clean === EVERYTHING) return NO_ORIGINS;
  return cleaned(trace.of(call.callee.child('object'), [ELEMENT]), known.clean);
}

/** What a function of the file answers to this call: its results, with the arguments for its parameters. */
function returned(trace: Trace, call: Call, fn: Node, path: Path): Origins {
  if (/^generator/.test(fn.kind)) return unknown(call.node);
  const name = fn.child('name')?.text ?? call.callee.text.slice(0, 60);
  const hop = { node: call.node, how: 'returned', name } as const;
  return via(
    resultsOf(fn).flatMap((result) =>
      trace
        .of(result, path)
        .flatMap((origin) =>
          origin.kind === 'parameter' && origin.fn.is(fn) ? argumentFor(trace, call, origin) : [origin],
        ),
    ),
    hop,
  );
}

/** What the caller gives for a parameter, on the way that the parameter takes in the function. */
export function argumentFor(
  trace: Trace,
  call: Call,
  origin: Extract<Origin, { kind: 'parameter' }>,
): Origins {
  const { index, isRest, path } = origin;
  const [, ...rest] = path;
  const spread = call.args.slice(0, index + 1).find(({ kind }) => kind === 'spread_element');
  const given = spread
    ? trace.of(spread.parts[0], longer(ELEMENT, isRest ? rest : path))
    : isRest
      ? trace.all(call.args.slice(index), rest)
      : trace.of(call.args[index], path);
  return given.map((each) => behind(each, origin));
}

/** What a callback answers; its own parameters are known from where it stands. */
export function resultsOfCallback(trace: Trace, fn: Node, path: Path): Origins {
  return resultsOf(fn).flatMap((result) => trace.of(result, path));
}

/** The function of the file that is called: by its name, as a method of the class around, or of an object literal. */
export function calledFunction(callee: Node): Node | undefined {
  const node = unwrap(callee);
  if (FUNCTION_KINDS.has(node.kind)) return node;
  if (node.kind === 'identifier') return canonicalName(node) === undefined ? functionOf(node) : undefined;
  if (node.kind !== 'member_expression') return undefined;
  const object = node.child('object');
  const property = node.child('property');
  const name = property && (propertyName(property) ?? property.text);
  if (!object || name === undefined) return undefined;
  if (unwrap(object).kind === 'this') {
    const member = memberOfClass(name, node);
    return member ? asFunction(member.parent) : functionHeldBy(object, name);
  }
  const literal = resolvedValue(object);
  if (literal.kind !== 'object') return functionHeldBy(object, name);
  for (const part of literal.parts) {
    const key = part.kind === 'pair' ? part.child('key') : part.child('name');
    if (!key || propertyName(key) !== name) continue;
    return part.kind === 'method_definition' ? part : functionOf(part.child('value') ?? part);
  }
  return functionHeldBy(object, name);
}

/** A method, or a field that holds a function. */
function asFunction(member: Node | undefined): Node | undefined {
  if (!member || FUNCTION_KINDS.has(member.kind)) return member;
  const value = member.kind === 'public_field_definition' ? member.child('value') : undefined;
  return value && FUNCTION_KINDS.has(unwrap(value).kind) ? unwrap(value) : undefined;
}
