/** What functions put into fields of `this` where there is no class: `function Store(path) { this.path = path; }`. */
import { MEMBERS } from '../item-keys';
import { Node } from '../node';
import type { SourceFile } from '../source-file';
import { ownerOf } from './members';

interface FieldWrite {
  readonly value: Node;
  /** What is made, as it is written. */
  readonly makers: readonly string[];
}

/** More is not looked at: a field that is written so often holds anything. */
const MOST_WRITES = 8;

/** What `this.name` is given in the function that makes the object, and in the methods of its prototype. */
export function fieldsWrittenNear(inside: Node, name: string): readonly Node[] {
  const makers = makersAround(inside);
  if (makers.length === 0) return [];
  const written = fieldWritesIn(inside.item.file, name).filter((each) =>
    each.makers.some((maker) => makers.includes(maker)),
  );
  return written.length > MOST_WRITES ? [] : written.map(({ value }) => value);
}

function fieldWritesIn(file: SourceFile, name: string): readonly FieldWrite[] {
  return file.ofWholeFile(`fields written as ${name}`, () =>
    file.itemsWith(MEMBERS, name).flatMap((item) =>
      item.indicesOf('assignment_expression').flatMap((index): FieldWrite[] => {
        const node = new Node(item, index);
        const target = node.child('left');
        if (target?.child('object')?.kind !== 'this' || target.child('property')?.text !== name) return [];
        const value = node.child('right');
        const makers = value ? makersAround(node) : [];
        return value && makers.length > 0 ? [{ value, makers }] : [];
      }),
    ),
  );
}

/** What `this` is in a place outside of classes: `Store` in the function of that name and in its methods. */
function makersAround(place: Node): readonly string[] {
  let fn = place.enclosingFunction;
  while (fn?.kind === 'arrow_function') fn = fn.enclosingFunction;
  if (!fn || (fn.kind === 'method_definition' && fn.parent?.kind === 'class_body')) return [];
  const owner = ownerOf(fn)?.replace(/\.(?:prototype|fn)$/, '');
  const names = [owner, ...namesOf(fn)];
  return names.filter((each): each is string => each !== undefined);
}

/** `var Store = (exports.Store = function () {})` */
function namesOf(fn: Node): readonly (string | undefined)[] {
  const names = fn.kind === 'function_declaration' ? [fn.child('name')?.text] : [];
  for (const outer of fn.ancestors()) {
    if (outer.kind === 'assignment_expression') names.push(outer.child('left')?.text);
    else if (outer.kind === 'variable_declarator') names.push(outer.child('name')?.text);
    else if (outer.kind !== 'parenthesized_expression') break;
  }
  return names;
}
