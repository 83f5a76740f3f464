/**
 * One file as rules and the engine see it: its text, its syntax as items, and the names declared in it.
 * An open document keeps one `SourceFile` for as long as it is open and hands it a new root after each
 * parse; everything remembered here about the old root is dropped then.
 */
import type { CodeReader } from './commented-code';
import { type Declaration, declarationsOf, declaredNames, type Scope } from './declarations';
import { Fragments, keyOf } from './fragments';
import type { Item } from './item';
import { type ChangedKeys, ItemIndexes, type ItemKeys } from './item-index';
import { namesAffectedBy, scopesOfNestedIn } from './nested-names';
import { Node } from './node';
import { Questions } from './questions';
import type { Reads } from './reads';
import type { Answers } from './remembered';

/** What edits changed, as far as it matters to findings of items that it left alone. */
export interface FileChange {
  readonly isNothing: boolean;
  /** The names that may mean something else than before, or be assigned to. */
  readonly names: ReadonlySet<string>;
  /** What came or went in the indexes of items. */
  readonly keys: ChangedKeys;
}

const NO_SCOPES: ReadonlyMap<number, Scope> = new Map();

const ASSIGNED: ItemKeys = { of: (item) => declarationsOf(item).assigned };

/** The languages that have rules; `tsx` is also the grammar of plain JavaScript. */
export type LanguageId = 'typescript' | 'tsx';

export class SourceFile {
  /** Path below the workspace folder, with `/`; shown in related places and judged for test files. */
  readonly path: string;
  readonly language: LanguageId;
  /** Set while an item is evaluated and its reads are recorded. */
  reads: Reads | undefined;
  /** Set while items are evaluated: what one rule asked, the next need not find out. */
  answers: Answers | undefined;
  /** Set while items are evaluated: the places to which a data flow was not followed from its beginning. */
  unfollowed: Node[] | undefined;
  #text = '';
  #stamps = 0;
  #root: Item | undefined;
  #items: readonly Item[] = [];
  #live: ReadonlySet<Item> = new Set();
  #outside = new Map<Item, Map<string, Declaration | undefined>>();
  #nestedScopes = new Map<Item, ReadonlyMap<number, Scope>>();
  #scopesAbove = new Map<Item, Int32Array>();
  #declared: ReadonlySet<string> | undefined;
  readonly #indexes = new ItemIndexes();
  /** What was asked while no reads are recorded, of the present text. */
  #answers = new Map<string, unknown>();
  /** Of the path, the text, and what was in it before edits. */
  #fragments: Fragments | undefined;
  #hasChanged = false;
  #changedNames = new Set<string>();
  #changedKeys = new Map<ItemKeys, Set<string>>();
  /** What was asked while reads are recorded. */
  readonly questions = new Questions(this);

  /** Reads code that stands in comments; see `commented-code.ts`. Undefined where there is no parser at hand. */
  readonly readCode: CodeReader | undefined;

  constructor(path: string, language: LanguageId, readCode?: CodeReader) {
    this.path = path;
    this.language = language;
    this.readCode = readCode;
  }

  /** The whole text. Who asks during an evaluation looks at the whole file; `slice` is for parts of items. */
  get text(): string {
    this.reads?.noteWholeFile();
    return this.#text;
  }

  /** A stretch of the text, by offsets. **Invariant:** whoever asks has noted what items it is of. */
  slice(start: number, end: number): string {
    return this.#text.slice(start, end);
  }

