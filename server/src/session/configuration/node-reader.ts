/** Reads pieces of the tree of a configuration; what is wrong with them is kept as problems. */
import type { Node } from 'jsonc-parser';

import { CONFIG_BAD_VALUE, CONFIG_UNKNOWN_KEY } from '../../analysis/engine-rules';
import type { RuleMeta } from '../../analysis/rule';
import type { ConfigurationProblem } from './configuration-problem';
import { list, quoted } from './message-words';
import { nearestName } from './nearest-name';

/** More are not told: the first ones say what is wrong. */
export const MOST_PROBLEMS = 100;

/** A node with the keys that lead to it. */
export interface Place {
  readonly node: Node;
  readonly keys: readonly string[];
}

interface Entry extends Place {
  readonly key: Node;
  readonly name: string;
}

export class NodeReader {
  readonly problems: ConfigurationProblem[] = [];
  #faults = 0;

  /** How many problems there were, those included for which there was no room. */
  get faults(): number {
    return this.#faults;
  }

  /** @param message is made only where there is room for one more problem. */
  report(place: Place, message: () => string, rule: RuleMeta = CONFIG_BAD_VALUE): void {
    this.#add(place, message, { rule });
  }

  /** The entries of an object, as far as they are whole; of several with one key only the last. */
  entriesOf({ node, keys }: Place): Entry[] {
    const entries = new Map<string, Entry>();
    for (const { children: [key, value] = [] } of node.children ?? []) {
      if (!key || !value) continue;
      const name = String(key.value);
      const earlier = entries.get(name);
      if (earlier) {
        this.#add(
          { node: earlier.key, keys: earlier.keys },
          () => `The key ${quoted(name)} is there again below, and the last one counts. Remove one of them.`,
          { rule: CONFIG_BAD_VALUE, isOfJson: true },
        );
        entries.delete(name);
      }
      entries.set(name, { key, name, node: value, keys: [...keys, name] });
    }
    return [...entries.values()];
  }

  /**
   * The values of an object by their keys; others than these are problems.
   *
   * @param advice says more of some keys that people write though there are none.
   */
  fieldsOf(
    object: Place,
    known: readonly string[],
    advice: ReadonlyMap<string, string> = new Map(),
  ): ReadonlyMap<string, Place> {
    const fields = new Map<string, Place>();
    for (const { key, name, ...place } of this.entriesOf(object)) {
      if (known.includes(name)) fields.set(name, place);
      else {
        const message = () =>
          `There is no key ${quoted(name)}. ${advice.get(name) ?? keyAdvice(name, known)}`;
        this.report({ node: key, keys: place.keys }, message, CONFIG_UNKNOWN_KEY);
      }
    }
    return fields;
  }

  /** The elements of a list; undefined and a problem where it is none. */
  elementsOf({ node, keys }: Place, message: () => string): Place[] | undefined {
    if (node.type !== 'array') {
      this.report({ node, keys }, message);
      return undefined;
    }
    return (node.children ?? []).map((element) => ({ node: element, keys: [...keys, nameOf(element)] }));
  }

  /** One string, or a list of them; what is no string is a problem. */
  stringsOf(place: Place, message: () => string): (Place & { readonly text: string })[] {
    const { node, keys } = place;
    const nodes = node.type === 'array' ? (node.children ?? []) : [node];
    return nodes.flatMap((each) => {
      if (typeof each.value === 'string') {
        return [{ node: each, keys: [...keys, each.value], text: each.value }];
      }
      this.report({ node: each, keys }, message);
      return [];
    });
  }

  #add(
    { node: { offset, length }, keys }: Place,
    message: () => string,
    more: Pick<ConfigurationProblem, 'rule' | 'isOfJson'>,
  ): void {
    this.#faults++;
    if (this.problems.length >= MOST_PROBLEMS) return;
    this.problems.push({ start: offset, end: offset + length, message: message(), keys, ...more });
  }
}

/** What names an element of a list to a person, so that fingerprints outlast a change of the order. */
function nameOf({ children = [] }: Node): string {
  const values = children.map(({ children: [, value] = [] }) => value?.value);
  return values.filter((value) => typeof value === 'string').join(' ');
}

function keyAdvice(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  if (nearest) return `Did you mean \`${nearest}\`?`;
  return `The keys are ${list(
    known.map((key) => `\`${key}\``),
    'and',
  )}.`;
}
