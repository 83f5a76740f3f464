/** Where the value of a variable comes from: its writes before the place that reads it, its first value, its checks. */

import { memberOfClass } from '../class-member';
import type { Declaration } from '../declarations';
import { FUNCTION_KINDS, type Kind } from '../kind';
import { canonicalName } from '../name';
import type { Node } from '../node';
import { rememberedByNode } from '../remembered';
import { assignedValues } from '../results';
import { type Binding, bindingOf, parametersOf } from './binding';
import { type Checked, checkedAt, UNCHECKED } from './checks';
import { fieldsWrittenNear } from './fields';
import { branchingOver, orderOf, Replacing } from './order';
import { cleaned, NO_ORIGINS, type Origin, type Origins, UNTOUCHED, unknown, via } from './origin';
import { ELEMENT, joined, longer, matchOf, type Path } from './path';
import type { Trace } from './trace';
import { originsOfParameter } from './trace-parameter';
import { writesTo } from './writes';

export function originsOfVariable(trace: Trace, use: Node, path: Path): Origins {
  const { file } = use.item;
  const declaration = file.lookUp(use.text, use);
  if (!declaration) {
    const all = use.text === 'arguments' ? originsOfArguments(use, path) : undefined;
    if (all) return all;
    const name = canonicalName(use);
    const source = name === undefined ? undefined : trace.model.sourceNamed(name);
    if (source) return [{ kind: 'source', source, path, node: use, ...UNTOUCHED }];
    return name === undefined || name === 'globalThis.undefined' ? NO_ORIGINS : unknown(use);
  }
  const declared = file.nodeOf(declaration);
  if (IMPORTING.test(declared.parent?.kind ?? '')) return imported(trace, use, declared, path);
  const isOfFunction = declared.enclosingFunction !== undefined;
  if (!isOfFunction && !isConstant(declared, declaration) && !isInOrder(use, declared, declaration))
    return ofFile(trace, use, declared, declaration, path);
  const origins = ofWrites(trace, use, declared, declaration, path);
  return origins.map((origin) => {
    // A request is shown where it is read.
    const node = origin.kind === 'source' && origin.node.is(declared) ? use : origin.node;
    return { ...origin, node, references: [...origin.references, use] };
  });
}

/** `arguments` is what a function is given, as a rest parameter at its beginning would be. */
function originsOfArguments(use: Node, path: Path): Origins | undefined {
  let fn = use.enclosingFunction;
  while (fn?.kind === 'arrow_function') fn = fn.enclosingFunction;
  return fn && [{ kind: 'parameter', fn, index: 0, isRest: true, path, node: use, ...UNTOUCHED }];
}

const IMPORTING = /^(?:import_|namespace_import)/;

function imported(trace: Trace, use: Node, declared: Node, path: Path): Origins {
  const name = canonicalName(declared);
  const source = name === undefined ? undefined : trace.model.sourceNamed(name);
  if (source) return [{ kind: 'source', source, path, node: use, ...UNTOUCHED }];
  // What is written so is a constant of another file.
  return /^[A-Z][A-Z\d_]*$/.test(use.text) ? NO_ORIGINS : unknown(use);
}

function isConstant(declared: Node, declaration: Declaration): boolean {
  const { parent } = declared;
  return parent?.parent?.hasKeyword('const') === true || !declared.item.file.isAssigned(declaration.name);
}

/** Whether no function writes or reads: what is written at the top of a file is run from above to below. */
function isInOrder(use: Node, declared: Node, declaration: Declaration): boolean {
  return (
    use.enclosingFunction === undefined &&
    writesTo(declared, declaration).every(({ node }) => node.enclosingFunction === undefined)
  );
}

/** A variable of the file that is assigned somewhere: functions run in any order. */
function ofFile(trace: Trace, use: Node, declared: Node, declaration: Declaration, path: Path): Origins {
  const binding = bindingOf(declared);
  if (binding.how !== 'value') return unknown(use);
  return trace.all(assignedValues(declaration, declared), joined(binding.path, path));
}

/** A variable that is written more often is not followed. */
const MOST_WRITES = 300;

function ofWrites(trace: Trace, use: Node, declared: Node, declaration: Declaration, path: Path): Origins {
  const found: Origins[] = [];
  const add = (origins: Origins, since: number) => {
    if (origins.length === 0) return;
    const checked = checkedOnTheWay(trace, use, path, declared, declaration, since);
    // Who checks a whole request, checks mostly who sends it.
    const isRequest = (origin: Origin) => origin.kind === 'source' && origin.node.is(declared);
    for (const origin of origins) {
      const isUnknown = isRequest(origin) ? checked.isExactlyUnknown : checked.isUnknown;
      found.push(cleaned([origin], checked.clean, isUnknown));
    }
  };
  const writes = writesTo(declared, declaration);
  if (writes.length > MOST_WRITES) {
    trace.isPartial = true;
    return NO_ORIGINS;
  }
  const replacing = new Replacing(
    writes.flatMap(({ node, replaces, path: into }) => {
      const statement = replaces && matchOf(path, into)?.isAll ? node.parent : undefined;
      return statement?.kind === 'expression_statement' ? [statement] : [];
    }),
  );
  let isReplaced = false;
  /** What stands before it was replaced, whichever branch was taken. */
  let first = -1;
  for (const write of [...writes].reverse()) {
    const match = matchOf(path, write.path);
    const order = match ? orderOf(write.node, use, declared) : 'never';
    if (!match || order === 'never') continue;
    isReplaced = write.node.end <= first;
    if (isReplaced) break;
    const into = trace.model.cleanInto(write.path);
    add(cleaned(trace.of(write.value, joined(write.from, match.rest)), into), write.node.start);
    const isBefore = write.node.end <= use.start;
    if (!isBefore || !write.replaces || !match.isAll) continue;
    isReplaced = order === 'always';
    if (isReplaced) break;
    first = Math.max(first, branchingOver(write.node, use, declared, replacing)?.start ?? -1);
  }
  if (!isReplaced && first < 0) add(ofBinding(trace, declared, bindingOf(declared), path), -1);
  return storedIn(found.flat(), declared);
}

