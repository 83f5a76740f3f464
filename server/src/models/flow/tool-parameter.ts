/** Whether a parameter of a function holds what a language model gives a tool. */
import { nameByType } from '../../analysis/declared-type';
import { bindingOf } from '../../analysis/flow/binding';
import { NOTHING, OF_FORM } from '../../analysis/flow/capability';
import type { Source } from '../../analysis/flow/flow-model';
import type { Path } from '../../analysis/flow/path';
import { type Call, callAt } from '../../analysis/item-facts';
import { propertyName, unwrap } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { rememberedByNode } from '../../analysis/remembered';
import { argumentHolding } from '../../analysis/results';
import { constantBoolean, constantString, propertyOf, resolvedValue } from '../../analysis/value';
import { sortOfPart } from './schemas';
import {
  APPROVAL_KEYS,
  CALL_TOOL_SCHEMA,
  REGISTERING,
  SCHEMA_KEYS,
  TOOL_CALLS,
  TOOL_CLASSES,
  WORK_KEYS,
} from './tool-definitions';

export interface Tool {
  /** As the model calls it, where the code says so. */
  readonly name: string | undefined;
  /** The object that describes it, where there is one. */
  readonly definition: Node | undefined;
  readonly schema: Node | undefined;
  /** Whether a library says that it is a tool; else the shape of its definition does. */
  readonly isSure: boolean;
  /** Where in the parameter the arguments are. */
  readonly inside: Path;
  /** Whether a person is asked before it works. */
  readonly asksFirst: boolean;
  /** Whether the library knows `needsApproval`. */
  readonly approves: boolean;
  /** Whether what runs the tool asks for leave by itself: an application that speaks MCP. */
  readonly isAskedByHost: boolean;
}

export function toolSource(fn: Node, index: number, path: Path): Source | undefined {
  const tool = index === 0 ? toolOf(fn) : undefined;
  if (!tool) return undefined;
  const { inside } = tool;
  const isAround = path.length < inside.length && path.every((step, i) => step === inside[i]);
  if (!isAround && !inside.every((step, i) => path[i] === step)) return undefined;
  // Mastra hands the arguments over as `context`, beside what is its own.
  const rest = path.slice(inside.length);
  const way = rest[0] === 'context' || rest[0] === 'inputData' ? rest.slice(1) : rest;
  const isStrict = tool.schema !== undefined && way.length > 0 && isStrictIn(tool.schema, way);
  return { kind: 'tool', clean: isStrict ? OF_FORM : NOTHING };
}

/** The tool whose work a function does. */
export const toolOf = rememberedByNode(
  (fn: Node): Tool | undefined => byArgument(fn) ?? byDefinition(fn) ?? byClass(fn),
);

/** The tool around a place: of the innermost function that is one. */
export function toolAround(node: Node): Tool | undefined {
  for (let fn = node.enclosingFunction; fn; fn = fn.enclosingFunction) {
    const tool = toolOf(fn);
    if (tool) return tool;
  }
  return undefined;
}

/** `server.tool(name, schema, work)`, `tool(work, { schema })`, `setRequestHandler(CallToolRequestSchema, work)` */
function byArgument(fn: Node): Tool | undefined {
  const argument = argumentHolding(fn);
  const call = argument?.parent?.parent && callAt(argument.parent.parent);
  if (!argument || !call) return undefined;
  const { args } = call;
  const place = args.findIndex((each) => each.is(argument));
  const [first] = args;
  if (call.method === 'setRequestHandler') {
    const isMeant = place === 1 && first && CALL_TOOL_SCHEMA.test(canonicalName(first) ?? '');
    return isMeant ? made({ isSure: true, inside: ['params', 'arguments'], isAskedByHost: true }) : undefined;
  }
  const row = rowOf(call);
  if (row) {
    const isWork = row.work === 'first' ? place === 0 : row.work === 'last' && place > 0;
    const described = isWork ? args[row.schema ?? place - 1] : undefined;
    if (!described) return undefined;
    const given = ofDescribed(described);
    const named = given.definition && propertyOf(given.definition, 'name');
    return made({
      ...given,
      name: nameIn(named ?? first),
      isSure: true,
      isAskedByHost: row.isAskedByHost === true,
    });
  }
  const isLast = place === args.length - 1 && place > 0;
  if (!isLast || !REGISTERING.has(call.method ?? '') || !isFromElsewhere(call)) return undefined;
  const described = args[place - 1] as Node;
  const name = nameIn(first);
  return name !== undefined && resolvedValue(described).kind === 'object'
    ? made({ ...ofDescribed(described), name, isSure: call.method === 'registerTool', isAskedByHost: true })
    : undefined;
}

function rowOf(call: Call) {
  const name = nameByType(call.callee);
  return name === undefined ? undefined : TOOL_CALLS.find((row) => row.name.test(name));
}

