/** Answers that are asked for again and again, by one rule after the other. */
import { cutOut } from './cut-out';
import type { Item } from './item';
import type { Node } from './node';

/** So many are kept, and all forgotten when there are more. What is longer than a name is not asked for twice. */
const MOST_NAMES = 10_000;
const LONGEST_NAME = 40;

/**
 * As a function of a name that depends on nothing else, remembering what it said.
 *
 * @param most how many names are kept.
 */
export function rememberedByName<T>(ask: (name: string) => T, most = MOST_NAMES): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    if (name.length > LONGEST_NAME) return ask(name);
    const answer = known.get(name);
    if (answer !== undefined || known.has(name)) return answer as T;
    if (known.size >= most) known.clear();
    const found = ask(name);
    known.set(cutOut(name), found);
    return found;
  };
}

/**
 * What has been asked of nodes. Where reads are recorded there is one for each evaluation of an item: what was read
 * for an answer is noted then, so it needs no second look.
 */
export class Answers {
  readonly #byItem = new Map<Item, (Map<number, unknown> | undefined)[]>();
  /** Who is asked of one item is mostly asked of it again. */
  #item: Item | undefined;
  #ofItem: (Map<number, unknown> | undefined)[] = [];

  /** The answers to a question, by its number, for the nodes of an item, by their index. */
  to(question: number, item: Item): Map<number, unknown> {
    if (item !== this.#item) {
      this.#item = item;
      const known = this.#byItem.get(item);
      this.#ofItem = known ?? [];
      if (!known) this.#byItem.set(item, this.#ofItem);
    }
    let answers = this.#ofItem[question];
    if (!answers) {
      answers = new Map();
      this.#ofItem[question] = answers;
    }
    return answers;
  }
}

/** All that are asked of nodes; their places are their numbers. */
const questions: unknown[] = [];

/**
 * As a question about a node, asked once for all who ask while the same `Answers` are kept.
 *
 * @param ask what is given besides the node must follow from it.
 */
export function rememberedByNode<T, Rest extends unknown[]>(
  ask: (node: Node, ...rest: Rest) => T,
): (node: Node, ...rest: Rest) => T {
  const question = questions.push(ask) - 1;
  return (node, ...rest) => {
    const known = node.item.file.answers?.to(question, node.item) as Map<number, T> | undefined;
    if (!known) return ask(node, ...rest);
    const answer = known.get(node.index);
    if (answer !== undefined || known.has(node.index)) return answer as T;
    const found = ask(node, ...rest);
    known.set(node.index, found);
    return found;
  };
}
