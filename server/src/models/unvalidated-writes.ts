/** What a client sends and nobody looks at, where it is written to a store. */
import { type Flow, flowsInto } from '../analysis/flow/flow';
import { type Call, callAt, type ItemFacts } from '../analysis/item-facts';
import { propertyName } from '../analysis/literal';
import type { CallTest } from '../analysis/needs';
import type { Node } from '../analysis/node';
import { constantString, resolvedValue } from '../analysis/value';
import { claimOf } from './claimed-names';
import { isAmount } from './client-amounts';
import { dataWritesIn } from './data-writes';
import { FLOW_MODEL } from './flow/model';
import { SQL_METHODS } from './flow/sql-clients';
import { type Handler, handlerAround, isForPrivileged, isValidatedBefore, registeredBefore } from './handler';
import { importsAny } from './runtime';
import { claimedType, type TypeClaim } from './type-assertions';

/**
 * - `anything`: takes values of whatever type.
 * - `columns`: holds values against types, and nothing else of them.
 * - `model`: may know more of a value; its file says.
 */
type Store = 'anything' | 'columns' | 'model';

export interface UnvalidatedWrite {
  /** The first of the fields, where it is written. */
  readonly at: Node;
  readonly flow: Flow;
  /** The names of the fields as the client sends them. */
  readonly fields: readonly string[];
  /** What they are written to, as named there. */
  readonly entity: string;
  readonly of: Store;
  /** The type that is claimed of what the client sends, where one is. */
  readonly claim: TypeClaim | undefined;
}

interface Write {
  readonly call: Call;
  readonly values: readonly Node[];
  readonly entity: string;
  readonly of: Store;
}

/** The first write of each handler in which nothing of what is written is looked at; for `ItemFacts.once`. */
export function unvalidatedWrites(facts: ItemFacts): readonly UnvalidatedWrite[] {
  const found: UnvalidatedWrite[] = [];
  const said = new Set<number>();
  for (const write of writesIn(facts)) {
    const each = unvalidatedIn(write);
    if (!each || said.has(each.handler.function.start)) continue;
    said.add(each.handler.function.start);
    found.push(each);
  }
  return found;
}

/** By begins of canonical names. Sources: the documentation of mongodb 6, firebase-admin 13, NeDB 4, monk 7, MarsDB 0.6. */
const ANYTHING =
  /^(?:mongodb|firebase-admin|firebase|@google-cloud\/firestore|nedb|@seald-io\/nedb|monk|marsdb)\b/;
/** Builders of SQL, which know no more than the names of columns. */
const COLUMNS = /^(?:knex|drizzle-orm|@supabase|@prisma)\b/;

function storeOf(call: Call, entity: string): Store {
  const name = call.name ?? '';
  if (ANYTHING.test(name) || /collection$/i.test(entity) || call.callee.text.includes('.collection('))
    return 'anything';
  return COLUMNS.test(name) || /\b(?:knex|prisma|supabase|db)\b/.test(call.callee.text) ? 'columns' : 'model';
}

const MAY_RUN_SQL: CallTest = { method: SQL_METHODS };

function* writesIn(facts: ItemFacts): Generator<Write> {
  for (const { call, write } of facts.once(dataWritesIn)) {
    const values = write.data.flatMap((data) => valuesOf(resolvedValue(data)));
    if (values.length > 0) yield { call, values, entity: write.entity, of: storeOf(call, write.entity) };
  }
  for (const call of facts.callsOf(MAY_RUN_SQL)) {
    const [first, second] = call.args;
    if (!first || !second) continue;
    const entity = WRITING.exec(constantString(first) ?? '')?.[1];
    if (entity !== undefined) yield { call, values: valuesOf(resolvedValue(second)), entity, of: 'columns' };
  }
}

