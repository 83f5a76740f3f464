/** Functions that are put into objects by assignment, as classes were written before there were any. */
import { FUNCTION_KINDS } from '../kind';
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
  const held = heldIn(object.item.file).get(name);
  if (!held) return undefined;
  const inner = unwrap(object);
  const owners = inner.kind === 'this' ? ownersAround(inner) : [inner.text];
  const found = held.filter(({ owner }) => owners.includes(owner) || owners.includes(ALIASES[owner] ?? ''));
  return found.length === 1 ? found[0]?.fn : undefined;
}

const ALIASES: Readonly<Record<string, string>> = { exports: 'module.exports', 'module.exports': 'exports' };

function heldIn(file: SourceFile): ReadonlyMap<string, readonly Held[]> {
  return file.ofWholeFile('functions held by properties', () => {
    const found = new Map<string, Held[]>();
    const add = (name: string | undefined, fn: Node | undefined, owner: string | undefined) => {
      if (name === undefined || !fn || owner === undefined || !FUNCTION_KINDS.has(fn.kind)) return;
      found.set(name, [...(found.get(name) ?? []), { fn, owner }]);
    };
    for (const item of file.items) {
      for (const index of item.indicesOf('assignment_expression')) {
        const node = new Node(item, index);
        const target = node.child('left');
        const object = target?.kind === 'member_expression' ? target.child('object') : undefined;
        add(target?.child('property')?.text, innermost(node), object?.text);
      }
      for (const index of item.indicesOf('pair')) {
        const node = new Node(item, index);
        const key = node.child('key');
        const value = node.child('value');
        add(key && propertyName(key), value && unwrap(value), node.parent && ownerOfLiteral(node.parent));
      }
      for (const index of item.indicesOf('method_definition')) {
        const node = new Node(item, index);
        const literal = node.parent?.kind === 'object' ? node.parent : undefined;
        add(node.child('name')?.text, node, literal && ownerOfLiteral(literal));
      }
    }
    return found;
  });
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
