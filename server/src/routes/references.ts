/** What expressions of one file refer to: collects the functions, classes and routers that anything refers to. */
import { memberOfClass } from '../analysis/class-member';
import { callAt } from '../analysis/item-facts';
import { FUNCTION_KINDS, type Kind } from '../analysis/kind';
import { propertyName, stringLiteral, unwrap } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import type { Node } from '../analysis/node';
import { resultsOf } from '../analysis/results';
import type { SourceFile } from '../analysis/source-file';
import { initializerOf } from '../analysis/value';
import { nameOfFunction } from '../models/auth/guard';
import { madeRouter } from '../models/routers';
import { type ClassFacts, type FunctionFacts, NOTHING_KNOWN, type Part, type Ref } from './facts';
import { isProcedureRouter } from './procedure-router';
import { importCall, importRef, madeAt, member, parameterPlace, rootOf, shown, textsIn } from './ref-parts';
import { isRelevantFunction } from './relevance';
import { whatItDoes } from './what-it-does';

/** So many steps are followed from one expression. */
const DEEPEST = 24;
/** More functions of one file are not looked at. */
const MOST_FUNCTIONS = 600;
const MOST_CALLS = 24;
const DEEPEST_CALLS = 1;
const LONGEST_NAME = 80;

const CLASSES: ReadonlySet<Kind> = new Set<Kind>([
  'class_declaration',
  'abstract_class_declaration',
  'class',
]);
/** Of what is handed to a call, functions and routers matter. */
const DATA: ReadonlySet<Kind> = new Set<Kind>([
  'object',
  'string',
  'number',
  'template_string',
  'true',
  'false',
]);
const IMPORTING: ReadonlySet<Kind> = new Set<Kind>([
  'import_specifier',
  'import_clause',
  'namespace_import',
  'import_require_clause',
]);

export class References {
  readonly functions: Record<string, FunctionFacts> = {};
  readonly classes: Record<string, ClassFacts> = {};
  readonly file: SourceFile;
  #functionCount = 0;
  /** So many functions, one called by the other, are being looked at. */
  #inside = 0;
  readonly #ids = new Map<string, string>();

  constructor(file: SourceFile) {
    this.file = file;
  }

  /** @param at where it is put, if that is not the expression itself. */
  part(expression: Node, isConditional = false): Part {
    const { start, end } = expression;
    const part: Part = { start, end, name: shown(expression), ref: this.of(expression) };
    return isConditional ? { ...part, isConditional } : part;
  }

  of(expression: Node): Ref {
    return this.#of(expression, DEEPEST);
  }

  /** The id of a router that an expression is or makes, in this file; undefined for what is none. */
  groupId(expression: Node): string | undefined {
    const ref = this.of(expression);
    return ref.is === 'group' ? ref.id : undefined;
  }

  #of(expression: Node, steps: number): Ref {
    if (steps <= 0) return NOTHING_KNOWN;
    const node = unwrap(expression);
    if (FUNCTION_KINDS.has(node.kind)) return this.#function(node);
    if (CLASSES.has(node.kind)) return this.#class(node);
    switch (node.kind) {
      case 'identifier':
      case 'shorthand_property_identifier':
        return this.#identifier(node, steps);
      case 'member_expression':
        return this.#member(node, steps);
      case 'call_expression':
      case 'new_expression':
        return this.#call(node, steps);
      case 'await_expression':
        return node.parts[0] ? this.#of(node.parts[0], steps - 1) : NOTHING_KNOWN;
      case 'assignment_expression': {
        const value = node.child('right');
        return value ? this.#of(value, steps - 1) : NOTHING_KNOWN;
      }
      case 'array':
        return { is: 'list', parts: node.parts.slice(0, 40).map((part) => this.#of(part, steps - 1)) };
      case 'spread_element':
        return node.parts[0] ? this.#of(node.parts[0], steps - 1) : NOTHING_KNOWN;
      case 'object':
        return this.#object(node, steps);
      default:
        return NOTHING_KNOWN;
    }
  }

  #identifier(node: Node, steps: number): Ref {
    const { file } = this;
    const declaration = file.lookUp(node.text, node);
    if (!declaration) return NOTHING_KNOWN;
    const at = file.nodeOf(declaration);
    const { parent } = at;
    if (!parent) return NOTHING_KNOWN;
    if (IMPORTING.has(parent.kind)) return importRef(at, parent);
    if (FUNCTION_KINDS.has(parent.kind)) {
      return at.field === 'name' ? this.#function(parent) : this.#parameter(at);
    }
    if (CLASSES.has(parent.kind)) return this.#class(parent);
    const bound = initializerOf(declaration, at) ?? this.#onlyValue(parent);
    if (!bound) return parent.kind === 'variable_declarator' ? NOTHING_KNOWN : this.#parameter(at);
    const made = bound.path.length === 0 && madeRouter(canonicalName(bound.value) ?? '');
    // A chain begins where what makes the router does.
    if (made) return { is: 'group', id: `@${madeAt(bound.value).start}` };
    const value = this.#of(bound.value, steps - 1);
    return bound.path.reduce(member, value);
  }

