/** Writes to what a client names: `sessions[req.params.id].name = name`, where the id may be `__proto__`. */
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import { writesTo } from '../../analysis/flow/writes';
import type { ItemFacts } from '../../analysis/item-facts';
import { unwrap, wrapped } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { resolvedValue } from '../../analysis/value';
import { FLOW_MODEL } from '../flow/model';
import { type DeepWrite, isDynamicKey, regionOf } from './deep-writes';

export interface ClientWrite extends DeepWrite {
  readonly flow: Flow;
  /** Whether the client names the property as well. */
  readonly isWhole: boolean;
}

export function* clientWritesIn(facts: ItemFacts): Generator<ClientWrite> {
  for (const step of facts.nodes('subscript_expression')) {
    const key = step.child('index');
    if (!key || step.field === 'left' || !isDynamicKey(key) || isOwnKey(key, step)) continue;
    const [target, write] = writtenThrough(step) ?? [];
    const region = write && regionOf(write);
    const object = target?.child('object');
    if (!target || !write || !region || !object) continue;
    const flow = clientFlow(key, write);
    if (!flow) continue;
    const property = target.child('index');
    const value = write.child('right');
    const isWhole = property !== undefined && clientFlow(property, write) !== undefined;
    if (!isWhole && !(value && clientFlow(value, write))) continue;
    const named = { node: write, base: object, key: property ?? key, value };
    yield { write: named, step, region, isCreation: false, flow, isWhole };
  }
}

/** `for (const key in x) x[key].y = z`: it is one of its own keys, even `__proto__`. */
function isOwnKey(key: Node, step: Node): boolean {
  const name = unwrap(key);
  const object = step.child('object');
  if (!object || name.kind !== 'identifier') return false;
  const { file } = name.item;
  const declaration = file.lookUp(name.text, name);
  const declared = declaration && file.nodeOf(declaration);
  if (!declared) return false;
  for (const outer of declared.ancestors()) {
    if (outer.kind === 'for_in_statement') {
      const over = outer.child('left')?.contains(declared) ? outer.child('right')?.text : undefined;
      return over === object.text || over === `Object.keys(${object.text})`;
    }
    if (outer.kind.endsWith('statement')) break;
  }
  // `const temp = { [key]: {} }`
  const held = resolvedValue(object);
  return held.kind === 'object' && held.parts.some((part) => part.child('key')?.text === `[${name.text}]`);
}

function clientFlow(expression: Node, at: Node): Flow | undefined {
  return flowsInto(expression, at, 'key', FLOW_MODEL)?.find(({ source }) => source?.kind === 'request');
}

/** What is written of the object that a step leads to, and the assignment that does. */
function writtenThrough(step: Node): readonly [Node, Node] | undefined {
  const node = wrapped(step);
  const { parent } = node;
  if (node.field === 'object' && parent) return assignmentTo(parent);
  const name =
    node.field === 'value' && parent?.kind === 'variable_declarator' ? parent.child('name') : undefined;
  if (name?.kind !== 'identifier') return undefined;
  const { file } = name.item;
  const declaration = file.lookUp(name.text, name);
  const write =
    declaration && writesTo(name, declaration).find(({ path, replaces }) => path.length === 1 || !replaces);
  const target = write?.node.child('left');
  return target && unwrap(target.child('object') ?? target).text === name.text
    ? [target, write?.node as Node]
    : undefined;
}

function assignmentTo(access: Node): readonly [Node, Node] | undefined {
  const { parent } = access;
  return access.field === 'left' && parent?.kind === 'assignment_expression' ? [access, parent] : undefined;
}
