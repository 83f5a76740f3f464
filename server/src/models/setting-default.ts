/** Settings with what is taken where they are missing, in the forms that programs and libraries have for it. */

import { type DefaultValue, defaultValues } from '../analysis/default-value';
import type { Edit } from '../analysis/fix';
import type { Call, ItemFacts } from '../analysis/item-facts';
import type { Field, Kind } from '../analysis/kind';
import { propertyName, wrapped } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import type { CallTest } from '../analysis/needs';
import type { Node } from '../analysis/node';
import { withoutElement } from '../analysis/removal';
import { requiredVariable } from '../analysis/required-variable';
import { usesOf } from '../analysis/uses';
import { constantString, pairOf } from '../analysis/value';
import { wordsOf } from '../analysis/words';
import {
  isNamedLikeReader,
  isVariableName,
  READING_CALLS,
  type SettingRead,
  settingRead,
} from './environment';

export interface SettingDefault {
  /** Of the variable or setting. */
  readonly name: string;
  /** What the setting is put into, where that has a name. */
  readonly target: string | undefined;
  /** What is taken where it is missing. */
  readonly value: Node;
  /** False where only the name of a function says that it reads a setting. */
  readonly isSure: boolean;
  /** Edits after which the program stops where the setting is missing; undefined where that is not plain. */
  readonly require: () => readonly Edit[] | undefined;
}

const MAY_READ: CallTest = {
  ...READING_CALLS,
  method: {
    has: (name) => READING_CALLS.method?.has(name) === true || /^(?:default|catch|prefault)$/.test(name),
  },
};

/** All settings of an item that have a default. */
export function* settingDefaults(facts: ItemFacts): Generator<SettingDefault> {
  for (const each of defaultValues(facts)) {
    const found = ofOperator(each);
    if (found) yield found;
  }
  for (const call of facts.callsOf(MAY_READ)) {
    if (call.isNew) continue;
    const found = ofSecondArgument(call) ?? ofSchemaCall(call);
    if (found) yield found;
  }
  for (const pair of facts.nodes('pair')) {
    const found = ofSchemaObject(pair);
    if (found) yield found;
  }
}

/** `process.env.X || value` and the like. */
function ofOperator({ tried, value, node }: DefaultValue): SettingDefault | undefined {
  let read: SettingRead | undefined;
  for (const each of tried) read = settingRead(each) ?? read;
  const [first] = tried;
  if (!read || !first) return undefined;
  const { name, from } = read;
  const isWhole =
    tried.length === 1 && node.kind !== 'assignment_expression' && !node.kind.startsWith('augm');
  const replaced = isWhole && !node.kind.endsWith('pattern') ? node : value;
  const require = () => {
    if (from === 'variable') return withRequired(replaced, value, name);
    if (replaced !== node || first.kind !== 'call_expression') return undefined;
    return withoutDefault(first, node);
  };
  return { name, target: targetOf(node), value, isSure: true, require };
}

function withRequired(replaced: Node, value: Node, name: string): readonly Edit[] | undefined {
  const required = requiredVariable(value, name);
  return required && [{ start: replaced.start, end: replaced.end, text: required.call }, ...required.edits];
}

/** `config.get('x') || value`: both libraries have a function that throws. */
function withoutDefault(read: Node, node: Node): readonly Edit[] | undefined {
  const callee = read.child('function');
  const property = callee?.child('property');
  if (!callee || !property) return undefined;
  const rest = { start: read.end, end: node.end, text: '' };
  const before = { start: node.start, end: read.start, text: '' };
  const edits = before.start === before.end ? [rest] : [before, rest];
  if (canonicalName(callee) === 'config.get') return edits;
  return isNestService(callee) ? [...edits, throwing(property)] : undefined;
}

/** Nest's `ConfigService` is injected; what it is called is all that a file says of it. */
function isNestService(callee: Node): boolean {
  const words = wordsOf(callee.child('object')?.text ?? '');
  return words.includes('config') && words.at(-1) === 'service';
}

function throwing(get: Node): Edit {
  return { start: get.start, end: get.end, text: 'getOrThrow' };
}

