/**
 * Canonical names: what an expression refers to, in terms of modules and globals, whatever it is called in
 * this file. `import { exec as run } from 'node:child_process'` makes `run` mean `child_process.exec`.
 *
 * - A module's member is `module.path.to.member`; `node:` is dropped, and so is `.default`: default import,
 *   namespace import and `require` of a module all mean the module.
 * - A global is `globalThis.eval`; the two that Node also has as modules are `process` and `buffer.Buffer`.
 * - What a call or `new` answers is its callee's name with `()`: `crypto.createHash()`. What Angular injects is such an
 *   instance as well.
 * - Anything declared in the file itself, a parameter or a function, has no canonical name.
 */
import { memberOfClass, staticMember } from './class-member';
import type { Declaration } from './declarations';
import type { Kind } from './kind';
import { propertyName, stringLiteral, unwrap } from './literal';
import type { Node } from './node';
import { rememberedByName, rememberedByNode } from './remembered';
import { type Initializer, initializerOf, resolvedValue } from './value';

/** Deeper chains of aliases are not followed. */
const MOST_STEPS = 24;

const GLOBAL_OBJECTS: ReadonlySet<string> = new Set(['globalThis', 'window', 'self', 'global', 'frames']);
const GLOBALS_OF_MODULES: ReadonlyMap<string, string> = new Map([
  ['process', 'process'],
  ['Buffer', 'buffer.Buffer'],
]);
/** Members of modules that are the globals of the same name. */
const MODULES_OF_GLOBALS: ReadonlySet<string> = new Set(['timers']);

/** The canonical name of an expression, or undefined when it is not known for sure. */
export const canonicalName = rememberedByNode((expression) => nameOf(expression, MOST_STEPS));

function nameOf(expression: Node, steps: number): string | undefined {
  if (steps === 0) return undefined;
  const node = unwrap(expression);
  switch (node.kind) {
    case 'identifier':
    case 'shorthand_property_identifier':
      return nameOfIdentifier(node, steps);
    case 'member_expression': {
      const property = node.child('property');
      const object = node.child('object');
      if (object?.kind === 'this' && property) return nameOfField(property.text, node, steps);
      return member(object, property && propertyName(property), steps);
    }
    case 'subscript_expression': {
      const index = node.child('index');
      return member(node.child('object'), index && stringLiteral(unwrap(index)), steps);
    }
    case 'call_expression':
      return nameOfCall(node, steps);
    case 'new_expression': {
      const name = node.child('constructor');
      const type = name && nameOf(name, steps - 1);
      return type && `${type}()`;
    }
    case 'await_expression': {
      const inner = node.parts[0];
      return inner && nameOf(inner, steps - 1);
    }
    case 'assignment_expression': {
      // `const app = module.exports = express()`
      const value = node.child('right');
      return value && nameOf(value, steps - 1);
    }
    case 'sequence_expression': {
      // `(0, module.member)(…)`, as compilers write it.
      const last = node.child('right') ?? node.parts.at(-1);
      return last && nameOf(last, steps - 1);
    }
    default:
      return undefined;
  }
}

function nameOfIdentifier(node: Node, steps: number): string | undefined {
  const { file } = node.item;
  const text = node.text;
  const declaration = file.lookUp(text, node);
  return declaration ? nameOfDeclaration(declaration, file.nodeOf(declaration), steps - 1) : globalName(text);
}

const globalName = rememberedByName((name): string => {
  if (GLOBAL_OBJECTS.has(name)) return 'globalThis';
  return GLOBALS_OF_MODULES.get(name) ?? `globalThis.${name}`;
});

function member(object: Node | undefined, property: string | undefined, steps: number): string | undefined {
  if (!object || property === undefined) return undefined;
  const owner = nameOf(object, steps - 1);
  if (owner !== undefined) return join(owner, property);
  const value = object.kind === 'identifier' ? heldBy(object, property) : undefined;
  return value && nameOf(value, steps - 1);
}

/** `const tools = { run: exec };`, `class Tools { static run = exec; }`, and `tools.run`. */
function heldBy(owner: Node, property: string): Node | undefined {
  const { file } = owner.item;
  const declaration = file.lookUp(owner.text, owner);
  if (!declaration) return undefined;
  const declared = file.nodeOf(declaration).parent;
  if (declared?.kind === 'class_declaration') return staticMember(declared, property);
  const isObject = declared?.kind === 'variable_declarator' && declared.child('value')?.kind === 'object';
  const member = isObject ? owner.parent : undefined;
  const value = member?.kind === 'member_expression' ? resolvedValue(member) : undefined;
  return value && member && !value.is(member) && isReference(value) ? value : undefined;
}

/** What may name something of a module; a literal or a function does not. */
function isReference({ kind }: Node): boolean {
  return kind === 'identifier' || kind === 'member_expression' || kind === 'call_expression';
}

/** `run = exec;` in a class, `this.run = exec;` in its constructor, and `this.run` in its methods. */
function nameOfField(name: string, at: Node, steps: number): string | undefined {
  const field = memberOfClass(name, at)?.parent;
  if (!field) {
    const given = givenByConstructor(name, at);
    return given && nameOf(given, steps - 1);
  }
  // What it is declared as says more than a factory of any name: see `nameByType`.
  const isNamed = field?.kind === 'public_field_definition' && !field.child('type');
  const value = isNamed ? field.child('value') : undefined;
  return value && nameOf(value, steps - 1);
}

