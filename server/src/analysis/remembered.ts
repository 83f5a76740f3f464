/** Answers that are asked for again and again, by one rule after the other. */
import type { Node } from './node';

/**
 * So many are kept, and all forgotten when there are more: each may keep the text of its file in memory. What is
 * longer than a name is not asked for twice.
 */
const MOST_NAMES = 1_000;
const LONGEST_NAME = 40;

/** As a function of a name that depends on nothing else, remembering what it said. */
export function rememberedByName<T>(ask: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    if (name.length > LONGEST_NAME) return ask(name);
    const answer = known.get(name);
    if (answer !== undefined) return answer;
    if (known.size >= MOST_NAMES) known.clear();
    const found = ask(name);
    known.set(name, found);
    return found;
  };
}

/**
 * As a question about a node, asked once in each evaluation of an item: what was read for the answer is noted then,
 * so it needs no second look.
 */
export function rememberedByNode<T>(ask: (node: Node) => T): (node: Node) => T {
  return (node) => {
    const known = node.item.file.reads?.answersTo(ask, node.item) as Map<number, T> | undefined;
    if (!known) return ask(node);
    const answer = known.get(node.index);
    if (answer !== undefined || known.has(node.index)) return answer as T;
    const found = ask(node);
    known.set(node.index, found);
    return found;
  };
}
