/** Where a variable stands in the function, or in the file, that declares it. */
import type { Declaration } from '../declarations';
import type { Item } from '../item';
import { Node } from '../node';
import { rememberedByNode } from '../remembered';
import { usesOf } from '../uses';

/**
 * All places that use a variable, in the order of the text, its declaration not among them. Of a variable that a
 * function declares only that function is looked at, for one of the file all of it.
 *
 * @param declared the identifier that the declaration puts in scope.
 */
export const occurrencesOf = rememberedByNode((declared: Node, declaration: Declaration): readonly Node[] => {
  const fn = declared.enclosingFunction;
  const { file } = declared.item;
  if (!fn) return [...usesOf(declaration, file)].sort((a, b) => a.start - b.start);
  const key = file.declarationKey(declaration);
  const found: Node[] = [];
  for (const node of namedIn(fn, declaration.name)) {
    if (node.is(declared)) continue;
    if (file.declarationKey(file.lookUp(declaration.name, node)) === key) found.push(node);
  }
  return found.sort((a, b) => a.start - b.start);
});

function* namedIn(scope: Node, name: string): Generator<Node> {
  interface Part {
    readonly item: Item;
    readonly from: number;
    readonly to: number;
  }
  const open: Part[] = [{ item: scope.item, from: scope.index, to: scope.item.nextAt(scope.index) }];
  for (let part = open.pop(); part; part = open.pop()) {
    const { item, from, to } = part;
    item.file.reads?.noteItem(item);
    for (const index of item.indicesNamed(name)) {
      if (from <= index && index < to) yield new Node(item, index);
    }
    for (const [slot, nested] of item.nested) {
      if (from <= slot && slot < to) open.push({ item: nested, from: 0, to: nested.size });
    }
  }
}
