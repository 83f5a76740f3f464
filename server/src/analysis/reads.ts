/**
 * What the evaluation of one item looked at outside the item itself. Findings are kept over an edit for
 * as long as everything that was read still answers the same; nothing has to be declared by rules.
 */
import type { Declaration } from './declarations';
import type { Item } from './item';
import type { ItemKeys } from './item-index';
import type { Question } from './questions';
import type { FileChange, SourceFile } from './source-file';

interface Lookup {
  readonly from: Item;
  readonly index: number;
  readonly found: Declaration | undefined;
}

export class Reads {
  readonly #self: Item | undefined;
  readonly #items = new Set<Item>();
  readonly #lookups = new Map<string, Lookup[]>();
  readonly #assigned = new Map<string, boolean>();
  #keys: Map<ItemKeys, Set<string>> | undefined;
  #questions: Map<Question, unknown> | undefined;
  #isWholeFile = false;

  /** @param self the item whose evaluation it is: when it is read again, nobody asks. */
  constructor(self?: Item) {
    this.#self = self;
  }

  /** Content of another item was looked at. */
  noteItem(item: Item): void {
    if (item !== this.#self) this.#items.add(item);
  }

  /** Any item may have been looked at. */
  noteWholeFile(): void {
    this.#isWholeFile = true;
  }

  /** A name was looked up from a node, and this was found. */
  noteLookup(from: Item, index: number, name: string, found: Declaration | undefined): void {
    const others = this.#lookups.get(name);
    if (!others) this.#lookups.set(name, [{ from, index, found }]);
    else if (!isAmong(others, from, index)) others.push({ from, index, found });
  }

  /** It was asked whether a name is assigned to anywhere in the file. */
  noteAssigned(name: string, value: boolean): void {
    this.#assigned.set(name, value);
  }

  /** It was asked which items have a key. */
  noteKey(keys: ItemKeys, key: string): void {
    this.#keys ??= new Map();
    const noted = this.#keys.get(keys);
    if (noted) noted.add(key);
    else this.#keys.set(keys, new Set([key]));
  }

  /** A question about the whole file was asked, and this answered. */
  noteQuestion(question: Question, answer: unknown): void {
    this.#questions ??= new Map();
    this.#questions.set(question, answer);
  }

  /** Whether everything that was read still answers the same after a change. */
  hold(file: SourceFile, change: FileChange): boolean {
    if (change.isNothing) return true;
    if (this.#isWholeFile) return false;
    for (const item of this.#items) if (!file.isLive(item)) return false;
    for (const name of change.names) {
      const assigned = this.#assigned.get(name);
      if (assigned !== undefined && file.isAssigned(name) !== assigned) return false;
      for (const { from, index, found } of this.#lookups.get(name) ?? []) {
        if (from !== this.#self && !file.isLive(from)) return false;
        if (!isSame(file.find(name, from, index), found)) return false;
      }
    }
    return !this.#isTouchedBy(change) && this.#hasAnswers(file);
  }

  #isTouchedBy({ keys }: FileChange): boolean {
    if (!this.#keys) return false;
    for (const [each, noted] of this.#keys) {
      const changed = keys.get(each);
      if (changed) for (const key of noted) if (changed.has(key)) return true;
    }
    return false;
  }

  /** **Invariant:** asked last, when all else holds: a question is told by nodes that must still be there. */
  #hasAnswers(file: SourceFile): boolean {
    if (!this.#questions) return true;
    try {
      for (const [question, answer] of this.#questions)
        if (file.questions.answer(question) !== answer) return false;
      return true;
    } catch {
      // Who asks again is told of the error.
      return false;
    }
  }
}

/** So many lookups of a name are held against a new one; a second note of the same does no harm. */
const MOST_COMPARED = 16;

function isAmong(lookups: readonly Lookup[], from: Item, index: number): boolean {
  for (let i = lookups.length - 1, left = MOST_COMPARED; i >= 0 && left > 0; i--, left--)
    if (lookups[i]?.from === from && lookups[i]?.index === index) return true;
  return false;
}

/** Whether two declarations are the same, of the same content. */
function isSame(one: Declaration | undefined, other: Declaration | undefined): boolean {
  return one === other || (one?.item.stamp === other?.item.stamp && one?.index === other?.index);
}