  /** `let app; app = express();` counts like a value from the beginning. */
  #onlyValue(declarator: Node): { readonly value: Node; readonly path: readonly string[] } | undefined {
    const value = declarator.kind === 'variable_declarator' ? declarator.child('value') : undefined;
    const isPlain = declarator.child('name')?.kind === 'identifier';
    return value && isPlain ? { value, path: [] } : undefined;
  }

  /** A parameter is a router for whoever registers something on it; `registrations.ts` decides. */
  #parameter(at: Node): Ref {
    const place = parameterPlace(at);
    if (!place) return NOTHING_KNOWN;
    // Applications hand it on: `module.exports = (app, passport) => …`
    if (at.text === 'passport') return { is: 'import', from: 'passport', path: [] };
    return { is: 'group', id: `${this.#functionId(place.fn)}#${place.argument}` };
  }

  #member(node: Node, steps: number): Ref {
    const [object, property] = [node.child('object'), node.child('property')];
    const name = property && propertyName(property);
    if (!object || name === undefined) return NOTHING_KNOWN;
    if (object.kind === 'this') return this.#ofThis(name, node, steps);
    return member(this.#of(object, steps - 1), name);
  }

  /** `this.authenticate`, `this.router`, in a class. */
  #ofThis(name: string, node: Node, steps: number): Ref {
    const holder = node.enclosing(CLASSES);
    if (!holder) return NOTHING_KNOWN;
    const declared = memberOfClass(name, node)?.parent;
    if (declared?.kind === 'method_definition') return this.#function(declared);
    const value = declared?.kind === 'public_field_definition' ? declared.child('value') : undefined;
    if (value && FUNCTION_KINDS.has(unwrap(value).kind)) return this.#of(value, steps - 1);
    return { is: 'group', id: `${this.#className(holder)}.${name}` };
  }

  #call(node: Node, steps: number): Ref {
    const call = callAt(node);
    if (!call) return importCall(node) ?? NOTHING_KNOWN;
    if (madeRouter(canonicalName(node) ?? '') || isProcedureRouter(call))
      return { is: 'group', id: `@${node.start}` };
    const [first] = call.args;
    if (call.callee.kind === 'identifier' && call.callee.text === 'require' && first) {
      const from = stringLiteral(unwrap(first));
      return from === undefined ? NOTHING_KNOWN : { is: 'import', from, path: [] };
    }
    const object = call.callee.child('object');
    if (call.method === 'bind' && object) return this.#of(object, steps - 1);
    const args = call.args
      .slice(0, 8)
      .filter((arg) => !DATA.has(arg.kind))
      .map((arg) => this.#of(arg, Math.min(steps - 1, 6)))
      .filter((ref) => ref.is !== 'unknown');
    return { is: 'call', of: this.#of(call.callee, steps - 1), texts: textsIn(call.args), args };
  }

  #object(node: Node, steps: number): Ref {
    const members: Record<string, Ref> = {};
    // Deeper ones are data.
    const next = Math.min(steps - 1, 4);
    for (const part of node.parts.slice(0, 80)) {
      if (part.kind === 'shorthand_property_identifier') members[part.text] = this.#of(part, next);
      else if (part.kind === 'method_definition')
        members[part.child('name')?.text ?? ''] = this.#relevant(part);
      else if (part.kind === 'pair') {
        const [key, value] = [part.child('key'), part.child('value')];
        const name = key && propertyName(key);
        if (name === undefined || !value) continue;
        const isFunction = FUNCTION_KINDS.has(unwrap(value).kind);
        members[name] = isFunction ? this.#relevant(unwrap(value)) : this.#of(value, next);
      }
    }
    for (const name of Object.keys(members)) if (members[name]?.is === 'unknown') delete members[name];
    return { is: 'object', members };
  }

  #relevant(fn: Node): Ref {
    return isRelevantFunction(fn, '') ? this.#function(fn) : NOTHING_KNOWN;
  }

  #function(fn: Node): Ref {
    const id = this.#functionId(fn);
    if (!Object.hasOwn(this.functions, id) && this.#functionCount < MOST_FUNCTIONS) {
      this.#functionCount++;
      this.#inside++;
      const { start, end } = fn;
      const facts = { start, end, name: nameOfFunction(fn), ...whatItDoes(fn) };
      // It may call itself, and what it calls may call it.
      this.functions[id] = { ...facts, calls: [], answers: undefined, members: {} };
      this.functions[id] = {
        ...facts,
        calls: this.#callsIn(fn),
        answers: this.#answerOf(fn),
        members: this.#membersOf(fn),
      };
      this.#inside--;
    }
    return { is: 'function', id };
  }

  #functionId(fn: Node): string {
    const key = `${fn.item.stamp}:${fn.index}`;
    let id = this.#ids.get(key);
    if (id === undefined) {
      const holder = fn.kind === 'method_definition' ? fn.parent?.parent : undefined;
      const owner = holder && CLASSES.has(holder.kind) ? `${this.#className(holder)}.` : '';
      const name =
        fn.child('name')?.text ??
        (fn.parent?.kind === 'variable_declarator' ? fn.parent.child('name')?.text : '');
      id = `${owner}${name ?? ''}@${fn.start}`;
      this.#ids.set(key, id);
    }
    return id;
  }

  /** The functions of this file and of others that are called in one, those that are handed on among them. */
  #callsIn(fn: Node): readonly Part[] {
    const parts: Part[] = [];
    if (this.#inside > DEEPEST_CALLS) return parts;
    const seen = new Set<string>();
    for (const node of fn.child('body')?.walk() ?? []) {
      if (node.kind !== 'call_expression') continue;
      const callee = node.child('function');
      if (!callee || parts.length >= MOST_CALLS) continue;
      const written = callee.text.slice(0, LONGEST_NAME);
      if (
        seen.has(written) ||
        /^(?:console|res|response|reply|JSON|Object|Math|Number|String|Array)\b/.test(written)
      )
        continue;
      // Decorators put together: `applyDecorators(UseGuards(JwtAuthGuard))`
      if (callee.text === 'UseGuards') {
        for (const arg of callAt(node)?.args ?? []) parts.push(this.part(arg));
        continue;
      }
      const ref = this.of(callee);
      if (ref.is === 'unknown' || rootOf(ref).is === 'unknown' || rootOf(ref).is === 'group') continue;
      seen.add(written);
      parts.push({ start: node.start, end: node.end, name: shown(callee), ref });
    }
    return parts;
  }

  /** `this.isLoggedIn = (req, res, next) => …` in a function that makes objects, and in a constructor. */
  #membersOf(fn: Node): Readonly<Record<string, Ref>> {
    const members: Record<string, Ref> = {};
    if (fn.kind === 'arrow_function' || !/^[A-Z]|^constructor/.test(fn.child('name')?.text ?? ''))
      return members;
    for (const node of fn.child('body')?.walkOwn() ?? []) {
      const left = node.kind === 'assignment_expression' ? node.child('left') : undefined;
      const [value, name] = [node.child('right'), left?.child('property')?.text];
      if (!value || name === undefined || left?.child('object')?.kind !== 'this') continue;
      if (FUNCTION_KINDS.has(unwrap(value).kind)) members[name] = this.#relevant(unwrap(value));
    }
    return members;
  }

  #answerOf(fn: Node): Ref | undefined {
    const results = resultsOf(fn);
    const last = results.at(-1);
    if (!last || results.length > 6) return undefined;
    const ref = this.of(last);
    return rootOf(ref).is === 'unknown' ? undefined : ref;
  }

  #class(node: Node): Ref {
    const id = this.#className(node);
    if (!Object.hasOwn(this.classes, id)) {
      const { start, end } = node;
      const members: Record<string, Ref> = {};
      this.classes[id] = { start, end, name: node.child('name')?.text ?? '', members, parent: undefined };
      for (const part of node.child('body')?.parts ?? []) {
        const name = part.child('name')?.text;
        if (name === undefined) continue;
        const value = part.kind === 'public_field_definition' ? part.child('value') : undefined;
        if (part.kind === 'method_definition') members[name] = this.#relevant(part);
        else if (value && FUNCTION_KINDS.has(unwrap(value).kind))
          members[name] = this.#relevant(unwrap(value));
        else if (part.kind === 'public_field_definition')
          members[name] = { is: 'group', id: `${id}.${name}` };
      }
      const heritage = node.childOf('class_heritage');
      const extended = heritage?.childOf('extends_clause')?.child('value') ?? heritage?.parts[0];
      const parent = extended && extended.kind !== 'implements_clause' ? this.of(extended) : undefined;
      this.classes[id] = { start, end, name: node.child('name')?.text ?? '', members, parent };
    }
    return { is: 'class', id };
  }

  #className(node: Node): string {
    return node.child('name')?.text ?? `class@${node.start}`;
  }
}
