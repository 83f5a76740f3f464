/** Pieces of references: members, imports, parameters, constant arguments, and how something is shown. */
import { FUNCTION_KINDS } from '../analysis/kind';
import { stringLiteral, unwrap } from '../analysis/literal';
import type { Node } from '../analysis/node';
import { constantString } from '../analysis/value';
import { nameOfFunction, namesOfParameters } from '../models/auth/guard';
import { NOTHING_KNOWN, type Ref } from './facts';

const LONGEST_NAME = 80;

/** `const app = module.exports = await createApp()` */
export function madeAt(value: Node): Node {
  let node = unwrap(value);
  for (let steps = 6; steps > 0; steps--) {
    const inner =
      node.kind === 'assignment_expression'
        ? node.child('right')
        : node.kind === 'await_expression'
          ? node.parts[0]
          : undefined;
    if (!inner) break;
    node = unwrap(inner);
  }
  return node;
}

/** The member of what a reference means. */
export function member(of: Ref, name: string): Ref {
  if (of.is === 'unknown') return of;
  if (of.is === 'import') return { ...of, path: [...of.path, name] };
  if (of.is === 'object')
    return (Object.hasOwn(of.members, name) ? of.members[name] : undefined) ?? NOTHING_KNOWN;
  return { is: 'member', of, name };
}

export function rootOf(ref: Ref): Ref {
  let root = ref;
  while (root.is === 'member' || root.is === 'call') root = root.of;
  return root;
}

/** The function that an identifier is a parameter of, and which one: `0`, or `0.app` where it is taken apart. */
export function parameterPlace(at: Node): { readonly fn: Node; readonly argument: string } | undefined {
  const fn = at.enclosingFunction;
  if (!fn) return undefined;
  if (fn.child('parameter')?.is(at)) return { fn, argument: '0' };
  const parameters = fn.child('parameters')?.parts ?? [];
  const index = parameters.findIndex((parameter) => parameter.contains(at));
  const parameter = parameters[index];
  if (!parameter) return undefined;
  const pattern = parameter.child('pattern') ?? parameter;
  if (pattern.is(at) || pattern.child('left')?.is(at)) return { fn, argument: String(index) };
  if (pattern.kind !== 'object_pattern') return undefined;
  const own = pattern.parts.find((part) => part.contains(at));
  const name = own && (own.child('key') ?? own).text;
  return name === undefined ? undefined : { fn, argument: `${index}.${name}` };
}

export function importRef(at: Node, parent: Node): Ref {
  const statement = [...at.ancestors()].find(({ kind }) => kind === 'import_statement');
  const source =
    parent.kind === 'import_require_clause'
      ? (parent.child('source') ?? parent.childOf('string'))
      : statement?.child('source');
  const from = source && stringLiteral(source);
  if (from === undefined) return NOTHING_KNOWN;
  if (parent.kind === 'import_clause') return { is: 'import', from, path: ['default'] };
  if (parent.kind !== 'import_specifier') return { is: 'import', from, path: [] };
  const name = parent.child('name');
  return { is: 'import', from, path: [(name && (stringLiteral(name) ?? name.text)) ?? 'default'] };
}

/** `import('./routes')` */
export function importCall(node: Node): Ref | undefined {
  const callee = node.child('function');
  const first = node.child('arguments')?.parts[0];
  const from = callee?.kind === 'import' && first ? stringLiteral(unwrap(first)) : undefined;
  return from === undefined ? undefined : { is: 'import', from, path: [] };
}

/** Constant texts among arguments: `requireRole('admin')`, `allow(['admin', 'editor'])`, `can({ action: 'edit' })`. */
export function textsIn(args: readonly Node[]): readonly string[] {
  const texts: string[] = [];
  for (const arg of args.slice(0, 8)) {
    const node = unwrap(arg);
    const values =
      node.kind === 'array'
        ? node.parts
        : node.kind === 'object'
          ? node.parts.flatMap((part) => part.child('value') ?? [])
          : [node];
    for (const value of values.slice(0, 8)) {
      const named = /^[A-Z]\w*\.\w+$/.test(value.text) ? value.text : undefined;
      const text = FUNCTION_KINDS.has(value.kind) ? undefined : (constantString(value) ?? named);
      if (text !== undefined && text.length <= 60 && texts.length < 8) texts.push(text);
    }
  }
  return texts;
}

/** How something is called in lists of guards: as written, on one line, without the body of a function. */
export function shown(expression: Node): string {
  const node = unwrap(expression);
  if (FUNCTION_KINDS.has(node.kind)) {
    const name = nameOfFunction(node);
    return node.child('name') ? name : `(${namesOfParameters(node).join(', ')}) => …`;
  }
  const text = node.text.slice(0, 4 * LONGEST_NAME).replace(/\s+/g, ' ');
  return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
}
