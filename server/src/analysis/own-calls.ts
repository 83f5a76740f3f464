/** Where a class calls its own methods. */
import { type Call, callAt } from './item-facts';
import { indicesOfMember, MEMBERS } from './item-keys';
import { Node } from './node';

/** The calls `this.name(…)` in the body of a class. */
export function callsOfOwn(body: Node, name: string): readonly Call[] {
  const { file, stamp } = body.item;
  const nodes = file.ofWholeFile(`calls of ${name} in ${stamp}:${body.index}`, () =>
    file
      .itemsWith(MEMBERS, name)
      .flatMap((item) =>
        indicesOfMember(item, name).flatMap((index) => callOfThis(new Node(item, index)) ?? []),
      )
      .filter((call) => isIn(call, body)),
  );
  return nodes.flatMap((node) => callAt(node) ?? []);
}

/** The call of `this.name`, told by its name. */
function callOfThis(name: Node): Node | undefined {
  const callee = name.field === 'property' ? name.parent : undefined;
  if (callee?.child('object')?.kind !== 'this') return undefined;
  // The grammar reads `await f<T>(x)` as a call of `await f`.
  const outer = callee.parent?.kind === 'await_expression' ? callee.parent.parent : callee.parent;
  return outer && callAt(outer)?.callee.is(callee) ? outer : undefined;
}

function isIn(node: Node, body: Node): boolean {
  for (const outer of node.ancestors()) if (outer.is(body)) return true;
  return false;
}
