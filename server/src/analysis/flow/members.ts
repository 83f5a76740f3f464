/** Functions that are put into objects by assignment, as classes were written before there were any. */
import type { Item } from '../item';
import type { ItemKeys } from '../item-index';
import { FUNCTION_KINDS, type Kind } from '../kind';
import { propertyName, unwrap, wrapped } from '../literal';
import { Node } from '../node';
import type { SourceFile } from '../source-file';

/** A function that a property holds, and the object as it is written: `Store.prototype`, `exports`, `this`. */
interface Held {
  readonly fn: Node;
  readonly owner: string;
}

/** The function that `owner.name` is in a file, where an assignment or an object literal says so and no other does. */
export function functionHeldBy(object: Node, name: string): Node | undefined {
  const held = heldIn(object.item.file, name);
  if (held.length === 0) return undefined;
  const inner = unwrap(object);
  const owners = inner.kind === 'this' ? ownersAround(inner) : [inner.text];
  const found = held.filter(({ owner }) => owners.includes(owner) || owners.includes(ALIASES[owner] ?? ''));
  return found.length === 1 ? found[0]?.fn : undefined;
}

const ALIASES: Readonly<Record<string, string>> = { exports: 'module.exports', 'module.exports': 'exports' };

/** The names by which an item puts something into an object. */
const PUT: ItemKeys = {
  *of(item) {
    for (const node of puttingIn(item)) {
      const name = nameGivenBy(node);
      if (name !== undefined) yield name;
    }
  },
};

const PUTTING: readonly Kind[] = ['assignment_expression', 'pair', 'method_definition'];

function puttingIn(item: Item): readonly Node[] {
  return PUTTING.flatMap((kind) => item.indicesOf(kind).map((index) => new Node(item, index)));
}

/** `name` of `owner.name = …`, `{ name: … }` and `{ name() {} }`. */
function nameGivenBy(node: Node): string | undefined {
  if (node.kind === 'method_definition') return node.child('name')?.text;
  if (node.kind === 'assignment_expression') return node.child('left')?.child('property')?.text;
  const key = node.child('key');
  return key && propertyName(key);
}

/** The functions of a name that are held by properties. */
function heldIn(file: SourceFile, name: string): readonly Held[] {
  return file.ofWholeFile(`functions held as ${name}`, () =>
    file.itemsWith(PUT, name).flatMap((item) =>
      puttingIn(item).flatMap((node): Held[] => {
        if (nameGivenBy(node) !== name) return [];
        const [fn, owner] = heldBy(node);
        return fn && owner !== undefined && FUNCTION_KINDS.has(fn.kind) ? [{ fn, owner }] : [];
      }),
    ),
  );
}

/** What is put where, as it is written. */
function heldBy(node: Node): readonly [Node | undefined, string | undefined] {
  if (node.kind === 'assignment_expression') {
    const target = node.child('left');
    const object = target?.kind === 'member_expression' ? target.child('object') : undefined;
    return [innermost(node), object?.text];
  }
  const literal = node.parent?.kind === 'object' ? node.parent : undefined;
  const owner = literal && ownerOfLiteral(literal);
  if (node.kind === 'method_definition') return [node, owner];
  const value = node.child('value');
  return [value && unwrap(value), owner];
}

/** The last value of `a = b = function () {}`. */
function innermost(assignment: Node): Node | undefined {
  let value = assignment.child('right');
  while (value && unwrap(value).kind === 'assignment_expression') value = unwrap(value).child('right');
  return value && unwrap(value);
}

/** What an object literal is put into: `Store.prototype = { … }`, `const store = { … }`. */
function ownerOfLiteral(literal: Node): string | undefined {
  const node = wrapped(literal);
  const { parent } = node;
  if (node.field === 'right' && parent?.kind === 'assignment_expression') return parent.child('left')?.text;
  return node.field === 'value' && parent?.kind === 'variable_declarator'
    ? parent.child('name')?.text
    : undefined;
}

/** The objects that `this` may be in a function that is held by one. */
function ownersAround(place: Node): readonly string[] {
  for (let fn = place.enclosingFunction; fn; fn = fn.enclosingFunction) {
    const owner = ownerOf(fn);
    if (owner === undefined) continue;
    return [owner, ...(owner.endsWith('.prototype') ? [owner.slice(0, -'.prototype'.length)] : []), 'this'];
  }
  return [];
}

/** What holds a function, as it is written. */
export function ownerOf(fn: Node): string | undefined {
  const { parent } = fn;
  if (fn.kind === 'method_definition') return parent?.kind === 'object' ? ownerOfLiteral(parent) : undefined;
  if (parent?.kind === 'pair') return parent.parent && ownerOfLiteral(parent.parent);
  const target = parent?.kind === 'assignment_expression' ? parent.child('left') : undefined;
  return target?.kind === 'member_expression' ? target.child('object')?.text : undefined;
}
