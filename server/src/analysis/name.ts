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
import { memberOfClass } from './class-member';
import type { Declaration } from './declarations';
import type { Kind } from './kind';
import { propertyName, stringLiteral, unwrap } from './literal';
import type { Node } from './node';
import { rememberedByName, rememberedByNode } from './remembered';
import { initializerOf } from './value';

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
  const owner = object && property !== undefined ? nameOf(object, steps - 1) : undefined;
  return owner && join(owner, property as string);
}

/** `run = exec;` in a class, and `this.run` in its methods. */
function nameOfField(name: string, at: Node, steps: number): string | undefined {
  const field = memberOfClass(name, at)?.parent;
  // What it is declared as says more than a factory of any name: see `nameByType`.
  const isNamed = field?.kind === 'public_field_definition' && !field.child('type');
  const value = isNamed ? field.child('value') : undefined;
  return value && nameOf(value, steps - 1);
}

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
  if (name === 'globalThis.require') return first && moduleName(stringLiteral(unwrap(first)));
  if (name === 'util.promisify') return first && nameOf(first, steps - 1);
  if (name === '@angular/core.inject') {
    const type = first && nameOf(first, steps - 1);
    return type && `${type}()`;
  }
  return name && `${name}()`;
}

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
  const bound = initializerOf(declaration, at);
  const name = bound && nameOf(bound.value, steps);
  return name && bound.path.reduce(join, name);
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
