/** What the items in an item declare for it, and which names an item has a say in. */
import { type Declaration, declarationsOf, type Scope, type ScopeSort, scopeAround } from './declarations';
import type { Item } from './item';

/** What the items in an item declare into its scopes, by the node that opens the scope. */
export function scopesOfNestedIn(item: Item): ReadonlyMap<number, Scope> {
  const scopes = new Map<number, Scope>();
  for (const inner of item.withNested()) {
    if (inner === item) continue;
    const { toBlock, toFunction, toClass } = declarationsOf(inner);
    if (toBlock.length > 0) declareInto(scopes, scopeFor(inner, item, 'block'), toBlock);
    if (toFunction.length > 0) declareInto(scopes, scopeFor(inner, item, 'function'), toFunction);
    if (toClass.length > 0) declareInto(scopes, scopeFor(inner, item, 'class'), toClass);
  }
  return scopes;
}

/**
 * The node of an item that opens the scope which an item somewhere inside declares into; undefined when that
 * scope begins further in, in an item between, or further out.
 */
function scopeFor(inner: Item, item: Item, of: ScopeSort): number | undefined {
  let { slot, parent } = inner;
  while (parent && parent !== item && scopeAround(parent, slot, of) === undefined)
    ({ slot, parent } = parent);
  return parent === item ? scopeAround(item, slot, of) : undefined;
}

function declareInto(
  scopes: Map<number, Scope>,
  at: number | undefined,
  declared: readonly Declaration[],
): void {
  if (at === undefined || declared.length === 0) return;
  const scope = scopes.get(at) ?? new Map<string, Declaration>();
  scopes.set(at, scope);
  for (const declaration of declared)
    if (!scope.has(declaration.name)) scope.set(declaration.name, declaration);
}

/** The names whose meaning outside an item may change when the item comes or goes. */
export function namesAffectedBy(item: Item): string[] {
  const own = outwardNames(item);
  if (item.nested.size === 0) return own;
  // Around other items, it also decides what these see, and who sees what they declare.
  const scopes = [...declarationsOf(item).scopes.values()].flatMap((scope) => [...scope.keys()]);
  return [...own, ...scopes, ...item.withNested().flatMap(outwardNames)];
}

function outwardNames(item: Item): string[] {
  const { toBlock, toFunction, toClass, assigned } = declarationsOf(item);
  return [...toBlock, ...toFunction, ...toClass].map(({ name }) => name).concat(assigned);
}
