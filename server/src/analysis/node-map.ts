/** Values by nodes: a node is made anew each time it is reached, so its place in its item is the key. */
import type { Item } from './item';
import type { Node } from './node';

export class NodeMap<T> {
  readonly #byItem = new Map<Item, Map<number, T>>();

  get({ item, index }: Node): T | undefined {
    return this.#byItem.get(item)?.get(index);
  }

  set({ item, index }: Node, value: T): void {
    const known = this.#byItem.get(item);
    if (known) known.set(index, value);
    else this.#byItem.set(item, new Map([[index, value]]));
  }
}