/** The one value that the constructor of the class around gives a field, among its own statements. */
function givenByConstructor(name: string, at: Node): Node | undefined {
  const body = memberOfClass('constructor', at)?.parent?.child('body');
  const values = body ? (fieldsGivenIn(body).get(name) ?? []) : [];
  return values.length === 1 ? values[0] : undefined;
}

const fieldsGivenIn = rememberedByNode((body: Node): ReadonlyMap<string, readonly Node[]> => {
  const fields = new Map<string, Node[]>();
  for (const statement of body.parts) {
    const assignment = statement.kind === 'expression_statement' ? statement.parts[0] : undefined;
    const target = assignment?.kind === 'assignment_expression' ? assignment.child('left') : undefined;
    const name = target?.child('object')?.kind === 'this' ? target.child('property')?.text : undefined;
    const value = assignment?.child('right');
    if (name === undefined || !value) continue;
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  return fields;
});

function join(owner: string, property: string): string {
  if (property === 'default') return owner;
  if (owner === 'globalThis' || MODULES_OF_GLOBALS.has(owner)) return globalName(property);
  return `${owner}.${property}`;
}

function nameOfCall(call: Node, steps: number): string | undefined {
  const callee = call.child('function');
  const first = call.child('arguments')?.parts[0];
  if (!callee) return undefined;
  if (callee.kind === 'import') return first && moduleName(stringLiteral(unwrap(first)));
  if (callee.kind === 'identifier' && INTEROP.test(callee.text)) return first && nameOf(first, steps - 1);
  const name = nameOf(callee, steps - 1);
  if (name === undefined) return undefined;
  if (LOADERS.has(name)) return first && moduleName(stringLiteral(unwrap(first)));
  if (PROMISING.has(name)) return first && nameOf(first, steps - 1);
  // `cp.exec.bind(cp)`, with nothing bound but `this`.
  if (name.endsWith('.bind') && call.child('arguments')?.parts.length === 1)
    return name.slice(0, -'.bind'.length);
  if (name === '@angular/core.inject') {
    const type = first && nameOf(first, steps - 1);
    return type && `${type}()`;
  }
  return `${name}()`;
}

const LOADERS: ReadonlySet<string> = new Set([
  'globalThis.require',
  'globalThis.module.require',
  'module.createRequire()',
  'process.mainModule.require',
]);
/** What makes a function answer with a promise, and leaves what it does as it is. */
const PROMISING: ReadonlySet<string> = new Set([
  'util.promisify',
  'bluebird.promisify',
  'pify',
  'es6-promisify',
  'es6-promisify.promisify',
  'thenify',
  'denodeify',
]);

/** What compilers put around `require`: `_interopRequireDefault(require('x'))`, `__importStar(require('x'))`. */
const INTEROP =
  /^(?:_interop(?:Require)?(?:Default|Wildcard|Namespace)\w*|__import(?:Default|Star)|__toESM)$/;

function moduleName(specifier: string | undefined): string | undefined {
  return specifier?.startsWith('node:') ? specifier.slice('node:'.length) : specifier;
}

/** @param at the identifier that the declaration puts in scope. */
function nameOfDeclaration(declaration: Declaration, at: Node, steps: number): string | undefined {
  const kind = at.parent?.kind;
  if (kind && IMPORTING.has(kind)) return nameOfImport(at);
  const bound = initializerOf(declaration, at) ?? loadedFor(at);
  const name = bound && nameOf(bound.value, steps);
  return name && bound.path.reduce(join, name);
}

/** `import(name).then((module) => …)`, `import(name).then(({ run }) => …)` */
function loadedFor(at: Node): Initializer | undefined {
  const path = at.kind === 'shorthand_property_identifier_pattern' ? [at.text] : [];
  const pattern = path.length > 0 ? at.parent : at;
  const parameter = /^(?:required|optional)_parameter$/.test(pattern?.parent?.kind ?? '')
    ? pattern?.parent
    : pattern;
  const list = parameter?.field === 'parameter' ? parameter : parameter?.parent;
  const fn = list?.kind === 'formal_parameters' || list?.field === 'parameter' ? list.parent : undefined;
  const call = fn?.parent?.kind === 'arguments' ? fn.parent.parent : undefined;
  const callee = call?.kind === 'call_expression' ? call.child('function') : undefined;
  const value = callee?.child('property')?.text === 'then' ? callee.child('object') : undefined;
  const isFirst =
    fn?.parent?.parts[0]?.is(fn) && (list?.is(parameter as Node) || list?.parts[0]?.is(parameter as Node));
  return value && isFirst && unwrap(value).child('function')?.kind === 'import' ? { value, path } : undefined;
}

const IMPORTING: ReadonlySet<Kind> = new Set<Kind>([
  'import_specifier',
  'import_clause',
  'namespace_import',
  'import_require_clause',
]);

/** What is imported under a name. Files import few and use them often. */
const nameOfImport = rememberedByNode((at): string | undefined => {
  const { parent } = at;
  switch (parent?.kind) {
    case 'import_specifier': {
      const imported = parent.child('name');
      const name = imported && (stringLiteral(imported) ?? imported.text);
      const module = importedModule(parent);
      return module && name && join(module, name);
    }
    case 'import_clause':
    case 'namespace_import':
      return importedModule(parent);
    case 'import_require_clause': {
      const source = parent.child('source') ?? parent.childOf('string');
      return source && moduleName(stringLiteral(source));
    }
    default:
      return undefined;
  }
});

function importedModule(clause: Node): string | undefined {
  for (const node of clause.ancestors()) {
    if (node.kind !== 'import_statement') continue;
    const source = node.child('source');
    return source && moduleName(stringLiteral(source));
  }
  return undefined;
}
