/** Objects that hold every field a client chose to send. */
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import { callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { FLOW_MODEL } from './model';

/** The name of a field that no code speaks of. */
const ANY_FIELD = 'any field';

/** Words of the names of functions that leave some fields out, or look at them. */
const PICKING: ReadonlySet<string> = new Set(
  (
    'pick pickby omit omitby only except sanitize sanitized sanitizer filter filtered allow allowed whitelist allowlist ' +
    'permit permitted strip stripped clean cleaned dto serialize valid validate validated extract normalize select'
  ).split(' '),
);

/** The flow of a request to an object that has whatever fields the request has; nothing where they were checked. */
export function wholeRequestIn(object: Node, sink: Node): Flow | undefined {
  const form = formOf(object);
  const flows = form
    ? flowsInto(form, sink, 'sql', FLOW_MODEL)
    : flowsInto(object, sink, 'sql', FLOW_MODEL, [], [ANY_FIELD]);
  return flows?.find(
    (flow) =>
      flow.source?.kind === 'request' &&
      !flow.isChecked &&
      isObject(flow, form !== undefined) &&
      ![object, ...flow.hops.map(({ node }) => node.parent ?? node)].some(isPicking),
  );
}

function isObject({ path, from }: Flow, isForm: boolean): boolean {
  if (isForm) return true;
  if (path.at(-1) !== ANY_FIELD) return false;
  const parts = path.slice(0, -1);
  if (parts.includes('parsedInput') || SINGLE.test(parts.at(-1) ?? '')) return false;
  // Headers and files are not what somebody writes to a store by mistake, and typed parameters are objects of a class.
  if (parts.length === 0) return !isTypedParameter(from);
  return parts.some((part) => /^(?:body|query|input|rawInput|json\(\)|query\(\)|parseBody\(\))$/.test(part));
}

/** Names of fields that hold one value. */
const SINGLE =
  /^(?:e?mail|user_?name|name|title|slug|phone|url|token|code|password|uuid|id|.*(?:Id|_id|Uuid|Identifier|Name|Email|Token))$/;

/** `@Body() dto: CreateUserDto`, which has the fields of the class where a pipe sees to it. */
function isTypedParameter(from: Node): boolean {
  const holder = from.parent;
  const type = holder?.child('type')?.text ?? declaredType(from);
  return type !== undefined && !/^:\s*(?:any|object|unknown|Record<|Partial<|\{)/.test(type);
}

function declaredType(use: Node): string | undefined {
  const { file } = use.item;
  const declaration = use.kind === 'identifier' ? file.lookUp(use.text, use) : undefined;
  return declaration && file.nodeOf(declaration).parent?.child('type')?.text;
}

/** `Object.fromEntries(formData)`, `Object.fromEntries(await request.formData())` */
function formOf(object: Node): Node | undefined {
  const value = resolvedValue(object);
  const call = value.kind === 'call_expression' ? callAt(value) : undefined;
  const [first] = call?.name === 'globalThis.Object.fromEntries' ? (call?.args ?? []) : [];
  if (!first) return undefined;
  const entries = callAt(unwrap(first));
  return entries?.method === 'entries' ? entries.callee.child('object') : first;
}

function isPicking(node: Node): boolean {
  const value = node.kind === 'variable_declarator' ? node.child('value') : node;
  for (const each of value?.walkOwn() ?? []) {
    const call = callAt(each);
    const words = call
      ? [...wordsOf(call.callee.text.slice(-40)), ...wordsOf(call.name?.slice(-40) ?? '')]
      : [];
    if (words.some((word) => PICKING.has(word))) return true;
  }
  return false;
}