/** `configService.get('X', value)`, `getEnv('X', value)` */
function ofSecondArgument(given: Call): SettingDefault | undefined {
  const { node: call, callee, args } = given;
  const [first, value] = args;
  if (!first || !value || args.length !== 2) return undefined;
  const name = constantString(first);
  const read = name === undefined ? undefined : settingRead(call);
  if (name === undefined || (!read && !(isNamedLikeReader(callee) && isVariableName(name)))) return undefined;
  const property = callee.child('property');
  const require = () => {
    const edit = property && isNestService(callee) ? withoutElement(value) : undefined;
    return property && edit && [throwing(property), edit];
  };
  return { name, target: targetOf(call), value, isSure: read !== undefined, require };
}

/** How a schema says that a value must be there; with zod that goes without saying. */
const REQUIRING: readonly { readonly module: RegExp; readonly text: string }[] = [
  { module: /^(?:@[\w-]+\/)?zod\b/, text: '' },
  { module: /^(?:@hapi\/)?joi\b|^yup\b|^env-var\b/, text: '.required()' },
];

/** `X: z.string().default(value)`, and the chain of env-var: `env.get('X').default(value)`. */
function ofSchemaCall(given: Call): SettingDefault | undefined {
  const { node: call, callee, method } = given;
  if (method !== 'default' && method !== 'catch' && method !== 'prefault') return undefined;
  const chain = callee.kind === 'member_expression' ? callee.child('object') : undefined;
  const [value, ...others] = call.child('arguments')?.parts ?? [];
  if (!chain || !value || others.length > 0) return undefined;
  const read = readInChain(chain);
  const name = read?.name ?? keyAround(call);
  if (name === undefined) return undefined;
  const require = () => {
    const text = REQUIRING.find(({ module }) => module.test(canonicalName(chain) ?? ''))?.text;
    return text === undefined ? undefined : [{ start: chain.end, end: call.end, text }];
  };
  return { name, target: undefined, value, isSure: true, require };
}

function readInChain(chain: Node): SettingRead | undefined {
  for (let node: Node | undefined = chain; node; node = node.child('function') ?? node.child('object')) {
    const read = node.kind === 'call_expression' ? settingRead(node) : undefined;
    if (read) return read;
  }
  return undefined;
}

const IN_SCHEMA: ReadonlySet<Kind> = new Set<Kind>([
  'member_expression',
  'call_expression',
  'arguments',
  'object',
  'parenthesized_expression',
  'as_expression',
]);

/** The variable that a part of a schema is for: `{ X: z.preprocess(…, z.string().default(value)) }`. */
function keyAround(part: Node): string | undefined {
  for (const outer of part.ancestors()) {
    const named = outer.child(outer.kind === 'pair' ? 'key' : 'name');
    const name = named && propertyName(named);
    if (name !== undefined && isVariableName(name)) return name;
    if (outer.kind === 'variable_declarator') {
      const { file } = outer.item;
      const declaration = named && file.lookUp(named.text, named);
      const [use, ...others] = declaration ? usesOf(declaration, file) : [];
      return use && others.length === 0 ? keyAround(use) : undefined;
    }
    if (!IN_SCHEMA.has(outer.kind)) return undefined;
  }
  return undefined;
}

/** `X: str({ default: value })` of envalid, `{ env: 'X', default: value }` of convict and of oclif. */
function ofSchemaObject(pair: Node): SettingDefault | undefined {
  const key = pair.child('key');
  const value = pair.child('value');
  const object = pair.parent;
  if (!key || !value || !object || propertyName(key) !== 'default') return undefined;
  const variable = pairOf(object, 'env')?.value;
  const name = (variable && constantString(variable)) ?? keyAround(object);
  if (name === undefined || !isVariableName(name)) return undefined;
  const call = object.parent?.parent?.child('function');
  const require = () => {
    const edit = call && canonicalName(call)?.startsWith('envalid.') ? withoutElement(pair) : undefined;
    return edit && [edit];
  };
  return { name, target: undefined, value, isSure: true, require };
}

/** What a value is put into: a variable, a property, a parameter. */
function targetOf(value: Node): string | undefined {
  const node = wrapped(value);
  for (const holder of [value, node.parent]) {
    const field = holder ? TARGET[holder.kind] : undefined;
    const target = field === undefined ? undefined : holder?.child(field);
    const named = target?.kind === 'member_expression' ? target.child('property') : target;
    const name = named && propertyName(named);
    if (name !== undefined) return name;
  }
  return undefined;
}

const TARGET: Readonly<Partial<Record<Kind, Field>>> = {
  variable_declarator: 'name',
  pair: 'key',
  assignment_expression: 'left',
  augmented_assignment_expression: 'left',
  public_field_definition: 'name',
  required_parameter: 'pattern',
};