  /** The program. */
  get root(): Item {
    if (!this.#root) throw new Error(`${this.path} has not been parsed yet`);
    return this.#root;
  }

  /** All items, outer before inner, in document order. Who asks during an evaluation looks at the whole file. */
  get items(): readonly Item[] {
    this.reads?.noteWholeFile();
    return this.#items;
  }

  /** A stamp for an item of new content; see `Item.stamp`. */
  nextStamp(): number {
    return ++this.#stamps;
  }

  /** Takes a text and the syntax that belongs to it. */
  update(text: string, root: Item): void {
    this.#take(text, root);
    this.#indexes.clear();
  }

  #take(text: string, root: Item): void {
    this.#text = text;
    this.#root = root;
    this.#items = root.withNested();
    this.#live = new Set(this.#items);
    for (const item of this.#items) item.adoptNested();
    this.#outside = new Map();
    this.#nestedScopes = new Map();
    this.#scopesAbove = new Map();
    this.#declared = undefined;
    this.#answers = new Map();
  }

  /** As `update`, and keeps in mind what is different from before. For files that are followed over edits. */
  follow(text: string, root: Item): void {
    const before = this.#items;
    const wasLive = this.#live;
    this.#take(text, root);
    const added = this.#items.filter((item) => !wasLive.has(item));
    const removed = before.filter((item) => !this.#live.has(item));
    // Names are read off the text, so those of items to be removed must be known while it is there.
    for (const item of added) declarationsOf(item);
    if (this.#fragments) for (const { start, end } of added) this.#fragments.add(text.slice(start, end));
    const changed = [...removed, ...added];
    if (changed.length > 0) this.#hasChanged = true;
    for (const item of changed) for (const name of namesAffectedBy(item)) this.#changedNames.add(name);
    for (const [keys, changedKeys] of this.#indexes.follow(removed, added)) {
      const known = this.#changedKeys.get(keys) ?? new Set();
      this.#changedKeys.set(keys, known);
      for (const key of changedKeys) known.add(key);
    }
  }

  /** What is different since this was last asked. */
  takeChange(): FileChange {
    const change = { isNothing: !this.#hasChanged, names: this.#changedNames, keys: this.#changedKeys };
    this.#hasChanged = false;
    this.#changedNames = new Set();
    this.#changedKeys = new Map();
    return change;
  }

  /** Whether an item is still part of the file. */
  isLive(item: Item): boolean {
    return this.#live.has(item);
  }

  /**
   * The declaration that a name refers to at a node, or undefined for a global. A member of the class around
   * has the name `this.member`.
   * Hoisting is honoured, the order of statements is not.
   */
  lookUp(name: string, at: Node): Declaration | undefined {
    // Globals would be looked for in each scope around.
    if (!this.reads && !this.#isDeclared(name)) return undefined;
    const { item } = at;
    const within = this.#findWithin(name, item, at.index);
    const found = within ?? this.#findOutside(name, item);
    // Own content that is found cannot change unnoticed; what nested items declare can.
    if (!within) this.reads?.noteLookup(item, 0, name, found);
    else if (item.nested.size > 0) this.reads?.noteLookup(item, at.index, name, found);
    return found;
  }

  /** As `lookUp`, without a note: for checking notes. */
  find(name: string, item: Item, index: number): Declaration | undefined {
    return this.#findWithin(name, item, index) ?? this.#findOutside(name, item);
  }

  /** Identifies a declaration for as long as its content is unchanged; `''` for none. */
  declarationKey(declaration: Declaration | undefined): string {
    return declaration ? `${declaration.item.stamp}:${declaration.index}` : '';
  }

  /** Whether a variable of this name is assigned to anywhere in the file after its declaration. */
  isAssigned(name: string): boolean {
    const value = this.#itemsWith(ASSIGNED, name).length > 0;
    this.reads?.noteAssigned(name, value);
    return value;
  }

  /** The items that have something in them, outer before inner, in document order. */
  itemsWith(keys: ItemKeys, key: string): readonly Item[] {
    this.reads?.noteKey(keys, key);
    return this.#itemsWith(keys, key);
  }

  /** What items have is read off them without a note: it matters to nobody but the index. */
  #itemsWith(keys: ItemKeys, key: string): readonly Item[] {
    const { reads, answers } = this;
    this.reads = undefined;
    this.answers = undefined;
    try {
      return this.#indexes.find(keys, key, this.#items, reads !== undefined);
    } finally {
      this.reads = reads;
      this.answers = answers;
    }
  }

  /**
   * The answer to a question about more than an item, found once for each text at most. Who asks depends on the
   * answer alone, not on what was looked at for it.
   *
   * @param question names it; the same name always asks the same.
   * @param ask must not answer with what is found out only when it is looked at: that would be noted nowhere.
   */
  ofWholeFile<T>(question: string, ask: () => T): T {
    if (this.reads) {
      const [known, answer] = this.questions.of(question, ask);
      this.reads.noteQuestion(known, answer);
      return answer as T;
    }
    if (!this.#answers.has(question)) this.#answers.set(question, ask());
    return this.#answers.get(question) as T;
  }

  /** Whether a pattern (without `g` and `y`) fits anywhere in the text, comments included. */
  says(pattern: RegExp): boolean {
    return this.ofWholeFile(`says ${pattern}`, () => pattern.test(this.text));
  }

  /**
   * Whether the text or the path may have one of some words, in either case. It answers yes also where it has not, and
   * costs next to nothing.
   */
  mayMention(words: readonly string[]): boolean {
    return this.reads
      ? this.ofWholeFile(`mentions ${keyOf(words)}`, () => this.#fragmentsOf(this.text).mayHave(words))
      : this.#fragmentsOf(this.#text).mayHave(words);
  }

  /** What an edit takes out is left in: few words go for good. */
  #fragmentsOf(text: string): Fragments {
    if (!this.#fragments) {
      this.#fragments = new Fragments();
      this.#fragments.add(this.path);
      this.#fragments.add(text);
    }
    return this.#fragments;
  }

  /** The node that a declaration's name stands at. */
  nodeOf(declaration: Declaration): Node {
    this.reads?.noteItem(declaration.item);
    return new Node(declaration.item, declaration.index);
  }

  /** Whether anything in the file declares a name. */
  #isDeclared(name: string): boolean {
    this.#declared ??= declaredNames(this.#items);
    return this.#declared.has(name);
  }

  #findOutside(name: string, from: Item): Declaration | undefined {
    let known = this.#outside.get(from);
    if (!known) {
      known = new Map();
      this.#outside.set(from, known);
    }
    if (known.has(name)) return known.get(name);
    let found: Declaration | undefined;
    for (let item = from; item.parent && !found; item = item.parent) {
      found = this.#findWithin(name, item.parent, item.slot);
    }
    known.set(name, found);
    return found;
  }

  /** Looks a name up in one item, from a node outwards, in the scopes that begin in the item. */
  #findWithin(name: string, item: Item, from: number): Declaration | undefined {
    const { scopes } = declarationsOf(item);
    const nested = this.#scopesOfNested(item);
    if (scopes.size === 0 && nested.size === 0) return undefined;
    const next = this.#nextScopes(item);
    for (let index = next[from] as number; index >= 0; ) {
      const found = scopes.get(index)?.get(name) ?? nested.get(index)?.get(name);
      if (found) return found;
      const parent = item.parentAt(index);
      index = parent < 0 ? -1 : (next[parent] as number);
    }
    return undefined;
  }

  /** For each node of an item the nearest that opens a scope with names, from itself outwards; -1 for none. */
  #nextScopes(item: Item): Int32Array {
    let next = this.#scopesAbove.get(item);
    if (next) return next;
    next = new Int32Array(item.size).fill(-1);
    this.#scopesAbove.set(item, next);
    for (const index of declarationsOf(item).scopes.keys()) next[index] = index;
    for (const index of this.#scopesOfNested(item).keys()) next[index] = index;
    // Parents come before what is in them.
    for (let index = 1; index < next.length; index++) {
      if ((next[index] as number) < 0) next[index] = next[item.parentAt(index)] as number;
    }
    return next;
  }

  /** What the items in an item declare into its scopes, by the node that opens the scope. */
  #scopesOfNested(item: Item): ReadonlyMap<number, Scope> {
    if (item.nested.size === 0) return NO_SCOPES;
    const known = this.#nestedScopes.get(item);
    if (known) return known;
    const scopes = scopesOfNestedIn(item);
    this.#nestedScopes.set(item, scopes);
    return scopes;
  }
}