/** A server that another file or a caller hands over. */
function isFromElsewhere({ callee }: Call): boolean {
  const object = callee.child('object');
  const root = object && unwrap(object);
  if (root?.kind !== 'identifier') return root?.child('object')?.kind === 'this';
  const name = canonicalName(root);
  if (name !== undefined) return /^[.@~#]*\//.test(name);
  const { file } = root.item;
  const declaration = file.lookUp(root.text, root);
  return declaration !== undefined && bindingOf(file.nodeOf(declaration)).how === 'parameter';
}

/** `tool({ description, inputSchema, execute })`, and the same object in a list or a record of tools. */
function byDefinition(fn: Node): Tool | undefined {
  const holder = fn.kind === 'method_definition' ? fn : fn.parent;
  const key = holder?.child('name') ?? holder?.child('key');
  const object = holder?.parent;
  if (!holder || !key || object?.kind !== 'object' || !WORK_KEYS.has(propertyName(key) ?? ''))
    return undefined;
  const list = argumentHolding(object)?.parent;
  const call = list?.kind === 'arguments' && list.parent ? callAt(list.parent) : undefined;
  const row = call && rowOf(call);
  const isSure = row?.work === 'option';
  const described = ofDescribed(object);
  const said = propertyOf(object, 'name') ?? propertyOf(object, 'id');
  const name = (said && constantString(said)) ?? nameOutside(call ? call.node : object);
  if (isSure)
    return made({
      ...described,
      definition: object,
      name,
      isSure,
      approves: row?.approves === true,
      isAskedByHost: row?.isAskedByHost === true,
    });
  const description = propertyOf(object, 'description');
  const isShaped =
    described.schema !== undefined &&
    description !== undefined &&
    !isFunction(description) &&
    // Routes are described by their schemas as well.
    ['method', 'path', 'url', 'route', 'middleware'].every((each) => propertyOf(object, each) === undefined);
  return isShaped && name !== undefined ? made({ ...described, name, isSure: false }) : undefined;
}

/** `{ search: tool({ … }) }`, `const search = tool({ … })` */
function nameOutside(node: Node): string | undefined {
  const { parent } = node;
  const key = parent?.kind === 'pair' ? parent.child('key') : undefined;
  if (key) return propertyName(key);
  return parent?.kind === 'variable_declarator' ? parent.child('name')?.text : undefined;
}

/** `class Shell extends StructuredTool { async _call(input) … }` */
function byClass(fn: Node): Tool | undefined {
  if (fn.kind !== 'method_definition' || fn.child('name')?.text !== '_call') return undefined;
  const owner = fn.parent?.parent;
  const base = owner?.childOf('class_heritage')?.parts[0];
  const type = base?.kind === 'extends_clause' ? base.child('value') : base;
  if (!owner || !type || !TOOL_CLASSES.test(canonicalName(type) ?? '')) return undefined;
  return made({ name: owner.child('name')?.text, isSure: true });
}

function made(tool: Partial<Tool>): Tool {
  return {
    name: undefined,
    definition: undefined,
    schema: undefined,
    isSure: false,
    inside: [],
    asksFirst: false,
    approves: false,
    isAskedByHost: false,
    ...tool,
  };
}

function nameIn(first: Node | undefined): string | undefined {
  return first && constantString(first);
}

/** What an object says of a tool; what is no such object is the schema itself. */
function ofDescribed(described: Node): Partial<Tool> {
  const object = resolvedValue(described);
  if (object.kind !== 'object') return { schema: described };
  const schema = SCHEMA_KEYS.map((key) => propertyOf(object, key)).find((each) => each !== undefined);
  const isDescribed = schema !== undefined || propertyOf(object, 'description') !== undefined;
  if (!isDescribed) return { schema: object };
  const approval = APPROVAL_KEYS.map((key) => propertyOf(object, key)).find((each) => each !== undefined);
  const asksFirst = approval !== undefined && constantBoolean(approval) !== false;
  return { definition: object, schema, asksFirst };
}

function isFunction(node: Node): boolean {
  return resolvedValue(node).kind.includes('function');
}

/** Whether a schema leaves the model no free text in a part of the arguments. */
function isStrictIn(schema: Node, way: Path): boolean {
  const node = resolvedValue(schema);
  if (node.kind !== 'object') return sortOfPart(schema, way) === 'strict';
  const [step, ...rest] = way;
  const described = propertyOf(node, 'properties');
  const holder = described ? resolvedValue(described) : node;
  const field = step === undefined ? undefined : propertyOf(holder, step);
  if (!field) return false;
  const value = resolvedValue(field);
  if (value.kind !== 'object') return sortOfPart(field, rest) === 'strict';
  const type = propertyOf(value, 'type');
  const isNumber = type && /^(?:number|integer|boolean)$/.test(constantString(type) ?? '');
  return (
    isNumber === true || propertyOf(value, 'enum') !== undefined || propertyOf(value, 'const') !== undefined
  );
}