/** A check of `x` is one of all that is in it, a check of `x.y` one of `x.y`. */
function checkedOnTheWay(
  trace: Trace,
  use: Node,
  path: Path,
  declared: Node,
  declaration: Declaration,
  since: number,
): Checked & { readonly isExactlyUnknown: boolean } {
  let { clean, isUnknown } = UNCHECKED;
  let isExactlyUnknown = false;
  for (let length = 0; length <= path.length; length++) {
    const checked = checkedAt(use, path.slice(0, length), declared, declaration, trace.model, since);
    clean |= checked.clean;
    isUnknown ||= checked.isUnknown;
    if (length > 0) isExactlyUnknown ||= checked.isUnknown;
  }
  return { clean, isUnknown, isExactlyUnknown };
}

function storedIn(origins: Origins, declared: Node): Origins {
  const isNamed = declared.parent !== undefined && !isParameter(declared);
  return isNamed ? via(origins, { node: declared, how: 'stored', name: declared.text }) : origins;
}

function isParameter(declared: Node): boolean {
  return bindingOf(declared).how === 'parameter';
}

function ofBinding(trace: Trace, declared: Node, binding: Binding, path: Path): Origins {
  const whole = joined(binding.path, path);
  const defaults = trace.all(binding.defaults, path);
  switch (binding.how) {
    case 'value':
      return [...trace.of(binding.value, whole), ...defaults];
    case 'element':
      return trace.of(binding.value, longer(ELEMENT, whole));
    case 'parameter':
      return [...originsOfParameter(trace, declared, binding, whole), ...defaults];
    default:
      // A function or a class by name is code, not data.
      return FUNCTION_KINDS.has(declared.parent?.kind ?? 'other') ? NO_ORIGINS : unknown(declared);
  }
}

/** `this.name`: all that the class assigns to it, in whatever order its methods run. */
export function originsOfField(trace: Trace, node: Node, name: string, path: Path): Origins {
  const member = memberOfClass(name, node);
  const holder = member?.parent;
  const values: Origins[] = [];
  if (holder?.kind === 'public_field_definition') values.push(trace.of(holder.child('value'), path));
  else if (member && (holder?.kind === 'required_parameter' || holder?.kind === 'optional_parameter')) {
    const fn = holder.enclosingFunction;
    const list = fn?.child('parameters');
    const index = list ? parametersOf(list).findIndex((part) => part.is(holder)) : -1;
    if (fn && index >= 0) {
      const origin: Origin = {
        kind: 'parameter',
        fn,
        index,
        isRest: false,
        path,
        node: member,
        ...UNTOUCHED,
      };
      values.push([origin]);
    }
  }
  const writes = fieldWrites(node, name);
  if (!member && writes.length === 0) return ofThis(trace, node, [name, ...path]);
  for (const value of writes) values.push(trace.of(value, path));
  const [first] = writes;
  return via(values.flat(), { node: member ?? first?.parent ?? node, how: 'stored', name: `this.${name}` });
}

/** What a library puts into `this` of a function that it calls, as Koa 1 does. */
function ofThis(trace: Trace, node: Node, path: Path): Origins {
  let fn = node.enclosingFunction;
  while (fn?.kind === 'arrow_function') fn = fn.enclosingFunction;
  const source = fn && trace.model.sourceInThis(fn, path);
  return source ? [{ kind: 'source', source, path, node, ...UNTOUCHED }] : unknown(node);
}

function fieldWrites(inside: Node, name: string): readonly Node[] {
  const body = inside.enclosing(CLASS_BODY);
  if (!body) return fieldsWrittenNear(inside, name);
  if (!body.text.includes(`this.${name} =`)) return [];
  return fieldsWrittenIn(body).get(name) ?? [];
}

/** What a class assigns to its fields, by their names. One walk for all of them: large classes have hundreds. */
const fieldsWrittenIn = rememberedByNode((body: Node): ReadonlyMap<string, readonly Node[]> => {
  const fields = new Map<string, Node[]>();
  for (const node of body.walk()) {
    const target = node.kind === 'assignment_expression' ? node.child('left') : undefined;
    const name = target?.child('object')?.kind === 'this' ? target.child('property')?.text : undefined;
    const value = name === undefined ? undefined : node.child('right');
    if (name === undefined || !value) continue;
    const values = fields.get(name);
    if (values) values.push(value);
    else fields.set(name, [value]);
  }
  return fields;
});

const CLASS_BODY: ReadonlySet<Kind> = new Set<Kind>(['class_body']);
