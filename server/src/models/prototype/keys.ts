/** What is known of the keys by which an object is gone into. */
import { bindingOf } from '../../analysis/flow/binding';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import { callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { wordsOf } from '../../analysis/words';
import { FLOW_MODEL } from '../flow/model';
import type { DeepWrite } from './deep-writes';
import { alternatives, assignmentsTo, sameVariable } from './value-ways';

/** Who decides on the keys: a client, whoever calls the function, or nobody that is known. */
export interface Deciders {
  readonly who: 'client' | 'caller' | 'unknown' | 'nobody';
  readonly flow: Flow | undefined;
}

export function decidersOf({ step, write }: DeepWrite): Deciders {
  const key = step.child('index') as Node;
  if (isCounting(key) || isOwnKey(step, key)) return { who: 'nobody', flow: undefined };
  const flows = flowsInto(key, write.node, 'key', FLOW_MODEL, [], [], true);
  if (!flows) return { who: 'caller', flow: undefined };
  const client = flows.find(({ source }) => source?.kind === 'request');
  if (client) return { who: 'client', flow: client };
  const caller = flows.find((flow) => isOfCaller(flow));
  if (caller) return { who: 'caller', flow: caller };
  return { who: flows.length > 0 ? 'unknown' : 'nobody', flow: flows[0] };
}

/** A parameter, or what a function that is not known made of one: `split(path)`. */
function isOfCaller({ source, from }: Flow, depth = 2): boolean {
  if (source) return source.kind === 'api' || source.kind === 'page' || source.kind === 'model';
  const node = unwrap(from);
  if (node.kind === 'identifier') {
    const { file } = node.item;
    const declaration = file.lookUp(node.text, node);
    if (!declaration) return node.text === 'arguments';
    return bindingOf(file.nodeOf(declaration)).how === 'parameter';
  }
  const call = node.kind === 'call_expression' ? callAt(node) : undefined;
  if (!call || depth === 0) return false;
  return call.args.some((argument) =>
    (flowsInto(argument, call.node, 'key', FLOW_MODEL, [], [], true) ?? []).some((flow) =>
      isOfCaller(flow, depth - 1),
    ),
  );
}

const COUNTING: ReadonlySet<string> = new Set(
  'i j index idx code codepoint char ch byte bit digit offset position pos num number count'.split(' '),
);

/** Keys that are numbers or single signs by their names. */
function isCounting(key: Node): boolean {
  const node = unwrap(key);
  if (node.kind === 'call_expression')
    return /\.charAt$|\.charCodeAt$/.test(node.child('function')?.text ?? '');
  return node.kind === 'identifier' && (COUNTING.has(wordsOf(node.text).at(-1) ?? '') || isIndex(node));
}

/** `for (const [index, each] of list.entries())` */
function isIndex(variable: Node): boolean {
  const { file } = variable.item;
  const declaration = file.lookUp(variable.text, variable);
  const pattern = declaration && file.nodeOf(declaration).parent;
  const loop =
    pattern?.kind === 'array_pattern' && pattern.parts[0]?.text === variable.text
      ? pattern.parent
      : undefined;
  const list = loop?.kind === 'for_in_statement' ? loop.child('right') : undefined;
  const call = list && callAt(unwrap(list));
  return call?.method === 'entries' && call.args.length === 0;
}

/** `for (key in target) walk(target[key])`: what is gone through by its own keys is gone into where it is. */
function isOwnKey(step: Node, key: Node): boolean {
  const object = step.child('object');
  const node = unwrap(key);
  if (!object || node.kind !== 'identifier') return false;
  return enumeratedBy(node).some((list) => sameVariable(list, object));
}

/** The objects whose keys a variable is. */
function enumeratedBy(variable: Node): readonly Node[] {
  const { file } = variable.item;
  const declaration = file.lookUp(variable.text, variable);
  const declared = declaration && file.nodeOf(declaration);
  if (!declared) return [];
  const binding = bindingOf(declared);
  if (binding.how === 'element') return objectsListed(binding.value);
  if (binding.how === 'parameter') {
    const list = binding.fn.parent?.kind === 'arguments' ? binding.fn.parent.parent : undefined;
    const call = list && callAt(list);
    return call ? objectsListed(call.callee.child('object')) : [];
  }
  // `key = keys[i]`
  return assignmentsTo(variable).flatMap(({ value }) =>
    objectsListed(unwrap(value).kind === 'subscript_expression' ? unwrap(value).child('object') : undefined),
  );
}

function objectsListed(list: Node | undefined): readonly Node[] {
  if (!list) return [];
  return alternatives(list, 2).flatMap((each) => {
    if (each.kind === 'identifier') return [each];
    const isListing = /^(?:Object\.(?:keys|entries|getOwnPropertyNames)|Reflect\.ownKeys)$/;
    if (each.kind !== 'call_expression' || !isListing.test(each.child('function')?.text ?? '')) return [];
    return each.child('arguments')?.parts.slice(0, 1) ?? [];
  });
}