/** Texts of SQL that write, with the table. */
const WRITING = /^\s*(?:insert\s+(?:or\s+\w+\s+|ignore\s+)?into|replace\s+into|update)\s+["`[]?(\w+)/i;

/** The values of an object or a list, and of objects in it. */
function valuesOf(data: Node, depth = 2): readonly Node[] {
  if (data.kind !== 'object' && data.kind !== 'array') return [];
  return data.parts.flatMap((part) => {
    if (data.kind === 'array') return part.kind === 'spread_element' ? [] : [part];
    if (part.kind === 'shorthand_property_identifier') return [part];
    const value = part.kind === 'pair' ? part.child('value') : undefined;
    if (!value) return [];
    return value.kind === 'object' && depth > 0 ? valuesOf(value, depth - 1) : [value];
  });
}

interface Found extends UnvalidatedWrite {
  readonly handler: Handler;
}

function unvalidatedIn({ call, values, entity, of }: Write): Found | undefined {
  let first: Found | undefined;
  const fields: string[] = [];
  for (const at of values) {
    const flow = flowsInto(at, call.node, 'nosql', FLOW_MODEL)?.find(
      (each) => each.source?.kind === 'request' && !each.isChecked && isOfBody(each),
    );
    const field = flow && fieldOf(flow, at);
    const handler = flow && handlerAround(flow.from);
    if (!flow || !handler || field === undefined) continue;
    if (!first && isLookedAt(handler, call)) return undefined;
    // One field that is looked at tells that somebody thought of them.
    const names = [field, ...flow.hops.flatMap(({ how, name }) => (how === 'stored' ? [name] : []))];
    if (isAsked(names, handler.function) || isAsked(names, call.node.enclosingFunction)) return undefined;
    // What a client must not say, or pay, is another finding at the same place; numbers of rows are looked up.
    if (claimOf(field) !== undefined || isAmount(field) || /^\d+$|ids?$/i.test(field)) continue;
    fields.push(field);
    first ??= { at, flow, fields, entity, of, handler, claim: claimedType(flow.from) };
  }
  return first;
}

/** Parts of an address are texts, and what a framework has read by a schema is no body. */
function isOfBody({ path, from }: Flow): boolean {
  const [first = '', ...rest] = path.filter((step) => step !== 'request' && step !== 'req');
  if (!/^(?:body|json\(\)|text\(\)|payload|parseBody\(\))$/.test(first)) return false;
  return rest.length > 0 || isParsed(from);
}

/** `JSON.parse(await request.text())` */
function isParsed(from: Node): boolean {
  for (let node = from.parent, steps = 10; node && steps > 0; steps--, node = node.parent)
    if (callAt(node)?.name === 'globalThis.JSON.parse') return true;
  return false;
}

/** The name of the field that the client sends, or that it is written as. */
function fieldOf({ path }: Flow, at: Node): string {
  const last = path.filter((step) => step !== '*').at(-1);
  if (last !== undefined && path.length > 1 && !last.endsWith('()')) return last;
  return (at.child('property') ?? at).text.slice(0, 40);
}

/** Whether the handler, or something before it, checks a request by what its names say. */
function isLookedAt(handler: Handler, call: Call): boolean {
  if (isValidatedBefore(handler) || isForPrivileged(call.node, handler)) return true;
  if (CHECKING.test(registeredBefore(call.node.item.file))) return true;
  return (
    [handler.function, ...handler.function.ancestors()].some((each) => isCheckingAround(each)) ||
    callsCheck(handler.function)
  );
}

const CHECKING = /valid|schema|sanitiz|celebrate|\bxss|openapi/i;
const CHECK =
  /valid|schema|sanitiz|pars|check|assert|ensure|require[A-Z]|verif|guard|escape|clean|xss|purify/i;

/** `validated(schema, handler)`, `{ schema: …, handler() {} }`, decorators with types. */
function isCheckingAround(node: Node): boolean {
  if (node.kind === 'call_expression') return CHECKING.test(node.child('function')?.text.slice(-60) ?? '');
  if (node.kind === 'object')
    return node.parts.some((part) => CHECKING.test(propertyName(part.child('key') ?? part) ?? ''));
  return node.kind === 'method_definition' && node.previous?.kind === 'decorator';
}

function callsCheck(fn: Node): boolean {
  for (const node of fn.child('body')?.walk() ?? []) {
    const called = callAt(node);
    if (called && CHECK.test(called.callee.text.slice(-60)) && called.name !== 'globalThis.JSON.parse')
      return true;
  }
  return false;
}

/** Whether a function asks anything of a value by its names, if only whether it is there. */
function isAsked(names: readonly string[], fn: Node | undefined): boolean {
  for (const node of fn?.child('body')?.walk() ?? []) {
    const asked = CONDITIONS.has(node.kind) ? (node.child('condition') ?? node.child('value')) : undefined;
    const words = new Set(asked?.text.match(/[\w$]+/g));
    if (names.some((name) => words.has(name))) return true;
  }
  return false;
}

const CONDITIONS: ReadonlySet<string> = new Set([
  'if_statement',
  'ternary_expression',
  'while_statement',
  'switch_statement',
]);

/** Packages that hold values against a schema. */
const SCHEMAS = [
  'zod',
  'joi',
  '@hapi/joi',
  'yup',
  'ajv',
  'valibot',
  'superstruct',
  'express-validator',
  'celebrate',
  'class-validator',
  'validator',
  'io-ts',
  'runtypes',
  'arktype',
  '@sinclair/typebox',
];

/** Whether the file has what other requests are held against. */
export function hasSchemas(facts: ItemFacts): boolean {
  return importsAny(facts.file, SCHEMAS);
}
