/** Where a parameter's value comes from: a library that calls the function, a method that it is a callback of. */
import { callAt } from '../item-facts';
import type { Node } from '../node';
import { argumentHolding } from '../results';
import type { Binding } from './binding';
import { parameterAt } from './binding';
import { cleaned, NO_ORIGINS, type Origin, type Origins, UNTOUCHED } from './origin';
import { ELEMENT, longer, type Path } from './path';
import type { Trace } from './trace';
import { resultsOfCallback } from './trace-call';

export function originsOfParameter(
  trace: Trace,
  declared: Node,
  { fn, index, isRest }: Extract<Binding, { how: 'parameter' }>,
  path: Path,
): Origins {
  const source = trace.model.sourceInParameter(fn, index, path);
  if (source) {
    const assured = trace.model.assuredBefore(fn, path, trace.model);
    return cleaned(
      [{ kind: 'source', source, path, node: declared, ...UNTOUCHED }],
      assured?.clean ?? 0,
      assured?.isUnknown,
    );
  }
  const type = parameterAt(fn, index)?.child('type')?.text;
  if (path.length === 0 && type !== undefined && type.length <= 200 && HARMLESS_TYPE.test(type))
    return NO_ORIGINS;
  const given = givenByMethod(trace, fn, index, path);
  if (given) return given;
  const origin: Origin = { kind: 'parameter', fn, index, isRest, path, node: declared, ...UNTOUCHED };
  return [origin];
}

/** Types whose values have no free text in them. */
const HARMLESS_TYPE =
  /^:\s*(?:(?:number|bigint|boolean|Date|null|undefined|true|false|-?\d+|'[^']*'|"[^"]*")\s*(?:\|\s*)?)+$/;

/** `list.map((each) => …)`, `promise.then((result) => …)` */
function givenByMethod(trace: Trace, fn: Node, index: number, path: Path): Origins | undefined {
  if (fn.kind === 'method_definition') return undefined;
  const argument = argumentHolding(fn);
  const list = argument?.parent;
  const call = list?.kind === 'arguments' && list.parent ? callAt(list.parent) : undefined;
  if (!call) return undefined;
  const given = trace.model
    .callbackParameters(call.method ?? '', call.name)
    .filter((each) => each.index === index);
  if (given.length === 0) return undefined;
  return given.flatMap(({ of, as }) => {
    const inside = as === 'element' ? longer(ELEMENT, path) : path;
    if (of === 'callback') return resultsOfCallback(trace, fn, inside);
    return trace.of(of === 'receiver' ? call.callee.child('object') : call.args[of], inside);
  });
}
